// SPDX-License-Identifier: MIT
#include "ui/shell/main_window.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/find_bar.h"
#include "ui/shell/find_panel.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/help_dialogs.h"
#include "ui/shell/icons.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/participants_panel.h"
#include "ui/shell/setting_table.h"
#include "ui/shell/share_popover.h"
#include "ui/shell/shortcut_bindings.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_picks.h"
#include "ui/shell/window_session.h"

#include <QApplication>
#include <QGridLayout>
#include <QMenuBar>
#include <QScreen>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace tutti::ui {

MainWindow::MainWindow(const Context& context, QWidget* parent)
    : QMainWindow(parent)
    , m_context(context)
    , m_actions(new Actions(this))
    , m_header(new HeaderBar(this))
    , m_tabs(m_header->tabs())
    , m_stack(new QStackedWidget(this))
    , m_participants(new ParticipantsPanel(this))
    , m_findPanel(new FindPanel([this] { return pages(); }, this))
    , m_status(new StatusStrip(this))
    , m_popover(new SharePopover(this))
{
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
    layout->addWidget(m_stack, 1, 0);
    layout->addWidget(m_participants, 1, 1);
    layout->addWidget(m_findPanel, 2, 0, 1, 2);
    layout->setRowStretch(1, 1);
    layout->setColumnStretch(0, 1);
    setCentralWidget(body);
    setStatusBar(m_status);
    m_actions->fill(*menuBar());
    m_picks = new WindowPicks(*this);
    m_shortcuts = new ShortcutBindings(*m_actions, this);

    connect(m_tabs, &QTabBar::currentChanged, this, &MainWindow::onCurrentPage);
    connect(m_tabs, &QTabBar::currentChanged, this, &MainWindow::arrangementChanged);
    connect(m_tabs, &QTabBar::tabMoved, this, &MainWindow::arrangementChanged);
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
    for (DocumentPage* page : pages()) {
        page->disconnect(this);
    }
    m_tabs->disconnect(this);
    m_participants->setModel(nullptr);
    m_header->setParticipants(nullptr);
}

DocumentPage& MainWindow::newDocument()
{
    auto document = std::make_unique<EditorDocument>(m_context.textName);
    document->setUntitledNumber(nextUntitledNumber());
    return addPage(std::move(document), false);
}

DocumentPage* MainWindow::currentPage() const { return pageAt(m_tabs->currentIndex()); }

QList<DocumentPage*> MainWindow::pages() const
{
    QList<DocumentPage*> result;
    for (int i = 0; i < m_tabs->count(); ++i) {
        result.append(pageAt(i));
    }
    return result;
}

DocumentPage& MainWindow::addPage(std::unique_ptr<EditorDocument> document, bool replacesPristine)
{
    DocumentPage* before = currentPage();
    auto* page = new DocumentPage(std::move(document), this);
    CodeEditor& editor = page->editor();
    editor.setTheme(editorTheme());
    editor.setZoomPercent(m_zoom);
    applySettings(*page);
    connect(page, &DocumentPage::titleChanged, this, [this, page] { refreshTitle(*page); });
    connect(page, &DocumentPage::sessionChanged, this, [this, page] {
        applySettings(*page, SettingSpec::Section::Together);
        refreshTitle(*page);
        refreshSession();
    });
    connect(page, &DocumentPage::connectionChanged, this, &MainWindow::refreshConnection);
    connect(page, &DocumentPage::saveAsRequested, this, [this, page] { askForSavePath(*page); });
    connect(page, &DocumentPage::compareRequested, this, [this, page] { compareWithRoom(*page); });
    connect(&editor, &CodeEditor::zoomChanged, this, &MainWindow::setZoom);
    editor.viewport()->installEventFilter(this); // files that are dropped on the text
    editor.installEventFilter(this); // whether it may be written in

    m_stack->addWidget(page);
    const int index = m_tabs->addTab(QString());
    m_tabs->setTabData(index, QVariant::fromValue<QObject*>(page));
    if (index == 0) {
        onCurrentPage(); // it became current before it had a page
    }
    auto* closeButton = new QToolButton(m_tabs);
    closeButton->setObjectName(QStringLiteral("tabClose"));
    closeButton->setIcon(icon(QStringLiteral("close")));
    closeButton->setIconSize(QSize(14, 14));
    closeButton->setToolTip(tr("Close"));
    closeButton->setAccessibleName(tr("Close tab"));
    closeButton->setFocusPolicy(Qt::NoFocus);
    connect(closeButton, &QToolButton::clicked, this, [this, page] { closePage(*page); });
    m_tabs->setTabButton(index, QTabBar::RightSide, closeButton);
    refreshTitle(*page);
    m_tabs->setCurrentIndex(index);
    if (replacesPristine && before != nullptr && before->isPristine()) {
        removePage(*before);
    }
    page->setFocus();
    Q_EMIT pageAdded(*page);
    return *page;
}

