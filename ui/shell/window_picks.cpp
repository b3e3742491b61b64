// SPDX-License-Identifier: MIT
#include "ui/shell/window_picks.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/quick_pick.h"
#include "ui/shell/setting_values.h"
#include "ui/shell/settings.h"
#include "ui/shell/theme.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

const auto kUsed = QStringLiteral("palette/used");
constexpr qsizetype kMaxUsed = 12;
/// What it is worth to have been used lately, or to be open: less than a better match.
constexpr int kLately = 4;
/// Languages are so many that a command goes before them.
constexpr int kOneOfMany = -20;

const auto kDocument = QStringLiteral("document:");
const auto kFile = QStringLiteral("file:");
const auto kRoom = QStringLiteral("room:");
const auto kLine = QStringLiteral("line:");
const auto kLanguage = QStringLiteral("language:");
const auto kEditorTheme = QStringLiteral("editorTheme:");

/// Of the theme that is to be seen now.
QString editorThemeSetting() { return Settings::editorThemeId(ThemeColors::current().dark); }

QString folderShown(const QString& folder)
{
    const QString home = QDir::homePath();
    return folder == home                       ? QStringLiteral("~")
        : folder.startsWith(home + QChar(u'/')) ? QChar(u'~') + folder.sliced(home.size())
                                                : folder;
}

} // namespace

TypedPlace TypedPlace::parse(const QString& typed)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(?<name>.*?):(?:(?<line>\\d{1,9})(?::(?<column>\\d{0,9}))?)?$"));
    const auto match = pattern.match(typed);
    if (!match.hasMatch()) {
        return {.name = typed};
    }
    return {.name = match.captured(u"name"),
        .line = match.capturedView(u"line").toInt(),
        .column = match.capturedView(u"column").toInt(),
        .hasColon = true};
}

WindowPicks::WindowPicks(MainWindow& window)
    : QObject(&window)
    , m_window(window)
    , m_pick(new QuickPick(window))
{
    connect(&m_folder, &FolderFiles::listed, this, &WindowPicks::addListed);
}

// Commands

QList<PickItem> WindowPicks::commandItems() const
{
    const Actions& actions = m_window.actions();
    const QStringList used = QSettings().value(kUsed).toStringList();
    QList<PickItem> items;
    for (const QAction* action : actions.all()) {
        if (action == actions.palette) {
            continue; // it is open
        }
        QString context = actions.menuOf(*action);
        if (action->isCheckable()) {
            context += QStringLiteral(" · ") + (action->isChecked() ? tr("on") : tr("off"));
        }
        items.append({.id = action->objectName(),
            .text = plainText(action->text()),
            .context = context,
            .keys = action->shortcut().toString(QKeySequence::NativeText),
            .enabled = action->isEnabled(),
            .advantage = used.contains(action->objectName()) ? kLately : 0});
    }
    std::ranges::stable_sort(items, [&used](const PickItem& a, const PickItem& b) {
        const qsizetype placeOfA = used.indexOf(a.id);
        const qsizetype placeOfB = used.indexOf(b.id);
        return placeOfA >= 0 && (placeOfB < 0 || placeOfA < placeOfB);
    });
    const QStringList languages = CodeEditor::languages();
    for (const QString& language : languages) {
        items.append({.id = kLanguage + language,
            .text = language,
            .context = tr("Syntax Language"),
            .onlyWhenTyped = true,
            .advantage = kOneOfMany});
    }
    const QStringList themes = EditorTheme::names();
    for (const QString& theme : themes) {
        items.append({.id = kEditorTheme + theme,
            .text = EditorTheme::titleOf(theme),
            .context = tr("Editor Theme"),
            .onlyWhenTyped = true,
            .advantage = kOneOfMany});
    }
    return items;
}

void WindowPicks::showPalette()
{
    m_pick->open({.title = tr("Search all commands"),
        .items = commandItems(),
        .nothing = tr("No command matches"),
        .picked = [this](const PickItem& item, const QString&) { runCommand(item); }});
}

