// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the program with status 1 when what it has just shown is not so.
inline void check(bool isSo, const char* what)
{
    std::printf("%s: %s\n", isSo ? "ok" : "WRONG", what);
    if (!isSo) {
        std::exit(1);
    }
}

#ifdef QT_CORE_LIB
#include <QCoreApplication>
#include <QDeadlineTimer>

/// Runs the event loop until the condition holds; false when that takes longer than ten seconds.
template <typename Condition>
bool waitUntil(Condition condition)
{
    const QDeadlineTimer deadline(10'000);
    while (!condition() && !deadline.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    return condition();
}
#endif
