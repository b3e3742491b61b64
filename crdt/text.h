// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/error.h"
#include "crdt/shared_type.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tutti::crdt {

struct DeltaEdit;
struct DeltaOp;
struct TextView;

/// A shared text with optional formatting: runs of characters that carry attributes, and embedded
/// values that take one unit each.
///
/// Positions and lengths are in the Doc's offset unit (UTF-16 unless it was made otherwise). A
/// local operation never splits a code point: an insertion inside one moves to its start, a
/// deletion or a formatting that touches a part takes all of it, and a surrogate without its other
/// half is inserted as U+FFFD.
/// Cost: in a UTF-8 Doc each offset is looked for in O(runs).
class Text : public SharedType
{
public:
    /// Whether as() gives such a handle for a type of that kind.
    [[nodiscard]] static constexpr bool accepts(TypeKind kind) noexcept
    {
        return kind == TypeKind::Text || kind == TypeKind::XmlText;
    }

    // --- reading ---

    /// Live units. Cost: O(1).
    [[nodiscard]] Offset length() const noexcept;
    /// The whole text without embeds. Cost: O(n).
    [[nodiscard]] std::u16string toString() const;
    /// The units in [begin, end), clamped to the text; an embed reads as U+FFFC. Halves of
    /// surrogate pairs are given as they are. Cost: O(log n + units).
    [[nodiscard]] std::u16string slice(Offset begin, Offset end) const;
    /// Whether everything live in it is text, with or without formatting: false when it holds
    /// embeds, nested types or XML, that is when it is not ours to edit as plain text.
    /// Cost: O(runs).
    [[nodiscard]] bool isPlain() const;
    /// The text as insertions with their attributes (Yjs: toDelta, pycrdt: diff). Cost: O(n).
    [[nodiscard]] std::vector<DeltaOp> toDelta() const;
    /// The text as it was at a snapshot, or what changed between two of them (Yjs: toDelta with
    /// snapshots): see TextView in history.h. Requires: a Doc without gc. Cost: O(n).
    [[nodiscard]] std::vector<DeltaOp> toDelta(const TextView& view) const;

    // --- writing ---

    /// Inserts before the unit at `at`; beyond the end means at the end. Text inserted between
    /// formatted units takes on their formatting.
    /// Cost: O(log n + units); O(runs) where the text has formatting.
    void insert(Offset at, std::u16string_view text);
    void insert(Offset at, std::string_view utf8);
    /// Inserts with exactly these attributes, whatever stands around.
    void insert(Offset at, std::u16string_view text, const Attributes& attributes);
    /// Inserts a value or a new shared type, with exactly these attributes.
    /// Errors: Unsupported for what cannot stand in a text (undefined is null there).
    Result<void> insertEmbed(Offset at, Prelim value, const Attributes& attributes = {});
    /// Removes `count` units from `at`, or as many as there are. Cost: O(log n) per run touched.
    void erase(Offset at, Offset count);
    /// Removes everything.
    void clear();
    /// Gives `count` units from `at` these attributes; a null value takes one away. Beyond the
    /// end line ends are added as Yjs does, unless nothing stands to the right of `at`.
    /// Cost: O(runs).
    void format(Offset at, Offset count, const Attributes& attributes);
    /// Applies a list of steps (Yjs: applyDelta). Without `sanitize`, a line end that would become
    /// the very end of the text is left out: rich text editors think of one there anyway.
    void applyDelta(std::span<const DeltaEdit> delta, bool sanitize = true);

    /// Deletes marks that no longer mean anything, as every copy does after somebody else's change
    /// (Yjs: cleanupYTextFormatting); returns how many.
    std::size_t cleanUpFormatting();

    // --- attributes of the text itself (Yjs has them on every text, XML uses them) ---

    /// Its value; nothing when there is none of that name.
    [[nodiscard]] std::optional<Value> attribute(std::string_view name) const;
    /// All names and values, in the order the names first came.
    [[nodiscard]] std::vector<std::pair<std::string, Value>> attributes() const;
    /// Errors: as Map::set.
    Result<void> setAttribute(std::string_view name, Prelim value);
    /// Without effect when there is none of that name.
    void removeAttribute(std::string_view name);

protected:
    using SharedType::SharedType;
    friend class SharedType;
    friend class Doc;
    friend struct detail::Handles;
};

} // namespace tutti::crdt
