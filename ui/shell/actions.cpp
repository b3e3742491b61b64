// SPDX-License-Identifier: MIT
#include "ui/shell/actions.h"

#include "ui/shell/theme.h"

#include <QMenu>
#include <QMenuBar>

namespace tutti::ui {

Actions::Actions(QObject* parent)
    : QObject(parent)
    , newFile(make("newFile", tr("&New"), QKeySequence::New))
    , openFile(make("openFile", tr("&Open…"), QKeySequence::Open))
    , save(make("save", tr("&Save"), QKeySequence::Save))
    , saveAs(make("saveAs", tr("Save &As…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)))
    , saveAll(make("saveAll", tr("Save A&ll")))
    , closeTab(make("closeTab", tr("&Close Tab"), QKeySequence(Qt::CTRL | Qt::Key_W)))
    , quit(make("quit", tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q)))
    , undo(make("undo", tr("&Undo"), QKeySequence::Undo))
    , redo(make("redo", tr("&Redo"), QKeySequence::Redo))
    , cut(make("cut", tr("Cu&t"), QKeySequence::Cut))
    , copy(make("copy", tr("&Copy"), QKeySequence::Copy))
    , paste(make("paste", tr("&Paste"), QKeySequence::Paste))
    , selectAll(make("selectAll", tr("Select &All"), QKeySequence::SelectAll))
    , find(make("find", tr("&Find…"), QKeySequence::Find))
    , findNext(make("findNext", tr("Find &Next"), QKeySequence(Qt::Key_F3)))
    , findPrevious(make("findPrevious", tr("Find Pre&vious"), QKeySequence(Qt::SHIFT | Qt::Key_F3)))
    , goToLine(make("goToLine", tr("&Go to Line…"), QKeySequence(Qt::CTRL | Qt::Key_G)))
    , zoomIn(make("zoomIn", tr("Zoom &In"), QKeySequence::ZoomIn))
    , zoomOut(make("zoomOut", tr("Zoom &Out"), QKeySequence::ZoomOut))
    , zoomReset(make("zoomReset", tr("&Actual Size"), QKeySequence(Qt::CTRL | Qt::Key_0)))
    , wordWrap(make("wordWrap", tr("&Word Wrap"), QKeySequence(Qt::ALT | Qt::Key_Z)))
    , themes(new QActionGroup(this))
    , language(make("language", tr("Syntax &Language…")))
    , nextTab(make("nextTab", tr("&Next Tab"), QKeySequence(Qt::CTRL | Qt::Key_PageDown)))
    , previousTab(make("previousTab", tr("&Previous Tab"), QKeySequence(Qt::CTRL | Qt::Key_PageUp)))
    , share(make("share", tr("&Share…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)))
    , join(make("join", tr("&Join…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_J)))
    , copyLink(make("copyLink", tr("&Copy Link"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)))
    , leave(make("leave", tr("&Leave")))
    , participants(
          make("participants", tr("&Participants"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P)))
    , shortcuts(make("shortcuts", tr("&Keyboard Shortcuts"), QKeySequence::HelpContents))
    , about(make("about", tr("&About Tutti")))
{
    wordWrap->setCheckable(true);
    participants->setCheckable(true);
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
    zoomIn->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    const std::pair<ThemeChoice, QString> choices[]{
        {ThemeChoice::System, tr("&System")},
        {ThemeChoice::Light, tr("&Light")},
        {ThemeChoice::Dark, tr("&Dark")},
    };
    for (const auto& [choice, text] : choices) {
        auto* action = themes->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        action->setObjectName(QStringLiteral("theme%1").arg(static_cast<int>(choice)));
    }
}

QAction* Actions::make(const char* name, const QString& text, const QKeySequence& shortcut)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1StringView(name));
    action->setShortcut(shortcut);
    m_all.append(action);
    return action;
}

QAction* Actions::make(const char* name, const QString& text, QKeySequence::StandardKey key)
{
    auto* action = make(name, text);
    action->setShortcuts(key);
    return action;
}

void Actions::fill(QMenuBar& bar)
{
    const auto menu = [&bar](const QString& title, const QList<QAction*>& actions) {
        auto* result = bar.addMenu(title);
        for (QAction* action : actions) {
            action == nullptr ? void(result->addSeparator()) : result->addAction(action);
        }
        return result;
    };
    menu(tr("&File"), {newFile, openFile, nullptr, save, saveAs, saveAll, nullptr, closeTab, quit});
    menu(tr("&Edit"),
        {undo, redo, nullptr, cut, copy, paste, selectAll, nullptr, find, findNext, findPrevious,
            goToLine});
    auto* view = menu(tr("&View"), {zoomIn, zoomOut, zoomReset, nullptr, wordWrap});
    auto* theme = view->addMenu(tr("&Theme"));
    theme->addActions(themes->actions());
    view->addAction(language);
    view->addSeparator();
    view->addActions({nextTab, previousTab});
    menu(tr("&Session"), {share, join, nullptr, copyLink, leave, nullptr, participants});
    menu(tr("&Help"), {shortcuts, nullptr, about});
}

QList<QAction*> Actions::withShortcuts() const
{
    QList<QAction*> result;
    for (QAction* action : m_all) {
        if (!action->shortcut().isEmpty()) {
            result.append(action);
        }
    }
    return result;
}

} // namespace tutti::ui
