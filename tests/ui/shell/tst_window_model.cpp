// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "tests/ui/support/qt_test.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/document_binding.h"
#include "ui/presence/follow.h"
#include "ui/shell/actions.h"
#include "ui/shell/opening.h"
#include "ui/shell/pane.h"
#include "ui/shell/pane_area.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_session.h"

#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <random>

using namespace tutti;
using ui::CodeEditor;
using ui::DocumentPage;
using ui::MainWindow;
using ui::Pane;
using ui::PaneArea;

/// Two windows do whatever comes to mind, thousands of times if asked to; after each step nothing
/// may be lost, torn or left behind. TUTTI_SEED and TUTTI_STEPS say which and how many.
class TestWindowModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anything_data();
    void anything();

private:
    struct Action
    {
        const char* name;
        int weight;
        std::function<void(MainWindow&)> run;
    };

    [[nodiscard]] int below(qsizetype end)
    {
        return std::uniform_int_distribution<int>(0, static_cast<int>(end) - 1)(m_random);
    }
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }
    template <typename T>
    [[nodiscard]] T oneOf(const QList<T>& list)
    {
        return list.at(below(list.size()));
    }
    [[nodiscard]] std::vector<Action> actions();
    void run(std::uint64_t seed, int steps);
    void typeIn(CodeEditor& editor);
    void answer(MainWindow& window);
    void dragATab(MainWindow& window);
    void leaveAndComeBack();
    static void settle();
    /// Empty when all is well.
    [[nodiscard]] static QString wrongIn(MainWindow& window);
    [[nodiscard]] QString apart() const;
    /// What the next run has to show again: of each document its text, and how many views it has.
    [[nodiscard]] static QStringList kept(const MainWindow& window, bool withViews);

    std::mt19937_64 m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_ada;
    std::unique_ptr<MainWindow> m_grace;
    QString m_problem;
};

