// SPDX-License-Identifier: MIT
#include "crdt/detail/wire.h"

#include "crdt/any.h"
#include "crdt/detail/any_codec.h"
#include "crdt/detail/client_hash.h"
#include "crdt/detail/type_table.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace tutti::crdt::detail {

namespace {

/// Numbers that JavaScript could not hold exactly cannot come from an honest peer.
constexpr std::uint64_t kMaxSafe = kMaxClientId;

WireId readId(Reader& reader)
{
    const std::uint64_t client = readClient(reader);
    const std::uint64_t clock = reader.varUint();
    if (clock > kMaxSafe) { // the last byte of a number is not checked, and v2 could not say it
        reader.fail(ErrorCode::OutOfRange, "a clock is above 2^53 - 1");
    }
    return {client, clock};
}

/// Values are only checked here; their bytes are kept.
void passValue(Reader& reader, ValueCodec codec)
{
    if (codec == ValueCodec::Any) {
        passAny(reader);
    } else {
        static_cast<void>(readValue(reader, codec));
    }
}

/// Passes the content of a struct and finds its length.
void readContent(Reader& reader, WireStruct& result)
{
    const ValueCodec codec = result.codec;
    switch (result.kind) {
    case Kind::Deleted:
        result.length = reader.varUint();
        break;
    case Kind::Json:
        result.length = reader.varUint();
        for (std::uint64_t i = 0; i < result.length && reader.ok(); ++i) {
            const std::string_view text = readText(reader, codec);
            if (reader.ok() && text != "undefined" && !Any::fromJson(text)) {
                reader.fail(ErrorCode::Malformed, "a value is not valid JSON");
            }
        }
        break;
    case Kind::Binary:
        static_cast<void>(reader.message());
        result.length = 1;
        break;
    case Kind::String:
        result.utf8 = readText(reader, codec);
        result.length = isAscii(result.utf8) ? result.utf8.size() : utf16Length(result.utf8);
        break;
    case Kind::Embed:
        passValue(reader, codec);
        result.length = 1;
        break;
    case Kind::Format:
        static_cast<void>(readText(reader, codec));
        passValue(reader, codec);
        result.length = 1;
        break;
    case Kind::Type: {
        const std::uint64_t ref = reader.varUint();
        if (ref > static_cast<std::uint64_t>(TypeRef::XmlText)) {
            reader.fail(ErrorCode::Unsupported, kUnknownType);
        }
        if (ref == static_cast<std::uint64_t>(TypeRef::XmlElement)
            || ref == static_cast<std::uint64_t>(TypeRef::XmlHook)) {
            static_cast<void>(readText(reader, codec));
        }
        result.length = 1;
        break;
    }
    case Kind::Any:
        result.length = reader.varUint();
        for (std::uint64_t i = 0; i < result.length && reader.ok(); ++i) {
            passAny(reader);
        }
        break;
    case Kind::Doc:
        static_cast<void>(readText(reader, codec));
        passAny(reader);
        result.length = 1;
        break;
    case Kind::Gc:
    case Kind::Skip:
        break;
    }
}

} // namespace

std::uint64_t readClient(Reader& reader)
{
    const std::uint64_t client = reader.varUint();
    if (client > kMaxSafe) {
        reader.fail(ErrorCode::OutOfRange, "a client id is larger than 2^53 - 1");
    }
    return client;
}

