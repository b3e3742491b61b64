// SPDX-License-Identifier: MIT
#pragma once

#include <QProxyStyle>

namespace tutti::ui {

/// Fusion, with what the style sheet cannot say: the outlines of what is ticked or chosen, which
/// have to be seen against what is around them, boxes with arrows, and whether things move.
///
/// Who animates anything asks the style hint SH_Widget_Animation_Duration, as Qt's widgets do; 0
/// means at once.
class ApplicationStyle : public QProxyStyle
{
    Q_OBJECT

public:
    ApplicationStyle();

    void setReducedMotion(bool reduced) noexcept { m_reducedMotion = reduced; }
    [[nodiscard]] bool reducedMotion() const noexcept { return m_reducedMotion; }

    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option = nullptr,
        const QWidget* widget = nullptr, QStyleHintReturn* returned = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
        QPainter* painter, const QWidget* widget = nullptr) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
        SubControl part, const QWidget* widget = nullptr) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption* option,
        const QSize& contents, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget = nullptr) const override;

private:
    bool m_reducedMotion = false;
};

} // namespace tutti::ui
