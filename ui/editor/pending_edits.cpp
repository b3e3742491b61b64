// SPDX-License-Identifier: MIT
#include "ui/editor/pending_edits.h"

#include "ui/editor/document_units.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tutti::ui {

namespace {

using Step = PendingEdits::Step;
using Kind = PendingEdits::Step::Kind;

/// Longer inserts are kept in pieces, so that typing into one does not copy it each time.
constexpr int kMaxInsert = 4096;
/// What comes in at once, a file say, is kept in pieces of that size: takeFirst() copies one.
constexpr int kMaxPiece = 1 << 20;
constexpr std::size_t kMaxSteps = 256; // in a chunk

int documentUnits(const Step& step) { return step.kind == Kind::Insert ? 0 : step.length; }

int textUnits(const Step& step) { return step.kind == Kind::Delete ? 0 : step.length; }

Step retain(int length) { return {Kind::Retain, length, {}}; }

Step insertion(QStringView text)
{
    return {Kind::Insert, static_cast<int>(text.size()), text.toString()};
}

Step deletion(const QString& text) { return {Kind::Delete, static_cast<int>(text.size()), text}; }

/// The part of a step from `from`, `length` units long.
Step part(const Step& step, int from, int length)
{
    return {step.kind, length, step.text.mid(from, length)};
}

template <typename Sequence>
auto at(Sequence& sequence, std::size_t index)
{
    return sequence.begin() + static_cast<std::ptrdiff_t>(index);
}

} // namespace

template <typename Visit>
void PendingEdits::forEach(Visit visit) const
{
    for (const Chunk& chunk : m_chunks) {
        for (const Step& step : chunk.steps) {
            if (!visit(step)) {
                return;
            }
        }
    }
}

std::vector<PendingEdits::Step> PendingEdits::steps() const
{
    std::vector<Step> all;
    forEach([&all](const Step& step) {
        all.push_back(step);
        return true;
    });
    return all;
}

void PendingEdits::clear()
{
    m_chunks.clear();
    m_typing.reset();
    m_lengthChange = 0;
}

qint64 PendingEdits::insertedUnits() const
{
    qint64 units = 0;
    forEach([&units](const Step& step) {
        units += step.kind == Kind::Insert ? step.length : 0;
        return true;
    });
    return units;
}

PendingEdits PendingEdits::takeFirst(int insertedUnits)
{
    std::vector<Step> first;
    std::vector<Step> rest;
    int left = insertedUnits;
    int shared = 0; // units of the text that the beginning covers
    int lengthChange = 0;
    const auto take = [&](Step step) {
        lengthChange += textUnits(step) - documentUnits(step);
        shared += textUnits(step);
        first.push_back(std::move(step));
    };
    forEach([&](const Step& step) {
        if (left <= 0) {
            rest.push_back(step);
        } else if (step.kind == Kind::Insert && step.length > left) {
            // never between the halves of a surrogate pair
            const int cut = step.text.at(left).isLowSurrogate() ? left + 1 : left;
            take(part(step, 0, cut));
            if (cut < step.length) {
                rest.push_back(part(step, cut, step.length - cut));
            }
            left = 0;
        } else {
            left -= step.kind == Kind::Insert ? step.length : 0;
            take(step);
        }
        return true;
    });
    PendingEdits taken;
    taken.m_lengthChange = lengthChange;
    taken.rebuild(std::move(first));
    if (!rest.empty() && shared > 0) {
        rest.insert(rest.begin(), retain(shared));
    }
    m_lengthChange -= lengthChange;
    rebuild(std::move(rest));
    return taken;
}

PendingEdits::Place PendingEdits::seekText(int position)
{
    if (m_chunks.empty()) {
        m_chunks.emplace_back();
    }
    Place place;
    int& text = place.text;
    while (place.chunk + 1 < m_chunks.size() && text + m_chunks[place.chunk].text < position) {
        text += m_chunks[place.chunk].text;
        place.document += m_chunks[place.chunk].document;
        ++place.chunk;
    }
    const std::vector<Step>& steps = m_chunks[place.chunk].steps;
    while (place.index < steps.size() && text + textUnits(steps[place.index]) < position) {
        text += textUnits(steps[place.index]);
        place.document += documentUnits(steps[place.index]);
        ++place.index;
    }
    place.inside = position - text;
    return place;
}

