// SPDX-License-Identifier: MIT
#include "net/connector.h"
#include "net/websocket_channel.h"
#include "socks_proxy.h"

#include <QElapsedTimer>
#include <QFile>
#include <QNetworkProxyFactory>
#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace std::chrono_literals;
using tutti::net::Channel;
using tutti::net::CloseInfo;
using tutti::net::RoomAddress;
using tutti::net::WebSocketChannel;

namespace {

RoomAddress addressOf(quint16 port, const QString& room = QStringLiteral("room"))
{
    return *RoomAddress::make(QStringLiteral("127.0.0.1"), port, room);
}

CloseInfo closeInfo(const QSignalSpy& spy) { return spy.at(0).at(0).value<CloseInfo>(); }

/// A server that does what each test tells it.
struct Peer
{
    QWebSocketServer server{QStringLiteral("peer"), QWebSocketServer::NonSecureMode};
    std::unique_ptr<QWebSocket> socket;

    Peer()
    {
        if (!server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
        QObject::connect(&server, &QWebSocketServer::newConnection, &server,
            [this] { socket.reset(server.nextPendingConnection()); });
    }
};

/// A server with TLS and a certificate that only its own authority vouches for, for `names`.
struct TlsPeer
{
    QTemporaryDir dir;
    QString authorityFile = dir.filePath(QStringLiteral("authority.pem"));
    QWebSocketServer server{QStringLiteral("tls"), QWebSocketServer::SecureMode};

    explicit TlsPeer(const QByteArray& names)
    {
        const auto run = [this](const char* arguments) {
            QProcess process;
            process.setWorkingDirectory(dir.path());
            process.start(QStringLiteral("openssl"),
                QString::fromLatin1(arguments).split(u' ', Qt::SkipEmptyParts));
            return process.waitForFinished() && process.exitCode() == 0;
        };
        QFile extensions(dir.filePath(QStringLiteral("names")));
        const bool made = extensions.open(QIODevice::WriteOnly)
            && extensions.write("subjectAltName=" + names) > 0 && extensions.flush()
            && run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "
                   "authority.key -out authority.pem -subj /CN=Authority -quiet")
            && run("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem "
                   "-out request.pem -subj /CN=server -quiet")
            && run("x509 -req -in request.pem -CA authority.pem -CAkey authority.key "
                   "-CAcreateserial -out certificate.pem -extfile names -days 2");
        QFile key(dir.filePath(QStringLiteral("key.pem")));
        if (!made || !key.open(QIODevice::ReadOnly)) {
            qFatal("openssl cannot make a certificate");
        }
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
        tls.setLocalCertificateChain(
            QSslCertificate::fromPath(dir.filePath(QStringLiteral("certificate.pem"))));
        server.setSslConfiguration(tls);
        if (!server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
    }
    [[nodiscard]] RoomAddress address() const
    {
        return *RoomAddress::make(
            QStringLiteral("localhost"), server.serverPort(), QStringLiteral("room"), true);
    }
};

/// An HTTP proxy that knows CONNECT alone, and lets nobody through when it is told so.
struct Proxy
{
    QTcpServer server;
    QList<QByteArray> requests;
    bool refuses = false;

