// SPDX-License-Identifier: MIT
#include "ui/editor/gutter.h"

#include "ui/editor/code_editor.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QWheelEvent>

namespace tutti::ui {

Gutter::Gutter(CodeEditor& editor)
    : QWidget(&editor)
    , m_editor(&editor)
{
    setObjectName(QStringLiteral("gutter"));
    setAccessibleName(tr("Line numbers"));
    setCursor(Qt::ArrowCursor);
}

QSize Gutter::sizeHint() const { return {m_editor->gutterWidth(), 0}; }

void Gutter::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    m_editor->paintGutter(painter, event->rect());
}

void Gutter::enterEvent(QEnterEvent* event)
{
    m_editor->gutterHovered(true);
    QWidget::enterEvent(event);
}

void Gutter::leaveEvent(QEvent* event)
{
    m_editor->gutterHovered(false);
    QWidget::leaveEvent(event);
}

void Gutter::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        m_editor->gutterPressed(
            event->position().toPoint(), event->modifiers().testFlag(Qt::ShiftModifier));
    }
}

void Gutter::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        m_editor->gutterPressed(event->position().toPoint(), true);
    }
}

void Gutter::wheelEvent(QWheelEvent* event)
{
    // the text scrolls wherever the wheel turns
    QCoreApplication::sendEvent(m_editor->viewport(), event);
}

} // namespace tutti::ui
