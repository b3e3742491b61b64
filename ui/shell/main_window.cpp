// SPDX-License-Identifier: MIT
#include "ui/shell/main_window.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/accessible_roles.h"
#include "ui/shell/actions.h"
#include "ui/shell/find_bar.h"
#include "ui/shell/find_panel.h"
#include "ui/shell/focus_order.h"
#include "ui/shell/guide.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/help_dialogs.h"
#include "ui/shell/icons.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/pane.h"
#include "ui/shell/pane_area.h"
#include "ui/shell/participants_panel.h"
#include "ui/shell/setting_table.h"
#include "ui/shell/share_popover.h"
#include "ui/shell/shortcut_bindings.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_picks.h"
#include "ui/shell/window_session.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QGridLayout>
#include <QMenuBar>
#include <QScreen>

#include <algorithm>

namespace tutti::ui {

MainWindow::MainWindow(const Context& context, QWidget* parent)
    : QMainWindow(parent)
    , m_context(context)
    , m_actions(new Actions(this))
    , m_header(new HeaderBar(this))
    , m_panes(new PaneArea(this))
    , m_participants(new ParticipantsPanel(this))
    , m_findPanel(new FindPanel([this] { return pages(); }, this))
    , m_status(new StatusStrip(this))
    , m_popover(new SharePopover(this))
{
    installAccessibleRoles();
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    setMinimumSize(400, 300);
    resize(QSize(1040, 720).boundedTo(screen()->availableSize()));
    restoreGeometry(Settings::geometry());

    auto* body = new QWidget(this);
    auto* layout = new QGridLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header, 0, 0, 1, 2);
    layout->addWidget(m_panes, 1, 0);
    layout->addWidget(m_participants, 1, 1);
    layout->addWidget(m_findPanel, 2, 0, 1, 2);
    layout->setRowStretch(1, 1);
    layout->setColumnStretch(0, 1);
    setCentralWidget(body);
    setStatusBar(m_status);
    m_actions->fill(*menuBar());
    for (QWidget* part :
        std::initializer_list<QWidget*>{m_header, m_participants, m_findPanel, m_status}) {
        makePart(*part);
    }
    m_picks = new WindowPicks(*this);
    m_shortcuts = new ShortcutBindings(*m_actions, this);

    connectPanes();
    connectFiles();
    connectEditing();
    connectView();
    connectSession();
    connectSettings();
    newDocument();
}

MainWindow::~MainWindow()
{
    delete m_session; // while there is what it keeps
    // Dialogs use what was made before them, and would be the last to go.
    qDeleteAll(findChildren<QDialog*>(Qt::FindDirectChildrenOnly));
    for (DocumentPage* page : views()) {
        page->disconnect(this);
    }
    m_panes->disconnect(this);
    m_participants->setModel(nullptr);
    m_header->setParticipants(nullptr);
}

DocumentPage& MainWindow::newDocument()
{
    auto document = std::make_unique<EditorDocument>(m_context.textName);
    document->setUntitledNumber(nextUntitledNumber());
    return addPage(std::move(document), false);
}

DocumentPage* MainWindow::currentPage() const { return m_panes->currentPage(); }

QList<DocumentPage*> MainWindow::views() const { return m_panes->pages(); }

QList<DocumentPage*> MainWindow::pages() const
{
    QList<DocumentPage*> result;
    for (DocumentPage* page : views()) {
        const auto known = std::ranges::find_if(
            result, [page](const DocumentPage* other) { return other->showsSameAs(*page); });
        if (known == result.end()) {
            result.append(page);
        } else if (m_panes->activePane().holds(*page)) {
            *known = page;
        }
    }
    return result;
}

DocumentPage& MainWindow::addPage(std::unique_ptr<EditorDocument> document, bool replacesPristine)
{
    DocumentPage* before = currentPage();
    auto* page = new DocumentPage(std::move(document), this);
    adopt(*page);
    m_panes->add(*page);
    refreshTitle(*page);
    if (replacesPristine && before != nullptr && before->isPristine()) {
        removePage(*before);
    }
    page->setFocus();
    Q_EMIT pageAdded(*page);
    return *page;
}

DocumentPage& MainWindow::addView(DocumentPage& page, Pane& pane, int index)
{
    auto* view = new DocumentPage(page, this);
    adopt(*view);
    m_panes->moveTo(*view, pane, index);
    refreshTitle(*view);
    Q_EMIT pageAdded(*view);
    return *view;
}

