// SPDX-License-Identifier: MIT
#include "crdt/detail/wire_v2.h"

#include "crdt/detail/any_codec.h"
#include "crdt/detail/columns.h"
#include "crdt/detail/type_table.h"

#include <algorithm>
#include <string>

namespace tutti::crdt::detail {

namespace {

/// Whether a type has a name of its own beside its number.
bool isNamed(std::uint64_t typeRef)
{
    return typeRef == static_cast<std::uint64_t>(TypeRef::XmlElement)
        || typeRef == static_cast<std::uint64_t>(TypeRef::XmlHook);
}

/// Takes the columns apart, struct by struct.
class Unpacker
{
public:
    explicit Unpacker(BytesView v2)
        : Unpacker(v2.size(), behindFeatureFlag(v2))
    { }

    Result<Bytes> run()
    {
        m_out.reserve(2 * static_cast<std::size_t>(m_size));
        const std::uint64_t clients = m_rest.varUint();
        m_out.writeVarUint(clients);
        for (std::uint64_t i = 0; i < clients && m_rest.ok(); ++i) {
            const std::uint64_t structs = m_rest.varUint();
            m_out.writeVarUint(structs);
            m_out.writeVarUint(take(m_client));
            m_out.writeVarUint(m_rest.varUint());
            for (std::uint64_t k = 0; k < structs && m_rest.ok(); ++k) {
                unpackStruct();
                countStruct();
            }
        }
        std::vector<WireRange> deletions;
        readDeleteSetV2(m_rest, deletions);
        if (!m_rest.ok()) {
            return std::unexpected(m_rest.error());
        }
        writeDeleteSet(m_out, deletions);
        return m_out.take();
    }

private:
    /// The flag has no meaning yet, in Yjs as here.
    static Reader behindFeatureFlag(BytesView v2)
    {
        Reader reader(v2);
        static_cast<void>(reader.varUint());
        return reader;
    }

    Unpacker(std::size_t size, Reader rest)
        : m_size(size)
        , m_keyClock(rest.message())
        , m_client(rest.message())
        , m_leftClock(rest.message())
        , m_rightClock(rest.message())
        , m_info(rest.message())
        , m_string(rest.message())
        , m_parentInfo(rest.message())
        , m_typeRef(rest.message())
        , m_length(rest.message())
        , m_rest(rest)
    { }

    /// The next value of a column; its failure is the whole update's.
    template <typename Column>
    auto take(Column& column) -> decltype(column.read())
    {
        const auto value = column.read();
        if (!column.ok()) {
            m_rest.fail(column.error().code, "a column of the update is broken or ends too early");
        }
        return value;
    }

    /// A clock; below zero there is none.
    std::uint64_t takeClock(IntDiffOptRleDecoder& column)
    {
        const std::int64_t clock = take(column);
        if (clock < 0) {
            m_rest.fail(ErrorCode::OutOfRange, "a clock is below zero");
            return 0;
        }
        return static_cast<std::uint64_t>(clock);
    }

    void countStruct()
    {
        if (++m_structs > m_maxStructs || m_out.size() > m_maxBytes) {
            m_rest.fail(ErrorCode::OutOfRange,
                "the update spells out far more structs than one of its size may hold");
        }
    }

    void copyId(IntDiffOptRleDecoder& clocks)
    {
        m_out.writeVarUint(take(m_client));
        m_out.writeVarUint(takeClock(clocks));
    }
    void copyString() { m_out.writeVarString(take(m_string)); }

    /// Yjs writes each key anew, but a key that was written may be named by its number.
    void copyKey()
    {
        const std::int64_t number = take(m_keyClock);
        if (number >= 0 && static_cast<std::uint64_t>(number) < m_keys.size()) {
            m_out.writeVarString(m_keys[static_cast<std::size_t>(number)]);
            return;
        }
        m_keys.emplace_back(take(m_string));
        m_out.writeVarString(m_keys.back());
    }

    /// Values stand in the rest, as they will in what comes out.
    void copyValue()
    {
        const std::size_t from = m_rest.position();
        passAny(m_rest);
        if (m_rest.ok()) {
            m_out.writeRaw(m_rest.slice(from, m_rest.position()));
        }
    }

    void unpackStruct()
    {
        const std::uint8_t info = take(m_info);
        m_out.writeUint8(info);
        const std::uint8_t kind = info & kInfoKind;
        if (kind > static_cast<std::uint8_t>(Kind::Skip)) {
            m_rest.fail(ErrorCode::Unsupported, kUnknownContent);
        } else if (kind == static_cast<std::uint8_t>(Kind::Gc)) {
            m_out.writeVarUint(take(m_length));
        } else if (kind == static_cast<std::uint8_t>(Kind::Skip)) {
            m_out.writeVarUint(m_rest.varUint());
        } else {
            unpackHead(info);
            unpackContent(static_cast<Kind>(kind));
        }
    }

