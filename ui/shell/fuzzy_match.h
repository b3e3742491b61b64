// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace tutti::ui {

/// A text that can be found by some of its letters, prepared once for many queries.
class FuzzyText
{
public:
    FuzzyText() = default;
    explicit FuzzyText(const QString& text);

    [[nodiscard]] const QString& text() const noexcept { return m_text; }
    [[nodiscard]] const QString& folded() const noexcept { return m_folded; }
    /// A bit for each letter in it; a text that lacks a bit of the query's cannot match.
    [[nodiscard]] quint64 letters() const noexcept { return m_letters; }

private:
    QString m_text;
    QString m_folded; ///< as long as m_text
    quint64 m_letters = 0;
};

/// What somebody typed. Spaces in it mean nothing: words may be typed with or without them.
class FuzzyQuery
{
public:
    FuzzyQuery() = default;
    explicit FuzzyQuery(const QString& typed);

    [[nodiscard]] bool isEmpty() const noexcept { return m_letters.text().isEmpty(); }
    [[nodiscard]] qsizetype size() const noexcept { return m_letters.text().size(); }
    [[nodiscard]] const FuzzyText& letters() const noexcept { return m_letters; }

private:
    FuzzyText m_letters;
};

/// How well the query's letters, in their order, are found in the text; nothing when they are not
/// all there. More is better: letters next to each other, at the beginnings of words (also inside
/// camelCase), early, in the same case. An empty query is found everywhere, with 0.
///
/// Pure. Cost: query × text at worst; most texts that do not match cost a comparison. Of texts
/// longer than 256 units only the end is looked at.
[[nodiscard]] std::optional<int> fuzzyScore(const FuzzyQuery& query, const FuzzyText& text);

/// Which units of the text the query's letters were found at, ascending: those to be marked.
[[nodiscard]] QList<int> fuzzyPositions(const FuzzyQuery& query, const FuzzyText& text);

} // namespace tutti::ui
