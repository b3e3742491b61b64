// SPDX-License-Identifier: MIT
// A CodeEditor alone: keys, paste, undo, appearance. What others do to it: tst_code_editor_shared.
#include "tests/ui/support/bound_editor.h"
#include "tests/ui/support/qt_test.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/marker_scroll_bar.h"

#include <QAction>
#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QSet>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>
#include <QUrl>

#include <memory>

using namespace tutti;
using namespace tutti::test;
using ui::CodeEditor;

class TestCodeEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void typing();
    void newLineKeepsIndentation();
    void shiftReturnIsALineEnd();
    void tabs();
    void indentsLines();
    void paste_data();
    void paste();
    void copyKeepsNoBreakSpaces();
    void filesAreNotPasted();
    void undoAndRedoKeys();
    void undoRestoresCaretAndSelection();
    void contextMenu();
    void readOnly();
    void unboundIsReadOnly();
    void inputMethod();
    void lineAndColumn();
    void language();
    void languageFromContent();
    void highlightingIsNoEdit();
    void zoom();
    void themes();
    void gutterGrowsWithLines();
    void gutterSelectsLines();

private:
    void load(const QString& text);
    void pressUndo() { QTest::keySequence(m_editor.get(), QKeySequence::Undo); }
    void pressRedo() { QTest::keySequence(m_editor.get(), QKeySequence::Redo); }
    [[nodiscard]] QString text() const { return string(m_doc->get<crdt::Text>("content")); }

    std::unique_ptr<crdt::Doc> m_doc;
    std::unique_ptr<CodeEditor> m_editor;
};

void TestCodeEditor::init()
{
    m_doc = std::make_unique<crdt::Doc>();
    m_editor = std::make_unique<CodeEditor>();
    m_editor->resize(640, 400);
    m_editor->bind(*m_doc, m_doc->get<crdt::Text>("content"));
    m_editor->show();
    m_editor->setFocus();
    QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
}

void TestCodeEditor::cleanup()
{
    QCOMPARE(shown(*m_editor), ui::toDocumentUnits(text()));
    QVERIFY(!text().contains(QChar(QChar::ParagraphSeparator)));
    m_editor.reset();
    m_doc.reset();
}

void TestCodeEditor::load(const QString& content)
{
    insert(m_doc->get<crdt::Text>("content"), 0, content);
    m_editor->binding()->flush();
}

void TestCodeEditor::typing()
{
    QTest::keyClicks(m_editor.get(), QStringLiteral("Hello, World"));
    QTest::keyClick(m_editor.get(), Qt::Key_Backspace);
    QTest::keyClick(m_editor.get(), Qt::Key_Home);
    QTest::keyClick(m_editor.get(), Qt::Key_Delete);
    QCOMPARE(text(), QStringLiteral("ello, Worl"));
}

