// SPDX-License-Identifier: MIT
#include "ui/shell/connection_status.h"

#include <QCoreApplication>

namespace tutti::ui {

namespace {

using State = net::ProviderStatus::State;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::ui::ConnectionStatus)

public:
    static QString connecting(const QString& host)
    {
        return host.isEmpty() ? tr("Connecting…") : tr("Connecting to %1…").arg(host);
    }

    static QString synchronizing(std::optional<int> percent)
    {
        return percent ? tr("Synchronizing… %1%").arg(*percent) : tr("Synchronizing…");
    }

    static QString synced(int people)
    {
        return people == 1 ? tr("Connected: 1 person, all changes synced")
                           : tr("Connected: %n people, all changes synced", nullptr, people);
    }

    static QString sending(int changes)
    {
        return changes == 1 ? tr("Connected: sending 1 change…")
                            : tr("Connected: sending %n changes…", nullptr, changes);
    }

    static QString reconnected(const net::ProviderStatus::Merged& merged)
    {
        return tr("Reconnected: merged %1 of your and %2 others' changes")
            .arg(merged.mine)
            .arg(merged.others);
    }

    static QString offline(const ConnectionFacts& facts)
    {
        QString words =
            facts.viewOnly ? tr("Offline: view only.") : tr("Offline: you can keep editing.");
        if (facts.keptOnDisk) {
            words += QChar(u' ') + tr("Changes are saved on this computer.");
        }
        const auto milliseconds = facts.untilRetry.count();
        const auto seconds = (milliseconds + 999) / 1000; // never "in 0 s" while it waits
        return words + QChar(u' ')
            + (milliseconds > 0 ? tr("Retrying in %1 s").arg(seconds) : tr("Retrying…"));
    }

    static QString stopped(const QString& reason)
    {
        return reason.isEmpty() ? tr("Not connected") : tr("Not connected: %1").arg(reason);
    }

    static QString rebuilt(bool unsent)
    {
        return tr("This room was restarted.") + QChar(u' ')
            + (unsent ? tr("Your unsent changes are kept.") : tr("Your copy is kept."));
    }
    static QString local() { return tr("Not shared"); }
    static QString viewOnly(int refused)
    {
        return refused == 0 ? tr("View only")
            : refused == 1
            ? tr("View only: 1 change made here is not in the room")
            : tr("View only: %n changes made here are not in the room", nullptr, refused);
    }
};

bool isCalm(const net::ProviderStatus& status)
{
    return status.state == State::Synced || status.state == State::Pending;
}

} // namespace

QString connectionWords(const ConnectionFacts& facts)
{
    if (!facts.provider || facts.provider->state == State::Stopped) {
        return Words::local();
    }
    const net::ProviderStatus& status = *facts.provider;
    if (facts.viewOnly && isCalm(status)) {
        return Words::viewOnly(status.pendingChanges);
    }
    switch (status.state) {
    case State::Stopped:
        break;
    case State::Connecting:
        return Words::connecting(status.host);
    case State::Synchronizing:
        return Words::synchronizing(facts.percent);
    case State::Synced:
        return status.merged && (status.merged->mine > 0 || status.merged->others > 0)
            ? Words::reconnected(*status.merged)
            : Words::synced(status.peers + 1);
    case State::Pending:
        return Words::sending(qMax(1, status.pendingChanges));
    case State::Offline:
        return Words::offline(facts);
    case State::Failed:
    case State::Denied:
        return Words::stopped(status.reason);
    case State::Rebuilt:
        return Words::rebuilt(status.pendingChanges > 0);
    }
    Q_UNREACHABLE_RETURN(QString());
}

ConnectionMood connectionMood(const ConnectionFacts& facts)
{
    if (!facts.provider) {
        return ConnectionMood::Local;
    }
    switch (facts.provider->state) {
    case State::Stopped:
        return ConnectionMood::Local;
    case State::Connecting:
    case State::Synchronizing:
        return ConnectionMood::Busy;
    case State::Synced:
        return ConnectionMood::Good;
    case State::Pending:
        // read-only: nothing is on its way
        return facts.provider->readOnly ? ConnectionMood::Problem : ConnectionMood::Sending;
    case State::Offline:
        return ConnectionMood::Offline;
    case State::Failed:
    case State::Denied:
    case State::Rebuilt:
        return ConnectionMood::Problem;
    }
    Q_UNREACHABLE_RETURN(ConnectionMood::Problem);
}

QString moodIcon(ConnectionMood mood)
{
    switch (mood) {
    case ConnectionMood::Local:
        return QStringLiteral("local");
    case ConnectionMood::Busy:
        return QStringLiteral("syncing");
    case ConnectionMood::Good:
        return QStringLiteral("synced");
    case ConnectionMood::Sending:
        return QStringLiteral("sending");
    case ConnectionMood::Offline:
        return QStringLiteral("offline");
    case ConnectionMood::Problem:
        return QStringLiteral("error");
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace tutti::ui
