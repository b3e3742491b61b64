// SPDX-License-Identifier: MIT
#include "app/ctl/commands.h"
#include "app/ctl/input.h"
#include "app/ctl/serve_options.h"
#include "app/ctl/signals.h"
#include "app/ctl/store.h"
#include "net/server/close_codes.h"
#include "net/server/server.h"

#include <QCoreApplication>
#include <QTimer>

#include <sys/resource.h>

namespace tutti::app::ctl {

namespace {

/// A socket is a file, and many systems allow 1,024 of them unless one asks.
void allowManySockets()
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files); // if not, then not
    }
}

} // namespace

int runServe(const ServeOptions& options)
{
    // What the guests take to say goodbye, at most.
    constexpr std::chrono::milliseconds kFarewell{1'000};

    TerminationSignals signals;
    allowManySockets();
    net::Server server(options.limits);
    server.access() = options.access;
    if (options.tls) {
        server.setTls(*options.tls);
    }
    if (options.storeFolder) {
        auto store = openStore(*options.storeFolder, IfMissing::Make);
        if (!store) {
            complain(store.error());
            return kFailure;
        }
        server.setStore(*std::move(store));
        QObject::connect(&server, &net::Server::storeFailed, &server, [](const QString& reason) {
            complain(QCoreApplication::translate(
                "tuttictl", "%1; rooms go on, and it is tried again every second")
                    .arg(reason));
        });
        QObject::connect(&server, &net::Server::storeRecovered, &server, [] {
            complain(QCoreApplication::translate("tuttictl", "The store is written again"));
        });
    }
    if (const auto done = server.listen(options.where.address, options.where.port); !done) {
        complain(done.error());
        return kFailure;
    }
    if (!writeOutput("listening " + server.url().toUtf8() + '\n')) {
        complain(QCoreApplication::translate("tuttictl", "Cannot write to standard output"));
        return kFailure;
    }
    QObject::connect(&signals, &TerminationSignals::received, &server, [&server, kFarewell] {
        if (!server.isListening()) { // told twice
            QCoreApplication::quit();
            return;
        }
        server.close(net::close_code::kServiceRestart,
            QCoreApplication::translate("tuttictl", "The server is being restarted"));
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
    });
    return QCoreApplication::exec();
}

} // namespace tutti::app::ctl