    Proxy()
    {
        if (!server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this] {
            QTcpSocket* near = server.nextPendingConnection();
            auto* far = new QTcpSocket(near);
            QObject::connect(near, &QTcpSocket::readyRead, near, [this, near, far] {
                if (far->state() == QAbstractSocket::ConnectedState) {
                    far->write(near->readAll());
                } else if (near->peek(4096).contains("\r\n\r\n")) {
                    const QByteArray request = near->readAll();
                    requests.append(request.left(request.indexOf("\r\n")));
                    const QList<QByteArray> target = requests.last().split(' ').value(1).split(':');
                    if (refuses) {
                        near->write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                        near->disconnectFromHost();
                    } else { // whatever its name, the test's server is here
                        far->connectToHost(QHostAddress::LocalHost, target.value(1).toUShort());
                    }
                }
            });
            QObject::connect(far, &QTcpSocket::connected, near,
                [near] { near->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
            QObject::connect(
                far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
        });
    }
};

/// Sets a variable of the environment for as long as it lives.
class Variable
{
public:
    Variable(const char* name, const QByteArray& value)
        : m_name(name)
    {
        qputenv(name, value);
    }
    ~Variable() { qunsetenv(m_name); }
    Q_DISABLE_COPY_MOVE(Variable)

private:
    const char* m_name;
};

} // namespace

class TestWebSocketChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void talks()
    {
        Peer peer;
        WebSocketChannel channel(addressOf(peer.server.serverPort(), QStringLiteral("my room")));
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy received(&channel, &Channel::received);
        QSignalSpy closed(&channel, &Channel::closed);
        channel.send("lost: not open");
        channel.open();
        QVERIFY(!channel.isOpen());
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(peer.socket);
        QCOMPARE(peer.socket->requestUrl().path(QUrl::FullyEncoded), QStringLiteral("/my%20room"));

        QSignalSpy atPeer(peer.socket.get(), &QWebSocket::binaryMessageReceived);
        const QByteArray large(3'000'000, 'x'); // several frames
        channel.send("one");
        channel.send(large);
        QTRY_COMPARE(atPeer.size(), 2);
        QCOMPARE(atPeer.at(0).at(0).toByteArray(), QByteArray("one"));
        QCOMPARE(atPeer.at(1).at(0).toByteArray(), large);
        peer.socket->sendTextMessage(QStringLiteral("ignored"));
        peer.socket->sendBinaryMessage(large);
        QTRY_COMPARE(received.size(), 1);
        QCOMPARE(received.at(0).at(0).toByteArray(), large);

        QSignalSpy peerClosed(peer.socket.get(), &QWebSocket::disconnected);
        channel.send("last words");
        channel.close(4001, QStringLiteral("enough"));
        QVERIFY(!channel.isOpen());
        QCOMPARE(closed.size(), 0);
        QTRY_COMPARE(closed.size(), 1);
        QTRY_COMPARE(peerClosed.size(), 1);
        QCOMPARE(atPeer.last().at(0).toByteArray(), QByteArray("last words"));
        QCOMPARE(int(peer.socket->closeCode()), 4001);
        QCOMPARE(closeInfo(closed).code, 4001);
        QVERIFY(!closeInfo(closed).terminal);
    }

    void opensAgain()
    {
        Peer peer;
        WebSocketChannel channel(addressOf(peer.server.serverPort()));
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy closed(&channel, &Channel::closed);
        for (int round = 1; round <= 3; ++round) {
            channel.open();
            QTRY_COMPARE(opened.size(), round);
            channel.close();
            QTRY_COMPARE(closed.size(), round);
        }
        // Closed before it was open, and opened again at once.
        channel.open();
        channel.close();
        QTRY_COMPARE(closed.size(), 4);
        channel.open();
        QTRY_COMPARE(opened.size(), 4);
        QCOMPARE(closed.size(), 4);
    }

    void theServerCloses_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("seen");
        QTest::addColumn<bool>("terminal");
        for (const int code : {1000, 1001, 1008, 4000, 4205}) {
            QTest::addRow("%d", code) << code << code << false;
        }
        for (const int code : {1012, 1013, 1014}) { // of which Qt keeps neither code nor reason
            QTest::addRow("%d", code) << code << 1013 << false;
        }
        for (const int code : {1009, 4400, 4401, 4403, 4499}) {
            QTest::addRow("%d", code) << code << code << true;
        }
    }

    void theServerCloses()
    {
        QFETCH(int, code);
        Peer peer;
        WebSocketChannel channel(addressOf(peer.server.serverPort()));
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(peer.socket);
        peer.socket->close(
            static_cast<QWebSocketProtocol::CloseCode>(code), QStringLiteral("because"));
        QTRY_COMPARE(closed.size(), 1);
        QTEST(closeInfo(closed).code, "seen");
        const bool isLost = code >= 1012 && code <= 1014;
        QVERIFY2(isLost ? closeInfo(closed).reason.endsWith(u"for now")
                        : closeInfo(closed).reason == u"because",
            qPrintable(closeInfo(closed).reason));
        QTEST(closeInfo(closed).terminal, "terminal");
        QCOMPARE(closeInfo(closed).denied, code == 4401 || code == 4403);
    }