void TestCodeEditor::newLineKeepsIndentation()
{
    load(QStringLiteral("  \tif (x)"));
    m_editor->moveCursor(QTextCursor::End);
    QTest::keyClick(m_editor.get(), Qt::Key_Return);
    QTest::keyClicks(m_editor.get(), QStringLiteral("y"));
    QCOMPARE(text(), QStringLiteral("  \tif (x)\n  \ty"));
    setCaret(*m_editor, 0);
    QTest::keyClick(m_editor.get(), Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(text(), QStringLiteral("\n  \tif (x)\n  \ty"));
}

void TestCodeEditor::shiftReturnIsALineEnd()
{
    QTest::keyClicks(m_editor.get(), QStringLiteral("a"));
    QTest::keyClick(m_editor.get(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(m_editor.get(), QStringLiteral("b"));
    QCOMPARE(text(), QStringLiteral("a\nb"));
}

void TestCodeEditor::tabs()
{
    QTest::keyClicks(m_editor.get(), QStringLiteral("ab"));
    QTest::keyClick(m_editor.get(), Qt::Key_Tab);
    QTest::keyClicks(m_editor.get(), QStringLiteral("c"));
    QCOMPARE(text(), QStringLiteral("ab  c"));
    m_editor->setIndentStyle({4, 4, false});
    QTest::keyClick(m_editor.get(), Qt::Key_Tab);
    QCOMPARE(text(), QStringLiteral("ab  c\t"));
}

void TestCodeEditor::indentsLines()
{
    load(QStringLiteral("a\n\n  b\nc"));
    setCaret(*m_editor, 0, 7); // up to the beginning of the last line, which stays
    QTest::keyClick(m_editor.get(), Qt::Key_Tab);
    QCOMPARE(text(), QStringLiteral("    a\n\n      b\nc"));
    QTest::keyClick(m_editor.get(), Qt::Key_Backtab, Qt::ShiftModifier);
    QTest::keyClick(m_editor.get(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(text(), QStringLiteral("a\n\nb\nc"));
}

void TestCodeEditor::paste_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("expected");
    QTest::newRow("crlf") << QStringLiteral("1\r\n2\r\n") << QStringLiteral("1\n2\n");
    QTest::newRow("separators") << QStringLiteral(u"1\u20292\u20283") << QStringLiteral("1\n2\n3");
    QTest::newRow("nul") << (QStringLiteral("1") + QChar(0) + u'2')
                         << (QStringLiteral("1") + QChar(0) + u'2');
    QTest::newRow("emoji") << QStringLiteral(u"\U0001F469\u200D\U0001F4BB")
                           << QStringLiteral(u"\U0001F469\u200D\U0001F4BB");
    QTest::newRow("lone surrogates")
        << (QString(QChar(0xDC00)) + QChar(0xD800)) << QStringLiteral(u"\uFFFD\uFFFD");
}

void TestCodeEditor::paste()
{
    QFETCH(QString, pasted);
    QFETCH(QString, expected);
    load(QStringLiteral("[]"));
    setCaret(*m_editor, 1);
    QGuiApplication::clipboard()->setText(pasted);
    QTest::keySequence(m_editor.get(), QKeySequence::Paste);
    QCOMPARE(text(), u'[' + expected + u']');
    pressUndo();
    QCOMPARE(text(), QStringLiteral("[]"));
}

void TestCodeEditor::copyKeepsNoBreakSpaces()
{
    load(QStringLiteral(u"a\u00A0b\nc"));
    QTest::keySequence(m_editor.get(), QKeySequence::SelectAll);
    QTest::keySequence(m_editor.get(), QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral(u"a\u00A0b\nc"));
    QTest::keySequence(m_editor.get(), QKeySequence::Cut);
    QCOMPARE(text(), QString());
}

void TestCodeEditor::filesAreNotPasted()
{
    auto* data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/a.txt"))});
    QGuiApplication::clipboard()->setMimeData(data);
    QTest::keySequence(m_editor.get(), QKeySequence::Paste);
    QCOMPARE(text(), QString());
}

void TestCodeEditor::undoAndRedoKeys()
{
    QSignalSpy canUndo(m_editor.get(), &CodeEditor::canUndoChanged);
    QTest::keyClicks(m_editor.get(), QStringLiteral("one"));
    QCOMPARE(canUndo.count(), 1);
    m_editor->binding()->stopCapturing();
    QTest::keyClicks(m_editor.get(), QStringLiteral(" two"));
    pressUndo();
    QCOMPARE(text(), QStringLiteral("one"));
    pressUndo();
    QCOMPARE(text(), QString());
    QVERIFY(!m_editor->canUndo());
    pressRedo();
    pressRedo();
    QCOMPARE(text(), QStringLiteral("one two"));
    QVERIFY(!m_editor->document()->isUndoAvailable());
}

void TestCodeEditor::undoRestoresCaretAndSelection()
{
    load(QStringLiteral("first\nsecond\nthird"));
    setCaret(*m_editor, 12, 6); // "second", selected backwards
    QTest::keyClicks(m_editor.get(), QStringLiteral("2"));
    setCaret(*m_editor, 0);
    pressUndo();
    QCOMPARE(text(), QStringLiteral("first\nsecond\nthird"));
    QCOMPARE(m_editor->textCursor().selectedText(), QStringLiteral("second"));
    QCOMPARE(m_editor->textCursor().position(), 6);
    setCaret(*m_editor, 0);
    pressRedo();
    QCOMPARE(text(), QStringLiteral("first\n2\nthird"));
}

void TestCodeEditor::contextMenu()
{
    const auto actions = [this] {
        const std::unique_ptr<QMenu> menu(m_editor->makeContextMenu());
        QStringList enabled;
        for (const QAction* action : menu->actions()) {
            if (action->isEnabled() && !action->isSeparator()) {
                enabled << action->text().remove(u'&');
            }
        }
        return enabled;
    };
    QGuiApplication::clipboard()->clear();
    QCOMPARE(actions(), QStringList());
    QTest::keyClicks(m_editor.get(), QStringLiteral("x"));
    QVERIFY(actions().contains(QStringLiteral("Undo")));
    const std::unique_ptr<QMenu> menu(m_editor->makeContextMenu());
    menu->actions().first()->trigger();
    QCOMPARE(text(), QString());
    QVERIFY(actions().contains(QStringLiteral("Redo")));
}

void TestCodeEditor::readOnly()
{
    load(QStringLiteral("text"));
    m_editor->setReadOnly(true);
    QTest::keyClicks(m_editor.get(), QStringLiteral("x"));
    QTest::keyClick(m_editor.get(), Qt::Key_Return);
    QTest::keyClick(m_editor.get(), Qt::Key_Tab);
    QGuiApplication::clipboard()->setText(QStringLiteral("y"));
    QTest::keySequence(m_editor.get(), QKeySequence::Paste);
    QCOMPARE(text(), QStringLiteral("text"));
    QTest::keyClick(m_editor.get(), Qt::Key_End);
    QCOMPARE(m_editor->column(), 5);
    QVERIFY(m_editor->isReadOnly());
    insert(m_doc->get<crdt::Text>("content"), 0, QStringLiteral("others still write: "));
    QTRY_COMPARE(shown(*m_editor), QStringLiteral("others still write: text"));
}

void TestCodeEditor::unboundIsReadOnly()
{
    load(QStringLiteral("text"));
    m_editor->unbind();
    QVERIFY(m_editor->isReadOnly());
    QVERIFY(!m_editor->canUndo());
    QTest::keyClicks(m_editor.get(), QStringLiteral("x"));
    QCOMPARE(shown(*m_editor), QStringLiteral("text"));
    m_editor->bind(*m_doc, m_doc->get<crdt::Text>("content"));
    QVERIFY(!m_editor->isReadOnly());
    QTest::keyClicks(m_editor.get(), QStringLiteral("x"));
    QCOMPARE(text(), QStringLiteral("xtext"));
}

void TestCodeEditor::inputMethod()
{
    load(QStringLiteral("ab"));
    setCaret(*m_editor, 1);
    compose(*m_editor, QStringLiteral("ka"));
    QCOMPARE(text(), QStringLiteral("ab")); // pre-edit text is not in the document
    compose(*m_editor, {}, QStringLiteral(u"\u304B"));
    QCOMPARE(text(), QStringLiteral(u"a\u304Bb"));
    compose(*m_editor, QStringLiteral("x"));
    compose(*m_editor, {}); // cancelled
    QCOMPARE(text(), QStringLiteral(u"a\u304Bb"));
}

void TestCodeEditor::lineAndColumn()
{
    load(QStringLiteral(u"one\n\U0001F600 two\n"));
    QSignalSpy moved(m_editor.get(), &CodeEditor::caretMoved);
    m_editor->goTo(2, 3);
    QCOMPARE(m_editor->textCursor().position(), 4 + 3); // the emoji is two units, one column
    QCOMPARE(moved.last(), QVariantList({2, 3}));
    m_editor->goTo(99, 99);
    QCOMPARE(m_editor->line(), 3);
    QCOMPARE(m_editor->column(), 1);
    m_editor->goTo(1, 99);
    QCOMPARE(m_editor->column(), 4);
    m_editor->goTo(-1, -1);
    QCOMPARE(m_editor->textCursor().position(), 0);
}

void TestCodeEditor::language()
{
    QSignalSpy changed(m_editor.get(), &CodeEditor::languageChanged);
    load(QStringLiteral("int main() { return 0; }"));
    QCOMPARE(m_editor->languageName(), QStringLiteral("Plain Text"));
    m_editor->setFileName(QStringLiteral("/some/where/main.cpp"));
    QCOMPARE(m_editor->languageName(), QStringLiteral("C++"));
    QCOMPARE(changed.count(), 1);
    const auto colors = [this] {
        QSet<QRgb> found;
        for (const auto& range : m_editor->document()->firstBlock().layout()->formats()) {
            found.insert(range.format.foreground().color().rgb());
        }
        return found.size();
    };
    QTRY_VERIFY(colors() > 2);
    m_editor->setLanguage(QStringLiteral("Plain Text"));
    QTRY_VERIFY(colors() <= 1);
    QVERIFY(CodeEditor::languages().contains(QStringLiteral("Python")));
}

void TestCodeEditor::languageFromContent()
{
    m_editor->setFileName(QStringLiteral("script"));
    QCOMPARE(m_editor->languageName(), QStringLiteral("Plain Text"));
    load(QStringLiteral("#!/usr/bin/env python3\nimport sys\n"));
    QCOMPARE(m_editor->languageName(), QStringLiteral("Python"));
}

void TestCodeEditor::highlightingIsNoEdit()
{
    load(QStringLiteral("int x = 1; // comment"));
    int updates = 0;
    const auto subscription =
        m_doc->observe([&updates](const crdt::TransactionEvent&) { ++updates; });
    m_editor->setFileName(QStringLiteral("a.cpp"));
    m_editor->setTheme(ui::EditorTheme::darkTheme());
    QTRY_VERIFY(m_editor->document()->firstBlock().layout()->formats().size() > 0);
    QCOMPARE(updates, 0);
    QVERIFY(!m_editor->canUndo());
}

void TestCodeEditor::zoom()
{
    const double size = m_editor->font().pointSizeF();
    QTest::keyClick(m_editor.get(), Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(m_editor->zoomPercent(), 110);
    QVERIFY(m_editor->font().pointSizeF() > size);
    QTest::keyClick(m_editor.get(), Qt::Key_Minus, Qt::ControlModifier);
    QTest::keyClick(m_editor.get(), Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(m_editor->zoomPercent(), 90);
    QTest::keyClick(m_editor.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_editor->font().pointSizeF(), size);
    QTest::wheelEvent(
        m_editor->windowHandle(), QPointF(200, 100), QPoint(0, 240), {}, Qt::ControlModifier);
    QCOMPARE(m_editor->zoomPercent(), 120);
    m_editor->setZoomPercent(1'000'000);
    QCOMPARE(m_editor->zoomPercent(), CodeEditor::kMaximumZoomPercent);
}

void TestCodeEditor::themes()
{
    m_editor->setTheme(ui::EditorTheme::darkTheme());
    QVERIFY(m_editor->palette().color(QPalette::Base).lightness() < 80);
    m_editor->setTheme(ui::EditorTheme::light());
    QVERIFY(m_editor->palette().color(QPalette::Base).lightness() > 200);
    QPalette dark;
    dark.setColor(QPalette::Base, Qt::black);
    QVERIFY(ui::EditorTheme::forPalette(dark).dark);
    QVERIFY(!ui::EditorTheme::forPalette(QPalette(Qt::white)).dark);
}

void TestCodeEditor::gutterGrowsWithLines()
{
    const int narrow = m_editor->gutterWidth();
    load(QString(20'000, u'\n'));
    QVERIFY(m_editor->gutterWidth() > narrow);
    QCOMPARE(m_editor->viewport()->x(), m_editor->gutterWidth());
}

void TestCodeEditor::gutterSelectsLines()
{
    load(QStringLiteral("one\ntwo\nthree"));
    auto* gutter = m_editor->findChild<QWidget*>(QStringLiteral("gutter"));
    const auto middleOf = [this](int position) {
        return QPoint(5, m_editor->caretRect(position).center().toPoint().y());
    };
    QTest::mouseClick(gutter, Qt::LeftButton, {}, middleOf(4));
    QCOMPARE(m_editor->textCursor().selectedText(), QStringLiteral(u"two\u2029"));
    QTest::mouseClick(gutter, Qt::LeftButton, Qt::ShiftModifier, middleOf(0));
    QCOMPARE(m_editor->textCursor().selectedText(), QStringLiteral(u"one\u2029two\u2029"));
}

QTEST_MAIN(TestCodeEditor)
#include "tst_code_editor.moc"
