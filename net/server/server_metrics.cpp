// SPDX-License-Identifier: MIT
#include "net/server/server_metrics.h"

#include <QDir>
#include <QFile>
#include <QList>

#include <unistd.h>

namespace tutti::net {

namespace {

QByteArray head(const QByteArray& name, const char* type, const QByteArray& help)
{
    return "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

QByteArray number(double value) { return QByteArray::number(value, 'g', 15); }

QByteArray sample(
    const QByteArray& name, const char* type, const QByteArray& help, std::uint64_t value)
{
    return head(name, type, help) + name + ' ' + QByteArray::number(qulonglong{value}) + '\n';
}

QByteArray contentOf(const QString& file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

/// What /proc knows of this process; empty where there is no /proc.
QByteArray processText()
{
    // proc_pid_stat(5): fields from the third on, after the name in parentheses.
    constexpr qsizetype kUserTicks = 11;
    constexpr qsizetype kSystemTicks = 12;
    constexpr qsizetype kStartTicks = 19;
    constexpr qsizetype kResidentPages = 21;
    const QByteArray stat = contentOf(QStringLiteral("/proc/self/stat"));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).simplified().split(' ');
    if (fields.size() <= kResidentPages) {
        return {};
    }
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    const auto value = [&fields](qsizetype field) { return fields[field].toDouble(); };
    QByteArray text =
        head("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.")
        + "process_resident_memory_bytes " + number(value(kResidentPages) * page) + '\n'
        + head("process_cpu_seconds_total", "counter", "User and system CPU time in seconds.")
        + "process_cpu_seconds_total " + number((value(kUserTicks) + value(kSystemTicks)) / ticks)
        + '\n';
    const QByteArray system = contentOf(QStringLiteral("/proc/stat"));
    if (const qsizetype boot = system.indexOf("\nbtime "); boot >= 0) {
        const QByteArray seconds = system.mid(boot + 7, system.indexOf('\n', boot + 1) - boot - 7);
        text += head("process_start_time_seconds", "gauge", "Start time since 1970 in seconds.")
            + "process_start_time_seconds "
            + number(seconds.toDouble() + value(kStartTicks) / ticks) + '\n';
    }
    const auto files = QDir(QStringLiteral("/proc/self/fd")).count();
    return text + head("process_open_fds", "gauge", "Open file descriptors.") + "process_open_fds "
        + QByteArray::number(files) + '\n';
}

} // namespace

void LatencyHistogram::add(std::chrono::nanoseconds duration)
{
    const double seconds = std::chrono::duration<double>(duration).count();
    ++m_count;
    m_sum += duration;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        if (seconds <= kBounds[i]) {
            ++m_classes[i];
            return;
        }
    }
}

QByteArray LatencyHistogram::text(const QByteArray& name, const QByteArray& help) const
{
    QByteArray text = head(name, "histogram", help);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        below += m_classes[i];
        text += name + "_bucket{le=\"" + QByteArray::number(kBounds[i]) + "\"} "
            + QByteArray::number(qulonglong{below}) + '\n';
    }
    const QByteArray all = QByteArray::number(qulonglong{m_count});
    return text + name + "_bucket{le=\"+Inf\"} " + all + '\n' + name + "_sum "
        + number(std::chrono::duration<double>(m_sum).count()) + '\n' + name + "_count " + all
        + '\n';
}

QByteArray prometheusText(const ServerMetrics& metrics, const ServerGauges& gauges)
{
    const auto gauge = [](int value) { return static_cast<std::uint64_t>(value); };
    QByteArray text = sample("tutti_rooms", "gauge", "Rooms in memory.", gauge(gauges.rooms))
        + sample("tutti_clients", "gauge", "Clients in rooms.", gauge(gauges.clients))
        + sample("tutti_receiving_bytes", "gauge",
            "Memory of messages that have begun and not ended.",
            static_cast<std::uint64_t>(gauges.receivingBytes))
        + sample("tutti_connections_total", "counter",
            "WebSockets opened, also those that were refused.", metrics.accepted)
        + sample("tutti_received_messages_total", "counter", "Messages from clients.",
            metrics.messagesIn)
        + sample(
            "tutti_sent_messages_total", "counter", "Messages to clients.", metrics.messagesOut)
        + sample("tutti_received_bytes_total", "counter", "Bytes of messages from clients.",
            metrics.bytesIn)
        + sample(
            "tutti_sent_bytes_total", "counter", "Bytes of messages to clients.", metrics.bytesOut)
        + head("tutti_closed_total", "counter", "Clients sent away, by WebSocket close code.");
    for (const auto& [code, count] : metrics.closedByUs) {
        text += "tutti_closed_total{code=\"" + QByteArray::number(code) + "\"} "
            + QByteArray::number(qulonglong{count}) + '\n';
    }
    return text
        + metrics.apply.text("tutti_apply_seconds",
            "An update, until it is in the document and handed to everybody.")
        + metrics.flush.text("tutti_flush_seconds", "What is new, until it is on disk.")
        + sample("tutti_store_failures_total", "counter", "Flushes that did not work.",
            metrics.storeFailures)
        + sample("tutti_store_failing", "gauge", "1 while the store cannot be written.",
            gauge(gauges.storeFailing ? 1 : 0))
        + processText();
}

} // namespace tutti::net
