// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/awareness.h"
#include "ui/presence/awareness_codec.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace tutti::ui {

class CodeEditor;

/// Publishes who and where this user is into an Awareness: name, colour, caret, selection. Works
/// without any network; what sends the awareness is somebody else.
///
/// A caret move is published at the end of the turn, further ones within kThrottleMs together; a
/// remote edit or one's own typing only when it changed the sticky position. What others put into
/// the local state is kept.
/// Threads: the GUI's. Requires: awareness outlives it.
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
    /// Withdraws the state until the next setUser().
    void withdraw();

private:
    void watchBinding();
    void onCaretMoved();
    void publishCursor();
    void publishAll();
    [[nodiscard]] std::optional<StickySelection> currentSelection() const;

    crdt::Awareness* m_awareness;
    QPointer<CodeEditor> m_editor;
    PeerUser m_user;
    bool m_published = false;
    bool m_cursorShared = true;
    std::optional<StickySelection> m_lastSelection;
    QTimer m_throttle;
    bool m_dirty = false;
};

} // namespace tutti::ui
