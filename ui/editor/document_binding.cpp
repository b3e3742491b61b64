// SPDX-License-Identifier: MIT
#include "ui/editor/document_binding.h"

#include "ui/editor/document_units.h"
#include "ui/editor/text_diff.h"

#include <QAbstractTextDocumentLayout>
#include <QTextCursor>
#include <QTextDocument>
#include <QTimer>

#include <algorithm>
#include <utility>
#include <vector>

namespace tutti::ui {

namespace {

crdt::Offset offset(int value)
{
    return crdt::Offset(static_cast<std::uint32_t>(std::max(value, 0)));
}

int position(crdt::Offset value) { return static_cast<int>(value.value()); }

} // namespace

DocumentBinding::DocumentBinding(
    crdt::Doc& doc, crdt::Text text, QTextDocument& document, QObject* parent)
    : DocumentBinding(doc, text, std::make_shared<UndoHistory>(doc, text), document, parent)
{ }

DocumentBinding::DocumentBinding(
    const DocumentBinding& other, QTextDocument& document, QObject* parent)
    : DocumentBinding(*other.m_doc, other.m_text, other.m_history, document, parent)
{ }

DocumentBinding::DocumentBinding(crdt::Doc& doc, crdt::Text text,
    std::shared_ptr<UndoHistory> history, QTextDocument& document, QObject* parent)
    : QObject(parent)
    , m_doc(&doc)
    , m_text(std::move(text))
    , m_document(&document)
    , m_history(std::move(history))
{
    document.setUndoRedoEnabled(false);
    // contentsChange is emitted only once there is a layout
    (void)document.documentLayout();
    loadDocument();
    m_history->track(origin());
    connect(m_history.get(), &UndoHistory::undoAvailable, this, &DocumentBinding::undoAvailable);
    connect(m_history.get(), &UndoHistory::redoAvailable, this, &DocumentBinding::redoAvailable);
    connect(&document, &QTextDocument::contentsChange, this, &DocumentBinding::onContentsChange);
    connect(&document, &QTextDocument::contentsChanged, this, &DocumentBinding::onContentsChanged);
    m_subscription = m_text.observe([this](const crdt::TypeEvent& event) { onTextEvent(event); });
}

DocumentBinding::~DocumentBinding() { m_history->untrack(origin()); }

void DocumentBinding::loadDocument()
{
    QTextCursor cursor(m_document);
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.insertText(textAsShown(0, textLength()));
    cursor.endEditBlock();
}

// Local edits: from the document to the text

void DocumentBinding::onContentsChange(int position, int removed, int added)
{
    if (!m_applying) {
        takeLocalChange(position, removed, added);
    }
}

void DocumentBinding::onContentsChanged()
{
    // What was edited from within another slot on contentsChange is not reported by Qt.
    if (!m_applying && documentLength(*m_document) != expectedLength()) {
        takeLocalChange(0, expectedLength(), documentLength(*m_document));
    }
}

void DocumentBinding::takeLocalChange(int position, int removed, int added)
{
    // Qt counts the separator after the last block, reports whole blocks after a change of format,
    // and unites what happened in one edit block. So only the ends that stayed are believed: what
    // is before `position`, and what both lengths leave behind the ranges.
    const int oldLength = expectedLength();
    const int newLength = documentLength(*m_document);
    int from = std::clamp(position, 0, std::min(oldLength, newLength));
    int tail = std::min(oldLength - std::min(from + std::max(removed, 0), oldLength),
        newLength - std::min(from + std::max(added, 0), newLength));
    // One unit more on each side shows whether an end is inside a surrogate pair.
    from = std::max(from - 1, 0);
    tail = std::max(std::min(tail, std::min(oldLength, newLength) - from) - 1, 0);

    const QString before = oldSlice(from, oldLength - tail);
    const QString after = readDocument(*m_document, from, newLength - tail);
    const std::vector<Replacement> edits = smallEdits(before, after);
    if (edits.empty()) {
        return; // a change of format, or one that was taken already
    }
    m_history->setPlace(currentPlace());
    bool equal = true;
    {
        const crdt::Transaction transaction = m_doc->transact(origin());
        for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
            equal = writeLocal(from + edit->position, edit->removed, edit->inserted) && equal;
        }
    }
    endEdit(equal);
}

void DocumentBinding::endEdit(bool equal)
{
    m_history->setPlace(std::nullopt);
    if (!equal) {
        resyncFromText();
    }
    m_history->report();
    Q_EMIT locallyEdited();
}

