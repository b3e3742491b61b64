// SPDX-License-Identifier: MIT
#pragma once

#include <QRegularExpression>
#include <QString>
#include <QStringList>

namespace tutti::ui {

/// What somebody looks for.
struct SearchQuery
{
    QString text;
    bool regularExpression = false;
    bool matchCase = false;
    bool wholeWords = false;

    bool operator==(const SearchQuery&) const = default;
};

/// A query as it is run, over text in which lines end with LF.
struct CompiledQuery
{
    /// Invalid where the query is; it gives up on a place after kMatchLimit steps.
    QRegularExpression expression;
    /// No match crosses a line's end, nor depends on what is in other lines: each line can be
    /// searched on its own. False wherever that is not certain.
    bool withinLines = true;
    /// Whole words for a person about what is wrong with the expression; empty where nothing is.
    QString problem;

    /// Steps of backtracking at one place of the text, some 10 ms.
    static constexpr int kMatchLimit = 1'000'000;
};

/// Words begin and end as in other editors: where a match begins with a sign that is no letter,
/// it may follow a word. ^ and $ mean lines; \w and the like know all scripts.
[[nodiscard]] CompiledQuery compile(const SearchQuery& query);

/// What replaces a match. `\1` to `\9`, `$1`, `${12}` and `${name}` are captures, `\0`, `$0` and
/// `$&` the match; `\n` and `\t` are characters; `\U…\E` and `\L…\E` change the case of what they
/// enclose, `\u` and `\l` of the next letter; `\\` and `$$` are the signs themselves. What is none
/// of these stands for itself. A capture that took no part is empty.
[[nodiscard]] QString expandReplacement(
    const QString& pattern, const QRegularExpressionMatch& match);
/// Whether that would give the same for all matches.
[[nodiscard]] bool dependsOnMatch(const QString& pattern);

} // namespace tutti::ui
