// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/text.h"
#include "ui/editor/brackets.h"
#include "ui/editor/document_binding.h"
#include "ui/editor/editor_theme.h"
#include "ui/editor/indentation.h"
#include "ui/editor/line_commands.h"
#include "ui/editor/selections.h"
#include "ui/editor/typing.h"

#include <QBasicTimer>
#include <QFont>
#include <QList>
#include <QPlainTextEdit>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <QTextBlock>
#include <QTextCursor>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QMenu;

namespace tutti::ui {

class EditorLayer;
class Folding;
class Gutter;
class Highlighter;
class MarkerScrollBar;
struct ScrollAnchor;

/// A text area for code, bound to a shared text: line numbers, current line, syntax colours,
/// zoom, several carets, and undo that takes back only what this user wrote.
///
/// An edit at several carets is one transaction and one undo step. QPlainTextEdit's text cursor is
/// the main caret; what moves it otherwise, a click or setTextCursor(), gives up the others.
///
/// Lines and columns are counted from 1, columns in code points as people count them.
/// Without a binding it is an empty, editable text area without undo.
/// Threads: the GUI's.
class CodeEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    static constexpr int kMaxSelections = 10'000;
    static constexpr int kMinimumZoomPercent = 50;
    static constexpr int kMaximumZoomPercent = 400;

    explicit CodeEditor(QWidget* parent = nullptr);
    ~CodeEditor() override;

    /// Shows and edits this text from now on. Requires: `doc` outlives the editor, or unbind().
    void bind(crdt::Doc& doc, crdt::Text text);
    /// Shows and edits what another editor is bound to, with one history of undo for both. Carets,
    /// view and folds are its own. Requires: `other` is bound.
    void bindBeside(const CodeEditor& other);
    /// Lets go of the text; what is shown stays, read-only until the next bind().
    void unbind();
    /// A text of that many lines is on its way: the gutter has the width for them, for another one
    /// means laying out all that is there, and what is not painted is looked at when all has come.
    /// 0: nothing more comes.
    void expectLines(int lines);
    /// Null while unbound.
    [[nodiscard]] DocumentBinding* binding() const noexcept { return m_binding.get(); }

    /// Picks the language from the name and, where that says nothing, from the first lines. Call
    /// it again after the first load when the name is no help. An empty name means plain text.
    void setFileName(const QString& fileName);
    /// Picks a language by the name languages() gives; an empty one goes back to detection.
    void setLanguage(const QString& name);
    /// Translated, "Plain Text" when there is none.
    [[nodiscard]] QString languageName() const;
    [[nodiscard]] static QStringList languages();

    [[nodiscard]] int line() const;
    [[nodiscard]] int column() const;
    /// Puts the caret there, clamped to the text, and shows it near the middle.
    void goTo(int line, int column = 1);
    /// Scrolls a document position into view, near the middle, without moving the caret.
    void reveal(int position);

    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    /// The menu of the right button, as it would be now; the caller owns it.
    [[nodiscard]] QMenu* makeContextMenu();

    /// Everything selected, and all carets; the main one is textCursor().
    [[nodiscard]] const Selections& selections() const noexcept { return m_selections; }
    /// Clamped to the text, and to before a surrogate pair instead of inside; lines with a caret
    /// are unfolded. The view does not move.
    void setSelections(const Selections& selections);
    /// Does what a command planned, as an undo step of its own. Without effect where the text is
    /// read-only.
    void apply(const EditPlan& plan);

    [[nodiscard]] const IndentStyle& indentStyle() const noexcept { return m_indent; }
    void setIndentStyle(const IndentStyle& style);
    /// What is folded, by lines from 0, as it can be kept and brought back.
    [[nodiscard]] QList<int> foldedLines() const;
    void setFoldedLines(const QList<int>& lines);

    /// Blanks are drawn as dots, tabs as arrows. Off from the beginning.
    void setShowsWhitespace(bool on);
    /// Brackets and quotes come in pairs. On from the beginning.
    void setClosesPairs(bool on) noexcept { m_closesPairs = on; }
    /// Whether the keys of editorCommands() work here. Else they are the window's business:
    /// shortcuts come before the text's own keys, and what was taken away from a command does
    /// nothing. On from the beginning.
    void setHandlesCommandKeys(bool on) noexcept { m_handlesCommandKeys = on; }

