// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/fuzzy_match.h"

#include <QAbstractListModel>
#include <QList>
#include <QString>

namespace tutti::ui {

/// Something that can be picked from a list.
struct PickItem
{
    QString id{}; ///< for whoever offered it
    QString text{};
    QString context{}; ///< where it is: a menu, a folder, a host; also found by what is typed
    QString keys{}; ///< its shortcut in native form, if it has one
    bool enabled = true; ///< what is not is shown, but cannot be picked
    bool onlyWhenTyped = false; ///< one of so many that they are not listed unasked
    int advantage = 0; ///< added to how well it matches: what was used lately comes first
};

/// The items that match what was typed, the best first. With nothing typed: all, as they came.
///
/// Threads: the GUI's. Cost of a query: 20,000 items well below 16 ms (tst_quick_pick).
class PickModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        ContextRole = Qt::UserRole,
        KeysRole,
        TextMarksRole, ///< QList<int>: letters of the text that were typed
        ContextMarksRole, ///< the same, of the context
    };
    /// More rows than anybody looks through; the others are found by typing more.
    static constexpr int kMaxRows = 500;

    using QAbstractListModel::QAbstractListModel;

    void setItems(const QList<PickItem>& items);
    /// Behind those that are there.
    void append(const QList<PickItem>& items);
    /// `first`: made from what was typed; stand before all others, whatever they are called.
    void setQuery(const QString& typed, const QList<PickItem>& first = {});

    [[nodiscard]] const PickItem& item(int row) const;
    /// -1 when it is not among the rows.
    [[nodiscard]] int rowOf(const QString& id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Entry
    {
        PickItem item;
        FuzzyText text;
        FuzzyText full; ///< context and text
    };
    [[nodiscard]] static Entry entryFor(const PickItem& item);
    void narrow();
    [[nodiscard]] std::optional<int> scoreOf(const Entry& entry) const;
    [[nodiscard]] const Entry& entryAt(int row) const;
    [[nodiscard]] QList<int> marks(const Entry& entry, bool ofText) const;

    QList<Entry> m_entries;
    QList<Entry> m_first;
    FuzzyQuery m_query;
    QList<qsizetype> m_rows; ///< indices into m_entries
};

} // namespace tutti::ui
