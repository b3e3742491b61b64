// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/shared_type.h"
#include "crdt/text.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tutti::crdt {

class XmlElement;

/// A list of XML nodes: elements and texts. Positions and lengths count nodes.
class XmlFragment : public SharedType
{
public:
    /// Whether as() gives such a handle for a type of that kind.
    [[nodiscard]] static constexpr bool accepts(TypeKind kind) noexcept
    {
        return kind == TypeKind::XmlFragment || kind == TypeKind::XmlElement;
    }

    /// Nodes. Cost: O(1).
    [[nodiscard]] Offset length() const noexcept;
    /// The node at `at`: an XmlElement or an XmlText (or what others put there).
    [[nodiscard]] std::optional<Value> get(Offset at) const;
    /// The nodes in [begin, end), clamped; all; the first.
    [[nodiscard]] std::vector<Value> slice(Offset begin, Offset end) const;
    [[nodiscard]] std::vector<Value> children() const;
    [[nodiscard]] std::optional<Value> firstChild() const;
    /// As XML text, with attributes in the order of their names. ASCII letters of tags come in
    /// lower case; Yjs turns others too, as the machine's locale has it. Cost: O(content).
    [[nodiscard]] std::string toString() const;

    /// Inserts XmlElementPrelim, XmlTextPrelim (or XmlFragmentPrelim) nodes.
    /// Errors: OutOfRange beyond the end; Unsupported for anything that is no XML.
    Result<void> insert(Offset at, std::vector<Prelim> nodes);
    Result<void> insert(Offset at, Prelim node);
    /// Inserts behind a node of this list; without one, at the start. Errors: OutOfRange when
    /// `sibling` is none of its nodes.
    Result<void> insertAfter(const std::optional<SharedType>& sibling, std::vector<Prelim> nodes);
    /// Inserts at the end, or at the start. Errors: as insert.
    Result<void> push(std::vector<Prelim> nodes);
    Result<void> push(Prelim node);
    Result<void> unshift(std::vector<Prelim> nodes);
    /// Removes `count` nodes. Errors: OutOfRange when there are fewer; those are removed.
    Result<void> erase(Offset at, Offset count = Offset(1));
    /// Removes all nodes.
    void clear();

    /// All elements and texts below this one for which `wanted` holds, in document order (Yjs:
    /// createTreeWalker).
    [[nodiscard]] std::vector<SharedType> descendants(
        const std::function<bool(const SharedType&)>& wanted) const;
    /// The first, or all elements below of that tag, in whatever case (Yjs: querySelector). As in
    /// HTML that is about ASCII letters; Yjs also makes others alike, as Unicode has them.
    [[nodiscard]] std::optional<XmlElement> querySelector(std::string_view tag) const;
    [[nodiscard]] std::vector<XmlElement> querySelectorAll(std::string_view tag) const;

protected:
    using SharedType::SharedType;
    friend class SharedType;
    friend class Doc;
    friend struct detail::Handles;
};

/// An XML element: a tag, attributes and child nodes.
class XmlElement : public XmlFragment
{
public:
    /// Whether as() gives such a handle for a type of that kind.
    [[nodiscard]] static constexpr bool accepts(TypeKind kind) noexcept
    {
        return kind == TypeKind::XmlElement;
    }

    /// "UNDEFINED" for a root, as in Yjs.
    [[nodiscard]] const std::string& tag() const noexcept;

    /// Whether there is one of that name.
    [[nodiscard]] bool hasAttribute(std::string_view name) const noexcept;
    /// Its value; nothing when there is none of that name.
    [[nodiscard]] std::optional<Value> attribute(std::string_view name) const;
    /// All names and values, in the order the names first came.
    [[nodiscard]] std::vector<std::pair<std::string, Value>> attributes() const;
    /// Errors: as Map::set.
    Result<void> setAttribute(std::string_view name, Prelim value);
    /// Without effect when there is none of that name.
    void removeAttribute(std::string_view name);

    /// The node behind, or in front of, this one in the same list.
    [[nodiscard]] std::optional<Value> nextSibling() const;
    [[nodiscard]] std::optional<Value> previousSibling() const;

protected:
    using XmlFragment::XmlFragment;
    friend class SharedType;
    friend class Doc;
    friend struct detail::Handles;
};

/// Text among XML nodes.
class XmlText : public Text
{
public:
    /// Whether as() gives such a handle for a type of that kind.
    [[nodiscard]] static constexpr bool accepts(TypeKind kind) noexcept
    {
        return kind == TypeKind::XmlText;
    }

    /// As XML text: formatting as nested elements, their names and attributes from the
    /// formatting's, as Yjs writes it.
    [[nodiscard]] std::string toXml() const;
    /// The node behind, or in front of, this one in the same list.
    [[nodiscard]] std::optional<Value> nextSibling() const;
    [[nodiscard]] std::optional<Value> previousSibling() const;

protected:
    using Text::Text;
    friend class SharedType;
    friend class Doc;
    friend struct detail::Handles;
};

} // namespace tutti::crdt
