// SPDX-License-Identifier: MIT
#include "net/server/server.h"

#include "net/close_reason.h"
#include "net/memory_channel.h"
#include "net/server/accepted_channel.h"
#include "net/server/close_codes.h"
#include "net/server/http_gate.h"
#include "net/server/receive_budget.h"
#include "net/server/room.h"
#include "net/store/update_log.h"

#include <algorithm>
#include <utility>

namespace tutti::net {

Q_LOGGING_CATEGORY(serverLog, "tutti.net.server")

namespace {

constexpr std::chrono::milliseconds kTick = crdt::Awareness::kOutdated / 10;
/// From those who were sent away, until they are gone.
constexpr quint64 kMaxFrameOfStrangers = 65'536;
constexpr int kRefusalsAtOnce = 5;
constexpr int kMostHeldBack = 1'000;
constexpr qsizetype kLongestRoomName = 1'024;
constexpr double kBurstSeconds = 10;
/// At the door, where nobody needs long.
constexpr qsizetype kMaxWaiting = 1'000;

qint64 mostReceived(const Server::Options& options)
{
    constexpr qint64 kUsual = qint64{512} << 20;
    constexpr quint64 kMessages = 4;
    return options.maxReceiving > 0
        ? options.maxReceiving
        : std::max(kUsual, static_cast<qint64>(kMessages * options.maxFrame));
}

} // namespace

Server::Server(QObject* parent)
    : Server(Options{}, parent)
{ }

Server::Server(const Options& options, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_receiving(std::make_shared<ReceiveBudget>(mostReceived(options)))
    , m_gate(std::make_unique<HttpGate>())
{
    m_receiving->onExceeded = [this] { dropLargestMessage(); };
    m_gate->setMaxWaiting(kMaxWaiting);
    m_gate->onScarcity = [this](const QString& failure) {
        report({.level = failure.isEmpty() ? ServerEvent::Level::Info : ServerEvent::Level::Warning,
            .event = failure.isEmpty() ? QLatin1StringView("sockets-again")
                                       : QLatin1StringView("no-socket-left"),
            .reason = failure});
    };
    m_gate->onPassed = [this](HttpGate::Passed passed) { onPassed(std::move(passed)); };
    connect(&m_tick, &QTimer::timeout, this, [this] {
        for (auto& [path, room] : m_rooms) {
            room->tick();
        }
    });
    m_tick.start(kTick);
    m_flush.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, [this] {
        if (flush()) {
            freeDeserted();
        }
    });
}

Server::~Server()
{
    m_receiving->onExceeded = nullptr;
    // Channels first, rooms after: a channel's end tells nobody any more.
    for (const auto& channel : m_channels) {
        channel->disconnect(this);
    }
    m_channels.clear();
    m_rooms.clear();
}

void Server::setStore(std::unique_ptr<UpdateLog> store) { m_store = std::move(store); }

void Server::setAccess(AccessPolicy access)
{
    m_access = std::move(access);
    for (auto& [channel, seat] : m_seats) {
        if (!seat.bearer || !channel->isOpen()) {
            continue;
        }
        const auto right = m_access.check(*seat.bearer);
        if (!right) { // (it leaves its seat later, when it is gone)
            refuse(*channel, right.error().code,
                closeReason(QT_TRANSLATE_NOOP("CloseReason", "Access to this room was withdrawn")),
                QLatin1StringView("client-dropped"));
        } else if (*right == Right::Read && seat.right == Right::Edit) {
            seat.right = Right::Read;
            report({.event = QLatin1StringView("client-demoted"),
                .room = channel->path(),
                .peer = channel->host(),
                .reason = QStringLiteral("may only read")});
            seat.room->demote(*channel);
        }
    }
}

std::expected<void, QString> Server::flushStore()
{
    if (!m_store->hasUnwritten()) {
        return {};
    }
    const LatencyTimer timer(m_metrics.flush);
    return m_store->flush();
}

void Server::report(const ServerEvent& event)
{
    if (event.level == ServerEvent::Level::Warning) {
        qCWarning(serverLog).noquote() << event.event << event.room << event.peer << event.reason;
    }
    Q_EMIT logged(event);
}

void Server::refuse(Channel& channel, int code, const QString& reason, QLatin1StringView event)
{
    ++m_metrics.closedByUs[code];
    report({.level = ServerEvent::Level::Warning,
        .event = event,
        .room = channel.path(),
        .peer = channel.host(),
        .code = code,
        .reason = reason});
    channel.close(code, reason);
}

ServerGauges Server::gauges() const
{
    return {.rooms = roomCount(),
        .clients = socketCount(),
        .receivingBytes = m_receiving->held(),
        .storeFailing = m_storeFailing};
}

/// True when nothing is left to write.
bool Server::flush()
{
    constexpr std::chrono::seconds kRetry{1};
    if (!m_store) {
        return true;
    }
    const auto done = flushStore();
    if (!done) {
        ++m_metrics.storeFailures;
        m_flush.start(kRetry);
        if (!std::exchange(m_storeFailing, true)) {
            report({.level = ServerEvent::Level::Warning,
                .event = QLatin1StringView("store-failed"),
                .reason = done.error()});
            Q_EMIT storeFailed(done.error());
        }
        return false;
    }
    m_flush.stop();
    for (auto& [path, room] : m_rooms) {
        room->settle();
    }
    if (std::exchange(m_storeFailing, false)) {
        report({.event = QLatin1StringView("store-recovered")});
        Q_EMIT storeRecovered();
    }
    return true;
}

std::expected<void, QString> Server::listen(const QHostAddress& address, quint16 port)
{
    QTcpServer& listener = m_gate->listener();
    if (listener.listen(address, port)) {
        return {};
    }
    const QString where = address.protocol() == QAbstractSocket::IPv6Protocol
        ? QStringLiteral("[%1]:%2").arg(address.toString()).arg(port)
        : QStringLiteral("%1:%2").arg(address.toString()).arg(port);
    switch (listener.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return std::unexpected(tr("Another program already listens on %1").arg(where));
    case QAbstractSocket::SocketAccessError:
        return std::unexpected(tr("This user may not listen on %1").arg(where));
    case QAbstractSocket::SocketAddressNotAvailableError:
        return std::unexpected(tr("This computer does not have the address %1").arg(where));
    default:
        return std::unexpected(tr("Cannot listen on %1: %2").arg(where, listener.errorString()));
    }
}

std::expected<void, QString> Server::listenInstead(const QHostAddress& address)
{
    const QHostAddress before = this->address();
    const quint16 port = this->port();
    m_gate->listener().close();
    if (auto done = listen(address, port); !done) {
        static_cast<void>(listen(before, port));
        return done;
    }
    for (const auto& channel : m_channels) {
        auto* accepted = qobject_cast<AcceptedChannel*>(channel.get());
        if (accepted && address.isLoopback() && !accepted->localAddress().isLoopback()) {
            accepted->close(CloseInfo::kGoingAway,
                closeReason(
                    QT_TRANSLATE_NOOP("CloseReason", "The host shares on one computer only now")));
        }
    }
    return {};
}

void Server::close()
{
    close(CloseInfo::kGoingAway,
        closeReason(QT_TRANSLATE_NOOP("CloseReason", "The host has stopped sharing")));
}

void Server::close(int code, const QString& reason)
{
    m_gate->listener().close();
    flush(); // so that the last receipts go out before the goodbye
    for (const auto& channel : m_channels) {
        if (qobject_cast<AcceptedChannel*>(channel.get())) {
            channel->close(code, reason);
        }
    }
}

void Server::setTls(const QSslConfiguration& tls) { m_gate->setTls(tls); }

bool Server::isListening() const { return m_gate->listener().isListening(); }

quint16 Server::port() const { return m_gate->listener().serverPort(); }

QHostAddress Server::address() const { return m_gate->listener().serverAddress(); }

QString Server::url() const
{
    QHostAddress shown = address();
    if (shown == QHostAddress::Any || shown == QHostAddress::AnyIPv4
        || shown == QHostAddress::AnyIPv6) {
        shown = QHostAddress(QHostAddress::LocalHost);
    }
    const QString host = shown.protocol() == QAbstractSocket::IPv6Protocol
        ? u'[' + shown.toString() + u']'
        : shown.toString();
    return QStringLiteral("%1://%2:%3")
        .arg(m_gate->isSecure() ? QStringLiteral("wss") : QStringLiteral("ws"), host)
        .arg(port());
}

std::unique_ptr<Channel> Server::attach(const QString& roomPath)
{
    auto [ours, theirs] = MemoryChannel::makePair(roomPath);
    MemoryChannel* channel = ours.get();
    m_channels.push_back(std::move(ours));
    connect(channel, &Channel::opened, this, [this, channel] { enter(channel); });
    connect(channel, &Channel::closed, this,
        [this, channel](const CloseInfo& info) { onAttachedClosed(channel, info); });
    channel->open();
    return std::move(theirs);
}

int Server::roomCount() const { return static_cast<int>(m_rooms.size()); }

int Server::connectionCount() const { return static_cast<int>(m_seats.size()); }

int Server::socketCount() const
{
    return static_cast<int>(std::ranges::count_if(m_seats,
        [](const auto& seat) { return qobject_cast<AcceptedChannel*>(seat.first) != nullptr; }));
}

void Server::onPassed(HttpGate::Passed passed)
{
    // Who was still at the door when it was closed, or moved; and more than may even be told why.
    constexpr std::size_t kMoreThanSeats = 1'000;
    const bool isMeant =
        isListening() && (!address().isLoopback() || passed.ends.local.isLoopback());
    if (!isMeant
        || m_channels.size()
            >= static_cast<std::size_t>(m_options.maxConnections) + kMoreThanSeats) {
        return;
    }
    const QString& path = passed.request.path;
    const auto right = m_access.check(passed.request);
    auto channel = std::make_unique<AcceptedChannel>(std::move(passed.stream), passed.ends, path,
        AcceptedChannel::Options{.pingEvery = m_options.pingEvery,
            .maxFrame = right ? m_options.maxFrame : kMaxFrameOfStrangers,
            .maxBytesRate = m_options.maxBytesRate,
            .budget = m_receiving});
    AcceptedChannel* raw = channel.get();
    ++m_metrics.accepted;
    m_channels.push_back(std::move(channel));
    connect(raw, &Channel::closed, this, [this, raw](const CloseInfo& info) {
        leave(raw, info);
        dispose(raw);
    });
    if (!right) {
        turnDown(*raw, right.error());
    } else if (path.size() > kLongestRoomName) {
        refuse(*raw, close_code::kBadRoomName,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "The room's name is too long")));
    } else if (connectionCount() >= m_options.maxConnections) {
        refuse(*raw, CloseInfo::kTryAgainLater,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "Too many connections")));
    } else {
        enter(raw, Bearer(passed.request), *right);
    }
}

