// SPDX-License-Identifier: MIT
#include "ui/editor/pending_edits.h"

#include "ui/editor/document_units.h"

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

    using Step = PendingEdits::Step;
    using Kind = PendingEdits::Step::Kind;

    /// Longer inserts are kept in pieces, so that typing into one does not copy it each time.
    constexpr int kMaxInsert = 4096;

    int documentUnits(const Step& step)
    {
        return step.kind == Kind::Insert ? 0 : step.length;
    }

    int textUnits(const Step& step)
    {
        return step.kind == Kind::Delete ? 0 : step.length;
    }

    Step retain(int length)
    {
        return { Kind::Retain, length, {} };
    }

    Step insertion(const QString& text)
    {
        return { Kind::Insert, static_cast<int>(text.size()), text };
    }

    Step deletion(const QString& text)
    {
        return { Kind::Delete, static_cast<int>(text.size()), text };
    }

    /// The part of a step from `from`, `length` units long.
    Step part(const Step& step, int from, int length)
    {
        return { step.kind, length, step.text.mid(from, length) };
    }

    template <typename Steps>
    auto at(Steps& steps, std::size_t index)
    {
        return steps.begin() + static_cast<std::ptrdiff_t>(index);
    }

} // namespace

void PendingEdits::clear()
{
    m_steps.clear();
    m_hint = {};
    m_lengthChange = 0;
}

PendingEdits::Place PendingEdits::seekText(int position) const
{
    Place place = m_hint;
    while (place.index > 0 && place.text >= position) {
        const Step& step = m_steps[--place.index];
        place.document -= documentUnits(step);
        place.text -= textUnits(step);
    }
    while (place.index < m_steps.size()) {
        const Step& step = m_steps[place.index];
        if (place.text + textUnits(step) >= position) {
            break;
        }
        place.document += documentUnits(step);
        place.text += textUnits(step);
        ++place.index;
    }
    place.inside = position - place.text;
    return place;
}

std::size_t PendingEdits::splitAt(const Place& place)
{
    if (place.inside == 0) {
        return place.index;
    }
    if (place.index == m_steps.size()) {
        m_steps.push_back(retain(place.inside));
        return m_steps.size();
    }
    Step& step = m_steps[place.index];
    if (place.inside < step.length) {
        Step right = part(step, place.inside, step.length - place.inside);
        step = part(step, 0, place.inside);
        m_steps.insert(at(m_steps, place.index + 1), std::move(right));
    }
    return place.index + 1;
}

void PendingEdits::insert(int position, const QString& text)
{
    if (text.isEmpty()) {
        return;
    }
    const int length = static_cast<int>(text.size());
    m_lengthChange += length;
    const Place place = seekText(position);
    m_hint = { place.index, 0, place.document, place.text };
    if (place.index < m_steps.size() && m_steps[place.index].kind == Kind::Insert
        && m_steps[place.index].length + length <= kMaxInsert) {
        m_steps[place.index].text.insert(place.inside, text);
        m_steps[place.index].length += length;
        return;
    }
    const std::size_t index = splitAt(place);
    if (index < m_steps.size() && m_steps[index].kind == Kind::Insert
        && m_steps[index].length + length <= kMaxInsert) {
        m_steps[index].text.prepend(text);
        m_steps[index].length += length;
        return;
    }
    m_steps.insert(at(m_steps, index), insertion(text));
}

void PendingEdits::erase(int position, int count, const ReadDocument& read)
{
    if (count <= 0) {
        return;
    }
    const Place place = seekText(position);
    m_hint = { place.index, 0, place.document, place.text };
    const bool insideInsert
        = place.index < m_steps.size() && m_steps[place.index].kind == Kind::Insert;
    int document = place.document + (insideInsert ? 0 : place.inside);
    std::size_t index = splitAt(place);
    m_lengthChange -= count;
    while (count > 0) {
        if (index == m_steps.size()) {
            m_steps.push_back(deletion(read(document, document + count)));
            break;
        }
        Step& step = m_steps[index];
        const int taken = std::min(count, step.length);
        switch (step.kind) {
        case Kind::Delete:
            document += step.length;
            ++index;
            break;
        case Kind::Insert:
            count -= taken;
            if (taken == step.length) {
                m_steps.erase(at(m_steps, index));
            } else {
                step = part(step, taken, step.length - taken);
            }
            break;
        case Kind::Retain: {
            count -= taken;
            Step gone = deletion(read(document, document + taken));
            document += taken;
            if (taken == step.length) {
                step = std::move(gone);
            } else {
                step.length -= taken;
                m_steps.insert(at(m_steps, index), std::move(gone));
            }
            ++index;
            break;
        }
        }
    }
    mergeBetween(place.index, index + 1);
    dropTrailingRetains();
}

