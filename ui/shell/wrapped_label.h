// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>
#include <QResizeEvent>

namespace tutti::ui {

/// A label whose words go on in the next line, and which is never lower than its lines are: a plain
/// QLabel that wraps is cut in a window that is as low as it may be.
class WrappedLabel : public QLabel
{
public:
    explicit WrappedLabel(QWidget* parent = nullptr)
        : QLabel(parent)
    {
        setWordWrap(true);
        setTextFormat(Qt::PlainText);
    }

    [[nodiscard]] QSize minimumSizeHint() const override
    {
        // Qt's own is the best width for itself, the height of now is what the layout has to know.
        const QSize usual = QLabel::minimumSizeHint();
        return {usual.width(), text().isEmpty() ? usual.height() : heightForWidth(width())};
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QLabel::resizeEvent(event);
        if (event->size().width() != event->oldSize().width()) {
            updateGeometry();
        }
    }
};

} // namespace tutti::ui
