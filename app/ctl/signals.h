// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace tutti::app::ctl {

/// SIGTERM and SIGINT as a Qt signal, and SIGHUP as another where that is wanted. One instance at a
/// time.
class TerminationSignals final : public QObject
{
    Q_OBJECT

public:
    enum class Hangup { Untouched, Reloads };

    explicit TerminationSignals(Hangup hangup = Hangup::Untouched, QObject* parent = nullptr);
    ~TerminationSignals() override;

Q_SIGNALS:
    void received();
    /// SIGHUP: what was read from files is to be read again.
    void reload();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace tutti::app::ctl
