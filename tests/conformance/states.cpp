// SPDX-License-Identifier: MIT
#include "tests/conformance/states.h"

#include "crdt/utf.h"
#include "tests/conformance/operations.h"

#include <string>
#include <utility>
#include <vector>

namespace tutti::conformance {

namespace {

using crdt::Any;
using crdt::SharedType;
using crdt::TypeKind;
using crdt::Value;

Any writeKey(const std::string& key) { return writeString(crdt::toUtf16(key)); }

Any writeSubdocument(const crdt::Subdocument& document)
{
    return Any::object(
        {{"$t", "doc"}, {"guid", document.guid()}, {"opts", writeValue(document.options())}});
}

/// Joins neighbouring pieces of text with equal attributes: [[piece, attributes|null]…].
Any joinPieces(Any::Array pieces)
{
    Any::Array joined;
    std::u16string text; // of the last piece in `joined`, while that is text
    bool isText = false;
    const auto textOf = [](const Any& piece) -> std::optional<std::u16string> {
        if (piece.stringIf() == nullptr && piece.find("$s") == nullptr) {
            return std::nullopt;
        }
        return readString(Json(&piece));
    };
    for (Any& piece : pieces) {
        Any::Array& parts = *piece.arrayIf();
        if (Any::Array* attributes = parts[1].arrayIf()) {
            parts[1] = attributes->empty() ? Any(nullptr) : sortedByKey(std::move(*attributes));
        }
        const auto added = textOf(parts[0]);
        if (added && isText && (*joined.back().arrayIf())[1] == parts[1]) {
            text += *added;
            (*joined.back().arrayIf())[0] = writeString(text);
            continue;
        }
        isText = added.has_value();
        text = added.value_or(std::u16string());
        joined.push_back(std::move(piece));
    }
    return joined;
}

QString shown(const Any& value) { return QString::fromStdString(value.toJson()); }

} // namespace

const char* kindName(TypeKind kind) noexcept
{
    switch (kind) {
    case TypeKind::Array:
        return "array";
    case TypeKind::Map:
        return "map";
    case TypeKind::Text:
        return "text";
    case TypeKind::XmlElement:
        return "xel";
    case TypeKind::XmlFragment:
        return "xfrag";
    case TypeKind::XmlHook:
        return "xhook";
    case TypeKind::XmlText:
        return "xtext";
    case TypeKind::Untyped:
        break;
    }
    return "untyped";
}

Any writeAttributes(const crdt::Attributes& attributes)
{
    Any::Array written;
    for (const auto& [key, value] : attributes) {
        written.emplace_back(Any::Array{writeKey(key), writeValue(value)});
    }
    return sortedByKey(std::move(written));
}

Any writeDelta(const std::vector<crdt::DeltaOp>& delta)
{
    Any::Array pieces;
    for (const crdt::DeltaOp& op : delta) {
        Any content = op.values.empty() ? writeString(op.text) : writeState(op.values.front());
        pieces.emplace_back(Any::Array{std::move(content), writeAttributes(op.attributes)});
    }
    return joinPieces(std::move(pieces));
}

Any writeState(const SharedType& type)
{
    const char* name = kindName(type.kind());
    if (const auto text = type.as<crdt::XmlText>()) {
        return Any::object({{"$t", name}, {"a", writeEntries(text->attributes())},
            {"d", writeDelta(text->toDelta())}});
    }
    if (const auto text = type.as<crdt::Text>()) {
        return Any::object({{"$t", name}, {"d", writeDelta(text->toDelta())}});
    }
    if (const auto array = type.as<crdt::Array>()) {
        return Any::object({{"$t", name}, {"v", writeElements(array->values())}});
    }
    if (const auto map = type.as<crdt::Map>()) {
        return Any::object({{"$t", name}, {"v", writeEntries(map->entries())}});
    }
    if (const auto element = type.as<crdt::XmlElement>()) {
        return Any::object({{"$t", name}, {"name", element->tag()},
            {"a", writeEntries(element->attributes())}, {"c", writeElements(element->children())}});
    }
    if (const auto fragment = type.as<crdt::XmlFragment>()) {
        return Any::object({{"$t", name}, {"c", writeElements(fragment->children())}});
    }
    return Any::object({{"$t", name}});
}

Any writeState(const Value& value)
{
    if (const SharedType* type = value.typeIf()) {
        return writeState(*type);
    }
    if (const crdt::Subdocument* document = value.subdocumentIf()) {
        return writeSubdocument(*document);
    }
    return writeValue(*value.anyIf());
}

Any writeKind(const Value& value)
{
    if (const SharedType* type = value.typeIf()) {
        return Any::object({{"$t", kindName(type->kind())}});
    }
    if (const crdt::Subdocument* document = value.subdocumentIf()) {
        return Any::object({{"$t", "doc"}, {"guid", document->guid()}});
    }
    return writeState(value);
}

Any writeElements(const std::vector<Value>& values)
{
    Any::Array written;
    for (const Value& value : values) {
        written.push_back(writeState(value));
    }
    return written;
}

Any writeEntries(const std::vector<std::pair<std::string, Value>>& entries)
{
    Any::Array written;
    for (const auto& [key, value] : entries) {
        written.emplace_back(Any::Array{writeKey(key), writeState(value)});
    }
    return sortedByKey(std::move(written));
}

Any normalized(const Json& json)
{
    if (json.isUndefined()) {
        return {};
    }
    if (json.any()->arrayIf() != nullptr) {
        Any::Array written;
        for (const Json& element : json.toArray()) {
            written.push_back(normalized(element));
        }
        return written;
    }
    const Any::Object* members = json.any()->objectIf();
    if (members == nullptr) {
        return *json.any();
    }
    const QString kind = json[QStringLiteral("$t")].toString();
    Any::Object written;
    for (const auto& [key, value] : *members) {
        Any content = normalized(Json(&value));
        if (key == "d" && kind.endsWith(QLatin1String("text"))) {
            content = joinPieces(std::move(*content.arrayIf()));
        } else if (content.arrayIf() != nullptr
            && (key == "$o" || key == "a" || key == "keys"
                || (key == "v" && kind == QLatin1String("map")))) {
            content = sortedByKey(std::move(*content.arrayIf()));
        }
        written.emplace_back(key, std::move(content));
    }
    return Any::object(std::move(written));
}

Any normalizedDelta(const Json& json)
{
    Any pieces = normalized(json);
    return joinPieces(std::move(*pieces.arrayIf()));
}

Failure compareWritten(const QString& what, const Any& got, const Any& wanted)
{
    if (got == wanted) {
        return std::nullopt;
    }
    return QStringLiteral("%1: got %2, wanted %3").arg(what, shown(got), shown(wanted));
}

Failure compareState(const QString& what, crdt::Doc& doc, const Json& roots, const Json& wanted)
{
    if (wanted.isUndefined()) {
        return std::nullopt;
    }
    std::size_t i = 0;
    for (const Json& root : roots.toArray()) {
        const QString where = QStringLiteral("%1 %2").arg(what, root[0].toString());
        if (const Failure failure = compareWritten(
                where, writeState(rootOf(doc, roots, root[0])), normalized(wanted[i++][1]))) {
            return failure;
        }
    }
    return std::nullopt;
}

} // namespace tutti::conformance