    void aBrokenConnection()
    {
        Peer peer;
        WebSocketChannel channel(addressOf(peer.server.serverPort()));
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(peer.socket);
        peer.socket->abort();
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closeInfo(closed).code, CloseInfo::kAbnormal);
        QVERIFY(closeInfo(closed).reason.contains(channel.host()));
        QVERIFY(!closeInfo(closed).terminal);
    }

    void cannotConnect_data()
    {
        QTest::addColumn<QString>("answer"); ///< "refuse", or what is sent to any request
        QTest::addColumn<QString>("says");
        QTest::newRow("nobody there") << QStringLiteral("refuse") << QStringLiteral("no server");
        QTest::newRow("forbidden")
            << QStringLiteral("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            << QStringLiteral("403");
        QTest::newRow("a web page")
            << QStringLiteral("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
            << QStringLiteral("WebSocket");
        QTest::newRow("another protocol")
            << QStringLiteral("220 mail.example ESMTP\r\n\r\n") << QStringLiteral("WebSocket");
        QTest::newRow("silence") << QString() << QStringLiteral("does not answer");
    }

    void cannotConnect()
    {
        QFETCH(QString, answer);
        QFETCH(QString, says);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const quint16 port = server.serverPort();
        connect(&server, &QTcpServer::newConnection, &server, [&server, answer] {
            QTcpSocket* socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                if (socket->peek(4096).contains("\r\n\r\n") && !answer.isEmpty()) {
                    socket->readAll();
                    socket->write(answer.toLatin1());
                    socket->disconnectFromHost();
                }
            });
        });
        if (answer == QStringLiteral("refuse")) {
            server.close();
        }
        WebSocketChannel::Options options;
        options.connectTimeout = 300ms;
        WebSocketChannel channel(addressOf(port), options);
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE(closed.size(), 1);
        const CloseInfo info = closeInfo(closed);
        QCOMPARE(info.code, CloseInfo::kAbnormal);
        QVERIFY(!info.terminal);
        QVERIFY2(info.reason.contains(says), qPrintable(info.reason));
        QVERIFY2(info.reason.contains(channel.host()), qPrintable(info.reason));
    }

    void noSuchHost()
    {
        WebSocketChannel channel(
            *RoomAddress::parse(QStringLiteral("ws://no-such-host.invalid/room")));
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 15'000);
        QVERIFY2(closeInfo(closed).reason.contains(QStringLiteral("no-such-host.invalid")),
            qPrintable(closeInfo(closed).reason));
    }

    void anUnknownCertificateIsRefused()
    {
        const QTemporaryDir dir;
        const QString keyFile = dir.filePath(QStringLiteral("key.pem"));
        const QString certificateFile = dir.filePath(QStringLiteral("certificate.pem"));
        QCOMPARE(QProcess::execute(QStringLiteral("openssl"),
                     {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                         QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                         QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                         QStringLiteral("-keyout"), keyFile, QStringLiteral("-out"),
                         certificateFile, QStringLiteral("-subj"), QStringLiteral("/CN=localhost"),
                         QStringLiteral("-quiet")}),
            0);
        QFile key(keyFile);
        QVERIFY(key.open(QIODevice::ReadOnly));
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPrivateKey(QSslKey(key.readAll(), QSsl::Ec));
        tls.setLocalCertificateChain(QSslCertificate::fromPath(certificateFile));
        QWebSocketServer server(QStringLiteral("tls"), QWebSocketServer::SecureMode);
        server.setSslConfiguration(tls);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QSignalSpy entered(&server, &QWebSocketServer::newConnection);

        WebSocketChannel channel(*RoomAddress::make(
            QStringLiteral("localhost"), server.serverPort(), QStringLiteral("room"), true));
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(opened.size(), 0);
        QCOMPARE(entered.size(), 0);
        const QString reason = closeInfo(closed).reason;
        QVERIFY2(reason.contains(channel.host()), qPrintable(reason));
        QVERIFY2(reason.contains(QStringLiteral("self-signed")), qPrintable(reason));
    }

