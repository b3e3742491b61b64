// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "ui/presence/awareness_codec.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <optional>

namespace tutti::ui {

class CodeEditor;

/// Publishes who and where this user is into an Awareness: name, colour, caret, selection, and the
/// first visible line. Works
/// without any network; what sends the awareness is somebody else.
///
/// A move of the caret or of the view is published at the end of the turn, further ones within
/// kThrottleMs together; a remote edit or one's own typing only when it changed the sticky
/// position. What others put into the local state is kept. Threads: the GUI's. Requires: awareness
/// outlives it.
class LocalPresence : public QObject
{
    Q_OBJECT

public:
    static constexpr int kThrottleMs = 50;

    LocalPresence(crdt::Awareness& awareness, CodeEditor& editor, QObject* parent = nullptr);
    /// Withdraws the state, so that the peers see this user leave.
    ~LocalPresence() override;

    /// The user is in another editor of the same text from now on.
    void setEditor(CodeEditor& editor);
    /// Starts to publish, or changes name and colour. `color` is one of the hues as a rule.
    void setUser(const QString& name, const QColor& color);
    [[nodiscard]] const PeerUser& user() const noexcept { return m_user; }
    /// Whether the caret is shown to others; the name always is.
    void setCursorShared(bool shared);
    /// Who this is in all rooms one window is in: see Whereabouts.
    void setPerson(const QString& person);
    /// Whether the user looks at this document. They do from the beginning.
    void setHere(bool here);
    /// Asks everybody to come to where the caret is. False when that was asked less than kAskAgain
    /// ago: then nothing is sent.
    bool askToCome();
    static constexpr std::chrono::milliseconds kAskAgain{10'000};
    /// Withdraws the state until the next setUser().
    void withdraw();

private:
    void watchBinding();
    void onCaretMoved();
    void publishCursor();
    void publishAll();
    [[nodiscard]] std::optional<StickySelection> currentSelection() const;
    [[nodiscard]] Whereabouts currentWhereabouts() const;

    crdt::Awareness* m_awareness;
    QPointer<CodeEditor> m_editor;
    PeerUser m_user;
    QString m_person;
    bool m_here = true;
    int m_asks = 0;
    QElapsedTimer m_sinceAsked; ///< not started: never
    Whereabouts m_lastWhere;
    bool m_published = false;
    bool m_cursorShared = true;
    std::optional<StickySelection> m_lastSelection;
    QTimer m_throttle;
    bool m_dirty = false;
};

} // namespace tutti::ui
