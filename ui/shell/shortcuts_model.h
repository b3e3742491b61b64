// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractTableModel>
#include <QKeySequence>
#include <QList>

class QAction;

namespace tutti::ui {

class ShortcutBindings;

/// Every action with its menu and its keys, in the order of the menus. Those that were bound anew
/// say so. Threads: the GUI's.
class ShortcutsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Command, Menu, Keys, ColumnCount };

    /// Requires: `bindings` outlives it.
    explicit ShortcutsModel(ShortcutBindings& bindings, QObject* parent = nullptr);

    /// Only actions with all these words in their name or menu …
    void showNamed(const QString& words);
    /// … or only those whose shortcuts begin with these keys.
    void showBoundTo(const QKeySequence& keys);

    [[nodiscard]] QAction* action(int row) const { return m_rows.at(row); }
    [[nodiscard]] int rowOf(const QAction& action) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    void narrow();
    [[nodiscard]] bool isShown(const QAction& action) const;

    ShortcutBindings& m_bindings;
    QStringList m_words;
    QKeySequence m_keys;
    QList<QAction*> m_rows;
};

} // namespace tutti::ui
