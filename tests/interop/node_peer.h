// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

#include <functional>

/// The Node programs of the interop tests, as objects: a server and editors.
namespace tutti::net::test {

/// Debian's y-websocket-server, on a port of its own that it keeps over a restart.
class NodeServer
{
public:
    NodeServer()
    {
        QTcpServer probe; // it cannot choose one and tell
        if (probe.listen(QHostAddress::LocalHost)) {
            m_port = probe.serverPort();
        }
    }
    ~NodeServer() { kill(); }

    [[nodiscard]] bool start()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOST"), QStringLiteral("127.0.0.1"));
        environment.insert(QStringLiteral("PORT"), QString::number(m_port));
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(QStringLiteral("y-websocket-server"), {});
        QByteArray said;
        return QTest::qWaitFor(
            [&] {
                said += m_process.readAll();
                return said.contains("running at");
            },
            20'000);
    }
    /// As a crash does it: no goodbye to anybody. By its own process id, and no other.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    [[nodiscard]] QString url() const { return QStringLiteral("ws://127.0.0.1:%1").arg(m_port); }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

/// peer.mjs: a Yjs editor in Node.
class NodePeer
{
public:
    NodePeer(const QString& url, const QString& room)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral("node"), {QStringLiteral(PEER_SCRIPT), url, room});
    }
    ~NodePeer()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(5'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    /// Sends one request and waits for its answer, our own event loop going on meanwhile.
    QJsonObject ask(const char* action, QJsonObject details = {})
    {
        const int id = ++m_lastId;
        details[QStringLiteral("id")] = id;
        details[QStringLiteral("do")] = QString::fromLatin1(action);
        m_process.write(QJsonDocument(details).toJson(QJsonDocument::Compact) + '\n');
        QJsonObject answer;
        const bool came = QTest::qWaitFor(
            [&] {
                while (m_process.canReadLine()) {
                    answer = QJsonDocument::fromJson(m_process.readLine()).object();
                }
                return answer[QStringLiteral("id")].toInt() == id
                    || m_process.state() == QProcess::NotRunning;
            },
            20'000);
        if (!came || answer.contains(QStringLiteral("error")) || answer.isEmpty()) {
            qWarning() << "peer:" << action << answer << m_process.errorString();
        }
        return answer;
    }
    QString text() { return ask("look")[QStringLiteral("text")].toString(); }
    bool isSynced() { return ask("look")[QStringLiteral("synced")].toBool(); }
    void insert(int at, const QString& text)
    {
        ask("insert", {{QStringLiteral("at"), at}, {QStringLiteral("text"), text}});
    }
    void append(const QString& text) { ask("append", {{QStringLiteral("text"), text}}); }
    void erase(int at, int count)
    {
        ask("erase", {{QStringLiteral("at"), at}, {QStringLiteral("count"), count}});
    }
    void present(const QString& name, int anchor, int head)
    {
        ask("present",
            {{QStringLiteral("name"), name}, {QStringLiteral("anchor"), anchor},
                {QStringLiteral("head"), head}});
    }
    /// The others it sees.
    QJsonArray peers() { return ask("peers")[QStringLiteral("peers")].toArray(); }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
    int m_lastId = 0;
};

} // namespace tutti::net::test
