// SPDX-License-Identifier: MIT
//
// Updates in words: what decodeUpdate shows.
#include "crdt/any.h"
#include "crdt/detail/any_codec.h"
#include "crdt/detail/type_table.h"
#include "crdt/detail/wire.h"
#include "crdt/update.h"

#include <algorithm>

namespace tutti::crdt {

namespace {

using detail::Kind;
using detail::Reader;
using detail::TypeRef;
using detail::WireId;
using detail::WireStruct;

std::string_view nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Gc:
        return "GC";
    case Kind::Deleted:
        return "Deleted";
    case Kind::Json:
        return "JSON";
    case Kind::Binary:
        return "Binary";
    case Kind::String:
        return "String";
    case Kind::Embed:
        return "Embed";
    case Kind::Format:
        return "Format";
    case Kind::Type:
        return "Type";
    case Kind::Any:
        return "Any";
    case Kind::Doc:
        return "Doc";
    case Kind::Skip:
        return "Skip";
    }
    return "";
}

std::string_view nameOf(TypeRef ref)
{
    switch (ref) {
    case TypeRef::Array:
        return "Array";
    case TypeRef::Map:
        return "Map";
    case TypeRef::Text:
        return "Text";
    case TypeRef::XmlElement:
        return "XmlElement";
    case TypeRef::XmlFragment:
        return "XmlFragment";
    case TypeRef::XmlHook:
        return "XmlHook";
    case TypeRef::XmlText:
        return "XmlText";
    case TypeRef::Untyped:
        break;
    }
    return "";
}

std::string describeContent(const WireStruct& source)
{
    Reader reader(source.content);
    switch (source.kind) {
    case Kind::String:
        return std::string(source.utf8);
    case Kind::Binary:
        return std::to_string(reader.message().size()) + " bytes";
    case Kind::Embed:
        return readValue(reader, source.codec).toJson();
    case Kind::Format: {
        std::string text(readText(reader, source.codec));
        text += '=';
        return text + readValue(reader, source.codec).toJson();
    }
    case Kind::Type: {
        const auto ref = static_cast<TypeRef>(reader.varUint());
        std::string text(nameOf(ref));
        if (ref == TypeRef::XmlElement || ref == TypeRef::XmlHook) {
            text += ' ';
            text += readText(reader, source.codec);
        }
        return text;
    }
    case Kind::Any: {
        Any::Array values;
        const std::uint64_t count = reader.varUint();
        for (std::uint64_t i = 0; i < count; ++i) {
            values.push_back(detail::readAny(reader));
        }
        return Any(std::move(values)).toJson();
    }
    case Kind::Json: {
        std::string text = "[";
        const std::uint64_t count = reader.varUint();
        for (std::uint64_t i = 0; i < count; ++i) {
            text += i == 0 ? "" : ",";
            text += readText(reader, source.codec);
        }
        return text + ']';
    }
    case Kind::Doc: {
        std::string text(readText(reader, source.codec));
        text += ' ';
        return text + detail::readAny(reader).toJson();
    }
    case Kind::Gc:
    case Kind::Deleted:
    case Kind::Skip:
        break;
    }
    return {};
}

} // namespace

Result<DecodedUpdate> detail::decodeWire(BytesView update, ValueCodec codec)
{
    const Result<detail::UpdateOutline> outline = outlineUpdate(update, codec);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    const auto publicId = [](const WireId& id) {
        return Id{ClientId(id.client),
            Clock(static_cast<std::uint32_t>(std::min<std::uint64_t>(id.clock, detail::kNone)))};
    };
    const auto publicLength = [](std::uint64_t length) {
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(length, detail::kNone));
    };
    DecodedUpdate decoded;
    for (const detail::ClientBlock& block : outline->blocks) {
        for (detail::BlockReader reader(update, block, outline->codec); !reader.atEnd();
            reader.advance()) {
            const WireStruct& source = reader.current();
            StructInfo info;
            info.id = publicId(source.id);
            info.length = publicLength(source.length);
            info.kind = nameOf(source.kind);
            if (source.hasOrigin()) {
                info.origin = publicId(source.origin);
            }
            if (source.hasRightOrigin()) {
                info.rightOrigin = publicId(source.rightOrigin);
            }
            if (source.parent == WireStruct::Parent::Root) {
                info.parentRoot = source.parentRoot;
            } else if (source.parent == WireStruct::Parent::Item) {
                info.parentItem = publicId(source.parentItem);
            }
            if (source.hasParentSub) {
                info.parentSub = source.parentSub;
            }
            info.content = describeContent(source);
            decoded.structs.push_back(std::move(info));
        }
    }
    for (const detail::WireRange& range : outline->deletions) {
        decoded.deletions.push_back(
            {publicId({range.client, range.clock}), publicLength(range.length)});
    }
    return decoded;
}

} // namespace tutti::crdt
