// SPDX-License-Identifier: MIT
#include "tests/conformance/operations.h"

#include "crdt/utf.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tutti::conformance {

namespace {

using crdt::DeltaEdit;
using crdt::Offset;
using crdt::Prelim;
using crdt::SharedType;
using crdt::Text;
using crdt::Value;

using Carried = std::expected<Outcome, QString>;

Offset offsetOf(const Json& json) { return Offset(static_cast<std::uint32_t>(json.toDouble())); }

Outcome outcomeOf(const crdt::Result<void>& result)
{
    return result ? Outcome::Done : Outcome::Refused;
}

std::string tagOf(const Json& json) { return json[QStringLiteral("$t")].toString().toStdString(); }

crdt::Attributes readAttributes(const Json& json)
{
    const auto value = readValue(json);
    const crdt::Any::Object* members = value ? value->objectIf() : nullptr;
    return members == nullptr ? crdt::Attributes() : *members;
}

std::vector<Prelim> readPrelims(const Json& json)
{
    std::vector<Prelim> values;
    for (const Json& value : json.toArray()) {
        values.push_back(readPrelim(value));
    }
    return values;
}

std::vector<std::pair<std::string, Prelim>> readEntries(const Json& json)
{
    std::vector<std::pair<std::string, Prelim>> entries;
    for (const Json& entry : json.toArray()) {
        entries.emplace_back(readWtf8(entry[0]), readPrelim(entry[1]));
    }
    return entries;
}

crdt::Subdocument readSubdocument(const Json& json)
{
    crdt::Subdocument::Options options;
    options.guid = json[QStringLiteral("guid")].toString().toStdString();
    const auto given = readValue(json[QStringLiteral("opts")]);
    const auto flag = [&given](const char* name, bool otherwise) {
        const crdt::Any* member = given ? given->find(name) : nullptr;
        return member == nullptr ? otherwise : *member->boolIf();
    };
    options.gc = flag("gc", true);
    options.autoLoad = flag("autoLoad", false);
    if (const crdt::Any* meta = given ? given->find("meta") : nullptr) {
        options.meta = *meta;
    }
    return crdt::Subdocument(std::move(options));
}

/// What is embedded at a position of a text.
std::optional<Value> embedAt(const Text& text, std::uint32_t index)
{
    std::uint32_t at = 0;
    for (const crdt::DeltaOp& op : text.toDelta()) {
        if (at == index && !op.values.empty()) {
            return op.values.front();
        }
        at += op.length.value();
    }
    return std::nullopt;
}

std::optional<Value> stepInto(const SharedType& type, const Json& step)
{
    if (step.any()->numberIf() == nullptr) {
        const std::string key = readWtf8(step);
        if (const auto map = type.as<crdt::Map>()) {
            return map->get(key);
        }
        if (const auto element = type.as<crdt::XmlElement>()) {
            return element->attribute(key);
        }
        const auto text = type.as<Text>();
        return text ? text->attribute(key) : std::nullopt;
    }
    if (const auto text = type.as<Text>()) {
        return embedAt(*text, offsetOf(step).value());
    }
    if (const auto array = type.as<crdt::Array>()) {
        return array->get(offsetOf(step));
    }
    const auto fragment = type.as<crdt::XmlFragment>();
    return fragment ? fragment->get(offsetOf(step)) : std::nullopt;
}

// --- what cuts surrogate pairs
// --------------------------------------------------------------------

bool cutsPair(const Text& text, std::uint32_t at)
{
    if (at == 0 || at >= text.length().value()) {
        return false;
    }
    const std::u16string around = text.slice(Offset(at - 1), Offset(at + 1));
    return around.size() == 2 && crdt::isHighSurrogate(around[0])
        && crdt::isLowSurrogate(around[1]);
}

bool deltaCutsPair(const Text& text, const std::vector<DeltaEdit>& delta)
{
    std::uint32_t at = 0;
    return std::ranges::any_of(delta, [&](const DeltaEdit& edit) {
        at += edit.kind == DeltaEdit::Kind::Insert ? 0 : edit.length.value();
        return cutsPair(text, at) || !crdt::isWellFormed(edit.text);
    });
}

// --- operations
// -----------------------------------------------------------------------------------

std::vector<DeltaEdit> readDelta(const Json& json)
{
    std::vector<DeltaEdit> delta;
    for (const Json& step : json.toArray()) {
        const crdt::Attributes attributes = readAttributes(step[QStringLiteral("a")]);
        if (const Json length = step[QStringLiteral("ret")]; !length.isUndefined()) {
            delta.push_back(DeltaEdit::retain(offsetOf(length), attributes));
        } else if (const Json count = step[QStringLiteral("del")]; !count.isUndefined()) {
            delta.push_back(DeltaEdit::erase(offsetOf(count)));
        } else if (const Json value = step[QStringLiteral("ins")];
            value.any()->stringIf() != nullptr || !value[QStringLiteral("$s")].isUndefined()) {
            delta.push_back(DeltaEdit::insert(readString(value), attributes));
        } else {
            delta.push_back(DeltaEdit::embed(readPrelim(value), attributes));
        }
    }
    return delta;
}

Carried editText(Text text, const QString& name, const Json& operation)
{
    const Offset at = offsetOf(operation[QStringLiteral("i")]);
    const Offset count = offsetOf(operation[QStringLiteral("n")]);
    const Json attributes = operation[QStringLiteral("a")];
    if (name == QLatin1String("delta")) {
        const std::vector<DeltaEdit> delta = readDelta(operation[QStringLiteral("d")]);
        if (deltaCutsPair(text, delta)) {
            return Outcome::CutsPair;
        }
        text.applyDelta(delta);
        return Outcome::Done;
    }
    if (cutsPair(text, at.value()) || cutsPair(text, (at + count).value())) {
        return Outcome::CutsPair;
    }
    if (name == QLatin1String("ins")) {
        const std::u16string added = readString(operation[QStringLiteral("s")]);
        if (!crdt::isWellFormed(added)) {
            return Outcome::CutsPair;
        }
        if (attributes.isUndefined()) {
            text.insert(at, added);
        } else {
            text.insert(at, added, readAttributes(attributes));
        }
        return Outcome::Done;
    }
    if (name == QLatin1String("emb")) {
        return outcomeOf(text.insertEmbed(
            at, readPrelim(operation[QStringLiteral("v")]), readAttributes(attributes)));
    }
    if (name == QLatin1String("del")) {
        text.erase(at, count);
        return Outcome::Done;
    }
    if (name == QLatin1String("fmt")) {
        text.format(at, count, readAttributes(attributes));
        return Outcome::Done;
    }
    return std::unexpected(QStringLiteral("t.%1 is unknown").arg(name));
}

Carried editArray(crdt::Array array, const QString& name, const Json& operation)
{
    const Offset at = offsetOf(operation[QStringLiteral("i")]);
    if (name == QLatin1String("ins")) {
        return outcomeOf(array.insert(at, readPrelims(operation[QStringLiteral("v")])));
    }
    if (name == QLatin1String("push")) {
        return outcomeOf(array.push(readPrelims(operation[QStringLiteral("v")])));
    }
    if (name == QLatin1String("del")) {
        return outcomeOf(array.erase(at, offsetOf(operation[QStringLiteral("n")])));
    }
    return std::unexpected(QStringLiteral("a.%1 is unknown").arg(name));
}

Carried editMap(crdt::Map map, const QString& name, const Json& operation)
{
    if (name == QLatin1String("clear")) {
        map.clear();
        return Outcome::Done;
    }
    const std::string key = readWtf8(operation[QStringLiteral("k")]);
    if (name == QLatin1String("set")) {
        static_cast<void>(map.set(key, readPrelim(operation[QStringLiteral("v")])));
        return Outcome::Done;
    }
    if (name == QLatin1String("del")) {
        static_cast<void>(map.erase(key));
        return Outcome::Done;
    }
    return std::unexpected(QStringLiteral("m.%1 is unknown").arg(name));
}

/// x.ins and x.del of a list of nodes.
Carried editNodes(crdt::XmlFragment nodes, const QString& name, const Json& operation)
{
    const Offset at = offsetOf(operation[QStringLiteral("i")]);
    if (name == QLatin1String("ins")) {
        return outcomeOf(nodes.insert(at, readPrelims(operation[QStringLiteral("v")])));
    }
    if (name == QLatin1String("del")) {
        return outcomeOf(nodes.erase(at, offsetOf(operation[QStringLiteral("n")])));
    }
    return std::unexpected(QStringLiteral("x.%1 is unknown").arg(name));
}

/// x.sattr and x.rattr of an element or a text.
template <typename T>
Carried editAttributes(T type, const QString& name, const Json& operation)
{
    const std::string key = readWtf8(operation[QStringLiteral("k")]);
    if (name == QLatin1String("sattr")) {
        return outcomeOf(type.setAttribute(key, readPrelim(operation[QStringLiteral("v")])));
    }
    type.removeAttribute(key);
    return Outcome::Done;
}

Carried editXml(const SharedType& target, const QString& name, const Json& operation)
{
    if (name.endsWith(QLatin1String("attr"))) {
        if (const auto text = target.as<Text>()) {
            return editAttributes(*text, name, operation);
        }
        if (const auto element = target.as<crdt::XmlElement>()) {
            return editAttributes(*element, name, operation);
        }
    } else if (const auto nodes = target.as<crdt::XmlFragment>()) {
        return editNodes(*nodes, name, operation);
    } else if (const auto text = target.as<Text>(); text && name == QLatin1String("del")) {
        Text(*text).erase(
            offsetOf(operation[QStringLiteral("i")]), offsetOf(operation[QStringLiteral("n")]));
        return Outcome::Done; // as in Yjs, where a text has the same delete()
    }
    return std::unexpected(QStringLiteral("x.%1 on what is no XML").arg(name));
}

} // namespace

