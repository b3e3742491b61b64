// SPDX-License-Identifier: MIT
#include "app/ctl/commands.h"
#include "app/ctl/input.h"
#include "app/ctl/metrics_endpoint.h"
#include "app/ctl/serve_options.h"
#include "app/ctl/signals.h"
#include "app/ctl/store.h"
#include "net/server/close_codes.h"
#include "net/server/server.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimer>

#include <cstdio>
#include <sys/resource.h>

namespace tutti::app::ctl {

namespace {

QString tr(const char* words) { return QCoreApplication::translate("tuttictl", words); }

/// A socket is a file, and many systems allow 1,024 of them unless one asks.
void allowManySockets()
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files); // if not, then not
    }
}

void writeLog(const net::ServerEvent& event, LogFormat format)
{
    const QByteArray line = logLine(event, format, QDateTime::currentDateTimeUtc());
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

/// The server's events as lines on standard error; without a log, those that somebody must see.
void watchEvents(net::Server& server, const ServeOptions& options)
{
    if (options.log) {
        QObject::connect(&server, &net::Server::logged, &server,
            [format = *options.log](const net::ServerEvent& event) { writeLog(event, format); });
        return;
    }
    QObject::connect(&server, &net::Server::storeFailed, &server, [](const QString& reason) {
        complain(tr("%1; rooms go on, and it is tried again every second").arg(reason));
    });
    QObject::connect(&server, &net::Server::storeRecovered, &server,
        [] { complain(tr("The store is written again")); });
}

/// Tokens, also for those who are in, and the certificate for those who come from now on; what
/// cannot be read changes nothing.
void readFilesAgain(net::Server& server, const ServeOptions& options)
{
    const auto fresh = parseServeOptions(options.arguments);
    if (fresh) {
        server.setAccess(fresh->access);
        if (fresh->tls) {
            server.setTls(*fresh->tls);
        }
    } else if (!options.log) {
        complain(tr("%1; all stays as it was").arg(fresh.error()));
    }
    if (options.log) {
        writeLog(
            {.level = fresh ? net::ServerEvent::Level::Info : net::ServerEvent::Level::Warning,
                .event = fresh ? QLatin1StringView("reloaded") : QLatin1StringView("reload-failed"),
                .reason = fresh ? QString() : fresh.error()},
            *options.log);
    }
}

/// Says goodbye to everybody, and ends the program when they are gone.
void endServer(net::Server& server)
{
    // What the guests take to say goodbye, at most.
    constexpr std::chrono::milliseconds kFarewell{1'000};
    if (!server.isListening()) { // told twice
        QCoreApplication::quit();
        return;
    }
    server.close(net::close_code::kServiceRestart, tr("The server is being restarted"));
    if (server.socketCount() == 0) {
        QCoreApplication::quit();
        return;
    }
    QObject::connect(&server, &net::Server::connectionsChanged, &server, [&server] {
        if (server.socketCount() == 0) {
            QCoreApplication::quit();
        }
    });
    QTimer::singleShot(kFarewell, &server, [] { QCoreApplication::quit(); });
}

} // namespace

int runServe(const ServeOptions& options)
{
    using Hangup = TerminationSignals::Hangup;
    TerminationSignals signals(options.hasFiles ? Hangup::Reloads : Hangup::Untouched);
    allowManySockets();
    net::Server server(options.limits);
    server.access() = options.access;
    if (options.tls) {
        server.setTls(*options.tls);
    }
    watchEvents(server, options);
    if (options.storeFolder) {
        auto store = openStore(*options.storeFolder, IfMissing::Make);
        if (!store) {
            complain(store.error());
            return kFailure;
        }
        server.setStore(*std::move(store));
    }
    MetricsEndpoint metrics(
        [&server] { return net::prometheusText(server.metrics(), server.gauges()); });
    if (options.metrics) {
        if (const auto done = metrics.listen(*options.metrics); !done) {
            complain(done.error());
            return kFailure;
        }
    }
    if (const auto done = server.listen(options.where.address, options.where.port); !done) {
        complain(done.error());
        return kFailure;
    }
    QByteArray ready = "listening " + server.url().toUtf8() + '\n';
    if (options.metrics) {
        ready += "metrics http://" + options.metrics->hostAndPort(metrics.port()).toUtf8()
            + "/metrics\n";
    }
    if (!writeOutput(ready)) {
        complain(tr("Cannot write to standard output"));
        return kFailure;
    }
    if (options.log) {
        writeLog({.event = QLatin1StringView("listening"), .reason = server.url()}, *options.log);
    }
    QObject::connect(
        &signals, &TerminationSignals::received, &server, [&server] { endServer(server); });
    QObject::connect(&signals, &TerminationSignals::reload, &server,
        [&server, &options] { readFilesAgain(server, options); });
    const int status = QCoreApplication::exec();
    if (options.log) {
        writeLog({.event = QLatin1StringView("stopped")}, *options.log);
    }
    if (server.gauges().storeFailing) {
        complain(tr("The store could not be written: what came last is not in it"));
        return kFailure;
    }
    return status;
}

} // namespace tutti::app::ctl