void Server::dropLargestMessage()
{
    while (m_receiving->isExceeded()) {
        AcceptedChannel* largest = nullptr;
        for (const auto& channel : m_channels) {
            auto* accepted = qobject_cast<AcceptedChannel*>(channel.get());
            if (accepted && accepted->isOpen()
                && accepted->heldBytes() > (largest ? largest->heldBytes() : 0)) {
                largest = accepted;
            }
        }
        if (largest == nullptr) {
            return;
        }
        refuse(*largest, CloseInfo::kTryAgainLater,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "Too much is on its way to this server")),
            QLatin1StringView("client-dropped"));
    }
}

/// At once, or after a pause when it is not the first time.
void Server::turnDown(AcceptedChannel& channel, const AccessPolicy::Refusal& refusal)
{
    const int count = m_refusals.add(channel.peerAddress(), Refusals::Clock::now());
    if (count <= kRefusalsAtOnce) {
        refuse(channel, refusal.code, refusal.reason);
        return;
    }
    if (m_heldBack >= kMostHeldBack) {
        refuse(channel, CloseInfo::kTryAgainLater,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "Too many connections")));
        return;
    }
    ++m_heldBack;
    connect(&channel, &QObject::destroyed, this, [this] { --m_heldBack; });
    connect(&channel, &AcceptedChannel::heard, this, [this, &channel] {
        if (channel.isOpen() && channel.queuedBytes() > qint64{kMaxFrameOfStrangers}) {
            refuse(channel, CloseInfo::kTryAgainLater,
                closeReason(QT_TRANSLATE_NOOP("CloseReason", "Reads too slowly")));
        }
    });
    QTimer::singleShot(m_options.refusalPause, &channel, [this, &channel, refusal] {
        if (channel.isOpen()) {
            refuse(channel, refusal.code, refusal.reason);
        }
    });
}