/// Makes a border between two steps there; says the index of the step behind it.
std::size_t PendingEdits::splitAt(const Place& place)
{
    std::vector<Step>& steps = m_chunks[place.chunk].steps;
    if (place.inside == 0) {
        return place.index;
    }
    if (place.index == steps.size()) {
        steps.push_back(retain(place.inside));
        m_chunks[place.chunk].document += place.inside;
        m_chunks[place.chunk].text += place.inside;
        return steps.size();
    }
    Step& step = steps[place.index];
    if (place.inside < step.length) {
        Step right = part(step, place.inside, step.length - place.inside);
        step = part(step, 0, place.inside);
        steps.insert(at(steps, place.index + 1), std::move(right));
    }
    return place.index + 1;
}

/// The insertion somebody types in, when `count` units from `position` on are in it.
PendingEdits::Step* PendingEdits::typingAt(int position, int count)
{
    if (!m_typing || position < m_typing->text) {
        return nullptr;
    }
    Step& step = m_chunks[m_typing->chunk].steps[m_typing->index];
    return position + count <= m_typing->text + step.length ? &step : nullptr;
}

bool PendingEdits::typeOn(int position, QStringView text)
{
    const int length = static_cast<int>(text.size());
    Step* step = typingAt(position, 0);
    if (step == nullptr || position == m_typing->text || step->length + length > kMaxInsert) {
        return false;
    }
    step->text.insert(position - m_typing->text, text);
    step->length += length;
    m_chunks[m_typing->chunk].text += length;
    return true;
}

bool PendingEdits::takeBack(int position, int count)
{
    Step* step = typingAt(position, count);
    if (step == nullptr || count == step->length) {
        return false;
    }
    step->text.remove(position - m_typing->text, count);
    step->length -= count;
    m_chunks[m_typing->chunk].text -= count;
    return true;
}

void PendingEdits::insert(int position, QStringView text)
{
    if (text.isEmpty()) {
        return;
    }
    const int length = static_cast<int>(text.size());
    m_lengthChange += length;
    if (typeOn(position, text)) {
        return;
    }
    m_typing.reset();
    const Place place = seekText(position);
    std::vector<Step>& steps = m_chunks[place.chunk].steps;
    const auto takes = [&](std::size_t index) {
        return index < steps.size() && steps[index].kind == Kind::Insert
            && steps[index].length + length <= kMaxInsert;
    };
    Typing typing{place.chunk, place.index, place.text};
    if (takes(place.index)) {
        steps[place.index].text.insert(place.inside, text);
        steps[place.index].length += length;
    } else {
        typing.index = splitAt(place);
        typing.text = position;
        if (takes(typing.index)) {
            steps[typing.index].text.insert(0, text);
            steps[typing.index].length += length;
        } else {
            steps.insert(at(steps, typing.index), insertion(text));
        }
    }
    m_chunks[place.chunk].text += length;
    if (!settle(place.chunk)) {
        m_typing = typing;
    }
}

void PendingEdits::erase(int position, int count, const ReadDocument& read)
{
    if (count <= 0) {
        return;
    }
    m_lengthChange -= count;
    if (takeBack(position, count)) {
        return;
    }
    m_typing.reset();
    const Place place = seekText(position);
    std::size_t chunk = place.chunk;
    const bool insideInsert = place.index < m_chunks[chunk].steps.size()
        && m_chunks[chunk].steps[place.index].kind == Kind::Insert;
    int document = place.document + (insideInsert ? 0 : place.inside);
    std::size_t index = splitAt(place);
    std::size_t first = place.index;
    while (count > 0) {
        std::vector<Step>& steps = m_chunks[chunk].steps;
        if (index == steps.size()) {
            if (chunk + 1 < m_chunks.size()) {
                mergeBetween(m_chunks[chunk], first, index);
                ++chunk;
                index = 0;
                first = 0;
                continue;
            }
            steps.push_back(deletion(read(document, document + count)));
            m_chunks[chunk].document += count;
            break;
        }
        Step& step = steps[index];
        const int taken = std::min(count, step.length);
        switch (step.kind) {
        case Kind::Delete:
            document += step.length;
            ++index;
            break;
        case Kind::Insert:
            count -= taken;
            m_chunks[chunk].text -= taken;
            if (taken == step.length) {
                steps.erase(at(steps, index));
            } else {
                step = part(step, taken, step.length - taken);
            }
            break;
        case Kind::Retain: {
            count -= taken;
            m_chunks[chunk].text -= taken;
            Step gone = deletion(read(document, document + taken));
            document += taken;
            if (taken == step.length) {
                step = std::move(gone);
            } else {
                step.length -= taken;
                steps.insert(at(steps, index), std::move(gone));
            }
            ++index;
            break;
        }
        }
    }
    mergeBetween(m_chunks[chunk], first, index + 1);
    while (chunk > place.chunk) {
        settle(chunk--);
    }
    settle(place.chunk);
    dropTrailingRetains();
}

