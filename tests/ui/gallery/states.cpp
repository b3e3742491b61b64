// SPDX-License-Identifier: MIT
#include "crdt/text.h"
#include "net/provider.h"
#include "scene.h"
#include "tests/ui/shell/listed_rooms.h"
#include "tests/ui/support/fixed_source.h"
#include "ui/editor/code_editor.h"
#include "ui/presence/remote_cursors.h"
#include "ui/shell/actions.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/document_session.h"
#include "ui/shell/find_bar.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/pane_area.h"
#include "ui/shell/setting_values.h"
#include "ui/shell/settings_dialog.h"
#include "ui/shell/share_popover.h"
#include "ui/shell/text_export.h"
#include "ui/shell/undo_preview.h"
#include "ui/shell/window_picks.h"

#include <KSyntaxHighlighting/Repository>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPageLayout>
#include <QPdfWriter>
#include <QSaveFile>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTest>

#include <string>

namespace gallery {

using namespace tutti;

namespace {

const QString kCode = QStringLiteral(R"(// SPDX-License-Identifier: MIT
#include "words.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace words {

/// Where a word stands in a text, from left to right.
/// Cost: O(n · m) at worst; a page of text takes microseconds.
std::vector<std::size_t> occurrences(std::string_view text, std::string_view word)
{
    std::vector<std::size_t> found;
    if (word.empty()) {
        return found; // it would be everywhere
    }
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        found.push_back(at);
    }
    return found;
}

/// The word that is there most often; of several the one that comes first.
std::string mostFrequent(std::span<const std::string> words)
{
    std::map<std::string_view, int> counts;
    for (const std::string& word : words) {
        ++counts[word];
    }
    const auto most = std::ranges::max_element(counts, {}, [](const auto& entry) {
        return entry.second;
    });
    return most == counts.end() ? std::string() : std::string(most->first);
}

} // namespace words

int main()
{
    const auto found = words::occurrences("to be or not to be", "be");
    std::printf("%zu times\n", found.size());
    return std::ssize(found) == 2 ? 0 : 1;
}
)");

const QString kProse = QStringLiteral(R"(# Minutes, 23 November

Present: Ada, Grace, Hedy, Joan.

## What we decided

1. The reading room opens at nine, on Saturdays too.
2. Grace asks the printer for a second qoute.
3. The shelf by the window stays where it is.

## Open

- Who waters the plants in January?
- A new sign for the door: *“Come in, we are writing.”*
)");

void select(ui::MainWindow& window, const QString& text)
{
    ui::CodeEditor& editor = window.currentPage()->editor();
    const auto at = static_cast<int>(editor.toPlainText().indexOf(text));
    editor.setSelections(ui::EditorSelection{at, at + static_cast<int>(text.size())});
    editor.setFocus();
}

bool dialogComes(Scene& scene, const char* name)
{
    return QTest::qWaitFor([&] {
        const auto* dialog = scene.window().findChild<QWidget*>(QLatin1StringView(name));
        return dialog != nullptr && dialog->isVisible();
    });
}

bool firstRun(Scene&) { return true; }

bool code(Scene& scene)
{
    scene.open(QStringLiteral("words.cpp"), kCode).editor().goTo(19, 12);
    scene.open(QStringLiteral("minutes.md"), kProse);
    scene.window().newDocument();
    scene.window().showPage(*scene.window().pages().first());
    return true;
}

/// Four people in one file, each active just now.
bool shared(Scene& scene)
{
    scene.open(QStringLiteral("words.cpp"), kCode).editor().goTo(14, 5);
    if (!scene.invite({QStringLiteral("Grace Hopper"), QStringLiteral("Hedy Lamarr"),
            QStringLiteral("Joan Clarke")})) {
        return false;
    }
    select(scene.guest(0), QStringLiteral("it would be everywhere"));
    select(scene.guest(1), QStringLiteral("std::size_t> found;\n    if (word"));
    scene.guest(2).currentPage()->editor().goTo(45, 30);
    scene.guest(0).currentPage()->editor().setFocus();
    (void)QTest::qWaitFor(
        [&] { return scene.page().session()->cursors().labelOpacity(crdt::ClientId(0)) > 1; }, 300);
    scene.page().session()->cursors().setLabelMode(ui::LabelMode::Always);
    return true;
}