void Server::onAttachedClosed(MemoryChannel* channel, const CloseInfo& info)
{
    leave(channel, info);
    if (channel->isOrphan()) {
        dispose(channel);
    } else {
        channel->open(); // the host's editor may come back
    }
}

/// The room it asks for, made where there is none; null when it was closed instead.
Room* Server::roomFor(Channel* channel)
{
    const QString path = channel->path();
    if (const auto found = m_rooms.find(path); found != m_rooms.end()) {
        if (found->second->memberCount() >= m_options.maxConnectionsPerRoom) {
            refuse(*channel, CloseInfo::kTryAgainLater,
                closeReason(QT_TRANSLATE_NOOP("CloseReason", "This room is full")));
            return nullptr;
        }
        return found->second.get();
    }
    if (roomCount() >= m_options.maxRooms) {
        refuse(*channel, CloseInfo::kTryAgainLater,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "Too many rooms")));
        return nullptr;
    }
    Room::Options options;
    options.maxQueued = m_options.maxQueued;
    options.maxDocument = m_options.maxDocument;
    options.log = m_store.get();
    options.flushSoon = [this] {
        if (!m_flush.isActive()) {
            m_flush.start(m_options.flushEvery);
        }
    };
    options.flushNow = [this] { return flush(); };
    options.metrics = &m_metrics;
    options.report = [this](const ServerEvent& event) { report(event); };
    auto room = std::make_unique<Room>(path, std::move(options));
    if (const auto loaded = room->load(); !loaded) {
        report({.level = ServerEvent::Level::Warning,
            .event = QLatin1StringView("room-unreadable"),
            .room = path,
            .reason = loaded.error()});
        refuse(*channel, CloseInfo::kServerError,
            closeReason(
                QT_TRANSLATE_NOOP("CloseReason", "The room cannot be read from the store")));
        return nullptr;
    }
    report({.event = QLatin1StringView("room-opened"), .room = path});
    return m_rooms.emplace(path, std::move(room)).first->second.get();
}