void PendingEdits::mergeBetween(Chunk& chunk, std::size_t first, std::size_t last)
{
    std::vector<Step>& steps = chunk.steps;
    for (std::size_t i = std::min(last, steps.size()); i-- > first + 1;) {
        Step& left = steps[i - 1];
        const Step& right = steps[i];
        if (left.kind == right.kind
            && (left.kind != Kind::Insert || left.length + right.length <= kMaxInsert)) {
            left.length += right.length;
            left.text += right.text;
            steps.erase(at(steps, i));
        }
    }
}

void PendingEdits::sumUp(Chunk& chunk)
{
    chunk.document = 0;
    chunk.text = 0;
    for (const Step& step : chunk.steps) {
        chunk.document += documentUnits(step);
        chunk.text += textUnits(step);
    }
}

/// Parts a chunk where it grew too long, drops it when empty; says whether it did either.
bool PendingEdits::settle(std::size_t chunk)
{
    std::vector<Step>& steps = m_chunks[chunk].steps;
    if (steps.empty()) {
        m_chunks.erase(at(m_chunks, chunk));
        return true;
    }
    if (steps.size() <= kMaxSteps) {
        return false;
    }
    Chunk right;
    const auto middle = at(steps, steps.size() / 2);
    right.steps.assign(std::make_move_iterator(middle), std::make_move_iterator(steps.end()));
    steps.erase(middle, steps.end());
    sumUp(right);
    m_chunks[chunk].document -= right.document;
    m_chunks[chunk].text -= right.text;
    m_chunks.insert(at(m_chunks, chunk + 1), std::move(right));
    return true;
}

void PendingEdits::dropTrailingRetains()
{
    while (!m_chunks.empty() && m_chunks.back().steps.back().kind == Kind::Retain) {
        Chunk& last = m_chunks.back();
        last.document -= last.steps.back().length;
        last.text -= last.steps.back().length;
        last.steps.pop_back();
        settle(m_chunks.size() - 1);
    }
}

void PendingEdits::rebuild(std::vector<Step> steps)
{
    m_chunks.clear();
    m_typing.reset();
    Chunk all;
    all.steps = std::move(steps);
    mergeBetween(all, 0, all.steps.size());
    for (std::size_t i = 0; i < all.steps.size(); i += kMaxSteps / 2) {
        const std::size_t end = std::min(i + kMaxSteps / 2, all.steps.size());
        Chunk& chunk = m_chunks.emplace_back();
        chunk.steps.assign(
            std::make_move_iterator(at(all.steps, i)), std::make_move_iterator(at(all.steps, end)));
        sumUp(chunk);
    }
    dropTrailingRetains();
}

void PendingEdits::append(std::span<const crdt::DeltaOp> delta, const ReadDocument& read)
{
    int position = 0;
    for (const crdt::DeltaOp& op : delta) {
        const int length = static_cast<int>(op.length.value());
        switch (op.kind) {
        case crdt::DeltaOp::Kind::Retain:
            position += length;
            break;
        case crdt::DeltaOp::Kind::Insert:
            // an embed reads as U+FFFC, here as in Text::slice
            if (op.text.empty()) {
                insert(position, QString(length, QChar::ObjectReplacementCharacter));
            }
            for (int done = 0; done < static_cast<int>(op.text.size()); done += kMaxPiece) {
                insert(position + done, QStringView(op.text).mid(done, kMaxPiece));
            }
            position += length;
            break;
        case crdt::DeltaOp::Kind::Delete:
            erase(position, length, read);
            break;
        }
    }
}