bool sharePopover(Scene& scene)
{
    scene.open(QStringLiteral("minutes.md"), kProse);
    scene.window().actions().share->trigger();
    return scene.window().findChild<ui::SharePopover*>()->isVisible();
}

bool joinDialog(Scene& scene)
{
    scene.window().askToJoin(QStringLiteral("ws://192.168.1.20:40123/minutes.md-8x2k4f9q"));
    return dialogComes(scene, "joinDialog");
}

bool joinEmpty(Scene& scene)
{
    scene.window().askToJoin();
    return dialogComes(scene, "joinDialog");
}

bool offline(Scene& scene)
{
    if (!shared(scene)) {
        return false;
    }
    scene.rooms().server.reset();
    const bool came = QTest::qWaitFor([&] { return scene.page().bar().isVisible(); });
    QTest::keyClicks(&scene.page().editor(), QStringLiteral("on a train "));
    return came;
}

/// Joins a room that somebody else wrote, on a server of this computer.
std::shared_ptr<net::Server> onServer(Scene& scene, net::Right right, QString& link)
{
    auto server = std::make_shared<net::Server>();
    server->access().allowToken("token", right);
    if (!server->listen(QHostAddress::LocalHost, 0)) {
        return nullptr;
    }
    scene.keep(server);
    const auto address = net::RoomAddress::make(
        QStringLiteral("127.0.0.1"), server->port(), QStringLiteral("minutes.md"));
    struct Author
    {
        crdt::Doc doc;
        std::unique_ptr<net::Provider> provider;
    };
    auto author = std::make_shared<Author>();
    author->doc.get<crdt::Text>("codemirror").insert({}, kProse.toStdU16String());
    author->provider =
        std::make_unique<net::Provider>(author->doc, server->attach(address->path()));
    author->provider->start();
    scene.keep(author);
    link = address->toString();
    (void)QTest::qWaitFor(
        [&] { return author->provider->status().state == net::ProviderStatus::State::Synced; });
    return server;
}

bool viewOnly(Scene& scene)
{
    QString link;
    if (!onServer(scene, net::Right::Read, link)) {
        return false;
    }
    scene.window().join(*net::RoomAddress::parse(link), QStringLiteral("codemirror"),
        net::fixedToken(QStringLiteral("token")));
    return QTest::qWaitFor(
        [&] { return scene.page().editor().isReadOnly() && scene.page().bar().isVisible(); });
}

bool tokenAsked(Scene& scene)
{
    QString link;
    if (!onServer(scene, net::Right::Edit, link)) {
        return false;
    }
    scene.window().join(*net::RoomAddress::parse(link), QStringLiteral("codemirror"));
    return QTest::qWaitFor([&] { return scene.page().bar().isVisible(); });
}

/// The server forgot the room, and somebody wrote another text there.
bool diverged(Scene& scene)
{
    auto first = std::make_unique<net::Server>();
    if (!first->listen(QHostAddress::LocalHost, 0)) {
        return false;
    }
    const quint16 port = first->port();
    const auto address =
        net::RoomAddress::make(QStringLiteral("127.0.0.1"), port, QStringLiteral("minutes.md"));
    scene.window().join(*address, QStringLiteral("codemirror"));
    using State = net::ProviderStatus::State;
    const auto state = [&] { return scene.page().session()->status().state; };
    bool came = QTest::qWaitFor([&] { return state() == State::Synced; });
    QTest::keyClicks(&scene.page().editor(), QStringLiteral("one text"));
    came = QTest::qWaitFor([&] { return state() == State::Synced; }) && came;
    first.reset();
    came = QTest::qWaitFor([&] { return state() == State::Offline; }) && came;
    QTest::keyClicks(&scene.page().editor(), QStringLiteral(", longer"));
    auto second = std::make_shared<net::Server>();
    scene.keep(second);
    auto doc = std::make_shared<crdt::Doc>();
    scene.keep(doc);
    doc->get<crdt::Text>("codemirror").insert({}, u"another text");
    auto other = std::make_shared<net::Provider>(*doc, second->attach(address->path()));
    scene.keep(other);
    other->start();
    came = QTest::qWaitFor([&] { return other->status().state == State::Synced; }) && came;
    came = second->listen(QHostAddress::LocalHost, port) && came;
    scene.page().session()->retryNow();
    return QTest::qWaitFor([&] { return state() == State::Rebuilt; }) && came;
}