void TestWindowModel::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestWindowModel::settle()
{
    // Rooms, bindings and lists are each one turn of the event loop behind; the others' two more.
    for (int i = 0; i < 6; ++i) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

void TestWindowModel::typeIn(CodeEditor& editor)
{
    if (editor.isReadOnly()) {
        return;
    }
    static const QStringList keys{
        QStringLiteral("a"), QStringLiteral("bc "), QStringLiteral("("), QStringLiteral("12")};
    static const QStringList pieces{QStringLiteral("x\ty"), QStringLiteral("ä\n"),
        QStringLiteral("😀"), QStringLiteral("one\ntwo\n")};
    editor.goTo(1 + below(editor.document()->blockCount()), 1 + below(8));
    switch (below(6)) {
    case 0:
        QTest::keyClick(&editor, Qt::Key_Backspace);
        break;
    case 1:
        QTest::keyClick(&editor, Qt::Key_Return);
        break;
    case 2:
        QTest::keyClick(&editor, Qt::Key_Delete);
        break;
    case 3:
        editor.insertPlainText(oneOf(pieces)); // past the commands, as an input method
        break;
    default:
        QTest::keyClicks(&editor, oneOf(keys));
    }
}

void TestWindowModel::answer(MainWindow& window)
{
    for (int i = 0; i < 20; ++i) {
        QMessageBox* open = nullptr;
        for (QMessageBox* box : window.findChildren<QMessageBox*>()) {
            open = box->isVisible() ? box : open;
        }
        if (open == nullptr) {
            return;
        }
        QList<QAbstractButton*> buttons;
        for (QAbstractButton* button : open->buttons()) {
            const auto role = open->buttonRole(button);
            if (role == QMessageBox::DestructiveRole || role == QMessageBox::RejectRole) {
                buttons.append(button); // saving would ask for a name
            }
        }
        oneOf(buttons)->click();
        settle();
    }
}

void TestWindowModel::dragATab(MainWindow& window)
{
    DocumentPage* page = oneOf(window.views());
    ui::PaneTabs& tabs = window.panes().paneOf(*page)->tabs();
    const QPoint from = tabs.tabRect(tabs.indexOf(*page)).center();
    Pane* to = oneOf(window.panes().panes());
    const QPoint place =
        to->mapToGlobal(QPoint(below(std::max(to->width(), 1)), below(std::max(to->height(), 1))));
    QTest::mousePress(&tabs, Qt::LeftButton, {}, from);
    QTest::mouseMove(&tabs, from + QPoint(0, 60));
    const QPointer<ui::PaneTabs> row(&tabs);
    if (chance(15)) {
        window.actions().closeTab->trigger(); // while it is held
        answer(window);
    }
    if (row) {
        QTest::mouseMove(row, row->mapFromGlobal(place));
        QTest::mouseRelease(row, Qt::LeftButton, chance(30) ? Qt::ControlModifier : Qt::NoModifier,
            row->mapFromGlobal(place));
    }
}

QStringList TestWindowModel::kept(const MainWindow& window, bool withViews)
{
    QStringList result;
    for (const DocumentPage* page : window.pages()) {
        const ui::EditorDocument& document = page->document();
        if (document.path().isEmpty() && (document.isEmpty() || !document.isModified())) {
            continue;
        }
        const auto views = !withViews
            ? 1
            : std::ranges::count_if(window.views(),
                  [page](const DocumentPage* other) { return other->showsSameAs(*page); });
        result.append(QStringLiteral("%1 %2 %3 %4")
                .arg(document.path().section(u'/', -1), QString::number(document.isModified()),
                    QString::number(views), document.content()));
    }
    result.sort();
    return result;
}

void TestWindowModel::leaveAndComeBack()
{
    // A window that goes without being asked: what a crash leaves, and what was not written yet.
    for (DocumentPage* page : m_ada->pages()) {
        if (page->session() != nullptr) {
            m_ada->showPage(*page);
            m_ada->actions().leave->trigger();
        }
    }
    settle();
    const bool split = m_ada->panes().isSplit(); // else only the documents are kept
    const QStringList before = kept(*m_ada, split);
    m_ada.reset();
    m_ada = shownWindow(*m_rooms, *m_theme);
    m_ada->keepSession(true);
    settle();
    const QStringList after = kept(*m_ada, split);
    if (before != after) {
        m_problem = QStringLiteral("restored:\n%1\ninstead of:\n%2")
                        .arg(after.join(u'\n'), before.join(u'\n'));
    }
}

std::vector<TestWindowModel::Action> TestWindowModel::actions()
{
    using Window = MainWindow&;
    constexpr int kMostViews = 12;
    constexpr int kMostPanes = 6;
    const auto file = [this] {
        return m_folder->filePath(QStringLiteral("file%1.txt").arg(below(5)));
    };
    return {
        {"type", 40,
            [this](Window w) {
                DocumentPage* page = oneOf(w.views());
                if (chance(50)) {
                    w.showPage(*page);
                }
                typeIn(page->editor());
            }},
        {"undo", 8, [this](Window w) { oneOf(w.views())->editor().undo(); }},
        {"redo", 5, [this](Window w) { oneOf(w.views())->editor().redo(); }},
        {"new", 4,
            [](Window w) {
                if (w.views().size() < kMostViews) {
                    w.newDocument();
                }
            }},
        {"open", 4,
            [file](Window w) {
                if (w.views().size() < kMostViews) {
                    w.openFile(file());
                }
            }},
        {"show", 10, [this](Window w) { w.showPage(*oneOf(w.views())); }},
        {"split", 6,
            [this](Window w) {
                if (w.panes().panes().size() < kMostPanes && w.views().size() < kMostViews) {
                    (chance(50) ? w.actions().splitRight : w.actions().splitDown)->trigger();
                }
            }},
        {"view", 4,
            [this](Window w) {
                if (w.views().size() < kMostViews) {
                    w.addView(*oneOf(w.views()), *oneOf(w.panes().panes()), below(4) - 1);
                }
            }},
        {"move", 6,
            [this](Window w) {
                Pane* to = oneOf(w.panes().panes());
                w.panes().moveTo(*oneOf(w.views()), *to, below(to->pages().size() + 2) - 1);
            }},
        {"next pane", 3, [](Window w) { w.actions().moveToNextPane->trigger(); }},
        {"drag", 6, [this](Window w) { dragATab(w); }},
        {"join panes", 1, [](Window w) { w.actions().joinPanes->trigger(); }},
        {"close", 9,
            [this](Window w) {
                w.showPage(*oneOf(w.views()));
                w.actions().closeTab->trigger();
                answer(w);
            }},
        {"close others", 1,
            [this](Window w) {
                w.actions().closeOthers->trigger();
                answer(w);
            }},
        {"share", 5,
            [this](Window w) {
                DocumentPage* page = oneOf(w.pages());
                if (const auto link = w.share(*page)) {
                    MainWindow& other = &w == m_ada.get() ? *m_grace : *m_ada;
                    other.join(*net::RoomAddress::parse(*link), QStringLiteral("codemirror"));
                }
            }},
        {"leave", 2, [](Window w) { w.actions().leave->trigger(); }},
        {"follow", 4, [](Window w) { w.actions().follow->trigger(); }},
        {"summon", 2, [](Window w) { w.actions().summon->trigger(); }},
        {"come", 4,
            [](Window w) {
                auto* go =
                    w.currentPage()->findChild<QPushButton*>(QStringLiteral("inlineBarAction0"));
                if (go != nullptr && go->isVisible() && go->text() == QStringLiteral("Go there")) {
                    go->click();
                }
            }},
        {"undo others", 4,
            [](Window w) {
                w.actions().undoOthers->trigger();
                auto* undo =
                    w.currentPage()->findChild<QPushButton*>(QStringLiteral("undoPreviewUndo"));
                if (undo != nullptr && undo->isVisible()) {
                    undo->click();
                }
            }},
        {"save", 4,
            [this, file](Window w) {
                DocumentPage* page = oneOf(w.pages());
                const QString path = file(); // also under another name
                const bool isOpen = std::ranges::any_of(
                    m_ada->pages() + m_grace->pages(), [&path](const DocumentPage* other) {
                        return other->document().path() == path;
                    });
                if (ui::Opening::of(*page) == nullptr && !isOpen) {
                    (void)page->document().saveAs(path);
                }
            }},
        {"encoding", 1,
            [this](Window w) {
                ui::EditorDocument& document = oneOf(w.pages())->document();
                document.setFormat(
                    {chance(50) ? ui::LineEnd::Lf : ui::LineEnd::CrLf, document.format().encoding});
            }},
        {"come back", 1, [this](Window) { leaveAndComeBack(); }},
    };
}

QString TestWindowModel::wrongIn(MainWindow& window)
{
    PaneArea& panes = window.panes();
    const QList<DocumentPage*> views = window.views();
    if (views.isEmpty() || window.currentPage() == nullptr) {
        return QStringLiteral("nothing is shown");
    }
    if (window.findChildren<DocumentPage*>().size() != views.size()) {
        return QStringLiteral("a page that was closed is left, or is in no pane");
    }
    if (window.findChildren<Pane*>().size() != panes.panes().size()) {
        return QStringLiteral("a pane is left");
    }
    if (QGuiApplication::overrideCursor() != nullptr) {
        return QStringLiteral("the cursor of a drag is left");
    }
    if (!panes.panes().contains(&panes.activePane())
        || panes.activePane().currentPage() != window.currentPage()) {
        return QStringLiteral("the active pane is not there, or shows something else");
    }
    for (const Pane* pane : panes.panes()) {
        if (pane->pages().isEmpty() || pane->currentPage() == nullptr
            || !pane->currentPage()->isVisibleTo(&window) || pane->tabs().isHidden()) {
            return QStringLiteral("a pane shows nothing");
        }
    }
    QList<const ui::EditorDocument*> documents;
    for (DocumentPage* page : views) {
        if (views.count(page) != 1) {
            return QStringLiteral("a page is in two places");
        }
        const ui::EditorDocument& document = page->document();
        if (!documents.contains(&document)) {
            documents.append(&document);
        }
        CodeEditor& editor = page->editor();
        editor.binding()->flush();
        if (editor.toPlainText() != document.content()) {
            return QStringLiteral("a view of %1 has another text: %2 instead of %3")
                .arg(document.name(), editor.toPlainText(), document.content());
        }
        const auto same = std::ranges::count_if(
            views, [page](const DocumentPage* other) { return other->showsSameAs(*page); });
        if (page->isOnlyView() != (same == 1)) {
            return QStringLiteral("%1 has other views than are shown").arg(document.name());
        }
        if (page->session() != nullptr && &page->session()->viewOf(editor).editor() != &editor) {
            return QStringLiteral("the session of %1 lacks a view").arg(document.name());
        }
        const auto first = std::ranges::find_if(
            views, [page](const DocumentPage* other) { return other->showsSameAs(*page); });
        if (editor.canUndo() != (*first)->editor().canUndo()) {
            return QStringLiteral("views of %1 disagree about undo").arg(document.name());
        }
    }
    if (window.pages().size() != documents.size()) {
        return QStringLiteral("pages() has not each document once");
    }
    return {};
}

QString TestWindowModel::apart() const
{
    for (const DocumentPage* ours : m_ada->pages()) {
        for (const DocumentPage* theirs : m_grace->pages()) {
            if (ours->session() != nullptr && theirs->session() != nullptr
                && ours->session()->link() == theirs->session()->link()
                && ours->session()->status().isConnected()
                && theirs->session()->status().isConnected()
                && ours->document().content() != theirs->document().content()) {
                return QStringLiteral("%1 and %2")
                    .arg(ours->document().content(), theirs->document().content());
            }
        }
    }
    return {};
}

void TestWindowModel::run(std::uint64_t seed, int steps)
{
    m_random.seed(seed);
    m_problem.clear();
    QSettings().clear();
    QDir(ui::WindowSession::folder()).removeRecursively();
    m_folder = std::make_unique<QTemporaryDir>();
    for (int i = 0; i < 3; ++i) {
        QFile file(m_folder->filePath(QStringLiteral("file%1.txt").arg(i)));
        QVERIFY(file.open(QFile::WriteOnly) && file.write("one\ntwo\nthree\n") > 0);
    }
    m_rooms = std::make_unique<MemoryRooms>();
    m_ada = shownWindow(*m_rooms, *m_theme);
    m_ada->keepSession(false);
    m_grace = shownWindow(*m_rooms, *m_theme);
    const std::vector<Action> all = actions();
    std::vector<int> weights;
    std::ranges::transform(all, std::back_inserter(weights), &Action::weight);
    std::discrete_distribution<std::size_t> choose(weights.begin(), weights.end());
    for (int step = 0; step < steps; ++step) {
        const Action& action = all.at(choose(m_random));
        const bool atAda = chance(60);
        if (qEnvironmentVariableIsSet("TUTTI_VERBOSE")) {
            qInfo("%d %s %s", step, atAda ? "Ada" : "Grace", action.name);
        }
        action.run(atAda ? *m_ada : *m_grace);
        if (chance(70)) {
            settle();
        }
        for (MainWindow* window : {m_ada.get(), m_grace.get()}) {
            answer(*window);
            settle();
            m_problem += wrongIn(*window);
        }
        if (step % 16 == 0) {
            const auto agree = [this] { return apart().isEmpty(); };
            if (!QTest::qWaitFor(agree)) {
                m_problem += QStringLiteral("the windows are apart: ") + apart();
            }
        }
        if (!m_problem.isEmpty()) {
            QFAIL(qPrintable(QStringLiteral("seed %1, step %2, %3: %4")
                    .arg(QString::number(seed), QString::number(step),
                        QLatin1StringView(action.name), m_problem)));
        }
    }
    m_grace.reset();
    m_ada.reset();
    m_rooms.reset();
}

void TestWindowModel::anything_data()
{
    QTest::addColumn<quint64>("seed");
    const quint64 asked = qEnvironmentVariable("TUTTI_SEED").toULongLong();
    if (asked != 0) {
        QTest::newRow("asked for") << asked;
        return;
    }
    for (const quint64 seed : {1, 2, 3}) {
        QTest::addRow("seed %llu", seed) << seed;
    }
}

void TestWindowModel::anything()
{
    QFETCH(quint64, seed);
    bool said = false;
    const int steps = qEnvironmentVariableIntValue("TUTTI_STEPS", &said);
    run(seed, said ? steps : 200);
}

QTEST_MAIN(TestWindowModel)
#include "tst_window_model.moc"