void MainWindow::adopt(DocumentPage& page)
{
    CodeEditor& editor = page.editor();
    editor.setTheme(editorTheme());
    editor.setZoomPercent(m_zoom);
    applySettings(page);
    connect(&page, &DocumentPage::titleChanged, this, [this, &page] { refreshTitle(page); });
    connect(&page, &DocumentPage::sessionChanged, this, [this, &page] {
        applySettings(page, SettingSpec::Section::Together);
        refreshTitle(page);
        refreshSession();
    });
    connect(&page, &DocumentPage::connectionChanged, this, &MainWindow::refreshConnection);
    connect(&page, &DocumentPage::saveAsRequested, this, [this, &page] { askForSavePath(page); });
    connect(&page, &DocumentPage::compareRequested, this, [this, &page] { compareWithRoom(page); });
    connect(&editor, &CodeEditor::zoomChanged, this, &MainWindow::setZoom);
    editor.viewport()->installEventFilter(this); // files that are dropped on the text
    editor.installEventFilter(this); // whether it may be written in
}

void MainWindow::removePage(DocumentPage& page)
{
    Q_EMIT page.closed();
    page.disconnect(this);
    m_beingAsked.removeOne(&page); // another view may be left, and closed without asking
    m_settled.removeOne(&page);
    if (m_shown == &page) {
        m_participants->setModel(nullptr);
        m_header->setParticipants(nullptr);
        forgetShown();
    }
    if (page.isOnlyView()) {
        endSession(page);
    }
    m_panes->remove(page);
    page.release();
    page.deleteLater(); // the command to close may have come from inside it
    if (currentPage() == nullptr) {
        newDocument();
    }
}

void MainWindow::connectEditing()
{
    for (const auto& [command, action] : m_actions->editing()) {
        connect(action, &QAction::triggered, this,
            [this, run = command->run] { (currentPage()->editor().*run)(); });
    }
    const auto onFind = [this](QAction* action, auto method) {
        connect(action, &QAction::triggered, this,
            [this, method] { (currentPage()->findBar().*method)(); });
    };
    onFind(m_actions->find, &FindBar::open);
    onFind(m_actions->replace, &FindBar::openReplace);
    onFind(m_actions->findNext, &FindBar::findNext);
    onFind(m_actions->findPrevious, &FindBar::findPrevious);
    connect(m_actions->findInDocuments, &QAction::triggered, this, [this] {
        const QString selected = currentPage()->editor().textCursor().selectedText();
        m_findPanel->open(selected.contains(QChar::ParagraphSeparator) ? QString() : selected);
    });
    connect(m_panes, &PaneArea::arranged, m_findPanel, &FindPanel::refreshPages);
    connect(m_findPanel, &FindPanel::closed, this, [this] { currentPage()->setFocus(); });
    connect(
        m_findPanel, &FindPanel::picked, this, [this](DocumentPage* page, const TextMatch& match) {
            showPage(*page);
            page->editor().setSelections(EditorSelection{match.start, match.end()});
            page->editor().reveal(match.start);
            page->setFocus();
        });

    const auto goToLine = [this] { m_picks->quickOpen(QStringLiteral(":")); };
    connect(m_actions->palette, &QAction::triggered, m_picks, &WindowPicks::showPalette);
    connect(m_actions->quickOpen, &QAction::triggered, m_picks, [this] { m_picks->quickOpen(); });
    connect(m_actions->goToLine, &QAction::triggered, this, goToLine);
    connect(m_status, &StatusStrip::positionClicked, this, goToLine);
    connect(m_status, &StatusStrip::encodingPicked, this, [this](TextEncoding encoding) {
        EditorDocument& document = currentPage()->document();
        document.setFormat({document.format().lineEnd, encoding});
    });
    connect(m_status, &StatusStrip::reopenPicked, this,
        [this](TextEncoding encoding) { currentPage()->reopenAs(encoding); });
    connect(m_status, &StatusStrip::indentationPicked, this,
        [this](const IndentStyle& style) { currentPage()->setIndentation(style); });
    connect(m_status, &StatusStrip::detectIndentationPicked, this,
        [this] { currentPage()->detectIndentation(); });
    connect(m_status, &StatusStrip::convertIndentationPicked, this,
        [this](const IndentStyle& style) { currentPage()->convertIndentation(style); });
    connect(m_status, &StatusStrip::lineEndPicked, this, [this](LineEnd lineEnd) {
        EditorDocument& document = currentPage()->document();
        document.setFormat({lineEnd, document.format().encoding});
    });
}

