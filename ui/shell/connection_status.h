// SPDX-License-Identifier: MIT
#pragma once

#include "net/provider.h"

#include <QString>

#include <chrono>
#include <optional>

/// From what the network knows to what a person reads. Pure functions.
namespace tutti::ui {

/// Everything the words depend on.
struct ConnectionFacts
{
    /// Nothing: the document is not shared.
    std::optional<net::ProviderStatus> provider;
    /// Offline: what is left of the wait; counted down by the caller.
    std::chrono::milliseconds untilRetry{0};
    /// How much of the first synchronization has arrived, in percent, where that is known.
    std::optional<int> percent;
    /// The text may be read only: see DocumentSession::viewOnlyReason.
    bool viewOnly = false;
    /// The changes not sent yet have been written to this computer's disk.
    bool keptOnDisk = false;
};

/// How it looks at a glance, beside the words; never the only sign.
enum class ConnectionMood { Local, Busy, Good, Sending, Offline, Problem };

/// One line, without buttons: product words for the status bar.
[[nodiscard]] QString connectionWords(const ConnectionFacts& facts);
[[nodiscard]] ConnectionMood connectionMood(const ConnectionFacts& facts);
/// The icon's name for a mood (resources/icons).
[[nodiscard]] QString moodIcon(ConnectionMood mood);

} // namespace tutti::ui