bool palette(Scene& scene)
{
    code(scene);
    scene.window().picks().showPalette();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("line"));
    return true;
}

bool quickOpen(Scene& scene)
{
    code(scene);
    scene.window().picks().quickOpen();
    return true;
}

bool findBar(Scene& scene)
{
    code(scene);
    scene.page().findBar().openReplace();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("found"));
    const auto* count = scene.page().findChild<QLabel*>(QStringLiteral("findCount"));
    return QTest::qWaitFor([&] { return !count->text().isEmpty(); });
}

bool findNothing(Scene& scene)
{
    code(scene);
    scene.page().findBar().open();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("nowhere"));
    const auto* count = scene.page().findChild<QLabel*>(QStringLiteral("findCount"));
    return QTest::qWaitFor([&] { return !count->text().isEmpty(); });
}

bool findPanel(Scene& scene)
{
    code(scene);
    scene.window().actions().findInDocuments->trigger();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("word"));
    const auto* results =
        scene.window().findChild<QAbstractItemView*>(QStringLiteral("findPanelResults"));
    return QTest::qWaitFor([&] { return results->model()->rowCount() > 0; });
}

bool settings(Scene& scene)
{
    code(scene);
    scene.window().actions().settings->trigger();
    return dialogComes(scene, "settingsDialog");
}

bool settingsEnd(Scene& scene)
{
    const bool came = settings(scene);
    auto* dialog = scene.window().findChild<QWidget*>(QStringLiteral("settingsDialog"));
    QTest::qWait(50);
    for (QScrollArea* area : dialog->findChildren<QScrollArea*>()) {
        area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
    }
    return came;
}

bool settingsMiddle(Scene& scene)
{
    const bool came = settings(scene);
    auto* dialog = scene.window().findChild<QWidget*>(QStringLiteral("settingsDialog"));
    QTest::qWait(50);
    for (QScrollArea* area : dialog->findChildren<QScrollArea*>()) {
        area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum() / 2);
    }
    return came;
}

bool settingsSearch(Scene& scene)
{
    const bool came = settings(scene);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("line"));
    return came;
}

bool shortcuts(Scene& scene)
{
    code(scene);
    scene.window().actions().shortcuts->trigger();
    return dialogComes(scene, "settingsDialog");
}

bool people(Scene& scene)
{
    scene.open(QStringLiteral("minutes.md"), kProse);
    return scene.invite({QStringLiteral("Grace Hopper"), QStringLiteral("Hedy Lamarr"),
        QStringLiteral("Joan Clarke"), QStringLiteral("Annie Easley"),
        QStringLiteral("Karen Spärck Jones"), QStringLiteral("Радья Перлман"),
        QStringLiteral("林美玲"), QStringLiteral("Maximiliane von Hohenstein-Wolfenbüttel")});
}

bool following(Scene& scene)
{
    if (!shared(scene)) {
        return false;
    }
    scene.window().actions().follow->trigger();
    return true;
}

/// Two documents side by side, one of them below once more, and somebody else in it.
bool panes(Scene& scene)
{
    scene.open(QStringLiteral("minutes.md"), kProse);
    scene.open(QStringLiteral("words.cpp"), kCode).editor().goTo(14, 5);
    if (!scene.invite({QStringLiteral("Grace Hopper")})) {
        return false;
    }
    ui::MainWindow& window = scene.window();
    window.actions().splitRight->trigger();
    window.actions().splitDown->trigger();
    scene.page().editor().goTo(38, 1);
    select(scene.guest(0), QStringLiteral("counts[word]"));
    window.actions().nextPane->trigger();
    for (ui::DocumentPage* page : window.pages()) {
        if (page->document().name() == QStringLiteral("minutes.md")) {
            window.showPage(*page);
        }
    }
    return window.panes().panes().size() == 3;
}

