// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QList>
#include <QScrollBar>

namespace tutti::ui {

/// A scroll bar with coloured ticks at places in the document.
class MarkerScrollBar : public QScrollBar
{
    Q_OBJECT

public:
    struct Marker
    {
        double place = 0; ///< 0 is the document's beginning, 1 its end
        QColor color;

        bool operator==(const Marker&) const = default;
    };

    explicit MarkerScrollBar(QWidget* parent = nullptr);

    [[nodiscard]] const QList<Marker>& markers() const noexcept { return m_markers; }
    /// Later ones are painted above earlier ones.
    void setMarkers(const QList<Marker>& markers);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Marker> m_markers;
};

} // namespace tutti::ui