std::string_view readText(Reader& reader, ValueCodec codec)
{
    if (codec == ValueCodec::Json) {
        return reader.string();
    }
    const BytesView bytes = reader.message();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Any readValue(Reader& reader, ValueCodec codec)
{
    if (codec == ValueCodec::Any) {
        return readAny(reader);
    }
    const std::string_view text = reader.string();
    if (!reader.ok()) {
        return {};
    }
    Result<Any> value = Any::fromJson(text);
    if (!value) {
        reader.fail(ErrorCode::Malformed, "a value is not valid JSON");
        return {};
    }
    return std::move(*value);
}

void writeText(Encoder& encoder, std::string_view text, ValueCodec codec)
{
    if (codec == ValueCodec::Any || isValidUtf8(text)) {
        encoder.writeVarString(text);
    } else {
        encoder.writeVarString(toUtf16(text));
    }
}

void writeText(Encoder& encoder, std::u16string_view text, ValueCodec codec)
{
    if (codec == ValueCodec::Any) {
        encoder.writeVarString(toWtf8(text));
    } else {
        encoder.writeVarString(text);
    }
}

void writeValue(Encoder& encoder, const Any& value, ValueCodec codec)
{
    if (codec == ValueCodec::Any) {
        value.encode(encoder);
    } else {
        // v2 can say undefined here, JSON cannot: nobody could read that update again.
        encoder.writeVarString(value.isUndefined() ? std::string("null") : value.toJson());
    }
}

WireStruct readStruct(Reader& reader, WireId id, ValueCodec codec)
{
    WireStruct result;
    result.codec = codec;
    result.id = id;
    result.info = reader.uint8();
    const std::uint8_t kind = result.info & kInfoKind;
    if (kind > static_cast<std::uint8_t>(Kind::Skip)) {
        reader.fail(ErrorCode::Unsupported, kUnknownContent);
        return result;
    }
    result.kind = static_cast<Kind>(kind);
    if (!result.isItem()) {
        result.info = kind;
        result.length = reader.varUint();
    } else {
        if (result.hasOrigin()) {
            result.origin = readId(reader);
        }
        if (result.hasRightOrigin()) {
            result.rightOrigin = readId(reader);
        }
        if (!result.hasOrigin() && !result.hasRightOrigin()) {
            if (reader.varUint() == 1) {
                result.parent = WireStruct::Parent::Root;
                result.parentRoot = readText(reader, codec);
            } else {
                result.parent = WireStruct::Parent::Item;
                result.parentItem = readId(reader);
            }
            if ((result.info & kInfoParentSub) != 0) {
                result.hasParentSub = true;
                result.parentSub = readText(reader, codec);
            }
        }
        const std::size_t content = reader.position();
        readContent(reader, result);
        if (reader.ok()) {
            result.content = reader.slice(content, reader.position());
        }
    }
    if (result.length == 0) {
        reader.fail(ErrorCode::Malformed, "a struct is empty");
    }
    if (result.kind != Kind::Skip && result.end() > std::uint64_t{1} << 32) {
        reader.fail(ErrorCode::OutOfRange, "a clock is larger than 2^32 - 1");
    }
    return result;
}

namespace {

/// Whether a condition in JavaScript would call it true.
bool isTruthy(const Any& value)
{
    if (const bool* flag = value.boolIf()) {
        return *flag;
    }
    if (const double* number = value.numberIf()) {
        return *number != 0 && !std::isnan(*number);
    }
    if (const std::int64_t* number = value.bigIntIf()) {
        return *number != 0;
    }
    if (const std::string* text = value.stringIf()) {
        return !text->empty();
    }
    return !value.isUndefined() && !value.isNull();
}

} // namespace

Any documentOptions(const Any& read)
{
    Any::Object kept;
    const Any* gc = read.find("gc");
    if (gc != nullptr && !gc->isUndefined() && !isTruthy(*gc)) {
        kept.emplace_back("gc", false);
    }
    if (const Any* autoLoad = read.find("autoLoad"); autoLoad != nullptr && isTruthy(*autoLoad)) {
        kept.emplace_back("autoLoad", true);
    }
    const Any* meta = read.find("meta");
    if (meta != nullptr && !meta->isUndefined() && !meta->isNull()) {
        kept.emplace_back("meta", *meta);
    }
    return Any::object(std::move(kept));
}

void writeItemHead(Encoder& encoder, const ItemHead& head, ValueCodec codec)
{
    encoder.writeUint8(static_cast<std::uint8_t>(static_cast<std::uint8_t>(head.kind)
        | (head.origin ? kInfoOrigin : 0) | (head.rightOrigin ? kInfoRightOrigin : 0)
        | (head.hasParentSub ? kInfoParentSub : 0)));
    if (head.origin) {
        encoder.writeVarUint(head.origin->client);
        encoder.writeVarUint(head.origin->clock);
    }
    if (head.rightOrigin) {
        encoder.writeVarUint(head.rightOrigin->client);
        encoder.writeVarUint(head.rightOrigin->clock);
    }
    if (head.origin || head.rightOrigin) {
        return;
    }
    if (head.parentRoot) {
        encoder.writeVarUint(1);
        writeText(encoder, *head.parentRoot, codec);
    } else {
        encoder.writeVarUint(0);
        encoder.writeVarUint(head.parentItem.client);
        encoder.writeVarUint(head.parentItem.clock);
    }
    if (head.hasParentSub) {
        writeText(encoder, head.parentSub, codec);
    }
}

void writeStruct(Encoder& encoder, const WireStruct& source, std::uint64_t offset, ValueCodec codec)
{
    assert(offset < source.length);
    if (!source.isItem()) {
        encoder.writeUint8(static_cast<std::uint8_t>(source.kind));
        encoder.writeVarUint(source.length - offset);
        return;
    }
    ItemHead head;
    head.kind = source.kind;
    if (offset > 0) {
        head.origin = WireId{source.id.client, source.id.clock + offset - 1};
    } else if (source.hasOrigin()) {
        head.origin = source.origin;
    }
    if (source.hasRightOrigin()) {
        head.rightOrigin = source.rightOrigin;
    }
    // Beside an origin the flag has no string, and Yjs does not write it again.
    head.hasParentSub = source.hasParentSub;
    if (source.parent == WireStruct::Parent::Root) {
        head.parentRoot = source.parentRoot;
    }
    head.parentItem = source.parentItem;
    head.parentSub = source.parentSub;
    writeItemHead(encoder, head, codec);

    Reader content(source.content);
    switch (source.kind) {
    case Kind::Deleted:
        encoder.writeVarUint(source.length - offset);
        break;
    case Kind::String:
        if (offset == 0) {
            writeText(encoder, source.utf8, codec);
        } else {
            // A cut through a pair writes its lone half, which is U+FFFD in UTF-8.
            writeText(encoder,
                std::u16string_view(toUtf16(source.utf8)).substr(static_cast<std::size_t>(offset)),
                codec);
        }
        break;
    case Kind::Any:
    case Kind::Json:
        encoder.writeVarUint(source.length - offset);
        static_cast<void>(content.varUint());
        for (std::uint64_t i = 0; i < source.length; ++i) {
            if (source.kind == Kind::Any) {
                const Any value = readAny(content);
                if (i >= offset) {
                    value.encode(encoder);
                }
            } else {
                const std::string_view text = readText(content, source.codec);
                if (i >= offset) {
                    const Result<Any> value = Any::fromJson(text);
                    encoder.writeVarString(value ? value->toJson() : std::string("undefined"));
                }
            }
        }
        break;
    case Kind::Embed:
        writeValue(encoder, readValue(content, source.codec), codec);
        break;
    case Kind::Format:
        writeText(encoder, readText(content, source.codec), codec);
        writeValue(encoder, readValue(content, source.codec), codec);
        break;
    case Kind::Type: {
        const std::uint64_t ref = content.varUint();
        encoder.writeVarUint(ref);
        if (ref == static_cast<std::uint64_t>(TypeRef::XmlElement)
            || ref == static_cast<std::uint64_t>(TypeRef::XmlHook)) {
            writeText(encoder, readText(content, source.codec), codec);
        }
        break;
    }
    case Kind::Doc:
        writeText(encoder, readText(content, source.codec), codec);
        documentOptions(readAny(content)).encode(encoder);
        break;
    case Kind::Binary:
    case Kind::Gc:
    case Kind::Skip:
        encoder.writeRaw(source.content);
        break;
    }
}

Result<UpdateOutline> outlineUpdate(BytesView update, ValueCodec codec)
{
    Reader reader(update);
    UpdateOutline outline;
    outline.codec = codec;
    // Where a client's block is; few are looked through, many get an index.
    constexpr std::size_t kFew = 8;
    std::unordered_map<std::uint64_t, std::size_t, ClientHash> index;
    const auto indexOf = [&outline, &index](std::uint64_t client) -> std::size_t {
        if (outline.blocks.size() < kFew) {
            const auto found = std::ranges::find(outline.blocks, client, &ClientBlock::client);
            return static_cast<std::size_t>(found - outline.blocks.begin());
        }
        while (index.size() < outline.blocks.size()) {
            index.emplace(outline.blocks[index.size()].client, index.size());
        }
        const auto found = index.find(client);
        return found == index.end() ? outline.blocks.size() : found->second;
    };
    const std::uint64_t clients = reader.varUint();
    for (std::uint64_t i = 0; i < clients && reader.ok(); ++i) {
        ClientBlock block;
        block.count = reader.varUint();
        block.client = readClient(reader);
        block.clock = reader.varUint();
        block.position = reader.position();
        WireId id{block.client, block.clock};
        for (std::uint64_t k = 0; k < block.count && reader.ok(); ++k) {
            id.clock = readStruct(reader, id, codec).end();
            if (id.clock > kMaxSafe) {
                reader.fail(ErrorCode::OutOfRange, "a clock is larger than 2^53 - 1");
            }
        }
        if (block.count == 0) {
            continue;
        }
        // Like a map in Yjs: a second block of the same client takes the place of the first.
        if (std::size_t same = indexOf(block.client); same < outline.blocks.size()) {
            outline.blocks[same] = block;
        } else {
            outline.blocks.push_back(block);
        }
    }
    readDeleteSet(reader, outline.deletions);
    if (!reader.ok()) {
        return std::unexpected(reader.error());
    }
    return outline;
}

void readDeleteSet(Reader& reader, std::vector<WireRange>& ranges)
{
    const std::uint64_t clients = reader.varUint();
    for (std::uint64_t i = 0; i < clients && reader.ok(); ++i) {
        const std::uint64_t client = readClient(reader);
        const std::uint64_t count = reader.varUint();
        if (ranges.empty()) {
            ranges.reserve(static_cast<std::size_t>(
                std::min<std::uint64_t>(count, reader.remaining() / 2)));
        }
        for (std::uint64_t k = 0; k < count && reader.ok(); ++k) {
            const std::uint64_t clock = reader.varUint();
            const std::uint64_t length = reader.varUint();
            // Ranges are joined later, so their ends count, not only their lengths.
            if (clock > kMaxSafe || length > kMaxSafe - clock) {
                reader.fail(ErrorCode::OutOfRange, "a deleted range is larger than 2^53 - 1");
            } else if (reader.ok()) {
                ranges.push_back({client, clock, length});
            }
        }
    }
}

void readStateVector(Reader& reader, std::vector<WireId>& state)
{
    const std::uint64_t clients = reader.varUint();
    for (std::uint64_t i = 0; i < clients && reader.ok(); ++i) {
        const WireId id = readId(reader);
        if (reader.ok()) {
            state.push_back(id);
        }
    }
}

Result<std::vector<WireId>> readStateVector(BytesView bytes)
{
    Reader reader(bytes);
    std::vector<WireId> state;
    readStateVector(reader, state);
    if (!reader.ok()) {
        return std::unexpected(reader.error());
    }
    return state;
}

void normalize(std::vector<WireRange>& ranges)
{
    std::ranges::sort(ranges, [](const WireRange& a, const WireRange& b) {
        return a.client != b.client ? a.client > b.client : a.clock < b.clock;
    });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < ranges.size(); ++i) {
        WireRange& last = ranges[kept];
        if (ranges[i].client == last.client && ranges[i].clock <= last.end()) {
            last.length = std::max(last.end(), ranges[i].end()) - last.clock;
        } else {
            ranges[++kept] = ranges[i];
        }
    }
    if (!ranges.empty()) {
        ranges.resize(kept + 1);
    }
}

void writeDeleteSet(Encoder& encoder, std::span<const WireRange> ranges)
{
    writeByClient(encoder, ranges, [&encoder](const WireRange& range, bool) {
        encoder.writeVarUint(range.clock);
        encoder.writeVarUint(range.length);
    });
}

BlockReader::BlockReader(BytesView update, const ClientBlock& block, ValueCodec codec)
    : m_reader(update)
    , m_left(block.count)
    , m_codec(codec)
{
    m_reader.seek(block.position);
    if (m_left > 0) {
        m_current = readStruct(m_reader, {block.client, block.clock}, codec);
    }
}

void BlockReader::advance()
{
    assert(m_left > 0);
    if (--m_left > 0) {
        m_current = readStruct(m_reader, {m_current.id.client, m_current.end()}, m_codec);
    }
}

} // namespace tutti::crdt::detail
