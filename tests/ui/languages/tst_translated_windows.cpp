// SPDX-License-Identifier: MIT
// The window and all that opens from it, in each language, in one 40 % longer and in one from right
// to left: every word has room, and no menu has a letter twice. TUTTI_PICTURES=FOLDER keeps
// pictures.
#include "fitting.h"
#include "pseudo_translator.h"
#include "tests/ui/shell/memory_rooms.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/document_page.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/languages.h"
#include "ui/shell/main_window.h"
#include "ui/shell/setting_values.h"
#include "ui/shell/text_source.h"
#include "ui/shell/theme.h"
#include "ui/shell/token_store.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::DocumentPage;
using ui::InlineBar;
using ui::MainWindow;

namespace {

/// The widest that the window may ask for to be shown at all.
constexpr int kNarrow = 640;
/// A layout inside others asks for more only after it got its width, one level at a time.
constexpr int kRounds = 8;

/// A keychain that remembers nothing, so that dialogs offer to remember.
class NoTokens : public ui::TokenStore
{
public:
    void read(const QString&, QObject*, std::function<void(const QString&)> callBack) override
    {
        callBack({});
    }
    void write(const QString&, const QString&, QObject*,
        std::function<void(const std::expected<void, QString>&)> callBack) override
    {
        callBack({});
    }
    void forget(const QString&) override { }
};

/// A text to compare with.
class FixedText : public ui::TextSource
{
public:
    explicit FixedText(const QString& title)
        : m_title(title)
    { }
    [[nodiscard]] QString text() const override { return QStringLiteral("one\ntwo\n") + m_title; }
    [[nodiscard]] QString title() const override { return m_title; }

private:
    QString m_title;
};

QString translated(const char* context, const char* words)
{
    return QCoreApplication::translate(context, words);
}

} // namespace

class TranslatedWindowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void init();
    void cleanup();

    // of the test itself
    void findsWhatDoesNotFit();
    void pseudoTextsKeepWhatMatters();

    void window();
    void menus();
    void findBar();
    void findPanel();
    void messages();
    void sharing();
    void joining();
    void settings();
    void shortcuts();
    void picks();
    void comparing();
    void about();
    void closing();

private:
    /// Looks at all windows that are shown, at the main window's least, a narrow and a usual size.
    void look(const char* state);
    void lookAtWindows(const QString& state);
    /// Escape, to what lies over the window.
    void closeOthers();
    [[nodiscard]] DocumentPage& page() { return *m_window->currentPage(); }

    std::unique_ptr<QTranslator> m_pseudo;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    NoTokens m_tokens;
    std::unique_ptr<MainWindow> m_window;
    QStringList m_found;
};

void TranslatedWindowsTest::initTestCase_data()
{
    QTest::addColumn<QString>("language");
    for (const char* language : {"en", "de", "zh_CN", "longer", "rightToLeft"}) {
        QTest::newRow(language) << language;
    }
}

void TranslatedWindowsTest::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeMenuBar);
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
}

