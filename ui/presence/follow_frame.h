// SPDX-License-Identifier: MIT
#pragma once

#include "ui/presence/presence_colors.h"

#include <QAbstractButton>
#include <QColor>
#include <QString>
#include <QWidget>

namespace tutti::ui {

/// A line around the text area. Takes no mouse events, and costs the text beneath it nothing.
class FollowFrame : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kWidth = 3;

    explicit FollowFrame(QWidget* parent);

    void setColor(const QColor& color);
    [[nodiscard]] QColor color() const { return m_color; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QColor m_color;
};

/// Says who is followed and how that ends; a click ends it, too.
class FollowBadge : public QAbstractButton
{
    Q_OBJECT

public:
    explicit FollowBadge(QWidget* parent);

    /// `here`: they look at this document, and not at another one.
    void setPerson(const QString& name, const Shade& shade, bool here = true);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    Shade m_shade;
};

} // namespace tutti::ui