void WindowPicks::runCommand(const PickItem& item)
{
    if (item.id.startsWith(kLanguage)) {
        m_window.currentPage()->editor().setLanguage(item.id.sliced(kLanguage.size()));
        return;
    }
    if (item.id.startsWith(kEditorTheme)) {
        SettingValues::instance().set(editorThemeSetting(), item.id.sliced(kEditorTheme.size()));
        return;
    }
    QAction* action = m_window.actions().byId(item.id);
    if (action == nullptr) {
        return;
    }
    QStringList used = QSettings().value(kUsed).toStringList();
    used.removeAll(item.id);
    used.prepend(item.id);
    QSettings().setValue(kUsed, used.first(std::min(used.size(), kMaxUsed)));
    action->trigger();
}

void WindowPicks::pickLanguage()
{
    CodeEditor& editor = m_window.currentPage()->editor();
    QList<PickItem> items;
    const QStringList languages = CodeEditor::languages();
    for (const QString& language : languages) {
        items.append({.id = language, .text = language});
    }
    m_pick->open({.title = tr("Syntax language"),
        .items = items,
        .current = editor.languageName(),
        .nothing = tr("No language matches"),
        .picked = [this](const PickItem& item, const QString&) {
            m_window.currentPage()->editor().setLanguage(item.id);
        }});
}

void WindowPicks::pickEditorTheme()
{
    const QString setting = editorThemeSetting();
    auto& values = SettingValues::instance();
    const QString before = values.value(setting).toString();
    QList<PickItem> items;
    const QStringList names = EditorTheme::names();
    for (const QString& name : names) {
        items.append({.id = name,
            .text = EditorTheme::titleOf(name),
            .context = EditorTheme::named(name).dark ? tr("dark") : tr("light")});
    }
    std::ranges::stable_partition(items, [](const PickItem& item) {
        return EditorTheme::named(item.id).dark == ThemeColors::current().dark;
    });
    const auto set = [&values, setting](const QString& name) { values.set(setting, name); };
    m_pick->open({.title = tr("Editor theme"),
        .items = items,
        .current = before,
        .nothing = tr("No theme matches"),
        .picked = [set](const PickItem& item, const QString&) { set(item.id); },
        .marked = [set](const PickItem& item) { set(item.id); },
        .cancelled = [set, before] { set(before); }});
}

// Places

QList<PickItem> WindowPicks::placeItems()
{
    QList<PickItem> items;
    m_offered.clear();
    const auto offerFile = [&](const QString& id, const QString& path, const QString& name,
                               const QString& context) {
        if (!path.isEmpty()) {
            m_offered.insert(path);
        }
        items.append({.id = id, .text = name, .context = context, .advantage = kLately});
    };
    const QList<DocumentPage*> pages = m_window.pages();
    const DocumentPage* current = m_window.currentPage();
    for (qsizetype i = 0; i < pages.size(); ++i) {
        const EditorDocument& document = pages[i]->document();
        const QString folder = document.path().isEmpty()
            ? QString()
            : folderShown(QFileInfo(document.path()).absolutePath());
        const QString state = pages[i] == current ? tr("shown") : tr("open");
        offerFile(kDocument + QString::number(i), document.path(), document.name(),
            folder.isEmpty() ? state : folder + QStringLiteral(" · ") + state);
    }
    const QStringList files = m_recent.files();
    for (const QString& path : files) {
        if (!m_offered.contains(path)) {
            const QFileInfo info(path);
            offerFile(kFile + path, path, info.fileName(), folderShown(info.absolutePath()));
        }
    }
    const QStringList rooms = m_recent.rooms();
    for (const QString& link : rooms) {
        if (const auto address = net::RoomAddress::parse(link)) {
            items.append({.id = kRoom + link,
                .text = documentNameForRoom(address->room()),
                .context = tr("room on %1").arg(address->hostAndPort())});
        }
    }
    return items;
}

QList<PickItem> WindowPicks::lineItems(const QString& typed) const
{
    const TypedPlace place = TypedPlace::parse(typed);
    if (!place.hasColon || !place.name.isEmpty()) {
        return {};
    }
    const int lines = m_window.currentPage()->editor().blockCount();
    if (place.line == 0) {
        return {
            {.id = kLine, .text = tr("Type a line, from 1 to %1").arg(lines), .enabled = false}};
    }
    return {{.id = kLine,
        .text = place.column > 0
            ? tr("Go to line %1, column %2").arg(std::min(place.line, lines)).arg(place.column)
            : tr("Go to line %1").arg(std::min(place.line, lines))}};
}

