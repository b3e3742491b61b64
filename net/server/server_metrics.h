// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <array>
#include <chrono>
#include <cstdint>
#include <map>

namespace tutti::net {

/// How long something took, counted in classes, as Prometheus has it.
class LatencyHistogram
{
public:
    /// Upper bounds of the classes, in seconds; what is above the last is counted too.
    static constexpr std::array kBounds{
        0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0};

    void add(std::chrono::nanoseconds duration);
    [[nodiscard]] std::uint64_t count() const noexcept { return m_count; }
    /// Samples of a histogram of that name, with its type and help.
    [[nodiscard]] QByteArray text(const QByteArray& name, const QByteArray& help) const;

private:
    std::array<std::uint64_t, kBounds.size()> m_classes{}; ///< each without those below it
    std::uint64_t m_count = 0;
    std::chrono::nanoseconds m_sum{0};
};

/// Adds the time from its beginning to its end to a histogram.
class LatencyTimer
{
public:
    explicit LatencyTimer(LatencyHistogram& histogram)
        : m_histogram(histogram)
        , m_start(std::chrono::steady_clock::now())
    { }
    LatencyTimer(const LatencyTimer&) = delete;
    LatencyTimer& operator=(const LatencyTimer&) = delete;
    ~LatencyTimer() { m_histogram.add(std::chrono::steady_clock::now() - m_start); }

private:
    LatencyHistogram& m_histogram;
    std::chrono::steady_clock::time_point m_start;
};

/// What a server has done since it started. Only ever goes up.
struct ServerMetrics
{
    std::uint64_t accepted = 0; ///< sockets that asked for a room
    std::map<int, std::uint64_t> closedByUs; ///< by close code
    std::uint64_t messagesIn = 0;
    std::uint64_t messagesOut = 0;
    std::uint64_t bytesIn = 0; ///< of messages, without their frames
    std::uint64_t bytesOut = 0;
    std::uint64_t storeFailures = 0; ///< flushes that did not work
    LatencyHistogram apply; ///< an update, until it is in the document and handed to all
    LatencyHistogram flush; ///< everything new, until it is on disk
};

/// What a server holds at the moment.
struct ServerGauges
{
    int rooms = 0;
    int clients = 0; ///< sockets in rooms
    qint64 receivingBytes = 0; ///< memory of messages that have begun and not ended
    bool storeFailing = false;
};

/// Both in Prometheus' text format (0.0.4), and what the system says of this process: memory,
/// processor time, open files, when it started.
[[nodiscard]] QByteArray prometheusText(const ServerMetrics& metrics, const ServerGauges& gauges);

} // namespace tutti::net
