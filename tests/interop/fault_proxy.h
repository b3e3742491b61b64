// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <deque>
#include <limits>
#include <memory>
#include <random>
#include <vector>

namespace tutti::net::test {

/// A bad network between one client and a server: it takes connections on a port of its own, passes
/// their bytes on, and does to them what it is told.
class FaultProxy : public QObject
{
public:
    enum class Fault {
        None,
        Delay, ///< every piece comes up to 40 ms late, in order
        Throttle, ///< 200 bytes every 2 ms, each way
        Cut, ///< connections break after some thousand bytes, in the middle of a frame
        HalfOpen, ///< nothing passes any more, and nobody is told
        /// The client is cut off; what it had sent comes to the server later, when the client is
        /// already back on a new connection.
        Late,
    };
    static constexpr int kFaults = 6;

    FaultProxy(quint16 target, std::uint64_t seed)
        : m_target(target)
        , m_random(seed)
    {
        connect(&m_listener, &QTcpServer::newConnection, this, &FaultProxy::onConnection);
        m_listener.listen(QHostAddress::LocalHost, 0);
        connect(&m_tick, &QTimer::timeout, this, &FaultProxy::onTick);
        m_tick.start(kTick);
        m_clock.start();
    }

    [[nodiscard]] QString url() const
    {
        return QStringLiteral("ws://127.0.0.1:%1").arg(m_listener.serverPort());
    }
    [[nodiscard]] int cuts() const noexcept { return m_cuts; }

    void setFault(Fault fault)
    {
        m_fault = fault;
        for (const auto& link : m_links) {
            start(*link);
        }
    }
    /// From now on everything passes. Half-open connections stay dead, as they do when a router
    /// has forgotten them, unless the client cannot notice that in time: then they are cut.
    void heal(bool cutHalfOpen)
    {
        m_fault = Fault::None;
        for (const auto& link : m_links) {
            if (link->fault == Fault::HalfOpen) {
                if (cutHalfOpen) {
                    cut(*link);
                }
            } else if (link->fault == Fault::Late) {
                link->isLate = true; // even when nobody has come back yet
                cut(*link);
            } else {
                link->fault = Fault::None;
            }
        }
    }

private:
    static constexpr int kTick = 2; ///< ms

    /// Bytes on their way in one direction.
    struct Way
    {
        std::deque<std::pair<qint64, QByteArray>> pieces; ///< with the time they are due
    };
    struct Link
    {
        std::unique_ptr<QTcpSocket> client;
        std::unique_ptr<QTcpSocket> server;
        Way up; ///< client to server
        Way down;
        Fault fault = Fault::None;
        qint64 untilCut = 0; ///< bytes
        bool isLate = false; ///< the client is cut off, its bytes wait
    };

