// SPDX-License-Identifier: MIT
#include "crdt/detail/columns.h"
#include "crdt/encoding.h"
#include "crdt/utf.h"
#include "tests/conformance/values.h"

#include <utility>

namespace tutti::conformance {

namespace {

using crdt::Any;
using crdt::Decoder;
using crdt::Encoder;

Failure compare(const QString& what, const QString& got, const QString& wanted)
{
    if (got == wanted) {
        return std::nullopt;
    }
    return QStringLiteral("%1: got %2, wanted %3").arg(what, got, wanted);
}

Failure varUint(const Json& test)
{
    const quint64 value = test[0].toString().toULongLong();
    const QString hex = test[1].toString();
    Encoder encoder;
    encoder.writeVarUint(value);
    if (const Failure failure = compare(QStringLiteral("encoded"), toHex(encoder.view()), hex)) {
        return failure;
    }
    const crdt::Bytes bytes = fromHex(hex);
    const auto read = Decoder(bytes).readVarUint();
    return read && *read == value ? Failure() : QStringLiteral("reads back wrong");
}

Failure varInt(const Json& test)
{
    const bool negativeZero = test[0].toString() == QLatin1String("-0");
    const qint64 value = test[0].toString().toLongLong();
    const QString hex = test[1].toString();
    Encoder encoder;
    encoder.writeVarInt(value, negativeZero);
    if (const Failure failure = compare(QStringLiteral("encoded"), toHex(encoder.view()), hex)) {
        return failure;
    }
    const crdt::Bytes bytes = fromHex(hex);
    const auto read = Decoder(bytes).readVarInt();
    return read && read->value == value && read->negativeZero == negativeZero
        ? Failure()
        : QStringLiteral("reads back wrong");
}

Failure string(const Json& test)
{
    const std::u16string text = readString(test[QStringLiteral("s")]);
    const QString hex = test[QStringLiteral("h")].toString();
    Encoder encoder;
    encoder.writeVarString(text);
    if (const Failure failure = compare(QStringLiteral("encoded"), toHex(encoder.view()), hex)) {
        return failure;
    }
    const Json decoded = test[QStringLiteral("decoded")];
    const crdt::Bytes bytes = fromHex(hex);
    const auto read = Decoder(bytes).readVarString();
    const std::u16string wanted = decoded.isUndefined() ? text : readString(decoded);
    return read && crdt::toUtf16(*read) == wanted ? Failure() : QStringLiteral("reads back wrong");
}

Failure any(const Json& test)
{
    const auto value = readValue(test[QStringLiteral("v")]);
    const QString hex = test[QStringLiteral("h")].toString();
    Encoder encoder;
    value->encode(encoder);
    if (const Failure failure = compare(QStringLiteral("encoded"), toHex(encoder.view()), hex)) {
        return failure;
    }
    const crdt::Bytes bytes = fromHex(hex);
    Decoder decoder(bytes);
    const auto read = Any::decode(decoder);
    if (!read || !decoder.atEnd()) {
        return QStringLiteral("cannot be read back");
    }
    encoder.clear();
    read->encode(encoder);
    return compare(QStringLiteral("read and encoded"), toHex(encoder.view()), hex);
}

Failure bytes(const Json& test)
{
    Encoder encoder;
    encoder.writeMessage(fromBase64(test[0]));
    return compare(QStringLiteral("encoded"), toHex(encoder.view()), test[1].toString());
}

Failure json(const Json& test)
{
    const auto value = readValue(test[QStringLiteral("v")]);
    const QString wanted = test[QStringLiteral("json")].toString();
    const std::string text = value->toJson();
    if (const Failure failure =
            compare(QStringLiteral("JSON"), QString::fromStdString(text), wanted)) {
        return failure;
    }
    const auto read = Any::fromJson(text);
    return read && read->toJson() == text ? Failure() : QStringLiteral("reads back wrong");
}

Failure decodeError(const Json& test)
{
    const QString kind = test[QStringLiteral("k")].toString();
    const crdt::Bytes input = fromHex(test[QStringLiteral("h")].toString());
    Decoder decoder(input);
    std::optional<Any> got;
    if (kind == QLatin1String("varuint")) {
        if (const auto value = decoder.readVarUint()) {
            got = Any(static_cast<double>(*value));
        }
    } else if (kind == QLatin1String("varint")) {
        if (const auto value = decoder.readVarInt()) {
            got = Any(value->negativeZero ? -0.0 : static_cast<double>(value->value));
        }
    } else if (kind == QLatin1String("string")) {
        if (const auto value = decoder.readVarString()) {
            got = Any(*value);
        }
    } else if (kind == QLatin1String("any")) {
        if (auto value = Any::decode(decoder)) {
            got = std::move(*value);
        }
    } else {
        return QStringLiteral("unknown kind %1").arg(kind);
    }
    const Json wanted = test[QStringLiteral("v")];
    // JavaScript reads past the end of an empty buffer here; an error is right.
    const int used = test[QStringLiteral("used")].toInt();
    const bool artefact = !wanted.isUndefined() && used > static_cast<int>(input.size());
    if (wanted.isUndefined() || artefact) {
        return got ? QStringLiteral("should be an error") : Failure();
    }
    if (!got) {
        return QStringLiteral("should be accepted");
    }
    if (decoder.position() != static_cast<std::size_t>(used)) {
        return QStringLiteral("used %1 bytes, not %2").arg(decoder.position()).arg(used);
    }
    return *got == *readValue(wanted) ? Failure() : QStringLiteral("gives another value");
}

/// Writes the numbers of a column, compares the bytes, and reads them back.
template <typename ColumnEncoder, typename ColumnDecoder>
Failure numberColumn(const Json& test)
{
    ColumnEncoder encoder;
    const JsonArray sequence = test[QStringLiteral("seq")].toArray();
    const auto number = [](const Json& json) {
        return static_cast<decltype(std::declval<ColumnDecoder>().read())>(json.toDouble());
    };
    for (const Json& value : sequence) {
        encoder.write(number(value));
    }
    const crdt::Bytes bytes = encoder.take();
    if (const Failure failure = compare(
            QStringLiteral("encoded"), toHex(bytes), test[QStringLiteral("h")].toString())) {
        return failure;
    }
    ColumnDecoder decoder(bytes);
    for (const Json& value : sequence) {
        if (decoder.read() != number(value) || !decoder.ok()) {
            return QStringLiteral("reads back wrong");
        }
    }
    return std::nullopt;
}

Failure stringColumn(const Json& test)
{
    crdt::detail::StringEncoder encoder;
    const JsonArray sequence = test[QStringLiteral("seq")].toArray();
    std::u16string all;
    for (const Json& value : sequence) {
        all += readString(value);
        encoder.write(crdt::toWtf8(readString(value)));
    }
    const crdt::Bytes bytes = encoder.take();
    if (const Failure failure = compare(
            QStringLiteral("encoded"), toHex(bytes), test[QStringLiteral("h")].toString())) {
        return failure;
    }
    // Halves that found each other when the strings were put together are a pair now.
    all = crdt::toWellFormed(all);
    crdt::detail::StringDecoder decoder(bytes);
    std::size_t at = 0;
    for (const Json& value : sequence) {
        const std::size_t length = readString(value).size();
        if (crdt::toUtf16(decoder.read()) != all.substr(at, length) || !decoder.ok()) {
            return QStringLiteral("reads back wrong");
        }
        at += length;
    }
    return std::nullopt;
}

Failure column(const Json& test)
{
    using namespace crdt::detail;
    const std::pair<const char*, Failure (*)(const Json&)> codecs[] = {
        {"rle", numberColumn<RleEncoder, RleDecoder>},
        {"uintOptRle", numberColumn<UintOptRleEncoder, UintOptRleDecoder>},
        {"incUintOptRle", numberColumn<IncUintOptRleEncoder, IncUintOptRleDecoder>},
        {"intDiffOptRle", numberColumn<IntDiffOptRleEncoder, IntDiffOptRleDecoder>},
        {"intDiff", numberColumn<IntDiffEncoder, IntDiffDecoder>},
        {"rleIntDiff", numberColumn<RleIntDiffEncoder, RleIntDiffDecoder>},
        {"string", stringColumn}};
    const QString name = test[QStringLiteral("k")].toString();
    for (const auto& [codec, check] : codecs) {
        if (name == QLatin1String(codec)) {
            return check(test);
        }
    }
    return QStringLiteral("there is no column codec %1").arg(name);
}

} // namespace

void runLib0(const Run& run)
{
    const Kind kinds[] = {{"varuint", varUint}, {"varint", varInt}, {"string", string},
        {"any", any}, {"bytes", bytes}, {"decodeErrors", decodeError}, {"columns", column},
        {"v2json", json}};
    runKinds(run, kinds);
}

} // namespace tutti::conformance