crdt::SharedType rootOf(crdt::Doc& doc, const Json& roots, const Json& name)
{
    const std::string rootName = name.toString().toStdString();
    QString kind;
    for (const Json& root : roots.toArray()) {
        if (root[0].toString() == name.toString()) {
            kind = root[1].toString();
        }
    }
    if (kind == QLatin1String("array")) {
        return doc.get<crdt::Array>(rootName);
    }
    if (kind == QLatin1String("map")) {
        return doc.get<crdt::Map>(rootName);
    }
    if (kind == QLatin1String("xfrag")) {
        return doc.get<crdt::XmlFragment>(rootName);
    }
    if (kind == QLatin1String("xel")) {
        return doc.get<crdt::XmlElement>(rootName);
    }
    if (kind == QLatin1String("xtext")) {
        return doc.get<crdt::XmlText>(rootName);
    }
    return doc.get<Text>(rootName);
}

crdt::Doc makeDoc(crdt::ClientId id, const Json& client, const Json& roots)
{
    crdt::Doc::Options options;
    options.clientId = id;
    options.gc = client[QStringLiteral("gc")].toBool(true);
    crdt::Doc doc(std::move(options));
    for (const Json& root : roots.toArray()) {
        static_cast<void>(rootOf(doc, roots, root[0]));
    }
    return doc;
}