    /// The font at 100 %; fixed pitch is up to the caller.
    void setBaseFont(const QFont& font);
    [[nodiscard]] int zoomPercent() const noexcept { return m_zoomPercent; }
    void setZoomPercent(int percent);

    [[nodiscard]] const EditorTheme& theme() const noexcept { return m_theme; }
    /// Fixes the colours; without it they follow the palette.
    void setTheme(const EditorTheme& theme);

    /// Borrows a layer, until it is removed or dies.
    void addLayer(EditorLayer* layer);
    void removeLayer(EditorLayer* layer);

    /// The rectangle of a caret at a document position, in viewport coordinates; far outside the
    /// view it is only roughly right. Requires: not called while the document reports a change.
    [[nodiscard]] QRectF caretRect(int position) const;
    /// The rectangles that cover what is visible of [from, to), a line break as a sliver.
    [[nodiscard]] QList<QRectF> selectionRects(int from, int to) const;
    /// First and last visible document position.
    [[nodiscard]] int firstVisiblePosition() const;
    [[nodiscard]] int lastVisiblePosition() const;
    /// The line that is painted last, which may be cut off at the bottom.
    [[nodiscard]] QTextBlock lastPaintedBlock() const;
    /// What is known of the text's syntax, and how it looks.
    [[nodiscard]] const Highlighter& highlighter() const noexcept { return *m_highlighter; }
    [[nodiscard]] MarkerScrollBar* markerScrollBar() const noexcept { return m_scrollBar; }

    /// The gutter's interface: width it needs, and painting.
    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPainter& painter, const QRect& dirty);
    void gutterPressed(const QPoint& position, bool extend);
    void gutterHovered(bool hovered);

public Q_SLOTS:
    /// The user's own changes only (they hide QPlainTextEdit's, which are not used).
    void undo();
    void redo();
    /// With nothing selected, whole lines; with several carets, a line for each. (They hide
    /// QPlainTextEdit's.)
    void cut();
    void copy();
    void deleteSelection();

    void addCaretAbove();
    void addCaretBelow();
    void addCaretsToLineEnds();
    void selectNextOccurrence();
    void skipOccurrence();
    void selectAllOccurrences();
    void selectLine();
    /// The main caret only, with what it has selected.
    void keepMainCaret();

    void moveLinesUp();
    void moveLinesDown();
    void copyLinesUp();
    void copyLinesDown();
    void deleteLines();
    void joinLines();
    void openLineAbove();
    void openLineBelow();
    void sortLinesAscending();
    void sortLinesDescending();
    void removeDuplicateLines();
    void indent();
    void outdent();
    void toggleComment();
    void toggleBlockComment();
    void toUpperCase();
    void toLowerCase();
    void toTitleCase();
    void transposeCharacters();

    void goToBracket();
    /// What is between the brackets around each caret, then with the brackets themselves.
    void selectToBracket();
    void fold();
    void unfold();
    void foldAll();
    void unfoldAll();

    void zoomInOneStep();
    void zoomOutOneStep();
    void resetZoom();

Q_SIGNALS:
    /// Line or column of the main caret changed, by whomever.
    void caretMoved(int line, int column);
    /// Any caret or selection changed.
    void selectionsChanged();
    void languageChanged(const QString& name);
    void zoomChanged(int percent);
    void themeChanged();
    void canUndoChanged(bool available);
    void canRedoChanged(bool available);
    /// The view moved or the text was laid out anew: positions on the screen may differ.
    void viewChanged();
    /// bind() or unbind() was called.
    void bindingChanged();
    /// The user did something: a key, a click, an edit. (The mouse that only moves is nothing.)
    void userActed();
    /// The menu of the right button is about to show, for that place in the document: others may
    /// put into it what they can do there.
    void contextMenuMade(QMenu* menu, int position);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void insertFromMimeData(const QMimeData* source) override;
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData* source) const override;
    [[nodiscard]] QMimeData* createMimeDataFromSelection() const override;

