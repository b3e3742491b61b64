// SPDX-License-Identifier: MIT
#include "app/ctl/signals.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace tutti::app::ctl {

namespace {

// A handler may do next to nothing; it wakes the event loop through a pipe.
int pipeEnds[2] = {-1, -1};

void onSignal(int number)
{
    const char byte = number == SIGHUP ? 'h' : 0;
    // A full pipe has woken the loop already.
    [[maybe_unused]] const ssize_t written = ::write(pipeEnds[1], &byte, 1);
}

} // namespace

TerminationSignals::TerminationSignals(Hangup hangup, QObject* parent)
    : QObject(parent)
{
    if (::pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // then a signal simply ends the program
    }
    m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        bool ends = false;
        bool reloads = false;
        for (ssize_t count = 0; (count = ::read(pipeEnds[0], bytes, sizeof bytes)) > 0;) {
            for (ssize_t i = 0; i < count; ++i) {
                (bytes[i] == 'h' ? reloads : ends) = true;
            }
        }
        if (ends) {
            Q_EMIT received();
        } else if (reloads) {
            Q_EMIT reload();
        }
    });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
    if (hangup == Hangup::Reloads) {
        ::sigaction(SIGHUP, &action, nullptr);
    }
}

TerminationSignals::~TerminationSignals()
{
    ::signal(SIGTERM, SIG_DFL);
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGHUP, SIG_DFL);
    m_notifier.reset();
    for (int& end : pipeEnds) {
        if (end >= 0) {
            ::close(end);
            end = -1;
        }
    }
}

} // namespace tutti::app::ctl