std::optional<SharedType> resolve(crdt::Doc& doc, const Json& roots, const Json& path)
{
    const JsonArray steps = path.toArray();
    if (steps.empty()) {
        return std::nullopt;
    }
    SharedType type = rootOf(doc, roots, steps[0]);
    for (std::size_t i = 1; i < steps.size(); ++i) {
        const std::optional<Value> value = stepInto(type, steps[i]);
        const SharedType* inner = value ? value->typeIf() : nullptr;
        if (inner == nullptr) {
            return std::nullopt;
        }
        type = SharedType(*inner);
    }
    return type;
}

Prelim readPrelim(const Json& json)
{
    const std::string tag = tagOf(json);
    if (tag == "text") {
        return crdt::TextPrelim(readString(json[QStringLiteral("v")]));
    }
    if (tag == "xtext") {
        return crdt::XmlTextPrelim(readString(json[QStringLiteral("v")]));
    }
    if (tag == "array") {
        return crdt::ArrayPrelim{readPrelims(json[QStringLiteral("v")])};
    }
    if (tag == "map") {
        return crdt::MapPrelim{readEntries(json[QStringLiteral("v")])};
    }
    if (tag == "xel") {
        return crdt::XmlElementPrelim{json[QStringLiteral("name")].toString().toStdString(),
            readEntries(json[QStringLiteral("a")]), readPrelims(json[QStringLiteral("c")])};
    }
    if (tag == "xfrag") {
        return crdt::XmlFragmentPrelim{readPrelims(json[QStringLiteral("c")])};
    }
    if (tag == "doc") {
        return readSubdocument(json);
    }
    return readValue(json).value_or(crdt::Any());
}

std::expected<Outcome, QString> carryOut(crdt::Doc& doc, const Json& roots, const Json& operation)
{
    const QString name = operation[QStringLiteral("op")].toString();
    const std::optional<SharedType> target = resolve(doc, roots, operation[QStringLiteral("at")]);
    if (!target) {
        return std::unexpected(QStringLiteral("the path of %1 leads nowhere").arg(name));
    }
    const QString verb = name.section(QLatin1Char('.'), 1);
    if (name.startsWith(QLatin1String("t."))) {
        if (const auto text = target->as<Text>()) {
            return editText(*text, verb, operation);
        }
    } else if (name.startsWith(QLatin1String("a."))) {
        if (const auto array = target->as<crdt::Array>()) {
            return editArray(*array, verb, operation);
        }
    } else if (name.startsWith(QLatin1String("m."))) {
        if (const auto map = target->as<crdt::Map>()) {
            return editMap(*map, verb, operation);
        }
    } else if (name.startsWith(QLatin1String("x."))) {
        return editXml(*target, verb, operation);
    }
    return std::unexpected(QStringLiteral("%1 does not fit what it is for").arg(name));
}

} // namespace tutti::conformance