    void unpackHead(std::uint8_t info)
    {
        if ((info & kInfoOrigin) != 0) {
            copyId(m_leftClock);
        }
        if ((info & kInfoRightOrigin) != 0) {
            copyId(m_rightClock);
        }
        if ((info & (kInfoOrigin | kInfoRightOrigin)) != 0) {
            return;
        }
        const bool isRoot = take(m_parentInfo) == 1;
        m_out.writeVarUint(isRoot ? 1 : 0);
        if (isRoot) {
            copyString();
        } else {
            copyId(m_leftClock);
        }
        if ((info & kInfoParentSub) != 0) {
            copyString();
        }
    }

    void unpackContent(Kind kind)
    {
        switch (kind) {
        case Kind::Deleted:
            m_out.writeVarUint(take(m_length));
            break;
        case Kind::Json:
        case Kind::Any: {
            const std::uint64_t length = take(m_length);
            m_out.writeVarUint(length);
            for (std::uint64_t i = 0; i < length && m_rest.ok(); ++i) {
                if (kind == Kind::Any) {
                    copyValue();
                } else {
                    copyString();
                    countStruct(); // these cost no bytes either
                }
            }
            break;
        }
        case Kind::Binary:
            m_out.writeMessage(m_rest.message());
            break;
        case Kind::String:
            copyString();
            break;
        case Kind::Embed:
            copyValue();
            break;
        case Kind::Format:
            copyKey();
            copyValue();
            break;
        case Kind::Type: {
            const std::uint64_t ref = take(m_typeRef);
            if (ref > static_cast<std::uint64_t>(TypeRef::XmlText)) {
                m_rest.fail(ErrorCode::Unsupported, kUnknownType);
            }
            m_out.writeVarUint(ref);
            if (isNamed(ref)) {
                copyKey();
            }
            break;
        }
        case Kind::Doc:
            copyString();
            copyValue();
            break;
        case Kind::Gc:
        case Kind::Skip:
            break;
        }
    }

    std::uint64_t m_size;
    IntDiffOptRleDecoder m_keyClock;
    UintOptRleDecoder m_client;
    IntDiffOptRleDecoder m_leftClock;
    IntDiffOptRleDecoder m_rightClock;
    RleDecoder m_info;
    StringDecoder m_string;
    RleDecoder m_parentInfo;
    UintOptRleDecoder m_typeRef;
    UintOptRleDecoder m_length;
    Reader m_rest;

    std::uint64_t m_maxStructs = kFreeStructs + kStructsPerByte * m_size;
    std::uint64_t m_maxBytes = kFreeBytes + kBytesPerByte * m_size;
    std::uint64_t m_structs = 0;
    std::vector<std::string> m_keys;
    Encoder m_out;
};

/// Puts structs into columns.
class Packer
{
public:
    explicit Packer(BytesView wire) noexcept
        : m_in(wire)
    { }

    Bytes run()
    {
        const std::uint64_t clients = m_in.varUint();
        m_rest.writeVarUint(clients);
        for (std::uint64_t i = 0; i < clients && m_in.ok(); ++i) {
            const std::uint64_t structs = m_in.varUint();
            WireId id{m_in.varUint(), 0};
            id.clock = m_in.varUint();
            m_rest.writeVarUint(structs);
            m_client.write(id.client);
            m_rest.writeVarUint(id.clock);
            for (std::uint64_t k = 0; k < structs && m_in.ok(); ++k) {
                const WireStruct source = readStruct(m_in, id, ValueCodec::Any);
                packStruct(source);
                id.clock = source.end();
            }
        }
        std::vector<WireRange> deletions;
        readDeleteSet(m_in, deletions);
        normalize(deletions);
        std::erase_if(deletions, [](const WireRange& range) { return range.length == 0; });
        writeDeleteSetV2(m_rest, deletions);

        Encoder out;
        out.writeVarUint(0); // feature flag
        out.writeMessage(m_keyClock.take());
        out.writeMessage(m_client.take());
        out.writeMessage(m_leftClock.take());
        out.writeMessage(m_rightClock.take());
        out.writeMessage(m_info.take());
        out.writeMessage(m_string.take());
        out.writeMessage(m_parentInfo.take());
        out.writeMessage(m_typeRef.take());
        out.writeMessage(m_length.take());
        out.writeRaw(m_rest.view());
        return out.take();
    }

private:
    void writeId(const WireId& id, IntDiffOptRleEncoder& clocks)
    {
        m_client.write(id.client);
        clocks.write(static_cast<std::int64_t>(id.clock));
    }

