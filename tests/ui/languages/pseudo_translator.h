// SPDX-License-Identifier: MIT
#pragma once

#include <QTranslator>

/// A language that no one speaks, made of the sources: each string 40 % longer, of letters with
/// accents or of Hebrew ones, so that one sees what has no room, what is not translated, and what
/// does not turn around. Placeholders, mnemonics and tags stay.
class PseudoTranslator : public QTranslator
{
public:
    enum class Script { Accented, RightToLeft };

    explicit PseudoTranslator(Script script, QObject* parent = nullptr)
        : QTranslator(parent)
        , m_script(script)
    { }

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(
        const char* context, const char* source, const char* disambiguation, int n) const override;

    /// What it makes of a text.
    [[nodiscard]] QString lengthened(const QString& source) const;

private:
    Script m_script;
};
