// SPDX-License-Identifier: MIT
#include "crdt/xml.h"

#include "crdt/detail/handles.h"
#include "crdt/prelim.h"
#include "crdt/utf.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace tutti::crdt {

namespace {

using detail::Edit;
using detail::Handles;
using detail::ItemRef;
using detail::kNone;

constexpr std::uint32_t kAll = std::numeric_limits<std::uint32_t>::max();

const std::string kNoTag = "UNDEFINED"; // what Yjs calls an element that is a root

std::string lowerCase(std::string_view text)
{
    std::string result(text);
    for (char& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

/// A value as JavaScript puts it into a string.
std::string asText(const Value& value)
{
    const Any plain = value.toJson();
    if (const std::string* text = plain.stringIf()) {
        return *text;
    }
    if (plain.isObject()) {
        return "[object Object]";
    }
    if (const Any::Array* array = plain.arrayIf()) {
        std::string joined;
        for (std::size_t i = 0; i < array->size(); ++i) {
            const Any& element = (*array)[i];
            joined += i == 0 ? "" : ",";
            joined += element.isNull() || element.isUndefined() ? std::string() : asText(element);
        }
        return joined;
    }
    if (const std::int64_t* number = plain.bigIntIf()) {
        return std::to_string(*number);
    }
    if (const double* number = plain.numberIf(); number != nullptr && *number != *number) {
        return "NaN";
    } else if (number != nullptr && std::abs(*number) > std::numeric_limits<double>::max()) {
        return *number > 0 ? "Infinity" : "-Infinity";
    }
    return plain.toJson();
}

std::string nodesAsXml(const std::vector<Value>& nodes)
{
    std::string xml;
    for (const Value& node : nodes) {
        xml += asText(node);
    }
    return xml;
}

std::string elementAsXml(const XmlElement& element)
{
    auto attributes = element.attributes();
    std::ranges::sort(attributes, {}, [](const auto& entry) { return toUtf16(entry.first); });
    const std::string tag = lowerCase(element.tag());
    std::string xml = "<" + tag;
    for (const auto& [name, value] : attributes) {
        xml += " " + name + "=\"" + asText(value) + "\"";
    }
    return xml + ">" + nodesAsXml(element.children()) + "</" + tag + ">";
}

} // namespace

// --- lists of nodes ---

Offset XmlFragment::length() const noexcept
{
    return Offset(isKnown() ? m_store->graph.length(m_type) : 0);
}

std::optional<Value> XmlFragment::get(Offset at) const
{
    const std::vector<Value> found = slice(at, at + Offset(1));
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<Value> XmlFragment::slice(Offset begin, Offset end) const
{
    return Handles::elements(*m_store, Handles::index(*this), begin.value(), end.value());
}

std::vector<Value> XmlFragment::children() const
{
    return Handles::elements(*m_store, Handles::index(*this), 0, kAll);
}

std::optional<Value> XmlFragment::firstChild() const { return get(Offset(0)); }

std::string XmlFragment::toString() const
{
    const std::optional<XmlElement> element = as<XmlElement>();
    return element ? elementAsXml(*element) : nodesAsXml(children());
}

Result<void> XmlFragment::insert(Offset at, std::vector<Prelim> nodes)
{
    if (!isKnown()) {
        return {};
    }
    const Edit edit(*m_store);
    return m_store->insertList(m_type, at.value(), nodes);
}

Result<void> XmlFragment::insert(Offset at, Prelim node)
{
    return insert(at, std::vector<Prelim>(1, std::move(node)));
}

Result<void> XmlFragment::insertAfter(
    const std::optional<SharedType>& sibling, std::vector<Prelim> nodes)
{
    if (!isKnown()) {
        return {};
    }
    ItemRef left = kNone;
    if (sibling) {
        const detail::TypeIndex type = Handles::index(*sibling);
        left = type == kNone || &Handles::store(*sibling) != m_store
            ? kNone
            : m_store->graph.types[type].item;
        if (left == kNone || m_store->graph.items[left].has(detail::Item::kInMap)
            || m_store->graph.ownerOf(left) != m_type) {
            return fail(ErrorCode::OutOfRange, "the node is none of this list");
        }
    }
    if (Result<void> checked = detail::Store::checkElements(nodes, true); !checked) {
        return checked;
    }
    const Edit edit(*m_store);
    m_store->insertElements(m_type, left, nodes);
    return {};
}

Result<void> XmlFragment::push(std::vector<Prelim> nodes)
{
    if (!isKnown()) {
        return {};
    }
    const Edit edit(*m_store);
    return m_store->pushList(m_type, nodes);
}

Result<void> XmlFragment::push(Prelim node)
{
    return push(std::vector<Prelim>(1, std::move(node)));
}

Result<void> XmlFragment::unshift(std::vector<Prelim> nodes)
{
    return insert(Offset(0), std::move(nodes));
}

Result<void> XmlFragment::erase(Offset at, Offset count)
{
    if (!isKnown()) {
        return {};
    }
    const Edit edit(*m_store);
    return m_store->eraseList(m_type, at.value(), count.value());
}

void XmlFragment::clear() { static_cast<void>(erase(Offset(0), length())); }

std::vector<SharedType> XmlFragment::descendants(
    const std::function<bool(const SharedType&)>& wanted) const
{
    std::vector<SharedType> found;
    std::vector<SharedType> open{*this};
    while (!open.empty()) {
        const SharedType type = open.back();
        open.pop_back();
        if (type != static_cast<const SharedType&>(*this) && wanted(type)) {
            found.push_back(type);
        }
        if (const auto list = type.as<XmlFragment>()) {
            const std::vector<Value> nodes = list->children();
            for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
                if (const SharedType* child = node->typeIf()) {
                    open.push_back(*child);
                }
            }
        }
    }
    return found;
}

std::optional<XmlElement> XmlFragment::querySelector(std::string_view tag) const
{
    const std::vector<XmlElement> found = querySelectorAll(tag);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<XmlElement> XmlFragment::querySelectorAll(std::string_view tag) const
{
    const std::string wanted = lowerCase(tag);
    std::vector<XmlElement> elements;
    for (const SharedType& type : descendants([&wanted](const SharedType& candidate) {
             const auto element = candidate.as<XmlElement>();
             return element && lowerCase(element->tag()) == wanted;
         })) {
        elements.push_back(*type.as<XmlElement>());
    }
    return elements;
}

// --- elements ---

const std::string& XmlElement::tag() const noexcept
{
    return isKnown() && !isRoot() ? m_store->graph.types[m_type].name : kNoTag;
}

bool XmlElement::hasAttribute(std::string_view name) const noexcept
{
    return isKnown() && m_store->valueAt(m_type, name) != kNone;
}

std::optional<Value> XmlElement::attribute(std::string_view name) const
{
    return Handles::valueAt(*m_store, Handles::index(*this), name);
}

std::vector<std::pair<std::string, Value>> XmlElement::attributes() const
{
    return Handles::entries(*m_store, Handles::index(*this));
}

Result<void> XmlElement::setAttribute(std::string_view name, Prelim value)
{
    return Handles::setAttribute(*this, name, value);
}

void XmlElement::removeAttribute(std::string_view name) { Handles::removeAttribute(*this, name); }

std::optional<Value> XmlElement::nextSibling() const { return Handles::sibling(*this, true); }

std::optional<Value> XmlElement::previousSibling() const { return Handles::sibling(*this, false); }

// --- texts ---

std::string XmlText::toXml() const
{
    std::string xml;
    for (const DeltaOp& op : toDelta()) {
        Attributes nodes = op.attributes;
        std::ranges::sort(nodes, {}, [](const auto& node) { return toUtf16(node.first); });
        for (const auto& [name, value] : nodes) {
            xml += "<" + name;
            if (const Any::Object* members = value.objectIf()) {
                Any::Object sorted = *members;
                std::ranges::sort(
                    sorted, {}, [](const auto& member) { return toUtf16(member.first); });
                for (const auto& [key, member] : sorted) {
                    xml += " " + key + "=\"" + asText(member) + "\"";
                }
            }
            xml += ">";
        }
        xml += op.values.empty() ? toUtf8(op.text) : asText(op.values.front());
        for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
            xml += "</" + node->first + ">";
        }
    }
    return xml;
}

std::optional<Value> XmlText::nextSibling() const { return Handles::sibling(*this, true); }

std::optional<Value> XmlText::previousSibling() const { return Handles::sibling(*this, false); }

} // namespace tutti::crdt
