// SPDX-License-Identifier: MIT
#include "app/ctl/tls_files.h"

#include "app/ctl/input.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>

#include <memory>

namespace tutti::app::ctl {

namespace {

using Failure = std::unexpected<QString>;

QString tr(const char* words) { return QCoreApplication::translate("tuttictl", words); }

QSslKey readKey(const QByteArray& pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (const QSslKey key(pem, algorithm); !key.isNull()) {
            return key;
        }
    }
    return {};
}

/// Whether OpenSSL takes the two together, which Qt only finds out when somebody connects.
bool isAccepted(const QSslConfiguration& tls)
{
    constexpr int kPatience = 1'000;
    QTcpServer listener;
    QTcpSocket client;
    if (!listener.listen(QHostAddress::LocalHost)) {
        return true; // then somebody else will say so
    }
    client.connectToHost(QHostAddress::LocalHost, listener.serverPort());
    if (!client.waitForConnected(kPatience) || !listener.waitForNewConnection(kPatience)) {
        return true;
    }
    const std::unique_ptr<QTcpSocket> accepted(listener.nextPendingConnection());
    QSslSocket server;
    server.setSocketDescriptor(accepted->socketDescriptor());
    server.setSslConfiguration(tls);
    server.startServerEncryption();
    const bool fits = server.error() == QAbstractSocket::UnknownSocketError
        && server.state() == QAbstractSocket::ConnectedState;
    server.abort();
    return fits;
}

} // namespace

std::expected<QSslConfiguration, QString> loadTls(
    const QString& certificateFile, const QString& keyFile)
{
    if (!QSslSocket::supportsSsl()) {
        return Failure(tr("This system's Qt has no TLS"));
    }
    const auto certificatePem = readInput(certificateFile);
    if (!certificatePem) {
        return Failure(certificatePem.error());
    }
    const auto keyPem = readInput(keyFile);
    if (!keyPem) {
        return Failure(keyPem.error());
    }
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificatePem, QSsl::Pem);
    if (chain.isEmpty() || chain.first().isNull()) {
        return Failure(
            tr("There is no certificate in %1; it has to be in PEM form").arg(certificateFile));
    }
    const QSslKey key = readKey(*keyPem);
    if (key.isNull()) {
        return Failure(keyPem->contains("ENCRYPTED")
                ? tr("The key in %1 has a password; give one without").arg(keyFile)
                : tr("There is no private key in %1; it has to be in PEM form").arg(keyFile));
    }
    if (const QDateTime end = chain.first().expiryDate(); end < QDateTime::currentDateTimeUtc()) {
        complain(tr("The certificate in %1 has expired on %2; clients will refuse it")
                .arg(certificateFile, end.toString(Qt::ISODate)));
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(chain);
    tls.setPrivateKey(key);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    if (!isAccepted(tls)) {
        return Failure(tr("The key in %1 does not belong to the certificate in %2")
                .arg(keyFile, certificateFile));
    }
    return tls;
}

} // namespace tutti::app::ctl