bool undoPreview(Scene& scene)
{
    if (!shared(scene)) {
        return false;
    }
    ui::CodeEditor& theirs = scene.guest(0).currentPage()->editor();
    select(scene.guest(0), QStringLiteral("it would be everywhere"));
    QTest::keyClicks(&theirs, QStringLiteral("the empty word is everywhere"));
    if (!QTest::qWaitFor([&] {
            return scene.page().editor().toPlainText().contains(
                QStringLiteral("the empty word is everywhere"));
        })) {
        return false;
    }
    scene.window().actions().undoOthers->trigger();
    return QTest::qWaitFor([&] { return scene.page().findChild<ui::UndoPreview*>() != nullptr; });
}

bool summoned(Scene& scene)
{
    if (!shared(scene)) {
        return false;
    }
    scene.guest(2).actions().summon->trigger();
    return QTest::qWaitFor([&] { return scene.page().bar().isVisible(); });
}

bool joinNearby(Scene& scene)
{
    auto network = std::make_shared<ListedRooms>();
    network->list = twoRoomsNearby();
    scene.keep(network);
    scene.rooms().network = network.get();
    scene.window().askToJoin();
    return dialogComes(scene, "joinDialog");
}

bool opening(Scene& scene)
{
    const QString line = QStringLiteral("a line like many others in a log that grew and grew\n");
    scene.open(QStringLiteral("server.log"), line.repeated(1'000'000));
    return QTest::qWaitFor([&] { return scene.page().bar().isVisible(); });
}

bool compare(Scene& scene)
{
    scene.open(QStringLiteral("words.cpp"), kCode);
    QString theirs = kCode;
    theirs.replace(
        QStringLiteral("it would be everywhere"), QStringLiteral("the empty one is everywhere"));
    theirs.remove(
        QStringLiteral("/// Cost: O(n · m) at worst; a page of text takes microseconds.\n"));
    theirs.replace(QStringLiteral("    return found;\n}"),
        QStringLiteral("    found.shrink_to_fit();\n    return found;\n}"));
    auto view = std::make_unique<ui::CompareView>(
        std::make_unique<FixedSource>(QStringLiteral("Ada Lovelace, 14:02"), kCode),
        std::make_unique<FixedSource>(QStringLiteral("Grace Hopper, 15:30"), theirs));
    view->setFileName(QStringLiteral("words.cpp"));
    scene.page().setComparison(std::move(view));
    return true;
}

bool folded(Scene& scene)
{
    ui::CodeEditor& editor = scene.open(QStringLiteral("words.cpp"), kCode).editor();
    (void)QTest::qWaitFor([] { return false; }, 200);
    editor.goTo(13, 1);
    editor.fold();
    editor.goTo(27, 1);
    editor.fold();
    return !editor.foldedLines().isEmpty();
}

bool carets(Scene& scene)
{
    ui::CodeEditor& editor = scene.open(QStringLiteral("words.cpp"), kCode).editor();
    editor.goTo(14, 30);
    editor.selectLine();
    editor.keepMainCaret();
    select(scene.window(), QStringLiteral("found"));
    editor.selectAllOccurrences();
    return editor.selections().size() > 4;
}

bool whitespace(Scene& scene)
{
    auto& values = ui::SettingValues::instance();
    values.set(QStringLiteral("view/whitespace"), true);
    values.set(QStringLiteral("editor/columnMarker"), 80);
    values.set(QStringLiteral("view/wordWrap"), true);
    code(scene);
    return true;
}

bool message(Scene& scene)
{
    code(scene);
    scene.page().bar().show(QStringLiteral("disk"), ui::InlineBar::Kind::Error,
        QStringLiteral("words.cpp could not be saved: there is no space left on the disk. What you "
                       "wrote is still here."),
        {{QStringLiteral("Try again"), [] { }}, {QStringLiteral("Save as…"), [] { }}});
    return true;
}

bool spelling(Scene& scene)
{
    scene.open(QStringLiteral("minutes.md"), kProse).editor().goTo(8, 40);
    QTest::qWait(500); // it waits until nobody types
    return true;
}

bool closeQuestion(Scene& scene)
{
    code(scene);
    QTest::keyClicks(&scene.page().editor(), QStringLiteral("x"));
    scene.window().actions().closeTab->trigger();
    return dialogComes(scene, "closeQuestion");
}

bool about(Scene& scene)
{
    scene.window().actions().about->trigger();
    return dialogComes(scene, "aboutDialog");
}

