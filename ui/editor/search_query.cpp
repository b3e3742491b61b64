// SPDX-License-Identifier: MIT
#include "ui/editor/search_query.h"

#include <QCoreApplication>

#include <optional>

namespace tutti::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::ui::SearchQuery)
};

/// What PCRE reads before an expression: its budget, and that LF alone ends lines.
QString preamble()
{
    return QStringLiteral("(*LIMIT_MATCH=%1)(*LF)").arg(CompiledQuery::kMatchLimit);
}

/// Whether an expression surely stays within lines: it names nothing that could be a line's end,
/// or a place in the whole text. Looks at signs alone, so that it errs on the safe side.
bool staysWithinLines(const QString& expression)
{
    for (qsizetype i = 0; i < expression.size(); ++i) {
        const QChar sign = expression.at(i);
        const QChar next = i + 1 < expression.size() ? expression.at(i + 1) : QChar();
        if (sign == u'\n') {
            return false;
        }
        if (sign == u'\\') {
            // classes that hold line ends, places in the whole text, characters by number, what
            // refers to another part, and what restarts a match
            static const QString far = QStringLiteral("nrRsWDHvVNXCpPxoc0fAzZGkKQE");
            if (far.contains(next)) {
                return false;
            }
            ++i;
        } else if (sign == u'[') {
            if (next == u'^' || next == u':') {
                return false;
            }
            // a range may hold a line's end: [\t-z]
            const qsizetype close = expression.indexOf(u']', i + 2);
            for (qsizetype k = i + 1; k < close; ++k) {
                if (expression.at(k) < u' ') {
                    return false;
                }
            }
            if (expression.mid(i, close - i).contains(QStringLiteral("[:"))) {
                return false;
            }
        } else if (sign == u'(' && (next == u'?' || next == u'*')) {
            // options like (?s); recursion; verbs
            const QChar kind = i + 2 < expression.size() ? expression.at(i + 2) : QChar();
            if (next == u'*' || !QStringLiteral(":=!<>|P'").contains(kind)) {
                return false;
            }
        }
    }
    return true;
}

/// A whole word begins and ends where not both sides are parts of words.
QString asWholeWords(const QString& expression)
{
    return QStringLiteral("(?:(?<!\\w)|(?!\\w))(?:") + expression
        + QStringLiteral(")(?:(?!\\w)|(?<!\\w))");
}

} // namespace

CompiledQuery compile(const SearchQuery& query)
{
    CompiledQuery result;
    QRegularExpression::PatternOptions options =
        QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption;
    if (!query.matchCase) {
        options |= QRegularExpression::CaseInsensitiveOption;
    }
    if (query.regularExpression) {
        // alone first: a missing bracket must not close ours
        const QRegularExpression alone(query.text, options);
        if (!alone.isValid()) {
            result.expression = alone;
            result.problem = Words::tr("The expression is not valid at character %1: %2.")
                                 .arg(alone.patternErrorOffset() + 1)
                                 .arg(alone.errorString());
            return result;
        }
        result.withinLines = staysWithinLines(query.text);
    } else {
        result.withinLines = !query.text.contains(u'\n');
    }
    QString pattern = query.regularExpression ? query.text : QRegularExpression::escape(query.text);
    if (query.wholeWords) {
        pattern = asWholeWords(pattern);
    }
    result.expression = QRegularExpression(preamble() + pattern, options);
    if (!result.expression.isValid()) { // two of PCRE's verbs that do not go together, say
        result.problem =
            Words::tr("The expression is not valid: %1.").arg(result.expression.errorString());
    }
    return result;
}

namespace {

/// A replacement's text as it grows, with the case that is asked for at the moment.
class CaseWriter
{
public:
    void append(const QString& text)
    {
        QString piece = m_case == 'U' ? text.toUpper() : m_case == 'L' ? text.toLower() : text;
        if (m_next != 0 && !piece.isEmpty()) {
            const qsizetype first = piece.at(0).isHighSurrogate() && piece.size() > 1 ? 2 : 1;
            const QString letter = piece.first(first);
            piece = (m_next == 'u' ? letter.toUpper() : letter.toLower()) + piece.sliced(first);
            m_next = 0;
        }
        m_text += piece;
    }
    void setCase(char kind) { m_case = kind == 'E' ? 0 : kind; }
    void setNext(char kind) { m_next = kind; }
    [[nodiscard]] QString text() const { return m_text; }

private:
    QString m_text;
    char m_case = 0; ///< 'U', 'L' or none
    char m_next = 0; ///< 'u', 'l' or none
};

/// Walks over a replacement; `capture` gets the number or name of each reference to a match.
template <typename Capture, typename Literal, typename Case>
void walk(const QString& pattern, Capture capture, Literal literal, Case changeCase)
{
    const auto at = [&pattern](
                        qsizetype i) { return i < pattern.size() ? pattern.at(i) : QChar(); };
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar sign = pattern.at(i);
        const QChar next = at(i + 1);
        if (sign == u'\\' && next >= u'0' && next <= u'9') {
            capture(QString(next));
        } else if (sign == u'\\' && next == u'n') {
            literal(QStringLiteral("\n"));
        } else if (sign == u'\\' && next == u't') {
            literal(QStringLiteral("\t"));
        } else if (sign == u'\\' && QStringLiteral("ULEul").contains(next) && !next.isNull()) {
            changeCase(next.toLatin1());
        } else if ((sign == u'\\' && next == u'\\') || (sign == u'$' && next == u'$')) {
            literal(QString(next));
        } else if (sign == u'$' && next == u'&') {
            capture(QStringLiteral("0"));
        } else if (sign == u'$' && next >= u'0' && next <= u'9') {
            capture(QString(next));
        } else if (sign == u'$' && next == u'{' && pattern.indexOf(u'}', i + 2) > i + 2) {
            const qsizetype close = pattern.indexOf(u'}', i + 2);
            capture(pattern.sliced(i + 2, close - i - 2));
            i = close - 1;
        } else {
            literal(QString(sign));
            continue;
        }
        ++i;
    }
}

} // namespace

QString expandReplacement(const QString& pattern, const QRegularExpressionMatch& match)
{
    CaseWriter writer;
    walk(
        pattern,
        [&](const QString& reference) {
            bool isNumber = false;
            const int number = reference.toInt(&isNumber);
            writer.append(isNumber ? match.captured(number) : match.captured(reference));
        },
        [&](const QString& text) { writer.append(text); },
        [&](char kind) {
            kind == 'u' || kind == 'l' ? writer.setNext(kind) : writer.setCase(kind);
        });
    return writer.text();
}

bool dependsOnMatch(const QString& pattern)
{
    bool depends = false;
    walk(pattern, [&](const QString&) { depends = true; }, [](const QString&) {}, [](char) {});
    return depends;
}

} // namespace tutti::ui
