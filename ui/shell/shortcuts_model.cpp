// SPDX-License-Identifier: MIT
#include "ui/shell/shortcuts_model.h"

#include "ui/shell/actions.h"
#include "ui/shell/shortcut_bindings.h"

#include <QFont>

#include <algorithm>

namespace tutti::ui {

ShortcutsModel::ShortcutsModel(ShortcutBindings& bindings, QObject* parent)
    : QAbstractTableModel(parent)
    , m_bindings(bindings)
{
    narrow();
    connect(&bindings, &ShortcutBindings::changed, this, [this] {
        if (!m_rows.isEmpty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
    });
}

void ShortcutsModel::showNamed(const QString& words)
{
    m_words = words.split(QChar(u' '), Qt::SkipEmptyParts);
    m_keys = {};
    narrow();
}

void ShortcutsModel::showBoundTo(const QKeySequence& keys)
{
    m_words.clear();
    m_keys = keys;
    narrow();
}

void ShortcutsModel::narrow()
{
    beginResetModel();
    m_rows.clear();
    for (QAction* action : m_bindings.actions().all()) {
        if (isShown(*action)) {
            m_rows.append(action);
        }
    }
    endResetModel();
}

bool ShortcutsModel::isShown(const QAction& action) const
{
    if (!m_keys.isEmpty()) {
        return std::ranges::any_of(action.shortcuts(), [this](const QKeySequence& its) {
            return m_keys.matches(its) != QKeySequence::NoMatch;
        });
    }
    const QString text =
        m_bindings.actions().menuOf(action) + QChar(u' ') + plainText(action.text());
    return std::ranges::all_of(
        m_words, [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

int ShortcutsModel::rowOf(const QAction& action) const
{
    const auto at = std::ranges::find(m_rows, &action);
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

int ShortcutsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ShortcutsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ShortcutsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const QAction& action = *m_rows.at(index.row());
    if (role == Qt::FontRole && !m_bindings.isDefault(action) && index.column() == Keys) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::ToolTipRole && !m_bindings.isDefault(action)) {
        return tr("Changed; it was %1", "keys")
            .arg(QKeySequence::listToString(
                m_bindings.actions().defaultShortcutsOf(action), QKeySequence::NativeText));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Command:
        return plainText(action.text());
    case Menu:
        return m_bindings.actions().menuOf(action);
    default: {
        QStringList keys;
        const QList<QKeySequence> all = action.shortcuts();
        for (const QKeySequence& its : all) {
            keys.append(its.toString(QKeySequence::NativeText));
        }
        return keys.join(tr(" or ", "between two shortcuts"));
    }
    }
}

QVariant ShortcutsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Command ? tr("Command") : section == Menu ? tr("Menu") : tr("Keys");
}

} // namespace tutti::ui
