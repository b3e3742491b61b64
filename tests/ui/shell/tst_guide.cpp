// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "ui/shell/actions.h"
#include "ui/shell/guide.h"
#include "ui/shell/setting_table.h"
#include "ui/shell/theme.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::GuideWindow;
using ui::MainWindow;

/// The user's guide: that it is complete, and how it is read.
class TestGuide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void namesEveryCommandAndSetting();
    void hasTheKeysOfToday();
    void isOpenedOnce();
    void chapters();
    void searches();

private:
    [[nodiscard]] GuideWindow* open()
    {
        m_window->actions().guide->trigger();
        return m_window->findChild<GuideWindow*>();
    }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_window;
};

void TestGuide::init()
{
    m_theme = std::make_unique<ui::Theme>(*qApp);
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = shownWindow(*m_rooms, *m_theme);
}

void TestGuide::cleanup()
{
    m_window.reset();
    m_rooms.reset();
    m_theme.reset();
}

void TestGuide::namesEveryCommandAndSetting()
{
    QFile file(QStringLiteral(":/tutti/guide/guide.md"));
    QVERIFY(file.open(QFile::ReadOnly));
    const QString source = QString::fromUtf8(file.readAll());
    QStringList missing;
    const auto look = [&](const QString& id) {
        if (!source.contains(QStringLiteral("{%1}").arg(id))) {
            missing.append(id);
        }
    };
    for (const QAction* action : m_window->actions().all()) {
        look(action->objectName());
    }
    for (const ui::SettingSpec& setting : ui::settingSpecs()) {
        look(QString::fromLatin1(setting.id));
    }
    QCOMPARE(missing, QStringList());
    // and each name stands for something
    const QString text = ui::guideText(m_window->actions());
    QVERIFY(!text.contains(QRegularExpression(QStringLiteral("(?<!\\\\)\\{"))));
    QVERIFY(text.contains(QStringLiteral("**Split Right** (Ctrl\\+\\\\)")));
}

void TestGuide::hasTheKeysOfToday()
{
    m_window->actions().goToLine->setShortcut(QKeySequence(Qt::Key_F7));
    m_window->actions().saveAll->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Bar));
    const QString shown = open()->page().toPlainText();
    QVERIFY(shown.contains(QStringLiteral("Go to Line (F7)")));
    QVERIFY(shown.contains(QStringLiteral("Save All (Ctrl+|)"))); // though | parts cells
    QVERIFY(shown.contains(QStringLiteral("Split Right (Ctrl+\\)")));
}

void TestGuide::isOpenedOnce()
{
    const QPointer<GuideWindow> guide = open();
    QVERIFY(guide && guide->isVisible() && !guide->isModal());
    QCOMPARE(open(), guide.data());
    QTest::keyClick(guide.data(), Qt::Key_Escape);
    QTRY_VERIFY(!guide);
}

void TestGuide::chapters()
{
    GuideWindow* guide = open();
    QListWidget& list = guide->chapters();
    QVERIFY(list.count() > 10);
    for (int row = 1; row < list.count(); ++row) {
        list.setCurrentRow(row);
        QCOMPARE(guide->page().textCursor().block().text(), list.item(row)->text());
        QVERIFY(guide->page().viewport()->rect().contains(guide->page().cursorRect().center()));
        QCOMPARE(list.currentRow(), row);
    }
    guide->page().verticalScrollBar()->setValue(0);
    QVERIFY(list.currentRow() < 1); // it follows what one reads
}

void TestGuide::searches()
{
    GuideWindow* guide = open();
    QLineEdit& query = guide->query();
    query.setFocus();
    QTest::keyClicks(&query, QStringLiteral("editorconfig"));
    QCOMPARE(guide->page().textCursor().selectedText(), QStringLiteral("editorconfig"));
    query.setText(QStringLiteral("the"));
    const int first = guide->page().textCursor().position();
    QTest::keyClick(&query, Qt::Key_Return);
    const int second = guide->page().textCursor().position();
    QVERIFY(second > first);
    QTest::keyClick(&query, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(guide->page().textCursor().position(), first);
    query.setText(QStringLiteral("A sentence that nobody wrote"));
    QVERIFY(guide->findChild<QLabel*>()->isVisible());
    query.setText(QStringLiteral("Tutti")); // around the end
    QVERIFY(!guide->findChild<QLabel*>()->isVisible());
    QCOMPARE(guide->page().textCursor().selectedText(), QStringLiteral("Tutti"));
}

QTEST_MAIN(TestGuide)
#include "tst_guide.moc"
