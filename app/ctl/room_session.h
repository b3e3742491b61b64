// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/text.h"
#include "net/access_token.h"
#include "net/provider.h"
#include "net/room_address.h"

#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QString>
#include <QTimer>

#include <chrono>
#include <string>

namespace tutti::app::ctl {

/// One visit of a headless program to a room: connect, wait for the text, do something, wait
/// until the server has it, leave. Invisible to the others: it publishes no awareness state.
///
/// Threads: one, with an event loop.
class RoomSession final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        net::RoomAddress address;
        std::string rootName;
        /// Bounds each wait for the server.
        std::chrono::milliseconds timeout;
        /// Stay, and come back after a loss, once ready() was emitted.
        bool stays = false;
        net::TokenSource token;
        QList<QSslCertificate> authorities;
    };

    explicit RoomSession(Options options, QObject* parent = nullptr);

    void start();
    /// Emits finished() once the server has everything that was changed here.
    void finish();
    /// Leaves now, and emits finished().
    void leave();

    [[nodiscard]] crdt::Doc& doc() noexcept { return m_doc; }
    [[nodiscard]] crdt::Text text() const { return m_text; }
    [[nodiscard]] net::Provider& provider() noexcept { return m_provider; }
    [[nodiscard]] const net::RoomAddress& address() const noexcept { return m_options.address; }

Q_SIGNALS:
    /// The room's text is here. An empty one is given a moment first: servers that load a room
    /// from disk say that they are in sync before they have.
    void ready();
    void finished();
    /// The visit is over, with the reason as one sentence.
    void failed(const QString& reason);

private:
    enum class Stage { Connecting, Settling, Ready, Finishing, Leaving, Over };

    void onStatus(const net::ProviderStatus& status);
    void onSynced();
    void becomeReady();
    void fail(const QString& reason);

    Options m_options;
    crdt::Doc m_doc;
    crdt::Text m_text;
    net::Provider m_provider;
    QTimer m_timeout;
    QTimer m_settle;
    Stage m_stage = Stage::Connecting;
};

} // namespace tutti::app::ctl
