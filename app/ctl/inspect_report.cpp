// SPDX-License-Identifier: MIT
#include "app/ctl/inspect_report.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>
#include <map>

namespace tutti::app::ctl {

namespace {

/// What one client contributes: clocks [from, to) in so many structs, gaps not counted.
struct ClientSummary
{
    quint64 from = 0;
    quint64 to = 0;
    int structs = 0;
};

std::map<crdt::ClientId, ClientSummary> summarize(const crdt::DecodedUpdate& update)
{
    std::map<crdt::ClientId, ClientSummary> clients;
    for (const crdt::StructInfo& info : update.structs) {
        const quint64 begin = info.id.clock.value();
        const quint64 end = begin + info.length;
        const auto [entry, isNew] = clients.try_emplace(info.id.client, begin, end, 0);
        ClientSummary& summary = entry->second;
        summary.from = std::min(summary.from, begin);
        summary.to = std::max(summary.to, end);
        summary.structs += info.kind == "Skip" ? 0 : 1;
    }
    return clients;
}

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString name(crdt::Id id)
{
    return QStringLiteral("%1:%2").arg(id.client.value()).arg(id.clock.value());
}

/// Content on one line, shortened.
QString shown(const std::string& content)
{
    constexpr qsizetype kMost = 60;
    QString line = text(content);
    line.replace(u'\n', QStringLiteral("\\n")).replace(u'\r', QStringLiteral("\\r"));
    if (line.size() > kMost) {
        line = line.left(kMost) + u'…';
    }
    return line;
}

QJsonValue idValue(const std::optional<crdt::Id>& id)
{
    if (!id) {
        return QJsonValue::Null;
    }
    return QJsonObject{{QStringLiteral("client"), static_cast<qint64>(id->client.value())},
        {QStringLiteral("clock"), static_cast<qint64>(id->clock.value())}};
}

QJsonValue textValue(const std::optional<std::string>& value)
{
    return value ? QJsonValue(text(*value)) : QJsonValue(QJsonValue::Null);
}

} // namespace

QString inspectText(const crdt::DecodedUpdate& update)
{
    QString out;
    const auto clients = summarize(update);
    out += QStringLiteral("%1 clients, %2 structs, %3 deletes\n")
               .arg(clients.size())
               .arg(update.structs.size())
               .arg(update.deletions.size());
    for (const auto& [client, summary] : clients) {
        out += QStringLiteral("client %1: clocks %2 to %3, %4 structs\n")
                   .arg(client.value())
                   .arg(summary.from)
                   .arg(summary.to)
                   .arg(summary.structs);
    }
    for (const crdt::StructInfo& info : update.structs) {
        QStringList words{QStringLiteral("struct %1").arg(name(info.id)),
            QStringLiteral("length %1").arg(info.length), text(info.kind)};
        if (info.origin) {
            words += QStringLiteral("after %1").arg(name(*info.origin));
        }
        if (info.rightOrigin) {
            words += QStringLiteral("before %1").arg(name(*info.rightOrigin));
        }
        if (info.parentRoot) {
            words += QStringLiteral("in \"%1\"").arg(text(*info.parentRoot));
        }
        if (info.parentItem) {
            words += QStringLiteral("in %1").arg(name(*info.parentItem));
        }
        if (info.parentSub) {
            words += QStringLiteral("key \"%1\"").arg(text(*info.parentSub));
        }
        out += words.join(u' ');
        if (!info.content.empty()) {
            out += QStringLiteral(": ") + shown(info.content);
        }
        out += u'\n';
    }
    for (const crdt::DeletedRange& range : update.deletions) {
        out += QStringLiteral("delete %1 length %2\n").arg(name(range.id)).arg(range.length);
    }
    return out;
}

QByteArray inspectJson(const crdt::DecodedUpdate& update)
{
    QJsonArray clients;
    for (const auto& [client, summary] : summarize(update)) {
        clients += QJsonObject{{QStringLiteral("client"), static_cast<qint64>(client.value())},
            {QStringLiteral("from"), static_cast<qint64>(summary.from)},
            {QStringLiteral("to"), static_cast<qint64>(summary.to)},
            {QStringLiteral("structs"), summary.structs}};
    }
    QJsonArray structs;
    for (const crdt::StructInfo& info : update.structs) {
        structs += QJsonObject{
            {QStringLiteral("client"), static_cast<qint64>(info.id.client.value())},
            {QStringLiteral("clock"), static_cast<qint64>(info.id.clock.value())},
            {QStringLiteral("length"), static_cast<qint64>(info.length)},
            {QStringLiteral("kind"), text(info.kind)},
            {QStringLiteral("origin"), idValue(info.origin)},
            {QStringLiteral("rightOrigin"), idValue(info.rightOrigin)},
            {QStringLiteral("root"), textValue(info.parentRoot)},
            {QStringLiteral("parent"), idValue(info.parentItem)},
            {QStringLiteral("key"), textValue(info.parentSub)},
            {QStringLiteral("content"), text(info.content)},
        };
    }
    QJsonArray deletes;
    for (const crdt::DeletedRange& range : update.deletions) {
        deletes += QJsonObject{
            {QStringLiteral("client"), static_cast<qint64>(range.id.client.value())},
            {QStringLiteral("clock"), static_cast<qint64>(range.id.clock.value())},
            {QStringLiteral("length"), static_cast<qint64>(range.length)},
        };
    }
    return QJsonDocument(
        QJsonObject{{QStringLiteral("clients"), clients}, {QStringLiteral("structs"), structs},
            {QStringLiteral("deletes"), deletes}})
        .toJson(QJsonDocument::Compact);
}

} // namespace tutti::app::ctl
