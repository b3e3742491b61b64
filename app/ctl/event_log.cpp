// SPDX-License-Identifier: MIT
#include "app/ctl/event_log.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace tutti::app::ctl {

namespace {

QString levelName(net::ServerEvent::Level level)
{
    return level == net::ServerEvent::Level::Info ? QStringLiteral("info")
                                                  : QStringLiteral("warning");
}

/// In quotes, as JSON has it, where it is not a plain word.
QString quoted(const QString& text)
{
    const bool plain = std::ranges::all_of(text, [](QChar c) {
        return c.unicode() > 0x20 && c.unicode() < 0x7f && c != u'"' && c != u'\\' && c != u'=';
    });
    if (plain && !text.isEmpty()) {
        return text;
    }
    QString out = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\') {
            out += u'\\';
            out += c;
        } else if (c.unicode() < 0x20 || c.unicode() == 0x7f || c.category() == QChar::Other_Control
            || c.category() == QChar::Other_Format || c.unicode() == 0x2028
            || c.unicode() == 0x2029) {
            out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QChar(u'0'));
        } else {
            out += c;
        }
    }
    return out + u'"';
}

} // namespace

QByteArray logLine(const net::ServerEvent& event, LogFormat format, const QDateTime& time)
{
    const QString when = time.toUTC().toString(Qt::ISODateWithMs);
    if (format == LogFormat::Json) {
        QJsonObject line{{QStringLiteral("time"), when},
            {QStringLiteral("level"), levelName(event.level)},
            {QStringLiteral("event"), QString(event.event)}};
        if (!event.room.isEmpty()) {
            line.insert(QStringLiteral("room"), event.room);
        }
        if (!event.peer.isEmpty()) {
            line.insert(QStringLiteral("peer"), event.peer);
        }
        if (event.code != 0) {
            line.insert(QStringLiteral("code"), event.code);
        }
        if (!event.reason.isEmpty()) {
            line.insert(QStringLiteral("reason"), event.reason);
        }
        return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    }
    QString line = when + u' ' + levelName(event.level) + u' ' + event.event;
    if (!event.room.isEmpty()) {
        line += QStringLiteral(" room=") + quoted(event.room);
    }
    if (!event.peer.isEmpty()) {
        line += QStringLiteral(" peer=") + quoted(event.peer);
    }
    if (event.code != 0) {
        line += QStringLiteral(" code=") + QString::number(event.code);
    }
    if (!event.reason.isEmpty()) {
        line += QStringLiteral(" reason=") + quoted(event.reason);
    }
    return line.toUtf8() + '\n';
}

} // namespace tutti::app::ctl
