// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/events.h"

#include <QString>
#include <QStringView>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace tutti::ui {

/// What lies between a document and the newer text it is to show: remote changes that arrived
/// but are not applied yet, as one delta from the document's units to the text's.
///
/// A pure value: no Qt document, no shared text. Positions on the left are *document* positions,
/// on the right *text* positions, both in UTF-16 units.
class PendingEdits
{
public:
    struct Step
    {
        enum class Kind { Retain, Insert, Delete };
        Kind kind = Kind::Retain;
        int length = 0;
        /// Insert: what comes in, as the text has it. Delete: what goes, as the document has it.
        QString text;

        bool operator==(const Step&) const = default;
    };
    /// Reads units [from, to) of the document that is still unchanged.
    using ReadDocument = std::function<QString(int from, int to)>;
    /// A piece of the text to erase.
    struct Range
    {
        int position = 0;
        int length = 0;

        bool operator==(const Range&) const = default;
    };
    /// A local edit after it was carried over to the text's side.
    struct Transformed
    {
        /// Where the inserted units go.
        int insertAt = 0;
        /// What to erase first, from right to left, in positions before anything is done.
        std::vector<Range> erase;
    };
    /// Which way a position goes when units come in exactly there.
    enum class Stay { Before, After };

    [[nodiscard]] bool isEmpty() const noexcept { return m_chunks.empty(); }
    /// All steps, none empty, no trailing retain. Steps of one kind may follow each other.
    /// Cost: O(steps).
    [[nodiscard]] std::vector<Step> steps() const;
    void clear();
    /// Units that come in. Cost: O(steps).
    [[nodiscard]] qint64 insertedUnits() const;
    /// Takes away a beginning that inserts that many units, or all. What is left says how the
    /// document will differ from the text once the beginning was done. Cost: O(steps).
    [[nodiscard]] PendingEdits takeFirst(int insertedUnits);

    /// Adds a change made to the text after all those already here. Inserts are taken as they
    /// are; deletions of the document's own units are remembered with what `read` gives.
    /// Cost: O(√steps) or so for each place touched, O(1) where somebody types on; far less than a
    /// copy of the text.
    void append(std::span<const crdt::DeltaOp> delta, const ReadDocument& read);
    /// The same with one replacement in text positions.
    void appendReplacement(
        int position, int removed, const QString& inserted, const ReadDocument& read);

    /// The document has `removed` units at `position` replaced with `inserted` ones. Says what
    /// that means on the text's side, and becomes the delta from the new document to the text as
    /// it will be once that is done. Units inserted by both sides at one place: the local come
    /// first. What others inserted into a range that is removed here stays.
    [[nodiscard]] Transformed takeLocal(int position, int removed, int inserted);

    /// Document position → text position. A position inside something deleted goes to its start.
    [[nodiscard]] int toText(int position, Stay stay = Stay::Before) const;
    /// Text position → document position; inside an insertion: where it will come in.
    [[nodiscard]] int toDocument(int position) const;
    /// Text length minus document length.
    [[nodiscard]] int lengthChange() const noexcept { return m_lengthChange; }

    /// The document's units [from, to): what is shared with the text from `readText` (which is
    /// given text positions and answers in the document's units), what was deleted from memory.
    [[nodiscard]] QString oldText(
        int from, int to, const std::function<QString(int from, int to)>& readText) const;

private:
    /// A run of steps with its sums, so that a place far away is found and changed quickly.
    struct Chunk
    {
        std::vector<Step> steps;
        int document = 0;
        int text = 0;
    };
    /// A place in or right behind a step: where that step is, how many units into it, and both
    /// coordinates of the step's beginning. Behind the last step everything is retained.
    struct Place
    {
        std::size_t chunk = 0;
        std::size_t index = 0;
        int inside = 0;
        int document = 0;
        int text = 0;
    };
    /// The insertion that was written to last: who types goes on there. Nothing else has moved it
    /// since, as long as it is set.
    struct Typing
    {
        std::size_t chunk = 0;
        std::size_t index = 0;
        int text = 0; ///< where the insertion begins
    };

    [[nodiscard]] Place seekText(int position);
    [[nodiscard]] Step* typingAt(int position, int count);
    bool typeOn(int position, QStringView text);
    bool takeBack(int position, int count);
    std::size_t splitAt(const Place& place);
    void insert(int position, QStringView text);
    void erase(int position, int count, const ReadDocument& read);
    void mergeBetween(Chunk& chunk, std::size_t first, std::size_t last);
    bool settle(std::size_t chunk);
    static void sumUp(Chunk& chunk);
    void rebuild(std::vector<Step> steps);
    void dropTrailingRetains();
    template <typename Visit>
    void forEach(Visit visit) const;

    std::vector<Chunk> m_chunks;
    std::optional<Typing> m_typing;
    int m_lengthChange = 0;
};

} // namespace tutti::ui
