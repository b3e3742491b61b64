// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "tests/ui/support/qt_test.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/editor_commands.h"
#include "ui/shell/actions.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMenuBar>
#include <QTest>

using namespace tutti;
using ui::Actions;
using ui::MainWindow;

namespace {

/// What moves, selects or deletes in every text field of the platform, and has to go on doing so.
const QList<QKeySequence::StandardKey> kKeysOfText{
    QKeySequence::MoveToNextChar,
    QKeySequence::MoveToPreviousChar,
    QKeySequence::MoveToNextWord,
    QKeySequence::MoveToPreviousWord,
    QKeySequence::MoveToNextLine,
    QKeySequence::MoveToPreviousLine,
    QKeySequence::MoveToNextPage,
    QKeySequence::MoveToPreviousPage,
    QKeySequence::MoveToStartOfLine,
    QKeySequence::MoveToEndOfLine,
    QKeySequence::MoveToStartOfDocument,
    QKeySequence::MoveToEndOfDocument,
    QKeySequence::SelectNextChar,
    QKeySequence::SelectPreviousChar,
    QKeySequence::SelectNextWord,
    QKeySequence::SelectPreviousWord,
    QKeySequence::SelectNextLine,
    QKeySequence::SelectPreviousLine,
    QKeySequence::SelectNextPage,
    QKeySequence::SelectPreviousPage,
    QKeySequence::SelectStartOfLine,
    QKeySequence::SelectEndOfLine,
    QKeySequence::SelectStartOfDocument,
    QKeySequence::SelectEndOfDocument,
    QKeySequence::Delete,
    QKeySequence::Backspace,
    QKeySequence::DeleteStartOfWord,
    QKeySequence::DeleteEndOfWord,
    QKeySequence::InsertParagraphSeparator,
    QKeySequence::InsertLineSeparator,
};

QString nameOf(const QAction& action) { return action.objectName(); }

/// The letter behind the &, in capitals; null without one.
QChar mnemonicOf(const QString& text)
{
    const qsizetype at = text.indexOf(QChar(u'&'));
    return at < 0 || at + 1 >= text.size() ? QChar() : text[at + 1].toUpper();
}

QSet<const QAction*> actionsIn(const QList<QAction*>& actions)
{
    QSet<const QAction*> result;
    for (const QAction* action : actions) {
        result.insert(action);
        if (action->menu() != nullptr) {
            result.unite(actionsIn(action->menu()->actions()));
        }
    }
    return result;
}

} // namespace

/// The commands of the window: where they are and which keys they have.
class TestActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void menus();
    void everyActionIsInAMenu();
    void everyCommandOfTheTextHasAnAction();
    void idsAreUnique();
    void noTwoShortcutsMeet();
    void shortcutsLeaveTheTextItsKeys();
    void shortcutsLeaveTheMenusTheirLetters();
    void readOnlyTextsAreNotEdited();
    void shortcutsComeBeforeTheTextsOwnKeys();
    void aKeyTakenAwayDoesNothing();

private:
    [[nodiscard]] Actions& actions() const { return m_window->actions(); }
    [[nodiscard]] ui::CodeEditor& editor() const { return m_window->currentPage()->editor(); }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_window;
};

void TestActions::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestActions::init()
{
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = shownWindow(*m_rooms, *m_theme);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestActions::cleanup()
{
    m_window.reset();
    m_rooms.reset();
}

void TestActions::menus()
{
    QStringList titles;
    for (const QAction* action : m_window->menuBar()->actions()) {
        titles.append(ui::plainText(action->text()));
    }
    QCOMPARE(titles,
        QStringLiteral("File Edit Selection View Session Settings Help").split(QChar(u' ')));
    QCOMPARE(ui::plainText(QStringLiteral("Save &As…")), QStringLiteral("Save As"));
    QCOMPARE(ui::plainText(QStringLiteral("B&&B &New")), QStringLiteral("B&B New"));
    QCOMPARE(actions().menuOf(*actions().save), QStringLiteral("File"));
    QCOMPARE(actions().menuOf(*actions().byId(u"theme2")), QString::fromUtf8("Settings › Theme"));
    QCOMPARE(actions().byId(u"no such action"), nullptr);
}

void TestActions::everyActionIsInAMenu()
{
    const QSet<const QAction*> there = actionsIn(m_window->menuBar()->actions());
    for (const QAction* action : actions().all()) {
        QVERIFY2(there.contains(action), qPrintable(nameOf(*action)));
        QVERIFY2(!actions().menuOf(*action).isEmpty(), qPrintable(nameOf(*action)));
    }
}

void TestActions::everyCommandOfTheTextHasAnAction()
{
    QCOMPARE(actions().editing().size(), qsizetype(ui::editorCommands().size()));
    for (const ui::EditorCommand& command : ui::editorCommands()) {
        const QAction* action = actions().byId(QString::fromLatin1(command.id));
        QVERIFY2(action != nullptr, command.id);
        QCOMPARE(action->text(), command.title());
        const QString keys =
            QKeySequence::listToString(action->shortcuts(), QKeySequence::PortableText);
        QCOMPARE(keys, QString::fromLatin1(command.shortcuts));
    }
}

void TestActions::idsAreUnique()
{
    QSet<QString> seen;
    for (const QAction* action : actions().all()) {
        QVERIFY2(!seen.contains(nameOf(*action)), qPrintable(nameOf(*action)));
        seen.insert(nameOf(*action));
    }
}

/// Neither the same keys, nor keys that another's begin with: Qt would run neither.
void TestActions::noTwoShortcutsMeet()
{
    QList<std::pair<QKeySequence, const QAction*>> all;
    for (const QAction* action : actions().all()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            QVERIFY2(!keys.isEmpty(), qPrintable(nameOf(*action)));
            for (const auto& [others, other] : std::as_const(all)) {
                const bool apart = keys.matches(others) == QKeySequence::NoMatch
                    && others.matches(keys) == QKeySequence::NoMatch;
                QVERIFY2(apart,
                    qPrintable(QStringLiteral("%1: %2 and %3")
                            .arg(keys.toString(), nameOf(*action), nameOf(*other))));
            }
            all.append({keys, action});
        }
    }
    QVERIFY(all.size() > 20);
}

