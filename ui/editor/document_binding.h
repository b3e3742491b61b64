// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/change_log.h"
#include "crdt/doc.h"
#include "crdt/origin.h"
#include "crdt/subscription.h"
#include "crdt/text.h"
#include "ui/editor/pending_edits.h"
#include "ui/editor/selections.h"
#include "ui/editor/undo_history.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTextDocument>

#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace tutti::ui {

/// Keeps a QTextDocument and a shared text equal, unit for unit.
///
/// Local edits become one transaction each, with origin() as origin: what QTextDocument reports
/// is clamped, compared with what the text holds, and only the difference is written. Remote
/// changes are collected and applied in one edit block per turn of the event loop, or per frame
/// where they pour in, a first load as one insertion. A local edit made while remote ones are
/// waiting is transformed past them.
///
/// Inside the text lines end with LF; in the document with paragraph separators. What somebody
/// types or pastes is normalised (CR LF, CR, U+2028, U+2029 become LF; lone surrogates U+FFFD).
/// What others wrote is left as it is and shown one to one: units a document cannot hold (CR,
/// U+2029, U+FDD0, U+FDD1 in the text) by a stand-in.
///
/// Threads: the Doc's, which is the GUI's. Requires: `doc` outlives the binding; no transaction
/// is open while the document is edited.
/// Cost: O(edit + log n) for each local edit; 0.5 µs for each remote one inside a block.
class DocumentBinding : public QObject
{
    Q_OBJECT

public:
    /// Puts the text into the document (as one insertion, replacing what is there) and switches
    /// the document's own undo off.
    DocumentBinding(
        crdt::Doc& doc, crdt::Text text, QTextDocument& document, QObject* parent = nullptr);
    /// The text of another binding once more, in another document: one history of undo for both.
    DocumentBinding(
        const DocumentBinding& other, QTextDocument& document, QObject* parent = nullptr);
    ~DocumentBinding() override;

    [[nodiscard]] crdt::Doc& doc() const noexcept { return *m_doc; }
    [[nodiscard]] crdt::Text text() const noexcept { return m_text; }
    [[nodiscard]] QTextDocument* document() const noexcept { return m_document; }
    /// The origin of the transactions that carry local edits.
    [[nodiscard]] crdt::Origin origin() const { return crdt::Origin(this); }

    /// Applies what is waiting, now. Without effect inside a local edit or while held.
    void flush();
    /// Whether remote changes are waiting to be shown.
    [[nodiscard]] bool hasPending() const noexcept { return !m_pending.isEmpty(); }
    /// Asked before remote changes are applied: true holds them back (an input method is
    /// composing). Held changes are tried again every kHoldRetryMs and by flush().
    void setHoldQuery(std::function<bool()> query);
    static constexpr int kHoldRetryMs = 100;
    /// Where more than kTorrent changes came at once, what follows them is shown a frame later at
    /// the earliest: laying out and painting each few of thousands would take longer than they do.
    static constexpr int kTorrent = 32;
    static constexpr int kFrameMs = 16;
    /// A text of megabytes that comes in is shown from its beginning on, in slices of about that
    /// time, with turns of the event loop in between: QTextDocument takes seconds for a million
    /// lines. (flush() does all at once.)
    static constexpr int kSliceMs = 30;

    /// The user replaces several places at once: one transaction and one edit block, and nothing
    /// between the places is touched. What is inserted has to be as normalisedInput() leaves it,
    /// with LF between lines. Without effect inside another local edit.
    /// Cost: O(edits · log n + what they insert).
    void replace(std::span<const Replacement> edits);

    /// Takes back the user's own last step, never somebody else's. False when there is none.
    bool undo();
    bool redo();
    /// Takes back a change of somebody else, as a step of this user's own undo. False when it has
    /// no effect any more, and while an input method composes.
    bool takeBack(crdt::ChangeLog& log, const crdt::ChangeLog::Change& change);
    [[nodiscard]] bool canUndo() const noexcept;
    [[nodiscard]] bool canRedo() const noexcept;
    /// The next edit starts a new undo step.
    void stopCapturing() noexcept;
    /// Forgets all undo steps, after a file was loaded into the text for example.
    void clearUndo();
    /// How to learn where the user was before an edit, to go back there on undo.
    void setSelectionQuery(std::function<Selections()> query);

    /// Where a document position is in the text and the other way round, with what is pending
    /// taken into account. Cost: O(pending edits).
    [[nodiscard]] crdt::Offset toText(int position) const;
    [[nodiscard]] int toDocument(crdt::Offset offset) const;

    /// The document's text, unit for unit, LF between lines. QTextDocument::toPlainText() would
    /// turn no-break spaces into spaces. Cost: O(n).
    [[nodiscard]] QString plainText() const;

Q_SIGNALS:
    /// A local edit has been written to the text.
    void locallyEdited();
    /// About to apply remote changes, undo or redo to the document; `edits` maps old positions
    /// to new ones.
    void aboutToApply(const tutti::ui::PendingEdits& edits);
    /// Has applied them.
    void applied();
    /// An undo or redo brought the user back here.
    void selectionRestored(const tutti::ui::Selections& selections);
    void undoAvailable(bool available);
    void redoAvailable(bool available);

private:
    static constexpr int kFirstSlice = 64 * 1024; ///< units; then as long as kSliceMs allows
    /// Beyond this many selections, an undo step remembers the main one only.
    static constexpr std::size_t kMaxRemembered = 1'000;

    DocumentBinding(crdt::Doc& doc, crdt::Text text, std::shared_ptr<UndoHistory> history,
        QTextDocument& document, QObject* parent);
    void loadDocument();
    void onContentsChange(int position, int removed, int added);
    void onContentsChanged();
    void onTextEvent(const crdt::TypeEvent& event);
    void takeLocalChange(int position, int removed, int added);
    [[nodiscard]] bool writeLocal(int position, int removed, const QString& inserted);
    void scheduleFlush();
    void flushWhenDue();
    [[nodiscard]] bool mayApply();
    void applySlice();
    void apply(const PendingEdits& edits);
    void resyncFromText();
    [[nodiscard]] QString textAsShown(int from, int to) const;
    [[nodiscard]] QString oldSlice(int from, int to) const;
    [[nodiscard]] int textLength() const;
    [[nodiscard]] int expectedLength() const;
    [[nodiscard]] std::optional<UndoHistory::Place> currentPlace() const;
    void restore(const UndoHistory::Place& place);
    bool runUndo(bool redo);
    void endEdit(bool equal);

    crdt::Doc* m_doc;
    crdt::Text m_text;
    QPointer<QTextDocument> m_document;
    crdt::Subscription m_subscription;
    std::shared_ptr<UndoHistory> m_history;
    PendingEdits m_pending;
    std::function<bool()> m_isHeld;
    std::function<Selections()> m_selection;
    QElapsedTimer m_sinceApplied;
    int m_waiting = 0; ///< changes since then
    bool m_torrent = false; ///< many were applied then
    int m_sliceUnits = kFirstSlice;
    bool m_applying = false;
    bool m_flushScheduled = false;
};

} // namespace tutti::ui