void MainWindow::connectView()
{
    const auto pickLanguage = [this] { m_picks->pickLanguage(); };
    connect(m_actions->editorTheme, &QAction::triggered, m_picks, &WindowPicks::pickEditorTheme);
    connect(m_actions->language, &QAction::triggered, this, pickLanguage);
    connect(m_status, &StatusStrip::languageClicked, this, pickLanguage);
    const auto step = [this](int by) {
        const Pane& pane = m_panes->activePane();
        const QList<DocumentPage*> tabs = pane.pages();
        showPage(*tabs.at((tabs.indexOf(currentPage()) + by + tabs.size()) % tabs.size()));
    };
    connect(m_actions->nextTab, &QAction::triggered, this, [step] { step(1); });
    connect(m_actions->previousTab, &QAction::triggered, this, [step] { step(-1); });
    connect(m_actions->nextPart, &QAction::triggered, this, [this] { focusNextPart(*this, true); });
    connect(m_actions->previousPart, &QAction::triggered, this,
        [this] { focusNextPart(*this, false); });
    connect(m_actions->guide, &QAction::triggered, this,
        [this] { GuideWindow::show(*m_actions, *this); });
    connect(m_actions->about, &QAction::triggered, this, [this] { showAbout(this); });
}

void MainWindow::forgetShown()
{
    if (m_shown) {
        m_shown->editor().disconnect(m_status);
        m_shown->editor().disconnect(m_actions);
        m_shown->document().disconnect(m_status);
        m_shown->disconnect(m_status);
        m_shown = nullptr;
    }
}

void MainWindow::onCurrentPage()
{
    forgetShown();
    DocumentPage* page = currentPage();
    m_shown = page;
    if (page == nullptr) {
        return;
    }
    page->activate();
    CodeEditor& editor = page->editor();
    connect(&editor, &CodeEditor::caretMoved, m_status, &StatusStrip::setPosition);
    connect(&editor, &CodeEditor::languageChanged, m_status, &StatusStrip::setLanguage);
    connect(&editor, &CodeEditor::canUndoChanged, m_actions, [this] { refreshActions(); });
    connect(&editor, &CodeEditor::canRedoChanged, m_actions, [this] { refreshActions(); });
    connect(&page->document(), &EditorDocument::formatChanged, m_status,
        [this, page] { m_status->setFormat(page->document().format()); });
    connect(page, &DocumentPage::indentationChanged, m_status,
        [this, &editor] { m_status->setIndentation(editor.indentStyle()); });
    m_status->setIndentation(editor.indentStyle());
    m_status->setPosition(editor.line(), editor.column());
    m_status->setLanguage(editor.languageName());
    m_status->setFormat(page->document().format());
    refreshTitle(*page);
    refreshActions();
    refreshSession();
    if (!m_panes->activePane().tabs().hasFocus()) { // there arrow keys go from tab to tab
        page->setFocus();
    }
}

bool MainWindow::focusNextPrevChild(bool next) { return focusNext(*this, next); }

void MainWindow::showPage(DocumentPage& page) { m_panes->showPage(page); }

void MainWindow::refreshTitle(DocumentPage& page)
{
    const EditorDocument& document = page.document();
    Pane* pane = m_panes->paneOf(page);
    if (pane == nullptr) {
        return; // it is on its way in
    }
    QString text = document.name();
    text.replace(QChar(u'&'), QStringLiteral("&&")); // no shortcut
    QString tip = document.path().isEmpty() ? document.name() : document.path();
    if (document.isModified()) {
        tip += QChar(u'\n') + tr("Not saved yet");
    }
    pane->setTab(page, text,
        document.isModified()           ? icon(QStringLiteral("modified"), IconTone::Accent)
            : page.session() != nullptr ? icon(QStringLiteral("people"))
                                        : QIcon(),
        tip);
    if (&page == currentPage()) {
        setWindowTitle(tr("%1[*] – Tutti").arg(document.name()));
        setWindowModified(document.isModified());
        setWindowFilePath(document.path());
        m_header->setPlace(QDir::toNativeSeparators(
            document.path().isEmpty() ? document.name() : document.path()));
    }
}

void MainWindow::refreshActions()
{
    const CodeEditor& editor = currentPage()->editor();
    for (const auto& [command, action] : m_actions->editing()) {
        const QLatin1StringView id(command->id);
        action->setEnabled((!command->edits || !editor.isReadOnly())
            && (id != QLatin1StringView("undo") || editor.canUndo())
            && (id != QLatin1StringView("redo") || editor.canRedo()));
    }
}

void MainWindow::setZoom(int percent)
{
    if (m_zoom == percent) {
        return;
    }
    m_zoom = percent;
    for (DocumentPage* page : views()) {
        page->editor().setZoomPercent(percent);
    }
}

} // namespace tutti::ui