bool DocumentBinding::writeLocal(int position, int removed, const QString& inserted)
{
    const QString input = normalisedInput(inserted);
    const PendingEdits::Transformed edit =
        m_pending.takeLocal(position, removed, static_cast<int>(inserted.size()));
    int length = textLength() + static_cast<int>(input.size());
    for (const PendingEdits::Range& range : edit.erase) {
        m_text.erase(offset(range.position), offset(range.length));
        length -= range.length;
    }
    if (!input.isEmpty()) {
        m_text.insert(offset(edit.insertAt), toStdView(input));
    }
    // The text never splits a pair and takes no lone surrogates: it may have done something else.
    const QString written =
        textAsShown(edit.insertAt, edit.insertAt + static_cast<int>(input.size()));
    return textLength() == length && written == inserted;
}

void DocumentBinding::replace(std::span<const Replacement> edits)
{
    if (!m_document || m_applying || edits.empty()) {
        return;
    }
    m_history->setPlace(currentPlace());
    bool equal = true;
    {
        const crdt::Transaction transaction = m_doc->transact(origin());
        for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
            equal =
                writeLocal(edit->position, edit->removed, toDocumentUnits(edit->inserted)) && equal;
        }
    }
    m_applying = true;
    replaceInDocument(*m_document, edits);
    m_applying = false;
    endEdit(equal);
}

void DocumentBinding::resyncFromText()
{
    const int length = documentLength(*m_document);
    const QString shown = readDocument(*m_document, 0, length);
    const QString wanted = toQString(m_text.toString());
    const std::vector<Replacement> edits = smallEdits(shown, toDocumentUnits(wanted));
    m_pending.clear();
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        QString inserted = edit->inserted;
        inserted.replace(QChar(QChar::ParagraphSeparator), u'\n');
        m_pending.appendReplacement(edit->position, edit->removed, inserted,
            [&shown](int from, int to) { return shown.mid(from, to - from); });
    }
    scheduleFlush();
}

// Remote edits: from the text to the document

void DocumentBinding::onTextEvent(const crdt::TypeEvent& event)
{
    if (!m_document || event.origin == origin()) {
        return;
    }
    m_pending.append(
        event.delta, [this](int from, int to) { return readDocument(*m_document, from, to); });
    ++m_waiting;
    scheduleFlush();
}

void DocumentBinding::scheduleFlush()
{
    if (m_pending.isEmpty() || m_flushScheduled) {
        return;
    }
    m_flushScheduled = true;
    QMetaObject::invokeMethod(this, &DocumentBinding::flushWhenDue, Qt::QueuedConnection);
}

void DocumentBinding::flushWhenDue()
{
    if (const qint64 passed = m_torrent ? m_sinceApplied.elapsed() : kFrameMs; passed < kFrameMs) {
        QTimer::singleShot(static_cast<int>(kFrameMs - passed), Qt::PreciseTimer, this,
            &DocumentBinding::flushWhenDue);
        return;
    }
    m_flushScheduled = false;
    applySlice();
}

void DocumentBinding::flush()
{
    if (mayApply()) {
        m_applying = true;
        Q_EMIT aboutToApply(m_pending);
        apply(std::exchange(m_pending, {}));
    }
}

/// What is waiting may be shown now; otherwise it is tried again, where it is worth it.
bool DocumentBinding::mayApply()
{
    if (!m_document || m_applying || m_pending.isEmpty()) {
        return false;
    }
    const bool held = m_isHeld && m_isHeld();
    if (held && !m_flushScheduled) {
        m_flushScheduled = true;
        QTimer::singleShot(kHoldRetryMs, this, [this] {
            m_flushScheduled = false;
            applySlice();
        });
    }
    return !held;
}

void DocumentBinding::applySlice()
{
    if (!mayApply()) {
        return;
    }
    if (m_pending.insertedUnits() <= m_sliceUnits) {
        flush();
        return;
    }
    QElapsedTimer clock;
    clock.start();
    PendingEdits rest = m_pending;
    const PendingEdits first = rest.takeFirst(m_sliceUnits);
    m_applying = true;
    Q_EMIT aboutToApply(first);
    m_pending = std::move(rest);
    apply(first);
    const double took = std::max(static_cast<double>(clock.nsecsElapsed()) / 1e6, 1.0);
    m_sliceUnits = std::clamp(
        static_cast<int>(m_sliceUnits * std::min(kSliceMs / took, 2.0)), kFirstSlice / 4, 1 << 20);
    if (!m_pending.isEmpty() && !m_flushScheduled) {
        m_flushScheduled = true; // a timer: what is posted would come before the window's events
        QTimer::singleShot(0, this, [this] {
            m_flushScheduled = false;
            applySlice();
        });
    }
}