void Server::enter(Channel* channel, std::optional<Bearer> bearer, Right right)
{
    Room* room = roomFor(channel);
    if (room == nullptr) {
        return;
    }
    auto* accepted = qobject_cast<AcceptedChannel*>(channel);
    const double rate = accepted ? m_options.maxRate : 0; // the host's own editor has no limit
    m_seats.insert_or_assign(channel,
        Seat{room, std::move(bearer), right,
            TokenBucket(rate, rate * kBurstSeconds, TokenBucket::Clock::now())});
    connect(channel, &Channel::received, this,
        [this, channel](const QByteArray& frame) { onReceived(channel, frame); });
    if (accepted) {
        connect(accepted, &AcceptedChannel::heard, this,
            [room, channel] { room->checkQueue(*channel); });
    }
    report({.event = QLatin1StringView("client-joined"),
        .room = channel->path(),
        .peer = channel->host(),
        .reason = right == Right::Read ? QStringLiteral("may only read") : QString()});
    room->enter(*channel, right);
    Q_EMIT connectionsChanged();
}

void Server::onReceived(Channel* channel, const QByteArray& frame)
{
    const auto seat = m_seats.find(channel);
    if (seat == m_seats.end()) {
        return;
    }
    if (!seat->second.rate.take(TokenBucket::Clock::now())) {
        refuse(*channel, close_code::kPolicy,
            closeReason(QT_TRANSLATE_NOOP("CloseReason", "Too many messages in a short time")),
            QLatin1StringView("client-dropped"));
        return;
    }
    const double cost = seat->second.room->receive(*channel, frame);
    if (const auto stays = m_seats.find(channel); stays != m_seats.end()) {
        stays->second.rate.charge(cost - 1);
    }
}

void Server::leave(Channel* channel, const CloseInfo& info)
{
    const auto seat = m_seats.find(channel);
    if (seat == m_seats.end()) {
        return;
    }
    Room* room = seat->second.room;
    m_seats.erase(seat);
    QObject::disconnect(channel, &Channel::received, this, nullptr);
    if (auto* accepted = qobject_cast<AcceptedChannel*>(channel)) {
        QObject::disconnect(accepted, &AcceptedChannel::heard, this, nullptr);
    }
    report({.event = QLatin1StringView("client-left"),
        .room = channel->path(),
        .peer = channel->host(),
        .code = info.code,
        .reason = info.reason});
    room->leave(*channel);
    if (room->isDeserted() && (room->isBlank() || (m_store && flush()))) {
        report({.event = QLatin1StringView("room-freed"), .room = room->path()});
        m_rooms.erase(room->path());
    }
    Q_EMIT connectionsChanged();
}

/// The rooms that could not be freed when the last one left, since the store failed.
void Server::freeDeserted()
{
    std::erase_if(m_rooms, [this](const auto& entry) {
        const Room& room = *entry.second;
        const bool isOver = room.isDeserted();
        if (isOver) {
            report({.event = QLatin1StringView("room-freed"), .room = room.path()});
        }
        return isOver;
    });
}

void Server::dispose(Channel* channel)
{
    const auto found = std::ranges::find(m_channels, channel, &std::unique_ptr<Channel>::get);
    if (found != m_channels.end()) {
        found->release()->deleteLater(); // we are inside one of its signals
        m_channels.erase(found);
    }
}

} // namespace tutti::net