QString WindowPicks::folderToList() const
{
    const QString path = m_window.currentPage()->document().path();
    if (!path.isEmpty()) {
        return QFileInfo(path).absolutePath();
    }
    // The working folder, where it was chosen and is not merely where programs start.
    const QString here = QDir::currentPath();
    return here == QDir::homePath() || QDir(here).isRoot() ? QString() : here;
}

void WindowPicks::quickOpen(const QString& typed)
{
    m_pick->open({.title = tr("Open a file by name, or :line"),
        .items = placeItems(),
        .typed = typed,
        .nothing = tr("No file matches"),
        .filter =
            [](const QString& text) {
                const TypedPlace place = TypedPlace::parse(text);
                // after a colon alone only lines are offered
                return place.hasColon && place.name.isEmpty() ? QStringLiteral("\x01") : place.name;
            },
        .made = [this](const QString& text) { return lineItems(text); },
        .picked = [this](const PickItem& item, const QString& text) { openPlace(item, text); },
        .cancelled =
            [this] {
                m_listing = false;
                m_folder.stop();
            }});
    m_listing = true;
    if (const QString folder = folderToList(); !folder.isEmpty()) {
        m_folder.list(folder);
    }
}

void WindowPicks::addListed(const QString& root, const QStringList& files)
{
    if (!std::exchange(m_listing, false)) {
        return; // nobody waits for it any more
    }
    QList<PickItem> items;
    items.reserve(files.size());
    for (const QString& file : files) {
        const QString path = root + QChar(u'/') + file;
        if (!m_offered.contains(path)) {
            const qsizetype slash = file.lastIndexOf(QChar(u'/'));
            items.append({.id = kFile + path,
                .text = file.sliced(slash + 1),
                .context = slash < 0 ? QString() : file.first(slash)});
        }
    }
    m_pick->append(items);
}

void WindowPicks::openPlace(const PickItem& item, const QString& typed)
{
    m_listing = false;
    m_folder.stop();
    const TypedPlace place = TypedPlace::parse(typed);
    DocumentPage* page = nullptr;
    if (item.id == kLine) {
        page = m_window.currentPage();
    } else if (item.id.startsWith(kDocument)) {
        page = m_window.pages().value(item.id.sliced(kDocument.size()).toInt());
        m_window.showPage(*page);
    } else if (item.id.startsWith(kRoom)) {
        m_window.askToJoin(item.id.sliced(kRoom.size()));
    } else if (item.id.startsWith(kFile)) {
        openRecentFile(item.id.sliced(kFile.size()), place.line, place.column);
    }
    if (page != nullptr && place.line > 0) {
        page->editor().goTo(place.line, std::max(1, place.column));
    }
}

void WindowPicks::openRecentFile(const QString& path, int line, int column)
{
    if (QFileInfo::exists(path)) {
        m_window.openFile(path, line, column);
        return;
    }
    m_recent.removeFile(path);
    m_window.currentPage()->bar().show(QStringLiteral("file"), InlineBar::Kind::Error,
        tr("%1 is no longer there.").arg(QDir::toNativeSeparators(path)));
}

void WindowPicks::fillRecent(QMenu& menu, QAction& clear)
{
    const QList<QAction*> before = menu.actions();
    for (QAction* action : before) {
        if (action != &clear) {
            menu.removeAction(action);
            action->deleteLater();
        }
    }
    const auto add = [&](const QString& text, const auto& open) {
        QString shown = text;
        shown.replace(QChar(u'&'), QStringLiteral("&&")); // no mnemonic
        auto* action = new QAction(shown, &menu);
        connect(action, &QAction::triggered, this, open);
        menu.insertAction(&clear, action);
    };
    const QStringList files = m_recent.files();
    for (const QString& path : files) {
        add(folderShown(path), [this, path] { openRecentFile(path, 0, 0); });
    }
    const QStringList rooms = m_recent.rooms();
    if (!files.isEmpty() && !rooms.isEmpty()) {
        menu.insertSeparator(&clear);
    }
    for (const QString& link : rooms) {
        add(link, [this, link] { m_window.askToJoin(link); });
    }
    clear.setEnabled(!files.isEmpty() || !rooms.isEmpty());
    if (clear.isEnabled()) {
        menu.insertSeparator(&clear);
    }
}

} // namespace tutti::ui
