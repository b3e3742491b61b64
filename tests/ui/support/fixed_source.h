// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/text_source.h"

#include <utility>

/// A text that stays until the test has another one, as a moment of a document's history.
class FixedSource : public tutti::ui::TextSource
{
public:
    FixedSource(QString title, QString text)
        : m_title(std::move(title))
        , m_text(std::move(text))
    { }
    [[nodiscard]] QString text() const override { return m_text; }
    [[nodiscard]] QString title() const override { return m_title; }
    void set(const QString& text)
    {
        m_text = text;
        Q_EMIT changed();
    }

private:
    QString m_title;
    QString m_text;
};
