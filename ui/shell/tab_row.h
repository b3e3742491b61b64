// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace tutti::ui {

/// What tabs stand in: a row with a line to the text below, which the current tab, lying over it,
/// interrupts.
class TabRow : public QWidget
{
    Q_OBJECT

public:
    explicit TabRow(QWidget* parent = nullptr)
        : QWidget(parent)
    { }

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace tutti::ui
