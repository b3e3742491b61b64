// SPDX-License-Identifier: MIT
#include "ui/shell/spell_dictionary.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPointer>

#include <Sonnet/GuessLanguage>
#include <Sonnet/Speller>

namespace tutti::ui {

struct SpellDictionary::Speller
{
    Sonnet::Speller speller;
};

SpellDictionary::SpellDictionary(const QString& language)
    : QObject(QCoreApplication::instance())
    , m_language(language)
    , m_speller(std::make_unique<Speller>(Sonnet::Speller(language)))
{ }

SpellDictionary::~SpellDictionary() = default;

SpellDictionary* SpellDictionary::forLanguage(const QString& language)
{
    static QHash<QString, QPointer<SpellDictionary>> dictionaries;
    QPointer<SpellDictionary>& dictionary = dictionaries[language];
    if (!dictionary && !language.isEmpty() && languages().contains(language)) {
        auto* made = new SpellDictionary(language); // the application's child
        if (made->m_speller->speller.isValid()) {
            dictionary = made;
        } else {
            delete made;
        }
    }
    return dictionary;
}

QMap<QString, QString> SpellDictionary::languages()
{
    const QMap<QString, QString> byName = Sonnet::Speller().availableDictionaries();
    QMap<QString, QString> byCode;
    for (auto it = byName.cbegin(); it != byName.cend(); ++it) {
        byCode.insert(it.value(), it.key());
    }
    return byCode;
}

QString SpellDictionary::guessLanguage(const QString& text)
{
    constexpr qsizetype kEnough = 200; // of letters, to tell languages apart
    const QMap<QString, QString> all = languages();
    if (all.isEmpty()) {
        return {};
    }
    const QString own = QLocale().name();
    QString usual = all.contains(own) ? own : QString();
    for (auto it = all.cbegin(); usual.isEmpty() && it != all.cend(); ++it) {
        usual = it.key().startsWith(own.left(2)) ? it.key() : QString();
    }
    if (usual.isEmpty()) {
        usual = all.contains(QStringLiteral("en_US")) ? QStringLiteral("en_US") : all.firstKey();
    }
    if (text.size() < kEnough || all.size() == 1) {
        return usual;
    }
    Sonnet::GuessLanguage guess;
    const QString found = guess.identify(text, all.keys());
    return all.contains(found) && !usual.startsWith(found.first(2)) ? found : usual;
}

std::optional<bool> SpellDictionary::remembered(const QString& word) const
{
    const auto known = m_known.constFind(word);
    return known == m_known.cend() ? std::nullopt : std::optional(*known);
}

bool SpellDictionary::look(const QString& word)
{
    if (m_known.size() > kMaxRemembered) {
        m_known.clear();
    }
    const bool right = m_speller->speller.isCorrect(word);
    m_known.insert(word, right);
    return right;
}

QStringList SpellDictionary::suggestions(const QString& word) const
{
    return m_speller->speller.suggest(word);
}

void SpellDictionary::add(const QString& word)
{
    m_speller->speller.addToPersonal(word);
    m_known.insert(word, true);
    Q_EMIT changed();
}

void SpellDictionary::ignore(const QString& word)
{
    m_speller->speller.addToSession(word);
    m_known.insert(word, true);
    Q_EMIT changed();
}

} // namespace tutti::ui
