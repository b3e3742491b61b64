// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/ids.h"
#include "crdt/map.h"
#include "crdt/subdocument.h"
#include "crdt/value.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// Preliminary values: what is about to be inserted, described without a Doc. Each can be used
/// as often as wanted; each use makes a shared type of its own.
namespace tutti::crdt {

/// A new text: edits of an empty one.
struct TextPrelim
{
    TextPrelim() = default;
    /// With this text, or what these edits make of an empty one.
    explicit TextPrelim(std::u16string_view text);
    explicit TextPrelim(std::vector<DeltaEdit> edits);

    std::vector<DeltaEdit> delta; ///< edits of the empty text
    std::vector<std::pair<std::string, Prelim>> attributes; ///< of the text itself
};
/// A new list.
struct ArrayPrelim
{
    std::vector<Prelim> values; ///< its elements
};
/// A new map; its keys are set in this order.
struct MapPrelim
{
    std::vector<std::pair<std::string, Prelim>> entries; ///< keys and their values
};
/// A new XML element.
struct XmlElementPrelim
{
    std::string tag; ///< its name
    std::vector<std::pair<std::string, Prelim>> attributes; ///< names and values
    std::vector<Prelim> children; ///< XmlElementPrelim and XmlTextPrelim
};
/// A new list of XML nodes.
struct XmlFragmentPrelim
{
    std::vector<Prelim> children; ///< XmlElementPrelim and XmlTextPrelim
};
/// A new text among XML nodes.
struct XmlTextPrelim : TextPrelim
{
    using TextPrelim::TextPrelim;
};

/// Anything that can be inserted: a plain value, a new shared type, a subdocument.
class Prelim
{
public:
    /// One alternative for each kind of thing.
    using Content = std::variant<Any, TextPrelim, ArrayPrelim, MapPrelim, XmlElementPrelim,
        XmlFragmentPrelim, XmlTextPrelim, Subdocument>;

    /// A new shared type, or a subdocument.
    Prelim(TextPrelim text);
    Prelim(ArrayPrelim array);
    Prelim(MapPrelim map);
    Prelim(XmlElementPrelim element);
    Prelim(XmlFragmentPrelim fragment);
    Prelim(XmlTextPrelim text);
    Prelim(Subdocument document);
    /// From anything an Any is made of.
    template <typename T>
        requires(std::is_convertible_v<T, Any>)
    Prelim(T&& plain);

    /// What it is.
    [[nodiscard]] const Content& content() const noexcept { return m_content; }
    [[nodiscard]] Content& content() noexcept { return m_content; }

private:
    Content m_content;
};

/// One step of an edit to a text, read from left to right over the old content.
struct DeltaEdit
{
    /// Keep what is there, insert something new, delete what is there.
    enum class Kind { Retain, Insert, Delete };

    /// A step of that kind. Lengths are in the Doc's offset unit.
    [[nodiscard]] static DeltaEdit retain(Offset length, Attributes attributes = {});
    [[nodiscard]] static DeltaEdit insert(std::u16string text, Attributes attributes = {});
    [[nodiscard]] static DeltaEdit embed(Prelim value, Attributes attributes = {});
    [[nodiscard]] static DeltaEdit erase(Offset length);

    Kind kind = Kind::Retain; ///< what is done
    Offset length; ///< of a Retain or Delete
    std::u16string text; ///< of an Insert
    std::optional<Prelim> value; ///< of an Insert of an embed
    Attributes attributes; ///< of an Insert, exactly these; of a Retain, those to change
};

// Here, since a text's edits hold a Prelim each: moving one needs both to be complete.
inline Prelim::Prelim(TextPrelim text)
    : m_content(std::move(text))
{ }
inline Prelim::Prelim(ArrayPrelim array)
    : m_content(std::move(array))
{ }
inline Prelim::Prelim(MapPrelim map)
    : m_content(std::move(map))
{ }
inline Prelim::Prelim(XmlElementPrelim element)
    : m_content(std::move(element))
{ }
inline Prelim::Prelim(XmlFragmentPrelim fragment)
    : m_content(std::move(fragment))
{ }
inline Prelim::Prelim(XmlTextPrelim text)
    : m_content(std::move(text))
{ }
inline Prelim::Prelim(Subdocument document)
    : m_content(std::move(document))
{ }
template <typename T>
    requires(std::is_convertible_v<T, Any>)
Prelim::Prelim(T&& plain)
    : m_content(Any(std::forward<T>(plain)))
{ }

template <typename T>
T Map::set(std::string_view key, Prelim value)
{
    return set(key, std::move(value)).value().template as<T>().value();
}

} // namespace tutti::crdt