    void aPrivateAuthority()
    {
        TlsPeer peer("DNS:localhost");
        const auto authorities = tutti::net::readAuthorities(peer.authorityFile);
        QVERIFY(authorities);
        const auto connects = [&peer](tutti::net::Connector connector) {
            const auto channel = connector.channelTo(peer.address());
            QSignalSpy opened(channel.get(), &Channel::opened);
            QSignalSpy closed(channel.get(), &Channel::closed);
            channel->open();
            return QTest::qWaitFor([&] { return !opened.isEmpty() || !closed.isEmpty(); })
                && !opened.isEmpty();
        };
        QVERIFY(!connects(tutti::net::Connector()));
        QVERIFY(connects(tutti::net::Connector(*authorities)));
        const Variable variable("SSL_CERT_FILE", QFile::encodeName(peer.authorityFile));
        QVERIFY(connects(tutti::net::Connector()));
    }

    void theWrongHostIsRefused()
    {
        TlsPeer peer("DNS:elsewhere.example");
        tutti::net::Connector connector(*tutti::net::readAuthorities(peer.authorityFile));
        const auto channel = connector.channelTo(peer.address());
        QSignalSpy closed(channel.get(), &Channel::closed);
        channel->open();
        QTRY_COMPARE(closed.size(), 1);
        const QString reason = closeInfo(closed).reason;
        QVERIFY2(reason.contains(channel->host()) && reason.contains(QStringLiteral("host name")),
            qPrintable(reason));
    }

