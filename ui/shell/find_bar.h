// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/match_layer.h"
#include "ui/editor/text_search.h"

#include <QFrame>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace tutti::ui {

class CodeEditor;

/// Finds and replaces text in an editor, from a bar beneath it: all matches are marked and counted
/// while one types, Enter and Shift+Enter go from one to the next, Escape goes back to the text.
///
/// Where the text is so long that a match is not known yet, it is gone to when it is.
class FindBar : public QFrame
{
    Q_OBJECT

public:
    explicit FindBar(CodeEditor& editor, QWidget* parent = nullptr);

    /// Shows the bar with the selected text, if that is short, and takes the focus. Several
    /// selected lines are where it looks then.
    void open();
    /// The same with what is to replace it.
    void openReplace();
    void close();
    void findNext();
    void findPrevious();
    /// Replaces the selected match and goes to the next; where none is selected, only goes.
    void replaceOne();
    /// One transaction, one step to undo.
    void replaceAll();
    /// A caret at each, and back to the text.
    void selectAllMatches();

    [[nodiscard]] TextSearch& search() noexcept { return m_search; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// A match somebody waits for.
    struct Goal
    {
        int from = 0;
        bool backwards = false;
        /// Nothing to go to: this is done when all are known.
        void (FindBar::*all)() = nullptr;
    };

    void makeFields();
    void makeButtons();
    void layOut();
    void showReplace(bool shown);
    void takeOverSelection();
    void onQueryChanged();
    void onInSelection(bool on);
    void applyQuery();
    void onSearchChanged();
    void pursueGoal();
    [[nodiscard]] std::optional<TextMatch> findFrom(const Goal& goal, bool& known) const;
    void select(const TextMatch& match);
    void apply(std::vector<Replacement> replacements);
    [[nodiscard]] TextMatch selected() const;
    void showState();
    [[nodiscard]] QString countWords() const;
    void colorMatches();

    CodeEditor& m_editor;
    TextSearch m_search;
    MatchLayer m_layer;
    QLineEdit* m_query;
    QLineEdit* m_replacement;
    QToolButton* m_expand;
    QToolButton* m_matchCase;
    QToolButton* m_wholeWords;
    QToolButton* m_regularExpression;
    QToolButton* m_inSelection;
    QLabel* m_count;
    QLabel* m_problem;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_close;
    QPushButton* m_replaceOne;
    QPushButton* m_replaceAll;
    std::optional<Goal> m_goal;
    int m_origin = 0; ///< where the caret was when typing the query began
    int m_replaced = 0; ///< by the last "Replace all", until something else happens
};

} // namespace tutti::ui
