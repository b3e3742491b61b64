// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/find_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QTreeWidget>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;

/// A text found in all open documents, as a person would look for it.
class TestFindPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void listsTheLinesOfAllDocuments();
    void aClickGoesThere();
    void followsEditsAndTabs();
    void escapeGoesBack();
    void picture();

private:
    template <typename T>
    [[nodiscard]] T* part(const char* name) const
    {
        T* found = m_window->findChild<T*>(QLatin1StringView(name));
        Q_ASSERT(found != nullptr);
        return found;
    }
    [[nodiscard]] QString summary() const { return part<QLabel>("findPanelSummary")->text(); }
    [[nodiscard]] QStringList rows() const
    {
        QStringList result;
        const auto* tree = part<QTreeWidget>("findPanelResults");
        for (int i = 0; i < tree->topLevelItemCount(); ++i) {
            result << tree->topLevelItem(i)->text(0);
            for (int k = 0; k < tree->topLevelItem(i)->childCount(); ++k) {
                result << tree->topLevelItem(i)->child(k)->text(0);
            }
        }
        return result;
    }
    void look(const QString& text)
    {
        m_window->actions().findInDocuments->trigger();
        part<QLineEdit>("findPanelQuery")->setText(text);
    }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestFindPanel::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestFindPanel::init()
{
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = shownWindow(*m_rooms, *m_theme);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->currentPage()->document().text().insert(crdt::Offset(0), u"one\ntwo one\n");
    m_window->newDocument().document().text().insert(crdt::Offset(0), u"three\n  One more\n");
    m_window->newDocument().document().text().insert(crdt::Offset(0), u"nothing\n");
}

void TestFindPanel::cleanup()
{
    m_window.reset();
    m_rooms.reset();
}

void TestFindPanel::listsTheLinesOfAllDocuments()
{
    look(QStringLiteral("one"));
    QTRY_COMPARE(summary(), QStringLiteral("3 matches in 2 documents"));
    QCOMPARE(rows(),
        QStringList(
            {QStringLiteral("Untitled (2)"), QStringLiteral("1: one"), QStringLiteral("2: two one"),
                QStringLiteral("Untitled 2 (1)"), QStringLiteral("2: One more")}));
    look(QStringLiteral("three"));
    QTRY_COMPARE(summary(), QStringLiteral("1 match in 1 document"));
    look(QStringLiteral("four"));
    QTRY_COMPARE(summary(), QStringLiteral("No matches"));
    QVERIFY(rows().isEmpty());
}

void TestFindPanel::aClickGoesThere()
{
    look(QStringLiteral("one"));
    QTRY_COMPARE(rows().size(), 5);
    auto* tree = part<QTreeWidget>("findPanelResults");
    const QRect row = tree->visualItemRect(tree->topLevelItem(1)->child(0));
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(m_window->currentPage()->document().name(), QStringLiteral("Untitled 2"));
    QCOMPARE(m_window->currentPage()->editor().textCursor().selectedText(), QStringLiteral("One"));
    QTRY_VERIFY(m_window->currentPage()->editor().hasFocus());
    // and with the keyboard
    m_window->actions().findInDocuments->trigger();
    auto* query = part<QLineEdit>("findPanelQuery");
    QTRY_VERIFY(query->hasFocus());
    QCOMPARE(query->text(), QStringLiteral("One")); // what was selected
    QTRY_COMPARE(rows().size(), 5);
    tree->setCurrentItem(nullptr);
    QTest::keyClick(query, Qt::Key_Down);
    QTRY_VERIFY(tree->hasFocus());
    QTest::keyClick(tree, Qt::Key_Down);
    QTest::keyClick(tree, Qt::Key_Return);
    QTRY_COMPARE(m_window->currentPage()->document().name(), QStringLiteral("Untitled"));
    QCOMPARE(m_window->currentPage()->editor().line(), 2);
}

void TestFindPanel::followsEditsAndTabs()
{
    look(QStringLiteral("one"));
    QTRY_COMPARE(rows().size(), 5);
    m_window->currentPage()->document().text().insert(crdt::Offset(0), u"x\none ");
    QTRY_COMPARE(summary(), QStringLiteral("4 matches in 3 documents"));
    QVERIFY(rows().contains(QStringLiteral("2: one nothing")));
    m_window->newDocument().document().text().insert(crdt::Offset(0), u"one");
    QTRY_COMPARE(summary(), QStringLiteral("5 matches in 4 documents"));
    m_window->currentPage()->document().text().erase(crdt::Offset(0), crdt::Offset(3));
    QTRY_COMPARE(summary(), QStringLiteral("4 matches in 3 documents"));
    m_window->actions().closeTab->trigger(); // empty again, so nothing is asked
    QTRY_COMPARE(m_window->pages().size(), 3);
    QTRY_COMPARE(summary(), QStringLiteral("4 matches in 3 documents"));
}

void TestFindPanel::escapeGoesBack()
{
    look(QStringLiteral("one"));
    QTRY_COMPARE(rows().size(), 5);
    QTest::keyClick(part<QLineEdit>("findPanelQuery"), Qt::Key_Escape);
    QVERIFY(!part<QWidget>("findPanel")->isVisible());
    QTRY_VERIFY(m_window->currentPage()->editor().hasFocus());
}

/// Leaves pictures to be looked at, where TUTTI_PICTURES says.
void TestFindPanel::picture()
{
    const QString folder = qEnvironmentVariable("TUTTI_PICTURES");
    if (folder.isEmpty()) {
        QSKIP("TUTTI_PICTURES names no folder");
    }
    look(QStringLiteral("one"));
    QTRY_COMPARE(rows().size(), 5);
    for (const ui::ThemeChoice choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        m_theme->setChoice(choice);
        for (const int width : {1000, 420}) {
            m_window->resize(width, 600);
            QTest::qWait(150);
            QVERIFY(m_window->grab().save(QStringLiteral("%1/panel-%2-%3.png")
                    .arg(folder,
                        m_theme->isDark() ? QStringLiteral("dark") : QStringLiteral("light"))
                    .arg(width)));
        }
    }
}

QTEST_MAIN(TestFindPanel)

#include "tst_find_panel.moc"
