// SPDX-License-Identifier: MIT
#include "ui/shell/room_link.h"

#include <QStringList>

namespace tutti::ui {

namespace {

const auto kScheme = QStringLiteral("tutti://");
const auto kVia = QStringLiteral("via=");

} // namespace

bool isTuttiLink(const QString& text) { return text.startsWith(kScheme, Qt::CaseInsensitive); }

QString plainRoomLink(const QString& text)
{
    const QString link = text.trimmed();
    if (!isTuttiLink(link)) {
        return text;
    }
    // By hand: what is not `via` has to stay as it is encoded, since servers compare bytes.
    const QString rest = link.sliced(kScheme.size());
    const qsizetype hash = rest.indexOf(QChar(u'#'));
    const QString fragment = hash < 0 ? QString() : rest.sliced(hash);
    const QString beforeHash = hash < 0 ? rest : rest.first(hash);
    const qsizetype mark = beforeHash.indexOf(QChar(u'?'));
    const QString place = mark < 0 ? beforeHash : beforeHash.first(mark);
    QString via = QStringLiteral("ws");
    QStringList query;
    if (mark >= 0) {
        const QStringList parts = beforeHash.sliced(mark + 1).split(QChar(u'&'));
        for (const QString& part : parts) {
            if (part.startsWith(kVia)) {
                via = part.sliced(kVia.size())
                          .replace(QStringLiteral("%2B"), QStringLiteral("+"), Qt::CaseInsensitive);
            } else if (!part.isEmpty()) {
                query.append(part);
            }
        }
    }
    static const QStringList known{QStringLiteral("ws"), QStringLiteral("wss"),
        QStringLiteral("hocuspocus+ws"), QStringLiteral("hocuspocus+wss")};
    if (!known.contains(via)) {
        return text;
    }
    return via + QStringLiteral("://") + place
        + (query.isEmpty() ? QString() : QChar(u'?') + query.join(QChar(u'&'))) + fragment;
}

} // namespace tutti::ui
