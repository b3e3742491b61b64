// SPDX-License-Identifier: MIT
#include "ui/presence/edge_chips.h"

#include "ui/editor/code_editor.h"
#include "ui/presence/tool_tip_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace tutti::ui {

namespace {

constexpr int kHeight = 22;
constexpr int kMargin = 8; // to the edge of the text area
constexpr int kSpacing = 4;
constexpr double kPadding = 8;
constexpr double kArrow = 7;
constexpr double kArrowGap = 5;

QFont chipFont(const QWidget& widget)
{
    QFont font = widget.font();
    font.setPixelSize(12);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

EdgeChip::EdgeChip(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::NoFocus); // the text keeps the keyboard; the participants list has it too
    setCursor(Qt::PointingHandCursor);
}

void EdgeChip::show(const QString& initials, const Shade& shade, Edge edge, double opacity)
{
    m_initials = initials;
    m_shade = shade;
    m_edge = edge;
    m_opacity = opacity;
    updateGeometry();
    update();
    setVisible(true);
}

QSize EdgeChip::sizeHint() const
{
    const double text = QFontMetricsF(chipFont(*this)).horizontalAdvance(m_initials);
    return {static_cast<int>(std::ceil(text + 2 * kPadding + kArrow + kArrowGap)), kHeight};
}

void EdgeChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(underMouse() ? 1.0 : m_opacity);
    painter.setPen(Qt::NoPen);
    const QRectF body(rect());
    painter.setBrush(m_shade.label);
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2);
    if (isDown() || underMouse()) {
        QColor veil = m_shade.labelText;
        veil.setAlphaF(0.14f);
        painter.setBrush(veil);
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2);
    }
    const double textWidth = body.width() - 2 * kPadding - kArrow - kArrowGap;
    painter.setFont(chipFont(*this));
    painter.setPen(m_shade.labelText);
    painter.drawText(QRectF(kPadding, 0, textWidth, body.height()), Qt::AlignCenter, m_initials);

    const double x = kPadding + textWidth + kArrowGap;
    const double middle = body.height() / 2;
    const double tip = m_edge == Edge::Top ? -1 : 1;
    QPainterPath arrow;
    arrow.moveTo(x, middle - tip * kArrow / 4);
    arrow.lineTo(x + kArrow / 2, middle + tip * kArrow / 4);
    arrow.lineTo(x + kArrow, middle - tip * kArrow / 4);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_shade.labelText, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(arrow);
}

void EdgeChip::enterEvent(QEnterEvent*) { update(); }

void EdgeChip::leaveEvent(QEvent*) { update(); }

EdgeChips::EdgeChips(CodeEditor& editor, QObject* parent)
    : QObject(parent)
    , m_editor(&editor)
{ }

EdgeChips::~EdgeChips() { qDeleteAll(m_chips); }

void EdgeChips::setEntries(const QList<Entry>& entries)
{
    if (entries == m_entries) {
        return;
    }
    m_entries = entries;
    while (m_chips.size() < entries.size()) {
        auto* chip = new EdgeChip(m_editor);
        const qsizetype index = m_chips.size();
        connect(chip, &QAbstractButton::clicked, this,
            [this, index] { Q_EMIT clicked(m_entries.at(index).client); });
        m_chips << chip;
    }
    layOut();
}

void EdgeChips::layOut()
{
    const QRect area = m_editor->viewport()->geometry();
    int rightOf[2] = {area.right() + 1 - kMargin, area.right() + 1 - kMargin};
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        EdgeChip* chip = m_chips.at(i);
        if (i >= m_entries.size()) {
            chip->setVisible(false);
            continue;
        }
        const Entry& entry = m_entries.at(i);
        chip->show(entry.initials, entry.shade, entry.edge, entry.opacity);
        const QString where =
            entry.edge == Edge::Top ? tr("%1 is above, in line %2") : tr("%1 is below, in line %2");
        const QString words = where.arg(entry.name, QString::number(entry.line));
        chip->setToolTip(toolTipText(words));
        chip->setAccessibleName(words);
        int& right = rightOf[entry.edge == Edge::Top ? 0 : 1];
        const QSize size = chip->sizeHint();
        if (right - size.width() < area.left() + kMargin) {
            chip->setVisible(false);
            continue;
        }
        const int y = entry.edge == Edge::Top ? area.top() + kMargin
                                              : area.bottom() + 1 - kMargin - size.height();
        chip->setGeometry(right - size.width(), y, size.width(), size.height());
        chip->raise();
        right -= size.width() + kSpacing;
    }
}

} // namespace tutti::ui