bool menu(Scene& scene, int index)
{
    code(scene);
    QMenuBar& bar = *scene.window().menuBar();
    QMenu* menu = bar.actions().at(index)->menu();
    Q_EMIT menu->aboutToShow();
    menu->popup(bar.mapToGlobal(bar.actionGeometry(bar.actions().at(index)).bottomLeft()));
    menu->setActiveAction(menu->actions().at(1));
    return menu->isVisible();
}

bool fileMenu(Scene& scene) { return menu(scene, 0); }
bool editMenu(Scene& scene) { return menu(scene, 1); }
bool viewMenu(Scene& scene) { return menu(scene, 3); }
bool sessionMenu(Scene& scene) { return menu(scene, 4); }

bool manyTabs(Scene& scene)
{
    for (int i = 1; i < 14; ++i) {
        scene.open(QStringLiteral("chapter %1.md").arg(i), kProse);
    }
    QTest::keyClicks(&scene.page().editor(), QStringLiteral("x"));
    return true;
}

constexpr State kStates[]{
    {"first-run", "The first start", firstRun},
    {"code", "A C++ file", code},
    {"shared", "Four people in one file", shared},
    {"people", "Nine people, long and foreign names", people},
    {"following", "Following somebody", following},
    {"panes", "Split view: three panes, one document twice", panes},
    {"undo-preview", "Undo somebody's last change: the preview", undoPreview},
    {"summoned", "Somebody asks to come", summoned},
    {"share", "Share", sharePopover},
    {"join", "Join, from a link", joinDialog},
    {"join-empty", "Join, nothing typed yet", joinEmpty},
    {"join-nearby", "Join, rooms on the network", joinNearby},
    {"offline", "The connection is gone", offline},
    {"view-only", "A room that may only be read", viewOnly},
    {"token", "An access token is asked for", tokenAsked},
    {"diverged", "The room was restarted", diverged},
    {"opening", "A large file on its way", opening},
    {"compare", "Two texts side by side", compare},
    {"palette", "The command palette", palette},
    {"quick-open", "Quick open", quickOpen},
    {"find", "Find and replace", findBar},
    {"find-nothing", "Nothing is found", findNothing},
    {"find-panel", "Find in all open documents", findPanel},
    {"settings", "Settings", settings},
    {"settings-middle", "Settings, further down", settingsMiddle},
    {"settings-end", "Settings, the end", settingsEnd},
    {"settings-search", "Settings that were searched for", settingsSearch},
    {"shortcuts", "Keyboard shortcuts", shortcuts},
    {"folded", "Folded", folded},
    {"carets", "Several carets", carets},
    {"whitespace", "White space, a marker, wrapped lines", whitespace},
    {"message", "A message", message},
    {"spelling", "A word that no dictionary has", spelling},
    {"tabs", "More tabs than there is room for", manyTabs},
    {"close", "Before closing", closeQuestion},
    {"about", "About", about},
    {"menu-file", "The menu File", fileMenu},
    {"menu-edit", "The menu Edit", editMenu},
    {"menu-view", "The menu View", viewMenu},
    {"menu-session", "The menu Session", sessionMenu},
};

} // namespace

std::span<const State> states() { return kStates; }

bool print(const QString& folder, const QString& name)
{
    auto file = std::make_unique<QSaveFile>(QStringLiteral("%1/print-%2.pdf").arg(folder, name));
    auto writer = std::make_unique<QPdfWriter>(file.get());
    writer->setPageMargins(
        QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter); // as the program does
    const KSyntaxHighlighting::Repository repository;
    QString text = kCode;
    text += QStringLiteral("\n// ")
        + QStringLiteral("a line longer than the page is wide; ").repeated(6) + u'\n' + kCode;
    ui::PageExport job({.text = text,
                           .title = QStringLiteral("words.cpp"),
                           .definition = repository.definitionForFileName(QStringLiteral("a.cpp")),
                           .font = ui::Theme::editorFont()},
        std::move(writer), std::move(file));
    std::optional<QString> problem;
    QObject::connect(&job, &ui::TextExport::finished, &job,
        [&problem](const QString& words) { problem = words; });
    job.start();
    return QTest::qWaitFor([&problem] { return problem.has_value(); }, 20'000)
        && problem->isEmpty();
}

} // namespace gallery
