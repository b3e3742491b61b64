// SPDX-License-Identifier: MIT
#include "pseudo_translator.h"

#include <QLatin1StringView>
#include <QRegularExpression>

namespace {

constexpr QStringView kLatin = u"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr QStringView kAccented = u"åƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";
constexpr QStringView kHebrew = u"אבגדהוזחטיכלמנסעפצקרשתםןץףאבגדהוזחטיכלמנסעפצקרשתםןץף";
static_assert(kLatin.size() == kAccented.size() && kLatin.size() == kHebrew.size());

/// What is ours; keys and words that Qt looks at itself stay.
bool isOurs(QLatin1StringView context)
{
    return context.startsWith(QLatin1StringView("tutti::"))
        || context == QLatin1StringView("CloseReason")
        || context == QLatin1StringView("EditorCommand")
        || context == QLatin1StringView("SettingSpec")
        || context == QLatin1StringView("QPlatformTheme");
}

} // namespace

QString PseudoTranslator::lengthened(const QString& source) const
{
    const QStringView letters = m_script == Script::Accented ? kAccented : kHebrew;
    static const QRegularExpression fixed(
        QStringLiteral("%L?(\\d+|n)|\\[\\*\\]|</?\\w+[^>]*>|&(amp|lt|gt|quot);|&."));
    QString text;
    qsizetype at = 0;
    int count = 0;
    const auto put = [&](QStringView part) {
        for (const QChar character : part) {
            const qsizetype index = kLatin.indexOf(character);
            text.append(index < 0 ? character : letters[index]);
            ++count;
        }
    };
    for (auto matches = fixed.globalMatch(source); matches.hasNext();) {
        const auto match = matches.next();
        put(QStringView(source).sliced(at, match.capturedStart() - at));
        text.append(match.captured());
        count += 2;
        at = match.capturedEnd();
    }
    put(QStringView(source).sliced(at));

    // 40 %, in words that can be wrapped, before what ends the sentence
    QString more;
    for (int i = 0; i < (count * 2 + 4) / 5; ++i) {
        more.append(i % 7 == 0 && count > 14 ? QChar(u' ') : letters[i % 26]);
    }
    static const QRegularExpression end(QStringLiteral("[\\s….:?,]*$"));
    text.insert(end.match(text).capturedStart(), more);
    return text;
}

QString PseudoTranslator::translate(const char* context, const char* source, const char*, int) const
{
    const QLatin1StringView where(context);
    const QString text = QString::fromUtf8(source);
    if (text == QStringLiteral("QT_LAYOUT_DIRECTION")) {
        return m_script == Script::RightToLeft ? QStringLiteral("RTL") : QStringLiteral("LTR");
    }
    return isOurs(where) ? lengthened(text) : QString();
}
