// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QWidget>

namespace tutti::ui {

/// A path or a name as “C++”, which has its signs where they belong in a window that goes from
/// right to left as well.
[[nodiscard]] QString leftToRight(const QString& name);

/// An icon, if there is one, and one line of words that gives way, with an ellipsis, when the
/// window is narrow; the tool tip and the accessible name have it all.
class StatusLabel : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(QString text READ text)

public:
    explicit StatusLabel(QWidget* parent = nullptr);

    [[nodiscard]] const QString& text() const noexcept { return m_text; }
    void setContent(const QIcon& icon, const QString& text);
    /// What gives way: the end, if nobody says otherwise.
    void setElideMode(Qt::TextElideMode mode) { m_elide = mode; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// What the icon takes, with the space to the words.
    [[nodiscard]] int iconRoom() const;

    QIcon m_icon;
    QString m_text;
    Qt::TextElideMode m_elide = Qt::ElideRight;
};

} // namespace tutti::ui