void TranslatedWindowsTest::init()
{
    QFETCH_GLOBAL(QString, language);
    if (language == QStringLiteral("longer") || language == QStringLiteral("rightToLeft")) {
        m_pseudo = std::make_unique<PseudoTranslator>(language == QStringLiteral("longer")
                ? PseudoTranslator::Script::Accented
                : PseudoTranslator::Script::RightToLeft);
        QCoreApplication::installTranslator(m_pseudo.get());
    } else {
        ui::installLanguage(*QCoreApplication::instance(), language);
    }
    QCOMPARE(QGuiApplication::layoutDirection(),
        language == QStringLiteral("rightToLeft") ? Qt::RightToLeft : Qt::LeftToRight);
    m_found.clear();
    m_theme = std::make_unique<ui::Theme>(*qApp);
    m_rooms = std::make_unique<MemoryRooms>();
    m_rooms->reached = ui::Reach::Network;
    m_window = std::make_unique<MainWindow>(MainWindow::Context{.rooms = *m_rooms,
        .theme = *m_theme,
        .tokens = &m_tokens,
        .identity = {QStringLiteral("Ada"), QStringLiteral("#0675e0")}});
    m_window->resize(1'000, 700);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TranslatedWindowsTest::cleanup()
{
    m_window.reset();
    m_rooms.reset();
    m_theme.reset();
    if (m_pseudo) {
        QCoreApplication::removeTranslator(m_pseudo.get());
        m_pseudo.reset();
    }
    const auto installed = qApp->findChildren<QTranslator*>();
    for (QTranslator* translator : installed) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
}

void TranslatedWindowsTest::lookAtWindows(const QString& state)
{
    for (int i = 0; i < kRounds; ++i) {
        QCoreApplication::processEvents();
    }
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget* window : windows) {
        if (!window->isVisible() || window->windowType() == Qt::ToolTip) {
            continue;
        }
        if (const QString folder = qEnvironmentVariable("TUTTI_PICTURES"); !folder.isEmpty()) {
            QFETCH_GLOBAL(QString, language);
            const QString name = QStringLiteral("%1/%2-%3-%4.png")
                                     .arg(folder, language, state,
                                         QString::fromLatin1(window->metaObject()->className()))
                                     .remove(QStringLiteral("tutti::ui::"));
            QVERIFY(window->grab().save(name));
        }
        const QStringList found = misfits(*window);
        for (const QString& line : found) {
            m_found.append(state + QStringLiteral(": ") + line);
        }
        const int least = window->minimumSizeHint().expandedTo(window->minimumSize()).width();
        if (least > (m_pseudo ? kNarrow * 5 / 4 : kNarrow)) {
            m_found.append(QStringLiteral("%1: %2 is at least %3 wide")
                    .arg(state, QString::fromLatin1(window->metaObject()->className()))
                    .arg(least));
        }
    }
}

void TranslatedWindowsTest::look(const char* state)
{
    m_found.clear();
    for (const QSize size : {QSize(1'000, 700), QSize(kNarrow, 480), QSize(1, 1)}) {
        for (int i = 0; i < kRounds; ++i) { // what is narrower may need to be higher
            m_window->resize(size.expandedTo(m_window->minimumSizeHint()));
            QCoreApplication::processEvents();
        }
        lookAtWindows(QStringLiteral("%1 at %2").arg(QLatin1StringView(state)).arg(size.width()));
    }
    m_found.removeDuplicates();
    if (!m_found.isEmpty()) {
        QFAIL(qPrintable(u'\n' + m_found.join(u'\n')));
    }
}

void TranslatedWindowsTest::closeOthers()
{
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget* window : windows) {
        if (window != m_window.get() && window->isVisible()) {
            window->close();
        }
    }
}

void TranslatedWindowsTest::findsWhatDoesNotFit()
{
    QWidget top;
    top.resize(400, 300);
    QStringList wanted;
    const auto add = [&top](QWidget* widget, const QRect& place) {
        widget->setParent(&top);
        widget->setGeometry(place);
        widget->show();
        return widget;
    };
    const auto expect = [&](const QString& part, bool found) {
        top.show();
        QCoreApplication::sendPostedEvents();
        const QString all = misfits(top).join(u'\n');
        QVERIFY2(all.contains(part) == found, qPrintable(part + u'\n' + all));
        qDeleteAll(top.findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    };
    const QString words = QStringLiteral("a label that is rather long");
    add(new QLabel(words), {0, 0, 40, 30});
    expect(words, true);
    add(new QLabel(words), {0, 0, 380, 30});
    expect(words, false);
    add(new QLabel(words), {0, 0, 40, 30})->setToolTip(words);
    expect(words, false);
    auto* wrapped = new QLabel(words);
    wrapped->setWordWrap(true);
    add(wrapped, {0, 0, 60, 20});
    expect(words, true);
    wrapped = new QLabel(words);
    wrapped->setWordWrap(true);
    add(wrapped, {0, 0, 60, 200});
    expect(words, false);
    add(new QPushButton(words), {0, 0, 60, 30});
    expect(words, true);
    add(new QCheckBox(words), {0, 0, 60, 30});
    expect(words, true);
    add(new QGroupBox(words), {0, 0, 60, 60});
    expect(words, true);
    auto* field = new QLineEdit;
    field->setPlaceholderText(words);
    add(field, {0, 0, 60, 30});
    expect(words, true);
    auto* box = new QComboBox;
    box->addItems({QStringLiteral("a"), words});
    add(box, {0, 0, 60, 30});
    expect(words, true);
    auto* tabs = new QTabBar;
    tabs->setUsesScrollButtons(false);
    tabs->setElideMode(Qt::ElideNone);
    tabs->addTab(words);
    tabs->addTab(words);
    add(tabs, {0, 0, 60, 30});
    expect(QStringLiteral("is cut"), true);
    add(new QPushButton, {380, 0, 60, 30});
    expect(QStringLiteral("reaches beyond"), true);
    auto* area = new QScrollArea;
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* wide = new QWidget;
    wide->resize(300, 20);
    area->setWidget(wide);
    add(area, {0, 0, 200, 100});
    expect(QStringLiteral("does not scroll"), true);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    row->setLayoutDirection(Qt::LeftToRight);
    auto* one = new QPushButton(row);
    auto* other = new QPushButton(row);
    layout->addWidget(one);
    layout->addWidget(other);
    add(row, {0, 0, 200, 60});
    top.show();
    layout->activate();
    one->resize(150, 30); // behind the layout's back
    const QString all = misfits(top).join(u'\n');
    QVERIFY2(all.contains(QStringLiteral("lies over")), qPrintable(all));

    QMenu menu;
    menu.addAction(QStringLiteral("&One"));
    QVERIFY(doubleMnemonics(menu).isEmpty());
    menu.addMenu(QStringLiteral("Two"))->addAction(QStringLiteral("&One"));
    QVERIFY(doubleMnemonics(menu).isEmpty());
    menu.addAction(QStringLiteral("N&o"));
    QCOMPARE(doubleMnemonics(menu).size(), 1);
}

void TranslatedWindowsTest::pseudoTextsKeepWhatMatters()
{
    const PseudoTranslator longer(PseudoTranslator::Script::Accented);
    const QString text = longer.lengthened(QStringLiteral("&Save %1 of %n as <b>it</b> is…"));
    QVERIFY(text.startsWith(QStringLiteral("&S")));
    QVERIFY(text.contains(QStringLiteral("%1")) && text.contains(QStringLiteral("%n")));
    QVERIFY(text.contains(QStringLiteral("<b>")) && text.contains(QStringLiteral("</b>")));
    QVERIFY(text.endsWith(QChar(u'…')));
    const QString plain = QStringLiteral("Changes are saved on this computer.");
    QVERIFY(longer.lengthened(plain).size() * 10 >= plain.size() * 14);
    QVERIFY(
        PseudoTranslator(PseudoTranslator::Script::RightToLeft).lengthened(plain).isRightToLeft());
}

void TranslatedWindowsTest::window() { look("window"); }

void TranslatedWindowsTest::menus()
{
    QStringList found = doubleMnemonics(*m_window->menuBar());
    const auto buttons = m_window->findChildren<QToolButton*>();
    for (const QToolButton* button : buttons) {
        if (QMenu* menu = button->menu()) {
            Q_EMIT menu->aboutToShow();
            found += doubleMnemonics(*menu);
        }
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TranslatedWindowsTest::findBar()
{
    QTest::keyClicks(&page().editor(), QStringLiteral("one two one"));
    m_window->actions().replace->trigger();
    auto* query = m_window->findChild<QLineEdit*>(QStringLiteral("findQuery"));
    look("find bar");
    query->setText(QStringLiteral("one"));
    QTRY_VERIFY(
        m_window->findChild<QLabel*>(QStringLiteral("findCount"))->text().contains(QChar(u'2')));
    look("matches");
    m_window->findChild<QToolButton*>(QStringLiteral("findRegularExpression"))->setChecked(true);
    query->setText(QStringLiteral("(one"));
    QTRY_VERIFY(m_window->findChild<QLabel*>(QStringLiteral("findProblem"))->isVisible());
    look("not an expression");
}

void TranslatedWindowsTest::findPanel()
{
    QTest::keyClicks(&page().editor(), QStringLiteral("one two one"));
    m_window->actions().findInDocuments->trigger();
    look("find panel");
    m_window->findChild<QLineEdit*>(QStringLiteral("findPanelQuery"))->setText("one");
    QTRY_VERIFY(
        !m_window->findChild<QLabel*>(QStringLiteral("findPanelSummary"))->text().isEmpty());
    look("found");
}

void TranslatedWindowsTest::messages()
{
    const auto action = [](const char* context, const char* words) -> InlineBar::Action {
        return {translated(context, words), [] { }};
    };
    InlineBar& bar = page().bar();
    bar.show(QStringLiteral("a"), InlineBar::Kind::Warning,
        translated("tutti::ui::DocumentPage",
            "It has another text now. Rejoining puts that and yours together; what is in both is "
            "there twice then."),
        {action("tutti::ui::DocumentPage", "Compare"),
            action("tutti::ui::DocumentPage", "Save a copy…"),
            action("tutti::ui::DocumentPage", "Rejoin")});
    look("rebuilt");
    bar.show(QStringLiteral("b"), InlineBar::Kind::Error,
        translated("tutti::ui::MainWindow",
            "When Tutti ended, %1 held changes that its room had not received. They were kept on "
            "this computer (%2).")
            .arg(QStringLiteral("notes.md"), QStringLiteral("2 MB")),
        {action("tutti::ui::MainWindow", "Open a copy"),
            action("tutti::ui::MainWindow", "Discard")});
    look("left over");
    bar.ask(QStringLiteral("c"), InlineBar::Kind::Warning,
        translated("tutti::ui::DocumentPage", "%1. You will be asked for it again.")
            .arg(translated("CloseReason", "That access token does not open this room")),
        {.placeholder = translated("tutti::ui::DocumentPage", "Access token"),
            .button = translated("tutti::ui::DocumentPage", "Try again"),
            .remember = translated("tutti::ui::DocumentPage", "Remember"),
            .answered = [](const QString&, bool) { }},
        {action("tutti::ui::DocumentPage", "Save a copy…")});
    look("asked for a token");
}

void TranslatedWindowsTest::sharing()
{
    m_window->actions().share->trigger();
    auto* popover = m_window->findChild<QWidget*>(QStringLiteral("sharePopover"));
    QTRY_VERIFY(popover != nullptr && popover->isVisible());
    look("share");
    closeOthers();
    const auto link = m_window->share(page());
    QVERIFY(link.has_value());
    MainWindow other(MainWindow::Context{.rooms = *m_rooms,
        .theme = *m_theme,
        .identity = {QStringLiteral("Grace Brewster Murray Hopper"), QStringLiteral("#e32631")}});
    other.join(*net::RoomAddress::parse(*link), QStringLiteral("codemirror"));
    other.show();
    auto* people = m_window->findChild<QAbstractItemView*>(QStringLiteral("participantsList"));
    QTRY_COMPARE(people->model() == nullptr ? 0 : people->model()->rowCount(), 2);
    look("shared");
    QStringList found = doubleMnemonics(*m_window->menuBar());
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    other.currentPage()->endSession();
}

void TranslatedWindowsTest::joining()
{
    m_window->askToJoin();
    QTRY_VERIFY(m_window->findChild<QDialog*>(QStringLiteral("joinDialog"))->isVisible());
    look("join");
    auto* field = m_window->findChild<QLineEdit*>(QStringLiteral("joinLink"));
    field->setText(QStringLiteral("http://example.org"));
    look("join, a wrong link");
    field->setText(QStringLiteral("wss://example.org:1234/a-room"));
    look("join, TLS");
    field->setText(QStringLiteral("hocuspocus+ws://example.org:1234#a-document"));
    look("join, Hocuspocus");
    closeOthers();
}

void TranslatedWindowsTest::settings()
{
    m_window->actions().settings->trigger();
    auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("settingsDialog"));
    QTRY_VERIFY(dialog != nullptr && dialog->isVisible());
    look("settings");
    dialog->resize(dialog->minimumSize().expandedTo(dialog->minimumSizeHint()));
    look("settings, narrow");
    m_window->findChild<QLineEdit*>(QStringLiteral("settingsQuery"))->setText("qqq");
    look("settings, none");
}

void TranslatedWindowsTest::shortcuts()
{
    m_window->actions().shortcuts->trigger();
    auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("settingsDialog"));
    QTRY_VERIFY(dialog != nullptr && dialog->isVisible());
    look("shortcuts");
    m_window->findChild<QPushButton*>(QStringLiteral("shortcutsResetAll"))->click();
    look("shortcuts, reset all");
    dialog->resize(dialog->minimumSize().expandedTo(dialog->minimumSizeHint()));
    look("shortcuts, narrow");
}

void TranslatedWindowsTest::picks()
{
    m_window->actions().palette->trigger();
    look("palette");
    m_window->actions().quickOpen->trigger();
    look("quick open");
    m_window->actions().goToLine->trigger();
    look("go to line");
    m_window->actions().language->trigger();
    look("syntax languages");
}

void TranslatedWindowsTest::comparing()
{
    const auto source = [](const char* title) {
        return std::make_unique<FixedText>(
            translated("tutti::ui::MainWindow", title).arg(QStringLiteral("a-server.example.org")));
    };
    page().setComparison(
        std::make_unique<ui::CompareView>(source("Your text, %1"), source("The room on %1, now")));
    QTRY_VERIFY(page().comparison() != nullptr && page().comparison()->isVisible());
    look("comparison");
}

void TranslatedWindowsTest::about()
{
    m_window->actions().about->trigger();
    QTRY_VERIFY(m_window->findChild<QDialog*>(QStringLiteral("aboutDialog"))->isVisible());
    look("about");
    closeOthers();
}

void TranslatedWindowsTest::closing()
{
    QTest::keyClicks(&page().editor(), QStringLiteral("text"));
    m_window->actions().closeTab->trigger();
    QTRY_VERIFY(m_window->findChild<QMessageBox*>(QStringLiteral("closeQuestion")) != nullptr);
    look("closing");
    m_window->findChild<QMessageBox*>(QStringLiteral("closeQuestion"))->reject();
}

QTEST_MAIN(TranslatedWindowsTest)
#include "tst_translated_windows.moc"
