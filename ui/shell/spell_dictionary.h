// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace tutti::ui {

/// The words of one language, from whatever dictionary the system has (Sonnet), and those the
/// person added. What was asked once is remembered.
/// Threads: the GUI's. Cost: loading some 50 ms, when the first word is asked; a word some µs;
/// suggestions up to 100 ms.
class SpellDictionary : public QObject
{
    Q_OBJECT

public:
    /// One for each language and program; null where the system has no dictionary for it.
    [[nodiscard]] static SpellDictionary* forLanguage(const QString& language);
    /// Codes such as en_US, with names in the user's language; empty: there is no dictionary.
    [[nodiscard]] static QMap<QString, QString> languages();
    /// The language of a text, among those there are dictionaries for; the user's own where the
    /// text says too little. Empty where there is no dictionary. Cost: some ms.
    [[nodiscard]] static QString guessLanguage(const QString& text);

    ~SpellDictionary() override;

    [[nodiscard]] const QString& language() const noexcept { return m_language; }
    /// What is remembered of a word, without a look.
    [[nodiscard]] std::optional<bool> remembered(const QString& word) const;
    /// Whether the word is spelled right.
    bool look(const QString& word);
    [[nodiscard]] QStringList suggestions(const QString& word) const;
    /// For good.
    void add(const QString& word);
    /// Until the program ends.
    void ignore(const QString& word);

Q_SIGNALS:
    /// A word is right that was wrong.
    void changed();

private:
    struct Speller;

    explicit SpellDictionary(const QString& language);

    static constexpr qsizetype kMaxRemembered = 200'000;

    QString m_language;
    std::unique_ptr<Speller> m_speller; ///< once the first word was asked
    QHash<QString, bool> m_known;
};

} // namespace tutti::ui