void MainWindow::removePage(DocumentPage& page)
{
    Q_EMIT page.closed();
    page.disconnect(this);
    if (m_shown == &page) {
        m_participants->setModel(nullptr);
        m_header->setParticipants(nullptr);
    }
    endSession(page);
    m_tabs->removeTab(indexOf(page));
    m_stack->removeWidget(&page);
    page.deleteLater(); // the command to close may have come from inside it
    if (m_tabs->count() == 0) {
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
    connect(m_tabs, &QTabBar::currentChanged, this, [this] { m_findPanel->refreshPages(); });
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
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + m_tabs->count()) % m_tabs->count());
    };
    connect(m_actions->nextTab, &QAction::triggered, this, [step] { step(1); });
    connect(m_actions->previousTab, &QAction::triggered, this, [step] { step(-1); });
    connect(m_actions->about, &QAction::triggered, this, [this] { showAbout(this); });
}

void MainWindow::onCurrentPage()
{
    if (m_shown) {
        m_shown->editor().disconnect(m_status);
        m_shown->editor().disconnect(m_actions);
        m_shown->document().disconnect(m_status);
        m_shown->disconnect(m_status);
    }
    DocumentPage* page = currentPage();
    m_shown = page;
    if (page == nullptr) {
        return;
    }
    m_stack->setCurrentWidget(page);
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
    page->setFocus();
}

DocumentPage* MainWindow::pageAt(int index) const
{
    return static_cast<DocumentPage*>(m_tabs->tabData(index).value<QObject*>());
}

int MainWindow::indexOf(const DocumentPage& page) const
{
    return static_cast<int>(pages().indexOf(&page));
}

void MainWindow::showPage(DocumentPage& page) { m_tabs->setCurrentIndex(indexOf(page)); }

void MainWindow::refreshTitle(DocumentPage& page)
{
    const EditorDocument& document = page.document();
    const int index = indexOf(page);
    QString text = document.name();
    text.replace(QChar(u'&'), QStringLiteral("&&")); // no shortcut
    m_tabs->setTabText(index, text);
    m_tabs->setTabIcon(index,
        document.isModified()           ? icon(QStringLiteral("modified"), IconTone::Accent)
            : page.session() != nullptr ? icon(QStringLiteral("people"))
                                        : QIcon());
    QString tip = document.path().isEmpty() ? document.name() : document.path();
    if (document.isModified()) {
        tip += QChar(u'\n') + tr("Not saved yet");
    }
    m_tabs->setTabToolTip(index, tip);
    if (&page == currentPage()) {
        setWindowTitle(tr("%1[*] – Tutti").arg(document.name()));
        setWindowModified(document.isModified());
        setWindowFilePath(document.path());
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
    for (DocumentPage* page : pages()) {
        page->editor().setZoomPercent(percent);
    }
}

} // namespace tutti::ui
