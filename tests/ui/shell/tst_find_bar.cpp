// SPDX-License-Identifier: MIT
#include "tests/ui/support/bound_editor.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/marker_scroll_bar.h"
#include "ui/shell/find_bar.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>
#include <optional>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::test;

/// The bar for finding and replacing, used as a person would, also while others write.
class TestFindBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void goesFromMatchToMatch();
    void theSelectionIsWhatOneLooksFor();
    void severalSelectedLinesAreWhereOneLooks();
    void saysWhatIsWrongWithAnExpression();
    void replacesOneAfterTheOther();
    void replacesAllInOneStep();
    void replacesWhileOthersWrite();
    void selectsAllMatches();
    void matchesFollowWhatOthersWrite();
    void marksThePlacesInTheScrollBar();
    void aReaderReplacesNothing();
    void everyControlHasANameAndIsReached();
    void picture();

private:
    template <typename T>
    [[nodiscard]] T* part(const char* name) const
    {
        T* found = m_window->findChild<T*>(QLatin1StringView(name));
        Q_ASSERT(found != nullptr);
        return found;
    }
    [[nodiscard]] QString count() const { return part<QLabel>("findCount")->text(); }
    void look(const QString& text) { part<QLineEdit>("findQuery")->setText(text); }
    void setText(const QString& text)
    {
        insert(*m_text, 0, text);
        QTRY_VERIFY(!m_editor->binding()->hasPending());
    }
    [[nodiscard]] QString text() const { return string(*m_text); }

    std::unique_ptr<ui::Theme> m_theme;
    crdt::Doc* m_doc = nullptr;
    std::optional<crdt::Text> m_text;
    std::unique_ptr<crdt::Doc> m_owner;
    std::unique_ptr<QWidget> m_window;
    ui::CodeEditor* m_editor = nullptr;
    ui::FindBar* m_bar = nullptr;
};

void TestFindBar::initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp); }

