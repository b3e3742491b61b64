// SPDX-License-Identifier: MIT
#include "ui/shell/pick_model.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tutti::ui {

namespace {

/// What it is worth that the letters are in the text itself and not only in where it is.
constexpr int kInText = 12;

} // namespace

PickModel::Entry PickModel::entryFor(const PickItem& item)
{
    Entry entry{.item = item, .text = FuzzyText(item.text), .full = {}};
    if (!item.context.isEmpty()) {
        entry.full = FuzzyText(item.context + QChar(u'/') + item.text);
    }
    return entry;
}

void PickModel::setItems(const QList<PickItem>& items)
{
    beginResetModel();
    m_entries.clear();
    m_first.clear();
    m_query = {};
    for (const PickItem& item : items) {
        m_entries.append(entryFor(item));
    }
    narrow();
    endResetModel();
}

void PickModel::append(const QList<PickItem>& items)
{
    beginResetModel();
    for (const PickItem& item : items) {
        m_entries.append(entryFor(item));
    }
    narrow();
    endResetModel();
}

void PickModel::setQuery(const QString& typed, const QList<PickItem>& first)
{
    beginResetModel();
    m_query = FuzzyQuery(typed);
    m_first.clear();
    for (const PickItem& item : first) {
        m_first.append(entryFor(item));
    }
    narrow();
    endResetModel();
}

std::optional<int> PickModel::scoreOf(const Entry& entry) const
{
    if (const auto score = fuzzyScore(m_query, entry.text)) {
        return *score + kInText;
    }
    return entry.full.text().isEmpty() ? std::nullopt : fuzzyScore(m_query, entry.full);
}

void PickModel::narrow()
{
    m_rows.clear();
    if (m_query.isEmpty()) {
        for (qsizetype i = 0; i < m_entries.size() && m_rows.size() < kMaxRows; ++i) {
            if (!m_entries[i].item.onlyWhenTyped) {
                m_rows.append(i);
            }
        }
        return;
    }
    struct Match
    {
        int score;
        qsizetype length;
        qsizetype index;
    };
    std::vector<Match> matches;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries.at(i);
        if (const auto score = scoreOf(entry)) {
            matches.push_back({*score + entry.item.advantage, entry.item.text.size(), i});
        }
    }
    const auto better = [](const Match& a, const Match& b) {
        return a.score != b.score  ? a.score > b.score
            : a.length != b.length ? a.length < b.length
                                   : a.index < b.index;
    };
    const auto shown = std::min<std::size_t>(matches.size(), kMaxRows);
    std::partial_sort(matches.begin(), matches.begin() + static_cast<std::ptrdiff_t>(shown),
        matches.end(), better);
    for (std::size_t i = 0; i < shown; ++i) {
        m_rows.append(matches[i].index);
    }
}

const PickModel::Entry& PickModel::entryAt(int row) const
{
    return row < m_first.size() ? m_first.at(row) : m_entries.at(m_rows.at(row - m_first.size()));
}

const PickItem& PickModel::item(int row) const { return entryAt(row).item; }

int PickModel::rowOf(const QString& id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (item(row).id == id) {
            return row;
        }
    }
    return -1;
}

int PickModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_first.size() + m_rows.size());
}

QList<int> PickModel::marks(const Entry& entry, bool ofText) const
{
    if (fuzzyScore(m_query, entry.text)) {
        return ofText ? fuzzyPositions(m_query, entry.text) : QList<int>();
    }
    QList<int> result;
    const auto begin = static_cast<int>(entry.item.context.size()) + 1;
    for (const int at : fuzzyPositions(m_query, entry.full)) {
        if (ofText && at >= begin) {
            result.append(at - begin);
        } else if (!ofText && at < begin - 1) {
            result.append(at);
        }
    }
    return result;
}

QVariant PickModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Entry& entry = entryAt(index.row());
    const PickItem& item = entry.item;
    switch (role) {
    case Qt::DisplayRole:
        return item.text;
    case Qt::AccessibleTextRole: {
        QStringList parts{item.text};
        for (const QString& part : {item.context, item.keys}) {
            if (!part.isEmpty()) {
                parts.append(part);
            }
        }
        if (!item.enabled) {
            parts.append(tr("not available"));
        }
        return parts.join(QStringLiteral(", "));
    }
    case ContextRole:
        return item.context;
    case KeysRole:
        return item.keys;
    case TextMarksRole:
        return QVariant::fromValue(marks(entry, true));
    case ContextMarksRole:
        return QVariant::fromValue(marks(entry, false));
    default:
        return {};
    }
}

Qt::ItemFlags PickModel::flags(const QModelIndex& index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    return item(index.row()).enabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable
                                     : Qt::ItemFlags(Qt::ItemIsSelectable);
}

} // namespace tutti::ui