void TestActions::shortcutsLeaveTheTextItsKeys()
{
    for (const QAction* action : actions().all()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            const QKeyCombination first = keys[0];
            QVERIFY2(!ui::belongsToText(first.key(), first.keyboardModifiers()),
                qPrintable(nameOf(*action)));
            for (const auto standard : kKeysOfText) {
                QVERIFY2(!QKeySequence::keyBindings(standard).contains(QKeySequence(first)),
                    qPrintable(nameOf(*action) + QChar(u' ') + keys.toString()));
            }
        }
    }
}

void TestActions::shortcutsLeaveTheMenusTheirLetters()
{
    QSet<QChar> letters;
    for (const QAction* action : m_window->menuBar()->actions()) {
        const QChar letter = mnemonicOf(action->text());
        QVERIFY2(!letter.isNull() && !letters.contains(letter), qPrintable(action->text()));
        letters.insert(letter);
    }
    for (const QAction* action : actions().all()) {
        for (const QKeySequence& keys : action->shortcuts()) {
            for (const QChar letter : std::as_const(letters)) {
                const QKeySequence alt(QKeyCombination(Qt::ALT, Qt::Key(letter.unicode())));
                QVERIFY2(alt.matches(keys) == QKeySequence::NoMatch, qPrintable(nameOf(*action)));
            }
        }
    }
}

void TestActions::readOnlyTextsAreNotEdited()
{
    QTest::keyClicks(&editor(), QStringLiteral("text"));
    editor().selectAll();
    for (const bool readOnly : {true, false}) {
        editor().setReadOnly(readOnly);
        for (const auto& [command, action] : actions().editing()) {
            const bool redo = QLatin1StringView(command->id) == QLatin1StringView("redo");
            const bool may = (!command->edits || !readOnly) && !redo; // there is nothing to redo
            QVERIFY2(action->isEnabled() == may, command->id);
        }
    }
}

void TestActions::shortcutsComeBeforeTheTextsOwnKeys()
{
    QTest::keyClicks(&editor(), QStringLiteral("text"));
    int ran = 0;
    connect(actions().saveAll, &QAction::triggered, this, [&ran] { ++ran; });
    actions().byId(u"selectAll")->setShortcuts(QList<QKeySequence>());
    actions().saveAll->setShortcut(QKeySequence(QStringLiteral("Ctrl+A")));
    QTest::keyClick(&editor(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(ran, 1);
    QVERIFY(!editor().textCursor().hasSelection());
}

void TestActions::aKeyTakenAwayDoesNothing()
{
    QTest::keyClicks(&editor(), QStringLiteral("text"));
    QTest::keyClick(&editor(), Qt::Key_A, Qt::ControlModifier);
    QVERIFY(editor().textCursor().hasSelection());
    QGuiApplication::clipboard()->setText(QStringLiteral("pasted"));
    QAction* paste = actions().byId(u"paste");
    paste->setShortcuts({QKeySequence(QStringLiteral("F8"))});
    QTest::keyClick(&editor(), Qt::Key_V, Qt::ControlModifier);
    QTest::keyClick(&editor(), Qt::Key_Insert, Qt::ShiftModifier);
    QCOMPARE(m_window->currentPage()->document().content(), QStringLiteral("text"));
    QTest::keyClick(&editor(), Qt::Key_F8);
    QCOMPARE(m_window->currentPage()->document().content(), QStringLiteral("pasted"));
}

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