    void onConnection()
    {
        while (QTcpSocket* socket = m_listener.nextPendingConnection()) {
            socket->setParent(nullptr);
            auto link = std::make_unique<Link>();
            link->client.reset(socket);
            link->server = std::make_unique<QTcpSocket>();
            Link* const raw = link.get();
            m_links.push_back(std::move(link));
            start(*raw);
            connect(raw->client.get(), &QTcpSocket::readyRead, this, [this, raw] { take(*raw); });
            connect(raw->server.get(), &QTcpSocket::readyRead, this, [this, raw] { take(*raw); });
            raw->server->connectToHost(QHostAddress::LocalHost, m_target);
        }
    }
    void start(Link& link)
    {
        if (link.isLate || link.fault == Fault::HalfOpen) {
            return; // beyond repair
        }
        link.fault = m_fault;
        link.untilCut = std::uniform_int_distribution<qint64>(300, 6'000)(m_random);
    }
    void take(Link& link)
    {
        if (link.fault == Fault::HalfOpen) {
            return; // nobody reads, nobody is told
        }
        const auto move = [this, &link](QTcpSocket& from, Way& way) {
            const QByteArray bytes = from.isOpen() ? from.readAll() : QByteArray();
            if (bytes.isEmpty()) {
                return;
            }
            qint64 due = m_clock.elapsed();
            if (link.fault == Fault::Delay) {
                due += std::uniform_int_distribution<qint64>(1, 40)(m_random);
            }
            if (!way.pieces.empty()) {
                due = std::max(due, way.pieces.back().first);
            }
            way.pieces.emplace_back(due, bytes);
        };
        move(*link.client, link.up);
        move(*link.server, link.down);
        pass(link, false);
    }
    void pass(Link& link, bool onTick)
    {
        if (link.fault == Fault::HalfOpen) {
            return;
        }
        if (link.fault == Fault::Late && !link.isLate) {
            // Hold back what goes up; the answers still come down.
            deliver(link, link.down, *link.client, onTick);
            return;
        }
        deliver(link, link.up, *link.server, onTick);
        deliver(link, link.down, *link.client, onTick);
    }
    void deliver(Link& link, Way& way, QTcpSocket& to, bool onTick)
    {
        constexpr qsizetype kThrottled = 200; // bytes a tick
        if (to.state() != QAbstractSocket::ConnectedState) {
            return;
        }
        qsizetype budget = link.fault == Fault::Throttle ? (onTick ? kThrottled : 0)
                                                         : std::numeric_limits<qsizetype>::max();
        while (budget > 0 && !way.pieces.empty() && way.pieces.front().first <= m_clock.elapsed()) {
            QByteArray& piece = way.pieces.front().second;
            if (link.fault == Fault::Cut && piece.size() >= link.untilCut) {
                to.write(piece.first(link.untilCut));
                to.flush();
                cut(link);
                return;
            }
            const qsizetype some = std::min(budget, piece.size());
            to.write(piece.first(some));
            budget -= some;
            link.untilCut -= some;
            if (some < piece.size()) {
                piece.remove(0, some);
                return;
            }
            way.pieces.pop_front();
        }
    }
    /// As pulling the plug does it.
    void cut(Link& link)
    {
        ++m_cuts;
        link.client->abort();
        if (!link.isLate) {
            link.server->abort();
        }
    }
    void onTick()
    {
        for (std::size_t i = 0; i < m_links.size(); ++i) {
            Link& link = *m_links[i];
            take(link);
            pass(link, true);
            const bool held = link.fault == Fault::Late && !link.isLate;
            if (held && !link.up.pieces.empty()) {
                link.isLate = true;
                cut(link);
            }
        }
        std::erase_if(m_links, [this](const auto& link) { return hasEnded(*link); });
    }
    /// Ends what has lost one end, as soon as the other has all that was on its way; true when both
    /// are gone.
    [[nodiscard]] bool hasEnded(Link& link) const
    {
        if (link.fault == Fault::HalfOpen) {
            return false;
        }
        const bool clientGone = link.client->state() == QAbstractSocket::UnconnectedState;
        const bool serverGone = link.server->state() == QAbstractSocket::UnconnectedState;
        if (link.isLate && !serverGone) {
            // A later connection is the sign that the client is back.
            const bool isBack = m_links.back().get() != &link || m_fault == Fault::None;
            if (!isBack) {
                return false;
            }
            for (const auto& piece : link.up.pieces) {
                link.server->write(piece.second);
            }
            link.up.pieces.clear();
            link.server->disconnectFromHost();
            return link.server->state() == QAbstractSocket::UnconnectedState;
        }
        if (clientGone && !serverGone && link.up.pieces.empty()) {
            link.server->disconnectFromHost();
        }
        if (serverGone && !clientGone && link.down.pieces.empty()) {
            link.client->disconnectFromHost();
        }
        return clientGone && serverGone;
    }

    quint16 m_target;
    std::mt19937_64 m_random;
    Fault m_fault = Fault::None;
    int m_cuts = 0;
    QTcpServer m_listener;
    std::vector<std::unique_ptr<Link>> m_links;
    QTimer m_tick;
    QElapsedTimer m_clock;
};

} // namespace tutti::net::test
