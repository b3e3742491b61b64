// SPDX-License-Identifier: MIT
#include "net/provider.h"

#include <algorithm>
#include <utility>

namespace tutti::net {

Q_LOGGING_CATEGORY(providerLog, "tutti.net.provider")

Provider::Provider(crdt::Doc& doc, std::unique_ptr<Channel> channel, QObject* parent)
    : Provider(doc, std::move(channel), Options{}, parent)
{ }

Provider::Provider(
    crdt::Doc& doc, std::unique_ptr<Channel> channel, Options options, QObject* parent)
    : QObject(parent)
    , m_doc(doc)
    , m_channel(std::move(channel))
    , m_options(std::move(options))
    , m_hub(doc.clientId(), m_options.now)
    , m_confirmWait(m_options.confirmAfter)
    , m_resyncWait(m_options.resyncAfter)
{
    m_docSubscription =
        m_doc.observe([this](const crdt::TransactionEvent& event) { onDocChanged(event); });
    m_awarenessSubscription = awareness().observe(
        [this](const crdt::Awareness::Change& change) { onAwarenessChanged(change); });
    connect(&m_hub, &AwarenessHub::changed, this, [this](const AwarenessChange& change) {
        Q_EMIT awarenessChanged(change);
        updateStatus();
    });
    connect(m_channel.get(), &Channel::opened, this, &Provider::onOpened);
    connect(m_channel.get(), &Channel::received, this, &Provider::onReceived);
    connect(m_channel.get(), &Channel::closed, this, &Provider::onClosed);
    connect(m_channel.get(), &Channel::acknowledged, this, &Provider::onAcknowledged);

    for (QTimer* timer : {&m_retry, &m_confirm, &m_resync, &m_keepAlive}) {
        timer->setSingleShot(true);
    }
    m_retry.setTimerType(Qt::PreciseTimer); // people see it count down
    connect(&m_retry, &QTimer::timeout, this, [this] { openChannel(Phase::Retrying); });
    connect(&m_confirm, &QTimer::timeout, this, &Provider::onConfirmTimer);
    connect(&m_resync, &QTimer::timeout, this, &Provider::onResyncTimer);
    connect(&m_keepAlive, &QTimer::timeout, this, &Provider::onKeepAlive);
    m_status = currentStatus();
    m_lastTold = m_status;
}

Provider::~Provider()
{
    m_hub.disconnect(this);
    m_channel->disconnect(this);
    if (m_phase == Phase::Open) {
        awareness().setLocalState(std::nullopt);
        m_channel->close();
    }
    m_awarenessSubscription.reset();
    m_docSubscription.reset();
}

void Provider::start()
{
    if (m_phase != Phase::Stopped) {
        return;
    }
    m_wasSynced = false;
    m_hadContent = false;
    m_mergesAnyway = false;
    m_options.policy.reset();
    if (m_ownState) {
        awareness().setLocalState(std::exchange(m_ownState, std::nullopt));
    }
    openChannel(Phase::Connecting);
}

void Provider::stop()
{
    if (m_phase == Phase::Stopped) {
        return;
    }
    if (const crdt::Any* state = awareness().localState()) {
        m_ownState = *state;
        awareness().setLocalState(std::nullopt); // sent, where there is a connection
    }
    m_phase = Phase::Stopped;
    m_reason.clear();
    m_openWhenClosed = false;
    m_retry.stop();
    m_merged.reset();
    forgetConnection();
    m_hub.removeOthers(origin());
    if (m_channelBusy) {
        m_channel->close();
    } else {
        QMetaObject::invokeMethod(this, &Provider::stopped, Qt::QueuedConnection);
    }
    updateStatus();
}

void Provider::retryNow()
{
    if (m_phase == Phase::Waiting) {
        m_retry.stop();
        openChannel(Phase::Retrying);
    } else if (m_phase == Phase::Failed || m_phase == Phase::Denied || m_phase == Phase::Rebuilt) {
        openChannel(Phase::Connecting);
    }
}

void Provider::rejoin()
{
    if (m_phase == Phase::Rebuilt) {
        m_mergesAnyway = true;
        openChannel(Phase::Connecting);
    }
}

void Provider::openChannel(Phase phase)
{
    m_phase = phase;
    if (m_channelBusy) { // still saying goodbye
        m_openWhenClosed = true;
    } else {
        m_channelBusy = true;
        m_channel->open();
    }
    updateStatus();
}

void Provider::onOpened()
{
    if (m_phase != Phase::Connecting && m_phase != Phase::Retrying) {
        return;
    }
    m_phase = Phase::Open;
    m_reason.clear();
    m_readOnly = false;
    m_refused = false;
    m_checking = m_hadContent && !m_mergesAnyway;
    if (m_wasSynced) {
        m_merging = ProviderStatus::Merged{static_cast<int>(m_changes - m_confirmed), 0};
    }
    m_channel->setExpectingBulk(true);
    ask();
    publishOwnState();
    Q_EMIT started();
    updateStatus();
}

void Provider::onClosed(const CloseInfo& info)
{
    m_channelBusy = false;
    if (std::exchange(m_openWhenClosed, false)) {
        m_channelBusy = true;
        m_channel->open();
        return;
    }
    switch (m_phase) {
    case Phase::Stopped:
        Q_EMIT stopped();
        return;
    case Phase::Failed:
    case Phase::Denied:
    case Phase::Rebuilt:
    case Phase::Waiting:
        return;
    case Phase::Connecting:
    case Phase::Retrying:
    case Phase::Open:
        break;
    }
    // The others' states are left to expire: a short loss then does not empty the room, and what
    // they said stays valid, since they go on with the same clocks.
    forgetConnection();
    const QString reason = info.reason.isEmpty() ? tr("The connection was closed") : info.reason;
    if (info.terminal || !m_options.reconnect) {
        giveUp(info.denied ? Phase::Denied : Phase::Failed, reason);
        return;
    }
    m_phase = Phase::Waiting;
    m_reason = reason;
    m_merged.reset();
    m_retry.start(m_options.policy.next());
    updateStatus();
    report(reason);
}

void Provider::giveUp(Phase phase, const QString& reason)
{
    m_phase = phase;
    m_reason = reason;
    m_retry.stop();
    m_merged.reset();
    forgetConnection();
    if (m_channelBusy) {
        m_channel->close();
    }
    qCWarning(providerLog).noquote() << m_channel->path() << "given up:" << reason;
    updateStatus();
    Q_EMIT failed(reason);
}

void Provider::forgetConnection()
{
    m_questions.clear();
    m_owed.clear();
    m_sent.clear();
    m_unacknowledged.clear();
    m_checking = false;
    m_answered = false;
    m_baseSent = false;
    m_baseConfirmed = false;
    m_syncedOnce = false;
    m_merging.reset();
    m_confirm.stop();
    m_resync.stop();
    m_keepAlive.stop();
    m_confirmWait = m_options.confirmAfter;
    m_resyncWait = m_options.resyncAfter;
}

void Provider::onKeepAlive()
{
    if (m_phase != Phase::Open) {
        return;
    }
    if (awareness().localState()) {
        publishOwnState();
    } else {
        ask();
    }
}

void Provider::report(const QString& message)
{
    qCWarning(providerLog).noquote() << m_channel->path() << message;
    Q_EMIT errorOccurred(message);
}

ProviderStatus Provider::currentStatus() const
{
    ProviderStatus status;
    status.host = m_channel->host();
    status.pendingChanges = static_cast<int>(m_changes - m_confirmed);
    if (m_refused) {
        status.pendingChanges = std::max(status.pendingChanges, 1);
    }
    status.readOnly = m_readOnly && m_phase != Phase::Stopped;
    status.reason = m_reason;
    status.merged = m_merged;
    switch (m_phase) {
    case Phase::Stopped:
        status.state = State::Stopped;
        break;
    case Phase::Connecting:
        status.state = State::Connecting;
        break;
    case Phase::Open:
        status.peers = m_hub.peerCount();
        if (!m_syncedOnce || m_doc.hasPending()) {
            status.state = State::Synchronizing;
        } else if (status.pendingChanges > 0) {
            status.state = State::Pending;
        } else {
            status.state = State::Synced;
        }
        break;
    case Phase::Waiting:
        status.state = State::Offline;
        status.nextTry = m_retry.remainingTimeAsDuration();
        break;
    case Phase::Retrying:
        status.state = State::Offline;
        break;
    case Phase::Failed:
        status.state = State::Failed;
        break;
    case Phase::Denied:
        status.state = State::Denied;
        break;
    case Phase::Rebuilt:
        status.state = State::Rebuilt;
        break;
    }
    return status;
}

void Provider::updateStatus()
{
    m_status = currentStatus();
    if (m_status.state == State::Synced && m_merging) {
        m_merged = std::exchange(m_merging, std::nullopt);
        m_status.merged = m_merged;
    }
    if (!m_statusTold || m_status == m_lastTold) {
        return;
    }
    // Told from the event loop: we may be inside the commit of a transaction, and a burst of
    // changes is one piece of news.
    m_statusTold = false;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_statusTold = true;
            if (m_status != m_lastTold) {
                m_lastTold = m_status;
                m_doc.markSynced(m_lastTold.state == State::Synced);
                Q_EMIT statusChanged(m_lastTold);
            }
        },
        Qt::QueuedConnection);
}

void Provider::noteSynced()
{
    if (m_syncedOnce || m_phase != Phase::Open || !m_answered) {
        return;
    }
    // An empty document has nothing that the server would have to be shown to hold.
    const bool nothingHere = m_doc.getState().size() <= 1;
    if (!m_baseConfirmed && !nothingHere && !m_readOnly) {
        return;
    }
    m_syncedOnce = true;
    m_wasSynced = true;
    m_hadContent = m_hadContent || !nothingHere;
    m_mergesAnyway = false;
    m_options.policy.reset();
    updateStatus();
    Q_EMIT synced();
}

} // namespace tutti::net
