// SPDX-License-Identifier: MIT
// Encoding and decoding: numbers, strings and messages as every Yjs program writes them.
#include "check.h"
#include "crdt/encoding.h"

#include <string_view>

using namespace tutti::crdt;

int main()
{
    // An Encoder grows a buffer; a Decoder walks over bytes it does not own.
    Encoder encoder;
    encoder.writeVarUint(300);
    encoder.writeVarString(std::string_view("Grüße"));
    encoder.writeMessage(asBytes("three bytes more"));
    const Bytes bytes = encoder.take();

    Decoder decoder(bytes);
    const auto number = decoder.readVarUint();
    const auto text = decoder.readVarString();
    const auto message = decoder.readMessage();
    check(number && *number == 300, "the number comes back");
    check(text && *text == "Grüße", "the string comes back");
    check(message && message->size() == 16, "the message comes back");
    check(decoder.atEnd(), "nothing is left over");

    // Every read gives a Result: a value, or an error that says what is wrong.
    const auto beyond = decoder.readVarUint();
    check(!beyond && beyond.error().code == ErrorCode::Truncated, "reading on is an error");

    // A stream is messages one after another, each with its length in front.
    Bytes stream = writeMessage(asBytes("first"));
    const Bytes second = writeMessage(asBytes("second"));
    stream.insert(stream.end(), second.begin(), second.end());
    const auto messages = Decoder(stream).readMessages();
    check(messages && messages->size() == 2, "two messages were in the stream");
    check(readMessage(stream).value().size() == 5, "the first of them has five bytes");
    return 0;
}
