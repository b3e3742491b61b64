// SPDX-License-Identifier: MIT
//
// awareness.json: a few peers under a clock that only the vectors move.
#include "crdt/awareness.h"
#include "tests/conformance/values.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace tutti::conformance {

namespace {

using crdt::Any;
using crdt::Awareness;
using crdt::Bytes;
using crdt::ClientId;
using crdt::Origin;

ClientId clientOf(const Json& json) { return ClientId(static_cast<quint64>(json.toDouble())); }

std::vector<ClientId> clientsOf(const Json& json)
{
    std::vector<ClientId> clients;
    for (const Json& client : json.toArray()) {
        clients.push_back(clientOf(client));
    }
    return clients;
}

std::vector<ClientId> sorted(std::vector<ClientId> clients)
{
    std::ranges::sort(clients);
    return clients;
}

/// One event as y-protocols sends it, its lists sorted.
struct Event
{
    std::size_t peer = 0;
    QString kind;
    std::vector<ClientId> added;
    std::vector<ClientId> updated;
    std::vector<ClientId> removed;
    QString origin;

    bool operator==(const Event&) const = default;
};

class Scenario
{
public:
    explicit Scenario(const Json& test)
        : m_test(test)
        , m_clockMoves(recordedTime(test) < kWallClock)
        , m_now(static_cast<qint64>(test[QStringLiteral("start")].toDouble()))
    {
        const JsonArray clients = test[QStringLiteral("clients")].toArray();
        for (std::size_t i = 0; i < clients.size(); ++i) {
            m_peers.push_back(std::make_unique<Awareness>(
                clientOf(clients[i]), [this] { return m_now; }, Any::object()));
            m_subscriptions.push_back(m_peers.back()->observe(
                [this, i](const Awareness::Change& change) { note(i, change); }));
        }
    }

    Failure run()
    {
        const JsonArray steps = m_test[QStringLiteral("steps")].toArray();
        for (std::size_t i = 0; i < steps.size(); ++i) {
            m_events.clear();
            Failure failure = carryOut(steps[i]);
            failure = failure ? failure : compareEvents(i);
            failure = failure ? failure : compareStates(m_test[QStringLiteral("after")][i]);
            if (failure) {
                return QStringLiteral("step %1, %2: %3")
                    .arg(i)
                    .arg(steps[i][QStringLiteral("op")].toString(), *failure);
            }
        }
        return std::nullopt;
    }

private:
    /// lib0 takes hold of Date.now when it is loaded. Where that was before the vectors' clock took
    /// its place, the times are those of the day, and no time to speak of passed between steps.
    static constexpr double kWallClock = 1e12;
    static double recordedTime(const Json& test)
    {
        return test[QStringLiteral("after")][0][0][QStringLiteral("meta")][0][2].toDouble();
    }

    void note(std::size_t peer, const Awareness::Change& change)
    {
        Event event{peer, QStringLiteral("change"), sorted(change.added), sorted(change.updated),
            sorted(change.removed), QString::fromStdString(change.origin.name())};
        if (!change.added.empty() || !change.updated.empty() || !change.removed.empty()) {
            m_events.push_back(event);
        }
        event.kind = QStringLiteral("update");
        event.updated.insert(event.updated.end(), change.renewed.begin(), change.renewed.end());
        event.updated = sorted(std::move(event.updated));
        m_events.push_back(std::move(event));
    }

