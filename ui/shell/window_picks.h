// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/folder_files.h"
#include "ui/shell/pick_model.h"
#include "ui/shell/recent_places.h"

#include <QObject>
#include <QSet>
#include <QStringList>

class QAction;
class QMenu;

namespace tutti::ui {

class MainWindow;
class QuickPick;

/// A line that was typed, as in `name:12:3`.
struct TypedPlace
{
    QString name;
    int line = 0; ///< from 1; 0: not said
    int column = 0; ///< from 1; 0: not said
    bool hasColon = false;

    [[nodiscard]] static TypedPlace parse(const QString& typed);
};

/// What is picked from a list in a window: commands, documents and files, lines, languages.
///
/// Threads: the GUI's. Requires: the window outlives it.
class WindowPicks : public QObject
{
    Q_OBJECT

public:
    explicit WindowPicks(MainWindow& window);

    /// Every command, those used lately first.
    void showPalette();
    /// Open documents, recent files and rooms, files near the current one.
    void quickOpen(const QString& typed = {});
    void pickLanguage();
    /// The colours of the text while the window is as light or dark as it is now; shown while one
    /// looks for them.
    void pickEditorTheme();
    /// Fills File › Open Recent anew before `clear`, which is in it already.
    void fillRecent(QMenu& menu, QAction& clear);

    [[nodiscard]] RecentPlaces& recent() noexcept { return m_recent; }
    [[nodiscard]] QuickPick& widget() noexcept { return *m_pick; }

private:
    [[nodiscard]] QList<PickItem> commandItems() const;
    [[nodiscard]] QList<PickItem> placeItems();
    [[nodiscard]] QList<PickItem> lineItems(const QString& typed) const;
    [[nodiscard]] QString folderToList() const;
    void runCommand(const PickItem& item);
    void openPlace(const PickItem& item, const QString& typed);
    void openRecentFile(const QString& path, int line, int column);
    void addListed(const QString& root, const QStringList& files);

    MainWindow& m_window;
    QuickPick* m_pick;
    RecentPlaces m_recent;
    FolderFiles m_folder;
    QSet<QString> m_offered; ///< paths that are among the items
    bool m_listing = false;
};

} // namespace tutti::ui
