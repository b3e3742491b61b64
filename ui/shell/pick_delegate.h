// SPDX-License-Identifier: MIT
#pragma once

#include <QStyledItemDelegate>

namespace tutti::ui {

/// A row of a PickModel: the text with the typed letters marked, then where it is, then its keys.
class PickDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace tutti::ui
