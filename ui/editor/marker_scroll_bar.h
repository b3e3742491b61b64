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
    /// Smaller ticks beneath those, at the right: places in order, all of one colour.
    void setTicks(const QList<double>& places, const QColor& color);
    [[nodiscard]] const QList<double>& ticks() const noexcept { return m_ticks; }
    [[nodiscard]] const QColor& tickColor() const noexcept { return m_tickColor; }

Q_SIGNALS:
    /// Markers or ticks.
    void markersChanged();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Marker> m_markers;
    QList<double> m_ticks;
    QColor m_tickColor;
};

} // namespace tutti::ui
