// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QWidget>

namespace tutti::ui {

/// An icon and one line of words that gives way, with an ellipsis, when the window is narrow; the
/// tool tip and the accessible name have it all.
class StatusLabel : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text)

public:
    explicit StatusLabel(QWidget* parent = nullptr);

    [[nodiscard]] const QString& text() const noexcept { return m_text; }
    void setContent(const QIcon& icon, const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QIcon m_icon;
    QString m_text;
};

} // namespace tutti::ui
