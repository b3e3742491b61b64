// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

namespace tutti::net {

/// Why a channel closed.
struct CloseInfo
{
    /// The WebSocket close code: 1000 a normal end, 1006 a connection that just broke.
    int code = 1000;
    /// For a person, in plain words, without a trailing full stop. Empty after a normal end.
    QString reason;
    /// Trying again would meet the same refusal: closed with 4400–4499 or 1009.
    bool terminal = false;
    /// The other side says that we may not: 4401, 4403, or its protocol's own words for it.
    bool denied = false;

    static constexpr int kNormal = 1000;
    static constexpr int kGoingAway = 1001;
    static constexpr int kProtocolError = 1002;
    static constexpr int kUnsupportedData = 1003;
    static constexpr int kNoCode = 1005; ///< never sent: a close frame without a code
    static constexpr int kAbnormal = 1006;
    static constexpr int kBadData = 1007;
    static constexpr int kTooBig = 1009;
    static constexpr int kServerError = 1011;
    static constexpr int kTryAgainLater = 1013;
    static constexpr int kUnauthorized = 4401;
    static constexpr int kForbidden = 4403;

    /// Whether that close code means "do not come back" (interop: 4400–4499 and 1009).
    [[nodiscard]] static constexpr bool isTerminal(int closeCode) noexcept
    {
        return closeCode == kTooBig || (closeCode >= 4400 && closeCode <= 4499);
    }
    /// Whether that close code means "you may not".
    [[nodiscard]] static constexpr bool isDenial(int closeCode) noexcept
    {
        return closeCode == kUnauthorized || closeCode == kForbidden;
    }
};

/// A two-way stream of binary frames to one room: what a Provider speaks through.
///
/// A frame holds y-protocols messages: sync (0), awareness (1), auth (2), query (3). A channel to a
/// server that wraps them otherwise (HocuspocusChannel) unwraps them, so that every Provider speaks
/// one protocol; what such a server can do and others cannot, the virtuals and signals below say.
///
/// Frames arrive whole and, on the channels of this library, in the order they were sent. A
/// channel starts closed, may be opened, and after it has closed may be opened again.
/// To write one of your own: override the five pure functions, emit opened() when frames can
/// flow, received() for each frame, closed() exactly once for each open() that was called.
///
/// Threads: one, with an event loop. No signal is emitted from inside open(), send() or close();
/// a receiver may therefore call any of them from any slot.
class Channel : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The room, as the wire names it: percent-encoded, with its leading slash.
    [[nodiscard]] virtual QString path() const = 0;
    /// Who is at the other end, for messages to people: "example.org:1234". May be empty.
    [[nodiscard]] virtual QString host() const { return {}; }

    /// Starts connecting; opened() or closed() follows. Without effect unless closed.
    virtual void open() = 0;
    [[nodiscard]] virtual bool isOpen() const = 0;
    /// Sends one frame. Dropped silently while not open: whoever connects again starts over with
    /// a synchronization, so nothing is lost.
    virtual void send(const QByteArray& frame) = 0;
    /// Sends what is queued, says goodbye and closes; closed() follows. Without effect when closed.
    virtual void close(int code = CloseInfo::kNormal, const QString& reason = {}) = 0;

    /// Bytes accepted by send() that have not left this process yet.
    [[nodiscard]] virtual qint64 queuedBytes() const { return 0; }
    /// A large answer may be under way: a channel that watches for silence should be patient.
    virtual void setExpectingBulk(bool /*expecting*/) { }
    /// Whether the other side says of each change that it took it: see acknowledged().
    [[nodiscard]] virtual bool acknowledges() const { return false; }

Q_SIGNALS:
    void opened();
    void received(const QByteArray& frame);
    void closed(const tutti::net::CloseInfo& info);
    /// Where acknowledges(): once for each SyncStep2 and each update that was sent over this
    /// opening, in their order. `taken`: the other side has what it held. Not taken: it refused,
    /// for we may only read.
    void acknowledged(bool taken);
};

} // namespace tutti::net

Q_DECLARE_METATYPE(tutti::net::CloseInfo)
