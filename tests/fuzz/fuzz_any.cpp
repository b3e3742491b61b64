// SPDX-License-Identifier: MIT
//
// Any bytes as a value, in lib0's form and as JSON text: what can be read can be written, and is
// the same when it is read again.
#include "crdt/any.h"
#include "tests/fuzz/fuzz.h"

#include <string>
#include <string_view>

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Decoder decoder(view(data, size));
    const MemoryWatch memory;
    if (const auto value = Any::decode(decoder)) {
        require(memory.peak() <= memoryFor(size), "a value takes memory by the size of its bytes");
        Encoder encoder;
        value->encode(encoder);
        Decoder again(encoder.view());
        const auto same = Any::decode(again);
        require(same && *same == *value && again.atEnd(), "what is written in bytes is read back");
        static_cast<void>(value->toJson());
    }
    if (const auto value = Any::fromJson({reinterpret_cast<const char*>(data), size})) {
        const std::string json = value->toJson();
        const auto same = Any::fromJson(json);
        require(same && same->toJson() == json, "what is written as JSON is read back");
        // but 1e999 is read as Infinity, and that is written as null
        require(*same == *value || json.find("null") != std::string::npos, "and is the same");
    }
    return 0;
}
