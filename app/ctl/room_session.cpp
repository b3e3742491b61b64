// SPDX-License-Identifier: MIT
#include "app/ctl/room_session.h"

#include "net/connector.h"

#include <memory>
#include <utility>

namespace tutti::app::ctl {

namespace {

/// What an empty room is given to be loaded from its server's disk.
constexpr std::chrono::milliseconds kSettle{300};

net::Provider::Options providerOptions(bool stays)
{
    net::Provider::Options options;
    options.reconnect = stays;
    // A command ends with its receipt, so it does not wait long before it asks for one.
    options.confirmAfter = std::chrono::milliseconds{50};
    return options;
}

} // namespace

RoomSession::RoomSession(Options options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_text(m_doc.get<crdt::Text>(m_options.rootName))
    , m_provider(m_doc,
          net::Connector(m_options.authorities).channelTo(m_options.address, m_options.token),
          providerOptions(m_options.stays))
{
    m_timeout.setSingleShot(true);
    m_timeout.setInterval(m_options.timeout);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettle);
    connect(&m_settle, &QTimer::timeout, this, &RoomSession::becomeReady);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        if (m_stage == Stage::Leaving) {
            m_stage = Stage::Over;
            Q_EMIT finished();
            return;
        }
        const QString after =
            QString::number(static_cast<double>(m_options.timeout.count()) / 1000);
        fail(m_stage == Stage::Finishing ? tr("%1 has not confirmed the change within %2 s")
                                               .arg(m_options.address.hostAndPort(), after)
                                         : tr("%1 has not answered within %2 s")
                                               .arg(m_options.address.hostAndPort(), after));
    });
    connect(&m_provider, &net::Provider::synced, this, &RoomSession::onSynced);
    connect(&m_provider, &net::Provider::statusChanged, this, &RoomSession::onStatus);
    connect(&m_provider, &net::Provider::failed, this, &RoomSession::fail);
    connect(&m_provider, &net::Provider::stopped, this, [this] {
        if (std::exchange(m_stage, Stage::Over) == Stage::Leaving) {
            Q_EMIT finished();
        }
    });
}

void RoomSession::start()
{
    m_timeout.start();
    m_provider.start();
}

void RoomSession::finish()
{
    m_stage = Stage::Finishing;
    m_timeout.start();
    onStatus(m_provider.status());
}

void RoomSession::leave()
{
    if (m_stage == Stage::Over || m_stage == Stage::Leaving) {
        return;
    }
    m_stage = Stage::Leaving;
    m_settle.stop();
    m_timeout.start();
    m_provider.stop();
}

void RoomSession::onSynced()
{
    if (m_stage != Stage::Connecting) {
        return;
    }
    m_stage = Stage::Settling;
    if (m_text.length().value() > 0) {
        becomeReady();
    } else {
        m_settle.start();
    }
}

void RoomSession::onStatus(const net::ProviderStatus& status)
{
    if (m_stage == Stage::Connecting && status.state == net::ProviderStatus::State::Offline) {
        fail(status.reason); // it would try again; whoever types a command wants to know
    } else if (m_stage == Stage::Finishing && status.state == net::ProviderStatus::State::Synced) {
        leave();
    } else if (m_stage == Stage::Finishing && status.readOnly && status.pendingChanges > 0) {
        fail(tr("%1 lets this token read the room, but not change it")
                .arg(m_options.address.hostAndPort()));
    }
}

void RoomSession::becomeReady()
{
    if (m_stage == Stage::Settling) {
        m_stage = Stage::Ready;
        m_timeout.stop();
        Q_EMIT ready();
    }
}

void RoomSession::fail(const QString& reason)
{
    if (m_stage == Stage::Over || m_stage == Stage::Leaving) {
        return;
    }
    m_stage = Stage::Over;
    m_timeout.stop();
    m_settle.stop();
    m_provider.stop();
    Q_EMIT failed(reason);
}

} // namespace tutti::app::ctl