void PendingEdits::appendReplacement(
    int position, int removed, const QString& inserted, const ReadDocument& read)
{
    erase(position, removed, read);
    insert(position, inserted);
}

PendingEdits::Transformed PendingEdits::takeLocal(int position, int removed, int inserted)
{
    Transformed result;
    if (m_chunks.empty()) {
        result.insertAt = position;
        if (removed > 0) {
            result.erase.push_back({position, removed});
        }
        return result;
    }
    const int end = position + removed;
    std::vector<Step> steps;
    int document = 0;
    int text = 0;
    bool placed = false;
    const auto placeInserted = [&] {
        if (!placed) {
            placed = true;
            result.insertAt = text;
            if (inserted > 0) {
                steps.push_back(retain(inserted));
            }
        }
    };
    // One piece that lies wholly before, inside or behind the replaced range.
    const auto take = [&](const Step& piece) {
        const bool before =
            piece.kind == Kind::Insert ? document < position : document + piece.length <= position;
        if (!before) {
            placeInserted();
        }
        const bool inside = !before && piece.kind != Kind::Insert && document < end;
        if (!inside) {
            steps.push_back(piece);
        } else if (piece.kind == Kind::Retain) {
            result.erase.push_back({text, piece.length});
        } else {
            m_lengthChange += piece.length; // deleted on both sides: no longer a difference
        }
        document += documentUnits(piece);
        text += textUnits(piece);
    };
    const auto takeInPieces = [&](const Step& step) {
        if (step.kind == Kind::Insert) {
            take(step);
            return;
        }
        int done = 0;
        while (done < step.length) {
            int length = step.length - done;
            for (const int border : {position, end}) {
                if (border > document && border < document + length) {
                    length = border - document;
                }
            }
            take(part(step, done, length));
            done += length;
        }
    };
    forEach([&](const Step& step) {
        takeInPieces(step);
        return true;
    });
    if (document < end || !placed) {
        // behind the last step everything is shared
        takeInPieces(retain(std::max(end, position + 1) - document));
    }
    rebuild(std::move(steps));
    std::reverse(result.erase.begin(), result.erase.end());
    return result;
}

int PendingEdits::toText(int position, Stay stay) const
{
    int document = 0;
    int text = 0;
    bool inDeleted = false;
    forEach([&](const Step& step) {
        if (step.kind == Kind::Insert) {
            if (document > position || (document == position && stay == Stay::Before)) {
                return false;
            }
            text += step.length;
            return true;
        }
        if (document + step.length > position) {
            inDeleted = step.kind == Kind::Delete;
            return false;
        }
        document += step.length;
        text += textUnits(step);
        return true;
    });
    return inDeleted ? text : text + position - document;
}

int PendingEdits::toDocument(int position) const
{
    int document = 0;
    int text = 0;
    bool inInserted = false;
    forEach([&](const Step& step) {
        const int units = textUnits(step);
        if (units > 0 && text + units > position) {
            inInserted = step.kind == Kind::Insert;
            return false;
        }
        text += units;
        document += documentUnits(step);
        return true;
    });
    return inInserted ? document : document + position - text;
}

QString PendingEdits::oldText(
    int from, int to, const std::function<QString(int from, int to)>& readText) const
{
    QString result;
    int document = 0;
    int text = 0;
    forEach([&](const Step& step) {
        const int first = std::max(from, document);
        const int last = std::min(to, document + documentUnits(step));
        if (first < last) {
            result += step.kind == Kind::Delete
                ? step.text.mid(first - document, last - first)
                : readText(text + first - document, text + last - document);
        }
        document += documentUnits(step);
        text += textUnits(step);
        return document < to;
    });
    const int first = std::max(from, document);
    if (first < to) {
        result += readText(text + first - document, text + to - document);
    }
    return result;
}

} // namespace tutti::ui