    /// Yjs never finds a key that it has written before, so each is written anew.
    void writeKey(std::string_view key)
    {
        m_keyClock.write(m_nextKey++);
        m_string.write(key);
    }

    void packStruct(const WireStruct& source)
    {
        m_info.write(source.info);
        if (source.kind == Kind::Gc) {
            m_length.write(source.length);
            return;
        }
        if (source.kind == Kind::Skip) {
            m_rest.writeVarUint(source.length);
            return;
        }
        if (source.hasOrigin()) {
            writeId(source.origin, m_leftClock);
        }
        if (source.hasRightOrigin()) {
            writeId(source.rightOrigin, m_rightClock);
        }
        if (source.parent == WireStruct::Parent::Root) {
            m_parentInfo.write(1);
            m_string.write(source.parentRoot);
        } else if (source.parent == WireStruct::Parent::Item) {
            m_parentInfo.write(0);
            writeId(source.parentItem, m_leftClock);
        }
        if (source.hasParentSub) {
            m_string.write(source.parentSub);
        }
        packContent(source);
    }

    void packContent(const WireStruct& source)
    {
        Reader content(source.content);
        const auto text = [&content] { return readText(content, ValueCodec::Any); };
        switch (source.kind) {
        case Kind::Deleted:
            m_length.write(source.length);
            break;
        case Kind::Json:
            m_length.write(source.length);
            static_cast<void>(content.varUint());
            for (std::uint64_t i = 0; i < source.length; ++i) {
                m_string.write(text());
            }
            break;
        case Kind::Any:
            m_length.write(source.length);
            static_cast<void>(content.varUint());
            m_rest.writeRaw(content.raw(content.remaining()));
            break;
        case Kind::String:
            m_string.write(source.utf8);
            break;
        case Kind::Binary:
        case Kind::Embed:
            m_rest.writeRaw(source.content);
            break;
        case Kind::Format:
            writeKey(text());
            m_rest.writeRaw(content.raw(content.remaining()));
            break;
        case Kind::Type: {
            const std::uint64_t ref = content.varUint();
            m_typeRef.write(ref);
            if (isNamed(ref)) {
                writeKey(text());
            }
            break;
        }
        case Kind::Doc:
            m_string.write(text());
            m_rest.writeRaw(content.raw(content.remaining()));
            break;
        case Kind::Gc:
        case Kind::Skip:
            break;
        }
    }

    Reader m_in;
    std::int64_t m_nextKey = 0;
    IntDiffOptRleEncoder m_keyClock;
    UintOptRleEncoder m_client;
    IntDiffOptRleEncoder m_leftClock;
    IntDiffOptRleEncoder m_rightClock;
    RleEncoder m_info;
    StringEncoder m_string;
    RleEncoder m_parentInfo;
    UintOptRleEncoder m_typeRef;
    UintOptRleEncoder m_length;
    Encoder m_rest;
};

} // namespace

Result<Bytes> unpackUpdate(BytesView v2) { return Unpacker(v2).run(); }

Bytes packUpdate(BytesView wire) { return Packer(wire).run(); }

void readDeleteSetV2(Reader& reader, std::vector<WireRange>& ranges)
{
    const std::uint64_t clients = reader.varUint();
    for (std::uint64_t i = 0; i < clients && reader.ok(); ++i) {
        const std::uint64_t client = readClient(reader);
        const std::uint64_t count = reader.varUint();
        std::uint64_t at = 0;
        for (std::uint64_t k = 0; k < count && reader.ok(); ++k) {
            const std::uint64_t distance = reader.varUint();
            const std::uint64_t length = reader.varUint() + 1;
            // None of these can be above 2^56, so the sum is right.
            if (at + distance + length > kMaxClientId) {
                reader.fail(ErrorCode::OutOfRange, "a deleted range is larger than 2^53 - 1");
            } else if (reader.ok()) {
                ranges.push_back({client, at + distance, length});
                at += distance + length;
            }
        }
    }
}

void writeDeleteSetV2(Encoder& encoder, std::span<const WireRange> ranges)
{
    std::uint64_t at = 0;
    writeByClient(encoder, ranges, [&encoder, &at](const WireRange& range, bool first) {
        encoder.writeVarUint(range.clock - (first ? 0 : at));
        encoder.writeVarUint(range.length - 1);
        at = range.end();
    });
}

} // namespace tutti::crdt::detail