    void authoritiesThatCannotBeRead()
    {
        const QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("none.pem"));
        QVERIFY(tutti::net::readAuthorities(file).error().contains(file));
        QFile empty(file);
        QVERIFY(empty.open(QIODevice::WriteOnly));
        QVERIFY(tutti::net::readAuthorities(file).error().contains(QStringLiteral("PEM")));
    }

    void throughAProxy_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<bool>("secure");
        QTest::newRow("http_proxy") << QByteArray("http_proxy") << false;
        QTest::newRow("https_proxy") << QByteArray("https_proxy") << true;
    }

    void throughAProxy()
    {
        QFETCH(QByteArray, variable);
        QFETCH(bool, secure);
        TlsPeer secret("DNS:somewhere.invalid");
        Peer open;
        Proxy proxy;
        const QByteArray url =
            "http://127.0.0.1:" + QByteArray::number(proxy.server.serverPort()) + '/';
        const Variable set(variable.constData(), url);
        QNetworkProxyFactory::setUseSystemConfiguration(true);
        const quint16 port = secure ? secret.server.serverPort() : open.server.serverPort();
        const auto address = *RoomAddress::make(
            QStringLiteral("somewhere.invalid"), port, QStringLiteral("room"), secure);
        tutti::net::Connector connector(*tutti::net::readAuthorities(secret.authorityFile));
        const auto channel = connector.channelTo(address);
        QSignalSpy opened(channel.get(), &Channel::opened);
        QSignalSpy closed(channel.get(), &Channel::closed);
        channel->open();
        QTRY_VERIFY(!opened.isEmpty() || !closed.isEmpty());
        QVERIFY2(
            !opened.isEmpty(), qPrintable(closed.isEmpty() ? QString() : closeInfo(closed).reason));
        QCOMPARE(proxy.requests.size(), 1);
        QVERIFY2(proxy.requests.at(0).startsWith(
                     "CONNECT somewhere.invalid:" + QByteArray::number(port) + ' '),
            proxy.requests.at(0).constData());

        channel->close();
        QTRY_COMPARE(closed.size(), 1);
        closed.clear();
        proxy.refuses = true;
        channel->open();
        QTRY_COMPARE(closed.size(), 1);
        QNetworkProxyFactory::setUseSystemConfiguration(false);
        QVERIFY2(closeInfo(closed).reason.contains(QStringLiteral("proxy 127.0.0.1")),
            qPrintable(closeInfo(closed).reason));
        QVERIFY(closeInfo(closed).reason.contains(channel->host()));
    }

    void throughASocksProxy_data()
    {
        QTest::addColumn<bool>("secure");
        QTest::addColumn<QByteArray>("login"); ///< what we say to it
        QTest::addColumn<int>("refusal");
        QTest::addColumn<QString>("words"); ///< empty: it works
        const QByteArray right = "ada:s3cret@";
        QTest::newRow("open to all") << false << QByteArray() << 0 << QString();
        QTest::newRow("ws") << false << right << 0 << QString();
        QTest::newRow("wss") << true << right << 0 << QString();
        QTest::newRow("wrong password")
            << false << QByteArray("ada:guess@") << 0 << QStringLiteral("authentication");
        QTest::newRow("not allowed") << false << right << 2 << QStringLiteral("not be reached");
        QTest::newRow("host unreachable")
            << false << right << 4 << QStringLiteral("not be reached");
        QTest::newRow("nobody listens there") << false << right << 5 << QStringLiteral("refused");
    }

    /// As the system says it, `http_proxy=socks5://…`: by name, so that the proxy looks it up.
    void throughASocksProxy()
    {
        QFETCH(bool, secure);
        QFETCH(QByteArray, login);
        QFETCH(int, refusal);
        QFETCH(QString, words);
        TlsPeer secret("DNS:somewhere.invalid");
        Peer open;
        tutti::net::test::SocksProxy proxy(
            login.isEmpty() ? QByteArray() : "ada", login.isEmpty() ? QByteArray() : "s3cret");
        proxy.refusal = static_cast<char>(refusal);
        const Variable set(secure ? "https_proxy" : "http_proxy",
            "socks5://" + login + "127.0.0.1:" + QByteArray::number(proxy.server.serverPort())
                + '/');
        const quint16 port = secure ? secret.server.serverPort() : open.server.serverPort();
        const auto address = *RoomAddress::make(
            QStringLiteral("somewhere.invalid"), port, QStringLiteral("room"), secure);
        tutti::net::Connector connector(*tutti::net::readAuthorities(secret.authorityFile));
        const auto channel = connector.channelTo(address);
        QSignalSpy opened(channel.get(), &Channel::opened);
        QSignalSpy closed(channel.get(), &Channel::closed);
        QNetworkProxyFactory::setUseSystemConfiguration(true);
        channel->open();
        QTRY_VERIFY(!opened.isEmpty() || !closed.isEmpty());
        QNetworkProxyFactory::setUseSystemConfiguration(false);
        const QString reason = closed.isEmpty() ? QString() : closeInfo(closed).reason;
        QVERIFY2(opened.isEmpty() == !words.isEmpty(), qPrintable(reason));
        if (words.isEmpty()) {
            QCOMPARE(
                proxy.targets, QList<QByteArray>{"somewhere.invalid:" + QByteArray::number(port)});
        } else {
            QVERIFY2(reason.contains(QStringLiteral("proxy 127.0.0.1:")), qPrintable(reason));
            QVERIFY2(reason.contains(channel->host()), qPrintable(reason));
            QVERIFY2(reason.contains(words, Qt::CaseInsensitive), qPrintable(reason));
            QVERIFY2(!reason.contains(QStringLiteral("guess")), qPrintable(reason));
        }
    }

    void tokens()
    {
        Peer peer;
        WebSocketChannel::Options options;
        int asked = 0;
        options.token = [&asked](QObject*, const auto& callBack) {
            callBack(tutti::net::Token(QStringLiteral("t&%1").arg(++asked)));
        };
        WebSocketChannel channel(
            *RoomAddress::parse(QStringLiteral("ws://127.0.0.1:%1/room?a=b&token=old")
                    .arg(peer.server.serverPort())),
            options);
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy closed(&channel, &Channel::closed);
        for (int round = 1; round <= 2; ++round) {
            channel.open();
            QTRY_COMPARE(opened.size(), round);
            QTRY_VERIFY(peer.socket);
            QCOMPARE(peer.socket->requestUrl().query(QUrl::FullyEncoded),
                QStringLiteral("a=b&token=t%26%1").arg(round));
            peer.socket.reset();
            QTRY_COMPARE(closed.size(), round);
        }
        // It takes its time, and then it is not wanted any more.
        std::function<void(const tutti::net::Token&)> answer;
        WebSocketChannel::Options slow;
        slow.connectTimeout = 50ms;
        slow.token = [&answer](QObject*, const auto& callBack) { answer = callBack; };
        WebSocketChannel patient(addressOf(peer.server.serverPort()), slow);
        QSignalSpy patientOpened(&patient, &Channel::opened);
        QSignalSpy patientClosed(&patient, &Channel::closed);
        patient.open();
        QTRY_VERIFY(answer);
        patient.close();
        QTRY_COMPARE(patientClosed.size(), 1);
        answer(tutti::net::Token(QStringLiteral("late")));
        answer = {};
        patient.open();
        QTRY_VERIFY(answer);
        answer(std::unexpected(QStringLiteral("nobody is at home")));
        QTRY_COMPARE(patientClosed.size(), 2);
        QCOMPARE(patientClosed.at(1).at(0).value<CloseInfo>().reason,
            QStringLiteral("nobody is at home"));
        QCOMPARE(patientOpened.size(), 0);
    }

    void noTlsAtAll()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&server] {
            server.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n");
        });
        WebSocketChannel channel(*RoomAddress::make(
            QStringLiteral("127.0.0.1"), server.serverPort(), QStringLiteral("room"), true));
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY2(closeInfo(closed).reason.contains(channel.host()),
            qPrintable(closeInfo(closed).reason));
    }

    void aHalfOpenConnectionIsNoticed()
    {
        // Answers the handshake and then never another byte: pings stay unanswered.
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Peer real;
        QTcpSocket* client = nullptr;
        QTcpSocket upstream;
        bool deaf = false;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            client = server.nextPendingConnection();
            upstream.connectToHost(QHostAddress::LocalHost, real.server.serverPort());
            connect(client, &QTcpSocket::readyRead, this, [&] {
                if (!deaf) {
                    upstream.write(client->readAll());
                }
            });
            connect(&upstream, &QTcpSocket::readyRead, this,
                [&] { client->write(upstream.readAll()); });
        });
        WebSocketChannel::Options options;
        options.pingAfter = 50ms;
        options.pongTimeout = 100ms;
        WebSocketChannel channel(addressOf(server.serverPort()), options);
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(real.socket);

        // While pings are answered silence does no harm.
        QSignalSpy answered(&upstream, &QTcpSocket::readyRead);
        QTRY_VERIFY(answered.size() >= 4);
        QCOMPARE(closed.size(), 0);

        deaf = true;
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closeInfo(closed).code, CloseInfo::kAbnormal);
        QVERIFY(closeInfo(closed).reason.contains(QStringLiteral("does not answer")));
        QVERIFY2(timer.elapsed() < 2'000, "it took longer than ping and pong may take");
    }

    void bytesAreASignOfLife()
    {
        // A large message comes slowly, and the pong waits behind it.
        Peer real;
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QTcpSocket* client = nullptr;
        QTcpSocket upstream;
        QByteArray waiting;
        bool slow = false;
        QTimer trickle;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            client = server.nextPendingConnection();
            upstream.connectToHost(QHostAddress::LocalHost, real.server.serverPort());
            connect(
                client, &QTcpSocket::readyRead, this, [&] { upstream.write(client->readAll()); });
            connect(&upstream, &QTcpSocket::readyRead, this, [&] {
                waiting += upstream.readAll();
                if (!slow) {
                    client->write(std::exchange(waiting, {}));
                }
            });
        });
        connect(&trickle, &QTimer::timeout, this, [&] {
            client->write(waiting.left(500));
            waiting.remove(0, 500);
        });
        WebSocketChannel::Options options;
        options.pingAfter = 50ms;
        options.pongTimeout = 150ms;
        WebSocketChannel channel(addressOf(server.serverPort()), options);
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy received(&channel, &Channel::received);
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(real.socket);
        slow = true;
        const QByteArray large(30'000, 'x');
        real.socket->sendBinaryMessage(large);
        QElapsedTimer timer;
        timer.start();
        trickle.start(10);
        QTRY_VERIFY(!received.isEmpty() || !closed.isEmpty());
        QVERIFY2(closed.isEmpty(), "a line that brings bytes was taken for dead");
        QCOMPARE(received.at(0).at(0).toByteArray(), large);
        QVERIFY2(timer.elapsed() > 200, "it came too fast to prove anything");
    }

    void aSlowAnswerIsGivenMoreTimeEachTime()
    {
        // Takes the handshake, and then never says a thing: busy, or dead, nobody can tell.
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Peer real;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* client = server.nextPendingConnection();
            auto* upstream = new QTcpSocket(client);
            upstream->connectToHost(QHostAddress::LocalHost, real.server.serverPort());
            connect(client, &QTcpSocket::readyRead, upstream,
                [client, upstream] { upstream->write(client->readAll()); });
            connect(upstream, &QTcpSocket::readyRead, client, [client, upstream] {
                const QByteArray bytes = upstream->readAll();
                if (bytes.startsWith("HTTP")) {
                    client->write(bytes);
                }
            });
        });
        WebSocketChannel::Options options;
        options.pingAfter = 10ms;
        options.pongTimeout = 50ms;
        options.bulkTimeout = 200ms;
        WebSocketChannel channel(addressOf(server.serverPort()), options);
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy closed(&channel, &Channel::closed);
        const auto lasts = [&] {
            closed.clear();
            opened.clear();
            channel.open();
            if (!QTest::qWaitFor([&] { return !opened.isEmpty(); })) {
                return qint64(-1);
            }
            channel.setExpectingBulk(true);
            QElapsedTimer timer;
            timer.start();
            return QTest::qWaitFor([&] { return !closed.isEmpty(); }) ? timer.elapsed() : -1;
        };
        QVERIFY(lasts() >= 50); // as ever
        QVERIFY(lasts() >= 100);
        QVERIFY(lasts() >= 200);
        QVERIFY(lasts() >= 200); // and no more
        channel.open();
        QTRY_COMPARE(opened.size(), 2);
        channel.setExpectingBulk(false); // it was answered
        QTRY_COMPARE(closed.size(), 2);
        closed.clear();
        QVERIFY(lasts() >= 50);
    }

    void tooLargeIsTerminal()
    {
        Peer peer;
        WebSocketChannel::Options options;
        options.maxMessage = 1'000;
        WebSocketChannel channel(addressOf(peer.server.serverPort()), options);
        QSignalSpy opened(&channel, &Channel::opened);
        QSignalSpy closed(&channel, &Channel::closed);
        channel.open();
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(peer.socket);
        peer.socket->sendBinaryMessage(QByteArray(1'001, 'x'));
        QTRY_COMPARE(closed.size(), 1);
        QCOMPARE(closeInfo(closed).code, CloseInfo::kTooBig);
        QVERIFY(closeInfo(closed).terminal);

        channel.open();
        QTRY_COMPARE(opened.size(), 2);
        QSignalSpy atPeer(peer.socket.get(), &QWebSocket::binaryMessageReceived);
        channel.send(QByteArray(1'001, 'x'));
        QVERIFY(!channel.isOpen());
        QTRY_COMPARE(closed.size(), 2);
        QCOMPARE(closed.at(1).at(0).value<CloseInfo>().code, CloseInfo::kTooBig);
        QCOMPARE(atPeer.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestWebSocketChannel)
#include "tst_websocket_channel.moc"