private:
    void bindTo(const std::function<std::unique_ptr<DocumentBinding>()>& text);
    void connectBinding();
    void followPalette();
    void applyTheme();
    void applyFont();
    void layOutGutter();
    void updateGutter(const QRect& rect, int dy);
    void detectLanguage();
    void onCursorMoved();
    void noteSelection();
    void rememberView(const PendingEdits& edits);
    void restoreView();
    void paintCurrentLine(QPainter& painter);
    void paintExtraSelections(QPainter& painter);
    void paintCarets(QPainter& painter);
    void paintBrackets(QPainter& painter);
    void paintFolds(QPainter& painter);
    void paintWhitespace(QPainter& painter);
    void matchBrackets();
    void onFoldingChanged();
    void revealCarets();
    [[nodiscard]] Selections pastFolds(const Selections& moved, const Selections& before) const;
    [[nodiscard]] QRectF foldMarkOf(const QTextBlock& header) const;
    [[nodiscard]] QTextBlock foldMarkAt(const QPoint& position) const;
    void showCarets();
    [[nodiscard]] bool handleCommand(QKeyEvent* event);
    [[nodiscard]] bool handleEditing(QKeyEvent* event);
    [[nodiscard]] bool handleMovement(QKeyEvent* event);
    void typeText(const QString& text);
    using Command = std::function<EditPlan(QTextDocument&, const Selections&)>;
    void perform(const Command& command);
    void edit(const EditPlan& plan);
    void moveTo(const Selections& selections);
    void addCaret(const QPoint& position);
    void selectColumn(const QPoint& position);
    [[nodiscard]] CommentMarkers commentMarkers() const;
    [[nodiscard]] QMimeData* makeMimeData(bool linesWhereEmpty) const;
    [[nodiscard]] bool isComposing() const;
    void endComposition();
    void dropPreedit(const QTextBlock& block);
    [[nodiscard]] QTextBlock blockAt(int y) const;
    /// Where a line is in the viewport. Cost: while painting the logarithm of the lines in view,
    /// otherwise as many steps as lines are between the first one in view and this one.
    [[nodiscard]] QRectF areaOf(const QTextBlock& block) const;
    /// Calls `visit(block, its place in the viewport)` for every block down to `bottom` that is not
    /// folded away.
    template <typename Visit>
    void forEachPainted(int bottom, Visit visit) const;

    std::unique_ptr<DocumentBinding> m_binding;
    std::unique_ptr<Highlighter> m_highlighter;
    std::unique_ptr<Folding> m_folding;
    std::unique_ptr<ScrollAnchor> m_anchor;
    std::vector<EditorLayer*> m_layers;
    Gutter* m_gutter = nullptr;
    MarkerScrollBar* m_scrollBar = nullptr;
    EditorTheme m_theme;
    bool m_themeFixed = false;
    QString m_fileName;
    QString m_chosenLanguage;
    bool m_languageKnown = false;
    bool m_readOnlyForWantOfText = false;
    QFont m_baseFont;
    int m_zoomPercent = 100;
    IndentStyle m_indent;
    bool m_closesPairs = true;
    bool m_showsWhitespace = false;
    bool m_handlesCommandKeys = true;
    Selections m_selections;
    std::vector<int> m_columns; ///< where carets want to be that go up and down
    AutoClosed m_autoClosed;
    int m_keepSelections = 0; ///< > 0: the text cursor moves, and that is not the user's doing
    bool m_occurrenceIsWord = false; ///< what to look for began as a word at a caret
    EditorSelection m_lastOccurrence; ///< what was found last
    enum class Drag { None, Caret, Column } m_drag = Drag::None;
    QPoint m_columnStart; ///< line and x (in the text) where selecting a column began
    QBasicTimer m_blink;
    bool m_caretsShown = true;
    QTextCursor m_composingAt; ///< null while no input method composes
    int m_lastLine = 1;
    int m_lastColumn = 1;
    std::optional<BracketPair> m_brackets; ///< at the main caret
    int m_expectedLines = 0;
    int m_gutterAnchor = 0;
    bool m_gutterHovered = false;
    int m_lastPainted = 0; ///< the last line that was painted, by number from 0
    /// While painting: where the lines in view are, by number, since every layer asks.
    std::vector<std::pair<int, QRectF>> m_areas;
    int m_wheelRemainder = 0;
};

} // namespace tutti::ui
