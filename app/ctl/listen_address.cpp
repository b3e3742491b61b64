// SPDX-License-Identifier: MIT
#include "app/ctl/listen_address.h"

#include <QCoreApplication>

namespace tutti::app::ctl {

QString ListenAddress::hostAndPort(quint16 actualPort) const
{
    const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (six ? u'[' + address.toString() + u']' : address.toString()) + u':'
        + QString::number(actualPort);
}

std::expected<ListenAddress, QString> parseListenAddress(const QString& text)
{
    const auto tr = [](const char* words) {
        return QCoreApplication::translate("tuttictl", words);
    };
    const qsizetype colon = text.lastIndexOf(u':');
    QString host = colon < 0 ? QString() : text.left(colon);
    const QString digits = text.mid(colon + 1);
    bool ok = false;
    const uint port = digits.toUInt(&ok);
    if (!ok || port > 65535 || digits.startsWith(u'+')) {
        return std::unexpected(
            tr("“%1” is not an address to listen on: write ADDRESS:PORT, as in 127.0.0.1:1234")
                .arg(text));
    }
    ListenAddress result;
    result.port = static_cast<quint16>(port);
    if (host.isEmpty() || host == QStringLiteral("localhost")) {
        result.address = QHostAddress(QHostAddress::LocalHost);
        return result;
    }
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        host = host.mid(1, host.size() - 2);
    } else if (host.contains(u':')) {
        return std::unexpected(tr("An IPv6 address needs brackets, as in [::1]:1234"));
    }
    if (host == QStringLiteral("*") || !result.address.setAddress(host)) {
        return std::unexpected(tr("“%1” is not an IP address of this computer").arg(host));
    }
    return result;
}

} // namespace tutti::app::ctl