void TestFindBar::init()
{
    m_owner = std::make_unique<crdt::Doc>();
    m_doc = m_owner.get();
    m_text = m_doc->get<crdt::Text>("content");
    m_window = std::make_unique<QWidget>();
    m_editor = new ui::CodeEditor(m_window.get());
    m_editor->bind(*m_doc, *m_text);
    m_bar = new ui::FindBar(*m_editor, m_window.get());
    auto* layout = new QVBoxLayout(m_window.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_bar);
    m_window->resize(820, 400);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestFindBar::cleanup()
{
    delete m_bar;
    m_editor->unbind();
    m_window.reset();
    m_text.reset();
    m_owner.reset();
}

void TestFindBar::goesFromMatchToMatch()
{
    setText(QStringLiteral("one two ONE two one"));
    setCaret(*m_editor, 0);
    m_bar->open();
    auto* query = part<QLineEdit>("findQuery");
    QTest::keyClicks(query, QStringLiteral("one"));
    QTRY_COMPARE(count(), QStringLiteral("1 of 3"));
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_COMPARE(count(), QStringLiteral("2 of 3"));
    QCOMPARE(m_editor->textCursor().selectedText(), QStringLiteral("ONE"));
    QTest::keyClick(query, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(query, Qt::Key_Return, Qt::ShiftModifier);
    QTRY_COMPARE(count(), QStringLiteral("3 of 3")); // around the start
    m_bar->findNext();
    QTRY_COMPARE(count(), QStringLiteral("1 of 3"));
    QTest::keyClick(query, Qt::Key_C, Qt::AltModifier);
    QTRY_COMPARE(count(), QStringLiteral("1 of 2"));
    look(QStringLiteral("xyz"));
    QTRY_COMPARE(count(), QStringLiteral("No matches"));
    QTest::keyClick(query, Qt::Key_Escape);
    QVERIFY(!m_bar->isVisible());
    QVERIFY(m_bar->search().matches().isEmpty());
    look(QStringLiteral("two"));
    setCaret(*m_editor, 0);
    m_bar->findNext(); // F3 without the bar
    QTRY_COMPARE(m_editor->textCursor().selectedText(), QStringLiteral("two"));
}

void TestFindBar::theSelectionIsWhatOneLooksFor()
{
    setText(QStringLiteral("a.b a.b axb"));
    setCaret(*m_editor, 4, 7);
    m_bar->open();
    QCOMPARE(part<QLineEdit>("findQuery")->text(), QStringLiteral("a.b"));
    QTRY_COMPARE(count(), QStringLiteral("2 of 2"));
    part<QToolButton>("findRegularExpression")->setChecked(true);
    QTRY_COMPARE(count(), QStringLiteral("2 of 3"));
}

void TestFindBar::severalSelectedLinesAreWhereOneLooks()
{
    setText(QStringLiteral("x\nx\nx\nx\n"));
    look(QStringLiteral("x"));
    setCaret(*m_editor, 2, 6);
    m_bar->open();
    QVERIFY(part<QToolButton>("findInSelection")->isChecked());
    QTRY_COMPARE(count(), QStringLiteral("2 matches"));
    m_bar->openReplace();
    part<QLineEdit>("replacement")->setText(QStringLiteral("yy"));
    m_bar->replaceAll();
    QTRY_COMPARE(text(), QStringLiteral("x\nyy\nyy\nx\n"));
    part<QToolButton>("findInSelection")->setChecked(false);
    QTRY_COMPARE(m_bar->search().matches().size(), 2u);
}

void TestFindBar::saysWhatIsWrongWithAnExpression()
{
    setText(QStringLiteral("text"));
    m_bar->open();
    QVERIFY(!part<QLabel>("findProblem")->isVisible());
    part<QToolButton>("findRegularExpression")->setChecked(true);
    look(QStringLiteral("te("));
    QTRY_VERIFY(part<QLabel>("findProblem")->isVisible());
    QVERIFY(part<QLabel>("findProblem")->text().contains(QStringLiteral("not valid")));
    look(QStringLiteral("te"));
    QTRY_VERIFY(!part<QLabel>("findProblem")->isVisible());
}

void TestFindBar::replacesOneAfterTheOther()
{
    setText(QStringLiteral("a1 a2 a3"));
    setCaret(*m_editor, 0);
    m_bar->openReplace();
    part<QToolButton>("findRegularExpression")->setChecked(true);
    look(QStringLiteral("a(\\d)"));
    QTRY_COMPARE(count(), QStringLiteral("1 of 3"));
    auto* field = part<QLineEdit>("replacement");
    field->setText(QStringLiteral("$1aa"));
    field->setFocus();
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(m_editor->textCursor().selectedText(), QStringLiteral("a2"));
    QCOMPARE(text(), QStringLiteral("1aa a2 a3"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(m_editor->textCursor().selectedText(), QStringLiteral("a3"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(text(), QStringLiteral("1aa 2aa 3aa"));
    m_editor->undo();
    QCOMPARE(text(), QStringLiteral("1aa 2aa a3"));
}

void TestFindBar::replacesAllInOneStep()
{
    QString before;
    QString after;
    for (int i = 0; i < 3'000; ++i) {
        before += QStringLiteral("line %1 is red\n").arg(i);
        after += QStringLiteral("line %1 is blue and\nover\n").arg(i);
    }
    setText(before);
    m_bar->openReplace();
    part<QToolButton>("findRegularExpression")->setChecked(true);
    look(QStringLiteral("(is) red"));
    part<QLineEdit>("replacement")->setText(QStringLiteral("\\1 blue and\\nover"));
    int transactions = 0;
    const crdt::Subscription counter =
        m_text->observe([&](const crdt::TypeEvent&) { ++transactions; });
    part<QPushButton>("replaceAll")->click();
    QTRY_COMPARE(text(), after);
    QCOMPARE(transactions, 1);
    QCOMPARE(count(), QStringLiteral("3,000 replaced"));
    m_editor->undo();
    QCOMPARE(text(), before);
    m_editor->redo();
    QCOMPARE(text(), after);
}

void TestFindBar::replacesWhileOthersWrite()
{
    setText(QStringLiteral("one two one two one"));
    m_bar->openReplace();
    look(QStringLiteral("one"));
    part<QLineEdit>("replacement")->setText(QStringLiteral("1"));
    QTRY_COMPARE(m_bar->search().matches().size(), 3u);
    insert(*m_text, 7, QStringLiteral(", one, ")); // not shown yet when all are replaced
    QVERIFY(m_editor->binding()->hasPending());
    m_bar->replaceAll();
    QTRY_COMPARE(shown(*m_editor), text());
    QCOMPARE(text(), QStringLiteral("1 two, one,  1 two 1"));
    QTRY_COMPARE(m_bar->search().matches().size(), 1u); // what came meanwhile is found
}

void TestFindBar::selectsAllMatches()
{
    setText(QStringLiteral("ab x ab x ab"));
    m_bar->open();
    look(QStringLiteral("ab"));
    QTRY_COMPARE(m_bar->search().matches().size(), 3u);
    QTest::keyClick(part<QLineEdit>("findQuery"), Qt::Key_Return, Qt::AltModifier);
    QVERIFY(!m_bar->isVisible());
    QCOMPARE(m_editor->selections().size(), 3u);
    QTest::keyClicks(m_editor, QStringLiteral("c"));
    QCOMPARE(text(), QStringLiteral("c x c x c"));
}

void TestFindBar::matchesFollowWhatOthersWrite()
{
    setText(QStringLiteral("ab ab ab"));
    ui::CodeEditor other; // a second view of the same text, which types
    other.bind(*m_doc, *m_text);
    m_bar->open();
    look(QStringLiteral("ab"));
    QTRY_COMPARE(m_bar->search().matches().size(), 3u);
    setCaret(other, 0);
    QTest::keyClicks(&other, QStringLiteral("xx ab "));
    QTRY_COMPARE(m_bar->search().matches().size(), 4u);
    QCOMPARE(m_bar->search().matches().at(3), (ui::TextMatch{12, 2}));
    setCaret(other, 4);
    QTest::keyClick(&other, Qt::Key_Backspace);
    QTRY_COMPARE(m_bar->search().matches().size(), 3u);
    QCOMPARE(m_bar->search().matches().at(0), (ui::TextMatch{5, 2}));
    other.unbind();
}

void TestFindBar::marksThePlacesInTheScrollBar()
{
    QString lines;
    for (int i = 0; i < 2'000; ++i) {
        lines += i % 500 == 250 ? QStringLiteral("here\n") : QStringLiteral("line\n");
    }
    setText(lines);
    m_bar->open();
    look(QStringLiteral("here"));
    QTRY_COMPARE(m_editor->markerScrollBar()->ticks().size(), 4);
    QVERIFY(qAbs(m_editor->markerScrollBar()->ticks().at(1) - 750.0 / 2000) < 0.001);
    look(QStringLiteral("e")); // on every line: no more ticks than there are pixels
    QTRY_VERIFY(m_editor->markerScrollBar()->ticks().size() > 100);
    QVERIFY(m_editor->markerScrollBar()->ticks().size() <= m_editor->markerScrollBar()->height());
    m_bar->close();
    QTRY_VERIFY(m_editor->markerScrollBar()->ticks().isEmpty());
}

void TestFindBar::aReaderReplacesNothing()
{
    setText(QStringLiteral("one one"));
    m_editor->setReadOnly(true);
    m_bar->openReplace();
    look(QStringLiteral("one"));
    QTRY_COMPARE(m_bar->search().matches().size(), 2u);
    QVERIFY(!part<QPushButton>("replaceAll")->isEnabled());
    m_bar->replaceAll();
    m_bar->replaceOne();
    QCOMPARE(text(), QStringLiteral("one one"));
}

void TestFindBar::everyControlHasANameAndIsReached()
{
    setText(QStringLiteral("x x"));
    m_bar->openReplace();
    look(QStringLiteral("x"));
    QTRY_COMPARE(m_bar->search().matches().size(), 2u);
    const QList<QWidget*> controls = m_bar->findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
    QSet<QWidget*> reached;
    part<QLineEdit>("findQuery")->setFocus();
    for (int i = 0; i < 30; ++i) {
        reached.insert(m_window->focusWidget());
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Tab);
    }
    for (QWidget* control : controls) {
        if (qobject_cast<QLabel*>(control) != nullptr || !control->isVisible()) {
            continue;
        }
        const QString name = control->accessibleName().isEmpty()
            ? control->property("text").toString()
            : control->accessibleName();
        QVERIFY2(!name.isEmpty(), qPrintable(control->objectName()));
        if (qobject_cast<QToolButton*>(control)
            == nullptr) { // those are reached where the style says so
            QVERIFY2(reached.contains(control), qPrintable(control->objectName()));
        }
    }
}

/// Leaves pictures to be looked at, where TUTTI_PICTURES says.
void TestFindBar::picture()
{
    const QString folder = qEnvironmentVariable("TUTTI_PICTURES");
    if (folder.isEmpty()) {
        QSKIP("TUTTI_PICTURES names no folder");
    }
    setText(QStringLiteral("int one = 1;\nint two = 2;\nreturn one + two; // one and two\n")
            .repeated(30));
    for (const ui::ThemeChoice choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        m_theme->setChoice(choice);
        m_editor->setTheme(
            m_theme->isDark() ? ui::EditorTheme::darkTheme() : ui::EditorTheme::light());
        for (const int width : {900, 400}) {
            m_window->resize(width, 360);
            setCaret(*m_editor, 0);
            m_bar->openReplace();
            part<QToolButton>("findRegularExpression")->setChecked(false);
            look(QStringLiteral("one"));
            QTRY_COMPARE(count(), QStringLiteral("1 of 90"));
            QTest::qWait(100);
            const QString name =
                QStringLiteral("%1/find-%2-%3.png")
                    .arg(folder,
                        m_theme->isDark() ? QStringLiteral("dark") : QStringLiteral("light"))
                    .arg(width);
            QVERIFY(m_window->grab().save(name));
            part<QToolButton>("findRegularExpression")->setChecked(true);
            look(QStringLiteral("one("));
            QTest::qWait(100);
            QVERIFY(m_window->grab().save(
                QString(name).replace(QStringLiteral("find-"), QStringLiteral("find-problem-"))));
        }
    }
}

QTEST_MAIN(TestFindBar)

#include "tst_find_bar.moc"
