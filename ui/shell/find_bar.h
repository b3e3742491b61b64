// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QTextDocument>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace tutti::ui {

/// Finds text in an editor, from a bar beneath it: all matches are marked and counted while one
/// types, Enter and Shift+Enter go from one to the next, Escape goes back to the text.
class FindBar : public QFrame
{
    Q_OBJECT

public:
    /// Matches beyond this are neither marked nor counted.
    static constexpr int kMaxMatches = 5'000;

    explicit FindBar(QPlainTextEdit& editor, QWidget* parent = nullptr);

    /// Shows the bar with the selected text, if it is short, and takes the focus.
    void open();
    void close();
    void findNext();
    void findPrevious();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QTextDocument::FindFlags flags() const;
    /// Selects the next match from there, around the end if need be.
    bool findFrom(const QTextCursor& from, QTextDocument::FindFlags direction);
    void onQueryChanged();
    /// Marks and counts all matches. Cost: O(document).
    void mark();
    void showCount();

    QPlainTextEdit& m_editor;
    QLineEdit* m_query;
    QToolButton* m_matchCase;
    QToolButton* m_wholeWords;
    QLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    QList<int> m_matches; ///< starts
    int m_origin = 0; ///< where the caret was when typing the query began
};

} // namespace tutti::ui
