// SPDX-License-Identifier: MIT
#pragma once

#include "net/access_token.h"
#include "net/hocuspocus_socket.h"

#include <QTimer>

#include <chrono>
#include <cstdint>
#include <memory>

namespace tutti::net {

/// A document on a Hocuspocus server (versions 2 to 4), over a socket that others may share.
///
/// It opens when the server has taken the token, an empty one where there is none; and hands the
/// Provider plain y-protocols messages:
///
///     type            on the wire, after the document's name       to and from the Provider
///     0 sync          as y-protocols                                the same
///     1 awareness     as y-protocols                                the same
///     2 auth 0        ours: a token; theirs: "a fresh one, please"  –
///     2 auth 1        permission denied: reason                     closed(), denied and terminal
///     2 auth 2        authenticated: "readonly" or "read-write"     opened(), and `2 2 scope`
///     3 query         as y-protocols                                the same
///     4 sync reply    sync that wants no question back              0 sync
///     5, 6 stateless  a text of the application                     stateless()
///     7 close         this document only, with a reason             closed()
///     8 sync status   1 or 0: it took our change, or refused it     acknowledged()
///
/// Permission denied is final, and 4401 and 4403 are; other 44xx are not, for 4408 says that the
/// server has heard nothing for 120 s, as of a computer that slept. A close message is retried by
/// the Provider with a fresh token, and is then denied if it is to be.
///
/// Awareness: version 4 swallows a state that becomes null while the document stays open; closing
/// withdraws it from the others at once.
class HocuspocusChannel final : public Channel, private HocuspocusSocket::Document
{
    Q_OBJECT

public:
    struct Options
    {
        TokenSource token;
        /// How long the server may take to judge the token.
        std::chrono::milliseconds authTimeout{10'000};
        /// How long it may take to say goodbye where the socket stays open for others.
        std::chrono::milliseconds closeTimeout{1'000};
    };

    /// Requires: `document` is reserved in the socket; destroying the channel releases it. It is
    /// not empty and holds no U+0000.
    HocuspocusChannel(std::shared_ptr<HocuspocusSocket> socket, const QString& document,
        Options options, QObject* parent = nullptr);
    /// Withdraws from the document, as far as that goes without an event loop.
    ~HocuspocusChannel() override;

    [[nodiscard]] const QString& document() const noexcept { return m_document; }
    /// A message of the application, which the server hands to its own hooks. Dropped while closed.
    void sendStateless(const QString& payload);

    [[nodiscard]] QString path() const override;
    [[nodiscard]] QString host() const override;
    void open() override;
    [[nodiscard]] bool isOpen() const override;
    void send(const QByteArray& frame) override;
    void close(int code = CloseInfo::kNormal, const QString& reason = {}) override;
    [[nodiscard]] qint64 queuedBytes() const override;
    void setExpectingBulk(bool expecting) override;
    [[nodiscard]] bool acknowledges() const override { return true; }

Q_SIGNALS:
    /// A message of the application.
    void stateless(const QString& payload);

private:
    /// Authenticating: the token is being asked for, or judged.
    enum class Phase { Closed, Connecting, Authenticating, Open, Closing };

    void socketOpened() override;
    void socketReceived(const QByteArray& message) override;
    void socketClosed(const CloseInfo& info) override;
    [[nodiscard]] const QString& name() const override { return m_document; }

    void askForToken();
    void readAuth(crdt::BytesView payload);
    void authenticated(const QString& scope);
    void finish(const CloseInfo& info);
    void finishLater(const CloseInfo& info);

    std::shared_ptr<HocuspocusSocket> m_socket;
    QString m_document;
    Options m_options;
    Phase m_phase = Phase::Closed;
    std::uint64_t m_attempt = 0; ///< counts calls of open()
    int m_closeCode = CloseInfo::kNormal; ///< what close() was called with
    QTimer m_deadline; ///< judging the token, or saying goodbye, takes too long
};

} // namespace tutti::net