/// Everybody was told of these, and they are not waiting any more.
void DocumentBinding::apply(const PendingEdits& edits)
{
    const std::vector<PendingEdits::Step> steps = edits.steps();

    std::vector<Replacement> replacements;
    int place = 0; // in the document as it is
    for (auto step = steps.begin(); step != steps.end();) {
        if (step->kind == PendingEdits::Step::Kind::Retain) {
            place += step->length;
            ++step;
            continue;
        }
        // what comes in and goes at one place is one replacement
        Replacement& edit = replacements.emplace_back(Replacement{place, 0, {}});
        for (; step != steps.end() && step->kind != PendingEdits::Step::Kind::Retain; ++step) {
            if (step->kind == PendingEdits::Step::Kind::Insert) {
                edit.inserted += step->text;
            } else {
                edit.removed += step->length;
            }
        }
        place += edit.removed;
    }
    replaceInDocument(*m_document, replacements);
    m_applying = false;
    m_torrent = std::exchange(m_waiting, 0) > kTorrent;
    m_sinceApplied.start();
    Q_EMIT applied();
}

void DocumentBinding::setHoldQuery(std::function<bool()> query) { m_isHeld = std::move(query); }

// Undo

bool DocumentBinding::undo() { return runUndo(false); }

bool DocumentBinding::redo() { return runUndo(true); }

bool DocumentBinding::runUndo(bool redo)
{
    if (!m_document || m_applying || (m_isHeld && m_isHeld())) {
        return false;
    }
    flush();
    m_history->setPlace(currentPlace());
    const UndoHistory::Outcome outcome = redo ? m_history->redo() : m_history->undo();
    m_history->setPlace(std::nullopt);
    flush();
    m_history->report();
    if (outcome.done && outcome.place) {
        restore(*outcome.place);
    }
    return outcome.done;
}

bool DocumentBinding::takeBack(crdt::ChangeLog& log, const crdt::ChangeLog::Change& change)
{
    if (!m_document || m_applying || (m_isHeld && m_isHeld())) {
        return false;
    }
    flush();
    m_history->setPlace(currentPlace());
    m_history->stopCapturing();
    m_history->track(log.origin());
    const bool done = log.takeBack(change);
    m_history->untrack(log.origin());
    m_history->stopCapturing();
    m_history->setPlace(std::nullopt);
    flush();
    m_history->report();
    return done;
}

bool DocumentBinding::canUndo() const noexcept { return m_history->canUndo(); }

bool DocumentBinding::canRedo() const noexcept { return m_history->canRedo(); }

void DocumentBinding::stopCapturing() noexcept { m_history->stopCapturing(); }

void DocumentBinding::clearUndo() { m_history->clear(); }

void DocumentBinding::setSelectionQuery(std::function<Selections()> query)
{
    m_selection = std::move(query);
}

std::optional<UndoHistory::Place> DocumentBinding::currentPlace() const
{
    if (!m_selection) {
        return std::nullopt;
    }
    const Selections selections = m_selection();
    const auto remember = [this](const EditorSelection& selection) {
        return UndoHistory::Place::Ends{crdt::StickyIndex::at(m_text, toText(selection.anchor)),
            crdt::StickyIndex::at(m_text, toText(selection.caret))};
    };
    if (selections.size() > kMaxRemembered) {
        return UndoHistory::Place{{remember(selections.main())}, 0};
    }
    UndoHistory::Place place{{}, selections.mainIndex()};
    place.all.reserve(selections.size());
    for (const EditorSelection& selection : selections) {
        place.all.push_back(remember(selection));
    }
    return place;
}

void DocumentBinding::restore(const UndoHistory::Place& place)
{
    std::vector<EditorSelection> all;
    all.reserve(place.all.size());
    for (const UndoHistory::Place::Ends& ends : place.all) {
        const auto anchor = ends.anchor.offsetIn(m_text);
        const auto caret = ends.caret.offsetIn(m_text);
        if (!anchor || !caret) {
            return;
        }
        all.push_back({toDocument(*anchor), toDocument(*caret)});
    }
    Q_EMIT selectionRestored(Selections(std::move(all), place.main));
}

// Both sides' units and positions

crdt::Offset DocumentBinding::toText(int documentPosition) const
{
    return offset(std::min(m_pending.toText(documentPosition), textLength()));
}

int DocumentBinding::toDocument(crdt::Offset textOffset) const
{
    return std::min(m_pending.toDocument(position(textOffset)), expectedLength());
}

int DocumentBinding::textLength() const { return position(m_text.length()); }

int DocumentBinding::expectedLength() const { return textLength() - m_pending.lengthChange(); }

QString DocumentBinding::textAsShown(int from, int to) const
{
    return toDocumentUnits(toQString(m_text.slice(offset(from), offset(to))));
}

QString DocumentBinding::oldSlice(int from, int to) const
{
    return m_pending.oldText(
        from, to, [this](int first, int last) { return textAsShown(first, last); });
}

QString DocumentBinding::plainText() const
{
    if (!m_document) {
        return {};
    }
    return readText(*m_document, 0, documentLength(*m_document));
}

} // namespace tutti::ui