void PendingEdits::mergeBetween(std::size_t first, std::size_t last)
{
    for (std::size_t i = std::min(last, m_steps.size()); i-- > first + 1;) {
        Step& left = m_steps[i - 1];
        const Step& right = m_steps[i];
        if (left.kind == right.kind
            && (left.kind != Kind::Insert || left.length + right.length <= kMaxInsert)) {
            left.length += right.length;
            left.text += right.text;
            m_steps.erase(at(m_steps, i));
        }
    }
}

void PendingEdits::dropTrailingRetains()
{
    while (!m_steps.empty() && m_steps.back().kind == Kind::Retain) {
        m_steps.pop_back();
    }
    if (m_hint.index > m_steps.size()) {
        m_hint = {};
    }
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
            insert(position, op.text.empty() ? QString(length, QChar::ObjectReplacementCharacter)
                                             : toQString(op.text));
            position += length;
            break;
        case crdt::DeltaOp::Kind::Delete:
            erase(position, length, read);
            break;
        }
    }
}

void PendingEdits::appendReplacement(int position, int removed, const QString& inserted,
    const ReadDocument& read)
{
    erase(position, removed, read);
    insert(position, inserted);
}

PendingEdits::Transformed PendingEdits::takeLocal(int position, int removed, int inserted)
{
    Transformed result;
    if (m_steps.empty()) {
        result.insertAt = position;
        if (removed > 0) {
            result.erase.push_back({ position, removed });
        }
        return result;
    }
    const int end = position + removed;
    std::vector<Step> steps;
    steps.reserve(m_steps.size() + 2);
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
        const bool before = piece.kind == Kind::Insert
            ? document < position
            : document + piece.length <= position;
        if (!before) {
            placeInserted();
        }
        const bool inside = !before && piece.kind != Kind::Insert && document < end;
        if (!inside) {
            steps.push_back(piece);
        } else if (piece.kind == Kind::Retain) {
            result.erase.push_back({ text, piece.length });
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
            for (const int border : { position, end }) {
                if (border > document && border < document + length) {
                    length = border - document;
                }
            }
            take(part(step, done, length));
            done += length;
        }
    };
    for (const Step& step : m_steps) {
        takeInPieces(step);
    }
    if (document < end || !placed) {
        // behind the last step everything is shared
        takeInPieces(retain(std::max(end, position + 1) - document));
    }
    m_steps = std::move(steps);
    m_hint = {};
    mergeBetween(0, m_steps.size());
    dropTrailingRetains();
    std::reverse(result.erase.begin(), result.erase.end());
    return result;
}

int PendingEdits::toText(int position, Stay stay) const
{
    int document = 0;
    int text = 0;
    for (const Step& step : m_steps) {
        if (step.kind == Kind::Insert) {
            if (document > position || (document == position && stay == Stay::Before)) {
                break;
            }
            text += step.length;
            continue;
        }
        if (document + step.length > position) {
            return step.kind == Kind::Retain ? text + position - document : text;
        }
        document += step.length;
        text += textUnits(step);
    }
    return text + position - document;
}

int PendingEdits::toDocument(int position) const
{
    int document = 0;
    int text = 0;
    for (const Step& step : m_steps) {
        const int units = textUnits(step);
        if (units > 0 && text + units > position) {
            return document + (step.kind == Kind::Retain ? position - text : 0);
        }
        text += units;
        document += documentUnits(step);
    }
    return document + position - text;
}

QString PendingEdits::oldText(int from, int to,
    const std::function<QString(int from, int to)>& readText) const
{
    QString result;
    int document = 0;
    int text = 0;
    for (const Step& step : m_steps) {
        if (document >= to) {
            break;
        }
        const int first = std::max(from, document);
        const int last = std::min(to, document + documentUnits(step));
        if (first < last) {
            result += step.kind == Kind::Delete
                ? step.text.mid(first - document, last - first)
                : readText(text + first - document, text + last - document);
        }
        document += documentUnits(step);
        text += textUnits(step);
    }
    const int first = std::max(from, document);
    if (first < to) {
        result += readText(text + first - document, text + to - document);
    }
    return result;
}

} // namespace tutti::ui