    Failure carryOut(const Json& step)
    {
        const QString name = step[QStringLiteral("op")].toString();
        Awareness& peer = *m_peers.at(static_cast<std::size_t>(step[QStringLiteral("p")].toInt()));
        const Origin origin(step[QStringLiteral("origin")].toString().toStdString());
        if (name == QLatin1String("set")) {
            const auto state = readValue(step[QStringLiteral("state")]);
            peer.setLocalState(state && !state->isNull() ? state : std::nullopt);
        } else if (name == QLatin1String("field")) {
            peer.setLocalStateField(step[QStringLiteral("field")].toString().toStdString(),
                readValue(step[QStringLiteral("value")]).value_or(Any()));
        } else if (name == QLatin1String("encode")) {
            const Bytes message = peer.encodeUpdate(clientsOf(step[QStringLiteral("clients")]));
            m_messages.push_back(message);
            return compareBytes(message, step[QStringLiteral("m")]);
        } else if (name == QLatin1String("apply")) {
            const auto index = static_cast<std::size_t>(step[QStringLiteral("m")].toInt());
            return takenBy(peer, m_messages.at(index), origin);
        } else if (name == QLatin1String("applyRaw")) {
            return takenBy(peer, fromBase64(step[QStringLiteral("m")]), origin);
        } else if (name == QLatin1String("remove")) {
            peer.removeStates(clientsOf(step[QStringLiteral("clients")]), origin);
        } else if (name == QLatin1String("tick")) {
            if (m_clockMoves) {
                m_now = Awareness::Milliseconds(
                    static_cast<qint64>(step[QStringLiteral("now")].toDouble()));
            }
            peer.tick();
        } else if (name == QLatin1String("modify")) {
            const auto index = static_cast<std::size_t>(step[QStringLiteral("m")].toInt());
            const auto modified = crdt::modifyAwarenessUpdate(m_messages.at(index), [&](Any state) {
                if (!state.isNull()) {
                    state.set(step[QStringLiteral("setField")].toString().toStdString(), Any(1));
                }
                return state;
            });
            return modified ? compareBytes(*modified, step[QStringLiteral("r")])
                            : QStringLiteral("cannot be modified");
        } else {
            return QStringLiteral("there is no such operation");
        }
        return std::nullopt;
    }

    static Failure takenBy(Awareness& peer, const Bytes& message, const Origin& origin)
    {
        return peer.applyUpdate(message, origin) ? Failure() : QStringLiteral("refused");
    }

    static Failure compareBytes(const Bytes& got, const Json& wanted)
    {
        return toBase64(got) == wanted.toString()
            ? Failure()
            : QStringLiteral("got %1, wanted %2").arg(toBase64(got), wanted.toString());
    }

    Failure compareEvents(std::size_t step) const
    {
        std::vector<Event> wanted;
        for (const Json& event : m_test[QStringLiteral("events")].toArray()) {
            if (event[QStringLiteral("s")].toInt() == static_cast<int>(step)) {
                wanted.push_back({static_cast<std::size_t>(event[QStringLiteral("p")].toInt()),
                    event[QStringLiteral("t")].toString(),
                    sorted(clientsOf(event[QStringLiteral("added")])),
                    sorted(clientsOf(event[QStringLiteral("updated")])),
                    sorted(clientsOf(event[QStringLiteral("removed")])),
                    event[QStringLiteral("origin")].toString()});
            }
        }
        return m_events == wanted
            ? Failure()
            : QStringLiteral("%1 events, wanted %2, or they say something else")
                  .arg(m_events.size())
                  .arg(wanted.size());
    }

    Failure compareStates(const Json& wanted) const
    {
        for (std::size_t i = 0; i < m_peers.size(); ++i) {
            std::map<ClientId, Any> states;
            for (const Json& entry : wanted[i][QStringLiteral("states")].toArray()) {
                states.emplace(clientOf(entry[0]), readValue(entry[1]).value_or(Any()));
            }
            if (m_peers[i]->states() != states) {
                return QStringLiteral("peer %1 has other states").arg(i);
            }
            const JsonArray meta = wanted[i][QStringLiteral("meta")].toArray();
            const bool same = std::ranges::equal(
                m_peers[i]->meta(), meta, [this](const auto& entry, const Json& expected) {
                    const auto& [client, known] = entry;
                    return client == clientOf(expected[0])
                        && static_cast<double>(known.clock) == expected[1].toDouble()
                        && (!m_clockMoves
                            || static_cast<double>(known.lastUpdated.count())
                                == expected[2].toDouble());
                });
            if (!same) {
                return QStringLiteral("peer %1 has other clocks or times").arg(i);
            }
        }
        return std::nullopt;
    }

    const Json& m_test;
    bool m_clockMoves;
    Awareness::Milliseconds m_now;
    std::vector<std::unique_ptr<Awareness>> m_peers;
    std::vector<crdt::Subscription> m_subscriptions;
    std::vector<Bytes> m_messages;
    std::vector<Event> m_events;
};

} // namespace

void runAwareness(const Run& run)
{
    for (const Json& test : run.content[QStringLiteral("cases")].toArray()) {
        run.report.add(run.file, test[QStringLiteral("id")].toString(), Scenario(test).run());
    }
}

} // namespace tutti::conformance
