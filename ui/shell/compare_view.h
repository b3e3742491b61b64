// SPDX-License-Identifier: MIT
#pragma once

#include "ui/diff/side_by_side.h"
#include "ui/editor/editor_theme.h"

#include <QFont>
#include <QString>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QToolButton;

namespace tutti::ui {

class ComparePane;
class TextSource;

/// Two texts side by side, to be read: lines that are the same stand beside each other and scroll
/// together, what differs is marked by line and inside the line. F7 and Shift+F7 go from one
/// difference to the next. Follows both texts while they are edited.
///
/// Threads: the GUI's. Cost: sideBySide() after an edit, ten times a second at
/// most, and not while it is hidden.
class CompareView : public QWidget
{
    Q_OBJECT

public:
    CompareView(std::unique_ptr<TextSource> left, std::unique_ptr<TextSource> right,
        QWidget* parent = nullptr);
    ~CompareView() override;

    [[nodiscard]] int differences() const { return static_cast<int>(m_differences.size()); }
    [[nodiscard]] ComparePane& left() noexcept { return *m_left.pane; }
    [[nodiscard]] ComparePane& right() noexcept { return *m_right.pane; }
    /// "3 differences", "Difference 2 of 3", "The texts are the same".
    [[nodiscard]] QString words() const;

    void setAppearance(const EditorTheme& theme, const QFont& font);
    /// For the syntax colours of both.
    void setFileName(const QString& fileName);

public Q_SLOTS:
    /// The difference behind the caret's row; behind the last comes the first.
    void goToNext();
    void goToPrevious();

Q_SIGNALS:
    /// The person has seen enough.
    void closeRequested();
    /// What differs was looked at again.
    void compared();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Column
    {
        std::unique_ptr<TextSource> source;
        QLabel* title = nullptr;
        ComparePane* pane = nullptr;
        QString text;
    };

    void compareIfSeen();
    void reveal(int row);
    void compare();
    static void fill(Column& column, const SideBySide& result, bool isLeft);
    void showTitles();
    void showWords();
    void scrollTogether();
    void placeScrollBars();
    void goTo(int difference);

    Column m_left;
    Column m_right;
    QLabel* m_words;
    QToolButton* m_previous;
    QToolButton* m_next;
    std::vector<SideBySide::Difference> m_differences;
    int m_current = -1; ///< of m_differences; -1: none yet
    QTimer m_soon;
    bool m_wasShown = false;
    bool m_isStale = false; ///< something changed while nobody saw it
};

} // namespace tutti::ui
