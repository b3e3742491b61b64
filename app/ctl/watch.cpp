// SPDX-License-Identifier: MIT
#include "app/ctl/commands.h"
#include "app/ctl/input.h"
#include "app/ctl/room_session.h"
#include "app/ctl/signals.h"
#include "crdt/any.h"
#include "crdt/events.h"
#include "crdt/utf.h"

#include <QCoreApplication>

#include <string>

namespace tutti::app::ctl {

namespace {

using crdt::Any;
using State = net::ProviderStatus::State;

Any deltaValue(const crdt::TypeEvent& event)
{
    Any::Array steps;
    for (const crdt::DeltaOp& op : event.delta) {
        const Any length(static_cast<double>(op.length.value()));
        switch (op.kind) {
        case crdt::DeltaOp::Kind::Retain:
            steps.push_back(Any::object({{"retain", length}}));
            break;
        case crdt::DeltaOp::Kind::Delete:
            steps.push_back(Any::object({{"delete", length}}));
            break;
        case crdt::DeltaOp::Kind::Insert:
            steps.push_back(Any::object({{"insert",
                op.values.empty() ? Any(crdt::toUtf8(op.text)) : op.values.front().toJson()}}));
            break;
        }
    }
    return Any(std::move(steps));
}

/// Prints one event. A reader that has gone ends the program, as it would end any filter.
void print(Any::Object members)
{
    if (!writeOutput(QByteArray::fromStdString(Any::object(std::move(members)).toJson()) + '\n')) {
        QCoreApplication::exit(kFailure);
    }
}

} // namespace

int runWatch(const RoomArguments& room)
{
    RoomSession session(
        {room.address, room.rootName, room.timeout, true, room.token, room.authorities});
    TerminationSignals signals;
    QObject::connect(&signals, &TerminationSignals::received, &session, &RoomSession::leave);
    QObject::connect(
        &session, &RoomSession::finished, &session, [] { QCoreApplication::exit(kSuccess); });
    QObject::connect(&session, &RoomSession::failed, &session, [](const QString& reason) {
        complain(reason);
        QCoreApplication::exit(kFailure);
    });

    const crdt::Subscription changes = session.text().observe([](const crdt::TypeEvent& event) {
        print({{"event", Any("text")}, {"delta", deltaValue(event)}});
    });
    net::Provider& provider = session.provider();
    QObject::connect(&provider, &net::Provider::awarenessChanged, &session,
        [&provider](const net::AwarenessChange& change) {
            const auto tell = [&provider](const std::vector<crdt::ClientId>& clients) {
                for (const crdt::ClientId client : clients) {
                    const auto state = provider.awareness().states().find(client);
                    const bool gone = state == provider.awareness().states().end();
                    print({{"event", Any("awareness")},
                        {"client", Any(static_cast<double>(client.value()))},
                        {"state", gone ? Any(nullptr) : state->second}});
                }
            };
            tell(change.added);
            tell(change.updated);
            tell(change.removed);
        });
    QObject::connect(
        &provider, &net::Provider::synced, &session, [] { print({{"event", Any("synced")}}); });
    QObject::connect(&provider, &net::Provider::statusChanged, &session,
        [wasConnected = false](const net::ProviderStatus& status) mutable {
            if (wasConnected && status.state == State::Offline) {
                print({{"event", Any("offline")}, {"reason", Any(status.reason.toStdString())}});
            }
            wasConnected = status.isConnected();
        });
    session.start();
    return QCoreApplication::exec();
}

} // namespace tutti::app::ctl
