// SPDX-License-Identifier: MIT
#include "ui/shell/pick_delegate.h"

#include "ui/shell/pick_model.h"
#include "ui/shell/theme.h"

#include <QPainter>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>

namespace tutti::ui {

namespace {

constexpr int kSide = 12; ///< before the text and behind the keys
constexpr int kBetween = 12;
constexpr int kRowHeight = 30;

/// One line of text, letters at `marks` bold and in the accent's colour, cut off with … where it
/// does not fit. Gives the width it took.
qreal drawMarked(QPainter& painter, const QRectF& area, const QString& text,
    const QList<int>& marks, const QFont& font, const QColor& color, const QColor& markColor)
{
    const QFontMetricsF metrics(font);
    QString shown = text;
    if (metrics.horizontalAdvance(text) > area.width()) {
        shown = metrics.elidedText(text, Qt::ElideRight, area.width());
    }
    QList<QTextLayout::FormatRange> formats;
    for (const int at : marks) {
        if (at >= shown.size() || shown[at] != text[at]) {
            break; // behind the …
        }
        QTextLayout::FormatRange range;
        range.start = at;
        range.length = 1;
        range.format.setForeground(markColor);
        range.format.setFontWeight(QFont::Bold);
        formats.append(range);
    }
    QTextLayout layout(shown, font);
    QTextOption oneLine;
    oneLine.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(oneLine);
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(area.width());
    layout.endLayout();
    painter.setPen(color);
    const qreal x = painter.layoutDirection() == Qt::RightToLeft
        ? area.right() - line.naturalTextWidth()
        : area.x();
    layout.draw(&painter, QPointF(x, area.y() + (area.height() - line.height()) / 2));
    return line.naturalTextWidth();
}

} // namespace

void PickDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = ThemeColors::current();
    const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
    const bool current = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    if (current || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(current ? colors.infoBack : colors.hover);
        painter->drawRoundedRect(QRectF(option.rect), 4, 4);
    }
    const bool mirrored = option.direction == Qt::RightToLeft;
    painter->setLayoutDirection(option.direction);
    if (current) { // not by its shade alone
        painter->setBrush(colors.accent);
        const int x = mirrored ? option.rect.right() - 4 : option.rect.x() + 2;
        painter->drawRoundedRect(
            QRectF(x, option.rect.y() + 7, 3, option.rect.height() - 14), 1.5, 1.5);
    }
    const auto cut = [&mirrored](QRectF& from, qreal atStart, qreal atEnd) {
        from.adjust(mirrored ? atEnd : atStart, 0, mirrored ? -atStart : -atEnd, 0);
    };
    QRectF area = QRectF(option.rect).adjusted(kSide, 0, -kSide, 0);
    const QString keys = index.data(PickModel::KeysRole).toString();
    if (!keys.isEmpty()) {
        const qreal wide = QFontMetricsF(option.font).horizontalAdvance(keys);
        painter->setFont(option.font);
        painter->setPen(colors.muted);
        painter->drawText(area,
            QStyle::visualAlignment(option.direction, Qt::AlignTrailing | Qt::AlignVCenter), keys);
        cut(area, 0, std::min(area.width(), wide + kBetween));
    }
    const QColor markColor = enabled ? colors.accent : colors.muted;
    const qreal taken = drawMarked(*painter, area, index.data().toString(),
        index.data(PickModel::TextMarksRole).value<QList<int>>(), option.font,
        enabled ? colors.text : colors.muted, markColor);
    cut(area, taken + kBetween, 0);
    const QString context = index.data(PickModel::ContextRole).toString();
    if (!context.isEmpty() && area.width() > 3 * kBetween) {
        drawMarked(*painter, area, context,
            index.data(PickModel::ContextMarksRole).value<QList<int>>(), option.font, colors.muted,
            markColor);
    }
    painter->restore();
}

QSize PickDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {0, std::max(kRowHeight, option.fontMetrics.height() + 10)};
}

} // namespace tutti::ui
