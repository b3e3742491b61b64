// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/change_log.h"
#include "ui/editor/editor_layer.h"
#include "ui/presence/peer_changes.h"

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QString>

#include <vector>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QTextDocument;
class QTextEdit;

namespace tutti::ui {

class CodeEditor;

/// A place in the text where a change would be taken back: some lines, in parts.
struct PreviewPlace
{
    enum class Kind { Stays, Goes, Returns };
    struct Part
    {
        Kind kind = Kind::Stays;
        QString text; ///< LF between lines

        bool operator==(const Part&) const = default;
    };

    int line = 1; ///< of its first line, from 1
    QList<Part> parts;

    bool operator==(const PreviewPlace&) const = default;
};

/// The lines of a document around what would go and return; pieces on the same or on touching lines
/// share a place. What stays of a line is given whole. Requires: the document holds the text that
/// the pieces are of. Cost: O(their lines).
[[nodiscard]] QList<PreviewPlace> previewPlaces(
    const QTextDocument& document, const std::vector<crdt::ChangeLog::Piece>& pieces);

/// Beneath a text: what taking back somebody's last change would do, and the question whether to.
/// What would go is struck out, what would come back underlined; here, and in the text what would
/// go. It follows what others write meanwhile, and deletes itself when it was answered, or when
/// the changes it is about are gone.
/// Threads: the GUI's. Requires: the editor is bound; `changes` outlives it or detach() is called.
class UndoPreview : public QFrame, private EditorLayer
{
    Q_OBJECT

public:
    /// Longer texts are cut in the preview.
    static constexpr int kMaxUnits = 4'000;

    UndoPreview(CodeEditor& editor, PeerChanges& changes, const PeerChanges::Change& change,
        const QString& name, QWidget* parent);
    ~UndoPreview() override;

    /// Lets go of the changes: there is nothing to be taken back any more.
    void detach();
    /// What it says, as plain text: for tests and screen readers.
    [[nodiscard]] QString words() const;

Q_SIGNALS:
    /// It has been done.
    void takenBack(const QString& name);
    /// It is about to go, answered one way or the other.
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void paintBelowText(QPainter& painter, const QRect& dirty) override;
    void paintAboveText(QPainter& painter, const QRect& dirty) override;
    void refresh();
    void refreshLater();
    void showPlaces(const QList<PreviewPlace>& places);
    void fitHeight();
    void takeBack();
    void close();
    [[nodiscard]] QString title() const;

    QPointer<CodeEditor> m_editor;
    PeerChanges* m_changes;
    PeerChanges::Change m_change;
    QString m_name;
    std::vector<crdt::ChangeLog::Piece> m_pieces;
    QLabel* m_title;
    QLabel* m_hint;
    QTextEdit* m_text;
    QPushButton* m_undo;
    QBoxLayout* m_top = nullptr; ///< what it says, and beside or below that what there is to press
    QHBoxLayout* m_answers = nullptr;
    bool m_refreshScheduled = false;
    bool m_isClosed = false;
};

/// How long ago something was, in words.
[[nodiscard]] QString agoText(std::chrono::milliseconds age);

} // namespace tutti::ui
