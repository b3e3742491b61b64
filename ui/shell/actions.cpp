// SPDX-License-Identifier: MIT
#include "ui/shell/actions.h"

#include "ui/shell/theme.h"

#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace tutti::ui {

namespace {

/// The text area's commands before which a menu has a line.
constexpr std::array<QLatin1StringView, 2> kBeginSections{
    QLatin1StringView("cut"),
    QLatin1StringView("toggleComment"),
};

} // namespace

QString plainText(QString text)
{
    // Scripts that have no letters on the keys have the mnemonic behind, as in 文件(&F).
    static const QRegularExpression behind(QStringLiteral("\\(&[^&]\\)"));
    text.remove(behind);
    // A single & marks the mnemonic, a double one is one that is shown.
    text.replace(QStringLiteral("&&"), QStringLiteral("\x01"));
    text.remove(QChar(u'&'));
    text.replace(QChar(u'\x01'), QChar(u'&'));
    while (text.endsWith(QChar(u'…'))) {
        text.chop(1);
    }
    return text;
}

Actions::Actions(QObject* parent)
    : QObject(parent)
    , newFile(make("newFile", tr("&New"), QKeySequence::New))
    , openFile(make("openFile", tr("&Open…"), QKeySequence::Open))
    , quickOpen(make("quickOpen", tr("Quic&k Open…"), QKeySequence(Qt::CTRL | Qt::Key_P)))
    , clearRecent(make("clearRecent", tr("&Clear Recent Files and Rooms")))
    , save(make("save", tr("&Save"), QKeySequence::Save))
    , saveAs(make("saveAs", tr("Save &As…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)))
    , saveAll(make("saveAll", tr("Save A&ll")))
    , print(make("print", tr("&Print…")))
    , exportPdf(make("exportPdf", tr("Export as P&DF…")))
    , exportHtml(make("exportHtml", tr("Export as &HTML…")))
    , closeTab(make("closeTab", tr("&Close Tab"), QKeySequence(Qt::CTRL | Qt::Key_W)))
    , closeOthers(make("closeOthers", tr("Clos&e Other Tabs")))
    , quit(make("quit", tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q)))
    , find(make("find", tr("&Find…"), QKeySequence::Find))
    , findNext(make("findNext", tr("Find &Next"), QKeySequence(Qt::Key_F3)))
    , findPrevious(make("findPrevious", tr("Find Pre&vious"), QKeySequence(Qt::SHIFT | Qt::Key_F3)))
    , replace(make(QStringLiteral("replace"), tr("R&eplace…"),
          QList<QKeySequence>{
              QKeySequence(Qt::CTRL | Qt::Key_H), QKeySequence(Qt::CTRL | Qt::Key_R)}))
    , findInDocuments(make("findInDocuments", tr("Find in Open &Documents…"),
          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)))
    , goToLine(make("goToLine", tr("&Go to Line…"), QKeySequence(Qt::CTRL | Qt::Key_G)))
    , palette(
          make("palette", tr("&Command Palette…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)))
    , wordWrap(make("wordWrap", tr("&Word Wrap"), QKeySequence(Qt::ALT | Qt::Key_Z)))
    , themes(new QActionGroup(this))
    , editorTheme(make("editorTheme", tr("&Editor Theme…")))
    , language(make("language", tr("&Syntax Language…")))
    , nextTab(make("nextTab", tr("&Next Tab"), QKeySequence(Qt::CTRL | Qt::Key_PageDown)))
    , previousTab(make("previousTab", tr("&Previous Tab"), QKeySequence(Qt::CTRL | Qt::Key_PageUp)))
    , splitRight(make("splitRight", tr("Split &Right"), QKeySequence(Qt::CTRL | Qt::Key_Backslash)))
    , splitDown(make(
          "splitDown", tr("Split &Down"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Backslash)))
    , nextPane(make("nextPane", tr("&Next Pane"), QKeySequence(Qt::Key_F8)))
    , previousPane(make("previousPane", tr("&Previous Pane"), QKeySequence(Qt::SHIFT | Qt::Key_F8)))
    , moveToNextPane(make("moveToNextPane", tr("&Move Tab to Next Pane"),
          QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_PageDown)))
    , joinPanes(make("joinPanes", tr("&Join All Panes")))
    , nextPart(make("nextPart", tr("Ne&xt Part of the Window"), QKeySequence(Qt::Key_F6)))
    , previousPart(make(
          "previousPart", tr("Pre&vious Part of the Window"), QKeySequence(Qt::SHIFT | Qt::Key_F6)))
    , tabMovesFocus(
          make("tabMovesFocus", tr("Ta&b Key Moves the Focus"), QKeySequence(Qt::CTRL | Qt::Key_M)))
    , share(make("share", tr("&Share…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)))
    , join(make("join", tr("&Join…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_J)))
    , copyLink(make("copyLink", tr("&Copy Link"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)))
    , leave(make("leave", tr("&Leave")))
    , follow(
          make("follow", tr("&Follow Next Person"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_F)))
    , participants(
          make("participants", tr("&Participants"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P)))
    , summon(make("summon", tr("&Ask Everybody to Come Here")))
    , undoOthers(make("undoOthers", tr("&Undo Last Change by Somebody…")))
    , settings(make("settings", tr("&Settings…"), QKeySequence(Qt::CTRL | Qt::Key_Comma)))
    , shortcuts(make("shortcuts", tr("&Keyboard Shortcuts…")))
    , guide(make("guide", tr("User's &Guide"), QKeySequence::HelpContents))
    , about(make("about", tr("&About Tutti")))
{
    wordWrap->setCheckable(true);
    tabMovesFocus->setCheckable(true);
    participants->setCheckable(true);
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
    makeThemes();
    makeEditing();
}

void Actions::makeThemes()
{
    const std::pair<ThemeChoice, QString> choices[]{
        {ThemeChoice::System, tr("&System")},
        {ThemeChoice::Light, tr("&Light")},
        {ThemeChoice::Dark, tr("&Dark")},
    };
    for (const auto& [choice, text] : choices) {
        auto* action = make(QStringLiteral("theme%1").arg(static_cast<int>(choice)), text);
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        themes->addAction(action);
    }
}

void Actions::makeEditing()
{
    for (const EditorCommand& command : editorCommands()) {
        QAction* action = make(QString::fromLatin1(command.id), command.title(), command.keys());
        m_editing.append({&command, action});
    }
}

QAction* Actions::make(const QString& id, const QString& text, const QList<QKeySequence>& keys)
{
    auto* action = new QAction(text, this);
    action->setObjectName(id);
    action->setShortcuts(keys);
    m_all.append(action);
    m_origins[action].defaults = keys;
    return action;
}

QAction* Actions::make(const char* id, const QString& text, const QKeySequence& keys)
{
    return make(QString::fromLatin1(id), text,
        keys.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{keys});
}

QAction* Actions::make(const char* id, const QString& text, QKeySequence::StandardKey key)
{
    return make(QString::fromLatin1(id), text, QKeySequence::keyBindings(key));
}

void Actions::addTo(QMenu& menu, const QString& path, const QList<QAction*>& actions)
{
    for (QAction* action : actions) {
        if (action == nullptr) {
            menu.addSeparator();
        } else {
            menu.addAction(action);
            m_origins[action].menu = path;
        }
    }
}

QMenu* Actions::addMenu(QMenuBar& bar, const QString& title, const QList<QAction*>& actions)
{
    auto* menu = bar.addMenu(title);
    m_menuKeys.append(QKeySequence::mnemonic(title));
    addTo(*menu, plainText(title), actions);
    return menu;
}

QMenu* Actions::addSubmenu(QMenu& menu, const QString& title, const QList<QAction*>& actions)
{
    auto* submenu = menu.addMenu(title);
    addTo(*submenu,
        tr("%1 › %2", "a menu and its submenu").arg(plainText(menu.title()), plainText(title)),
        actions);
    return submenu;
}

QList<QAction*> Actions::group(EditorCommand::Group group) const
{
    QList<QAction*> result;
    for (const auto& [command, action] : m_editing) {
        if (command->group != group) {
            continue;
        }
        if (!result.isEmpty()
            && std::ranges::contains(kBeginSections, QLatin1StringView(command->id))) {
            result.append(nullptr);
        }
        result.append(action);
    }
    return result;
}

void Actions::fill(QMenuBar& bar)
{
    using Group = EditorCommand::Group;
    auto* file = addMenu(bar, tr("&File"), {newFile, openFile, quickOpen});
    recentMenu = addSubmenu(*file, tr("Open &Recent"), {clearRecent});
    addTo(*file, plainText(file->title()),
        {nullptr, save, saveAs, saveAll, nullptr, print, exportPdf, exportHtml, nullptr, closeTab,
            closeOthers, quit});
    auto* edit = addMenu(bar, tr("&Edit"), group(Group::Edit));
    if (const QList<QAction*> lines = group(Group::Lines); !lines.isEmpty()) {
        edit->addSeparator();
        addSubmenu(*edit, tr("&Lines"), lines);
    }
    addTo(*edit, plainText(edit->title()),
        {nullptr, find, findNext, findPrevious, replace, findInDocuments, goToLine});
    addMenu(bar, tr("Se&lection"), group(Group::Selection));
    auto* view = addMenu(bar, tr("&View"),
        QList<QAction*>{palette, nullptr} + group(Group::View)
            + QList<QAction*>{nullptr, wordWrap, language, nullptr, nextTab, previousTab, nextPart,
                previousPart, tabMovesFocus});
    addSubmenu(*view, tr("Pan&es"),
        {splitRight, splitDown, nullptr, nextPane, previousPane, moveToNextPane, nullptr,
            joinPanes});
    addMenu(bar, tr("&Session"),
        {share, join, nullptr, copyLink, leave, nullptr, participants, follow, summon, undoOthers});
    auto* settingsMenu = addMenu(bar, tr("Se&ttings"), {settings, shortcuts});
    addSubmenu(*settingsMenu, tr("&Theme"), themes->actions());
    addTo(*settingsMenu, plainText(settingsMenu->title()), {editorTheme});
    addMenu(bar, tr("&Help"), {guide, about});
}

QAction* Actions::byId(QStringView id) const
{
    const auto at = std::ranges::find_if(
        m_all, [id](const QAction* action) { return action->objectName() == id; });
    return at == m_all.end() ? nullptr : *at;
}

QString Actions::menuOf(const QAction& action) const { return m_origins.value(&action).menu; }

QList<QKeySequence> Actions::defaultShortcutsOf(const QAction& action) const
{
    return m_origins.value(&action).defaults;
}

} // namespace tutti::ui
