// SPDX-License-Identifier: MIT
//
// tutti-soak ADDRESS PID MINUTES [CLIENTS]: a room in which people come, type, drop the line and
// return, for as long as it is told. At the end all texts are equal; what the server (process PID)
// held in memory is told. TUTTI_SEED makes a run again.
#include "crdt/doc.h"
#include "crdt/text.h"
#include "net/provider.h"
#include "net/websocket_channel.h"
#include "tests/bench/load/process.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>
#include <vector>

using namespace tutti;
using namespace std::chrono_literals;
using State = net::ProviderStatus::State;

namespace {

constexpr std::uint32_t kLength = 20'000; ///< units; the text stays about that long

struct Person
{
    explicit Person(const net::RoomAddress& room)
        : text(doc.get<crdt::Text>("codemirror"))
        , provider(doc, std::make_unique<net::WebSocketChannel>(room))
    {
        provider.start();
    }
    [[nodiscard]] bool isSynced() const { return provider.status().state == State::Synced; }

    crdt::Doc doc;
    crdt::Text text;
    net::Provider provider;
};

class Soak
{
public:
    Soak(net::RoomAddress room, int pid, std::chrono::seconds length, std::size_t people,
        std::uint64_t seed)
        : m_room(std::move(room))
        , m_pid(pid)
        , m_length(length)
        , m_random(seed)
        , m_people(people)
    { }

    /// The exit status.
    int run()
    {
        QElapsedTimer clock;
        clock.start();
        const auto passed = [&clock] { return std::chrono::milliseconds(clock.elapsed()); };
        std::chrono::milliseconds nextSample{0};
        QTimer tick;
        QObject::connect(&tick, &QTimer::timeout, &tick, [this] { step(); });
        tick.start(2ms);
        while (passed() < m_length) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (passed() >= nextSample) {
                m_samples.push_back(load::residentBytes(m_pid) / 1e6);
                nextSample += std::max<std::chrono::milliseconds>(1s, m_length / 60);
            }
        }
        tick.stop();
        if (!allEqual()) {
            std::fprintf(stderr, "the texts are not equal after a minute of rest\n");
            return 1;
        }
        const double last = load::residentBytes(m_pid) / 1e6;
        std::printf(R"({"keystrokes": %zu, "arrivals": %zu, "drops": %zu, "first_mb": %.1f, )"
                    R"("most_mb": %.1f, "last_mb": %.1f, "state_bytes": %zu})"
                    "\n",
            m_keystrokes, m_arrivals, m_drops, m_samples.front(),
            std::max(last, std::ranges::max(m_samples)), last, m_stateBytes);
        return 0;
    }

private:
    [[nodiscard]] std::uint32_t below(std::uint32_t limit)
    {
        return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(m_random);
    }
    void step()
    {
        std::unique_ptr<Person>& seat =
            m_people[below(static_cast<std::uint32_t>(m_people.size()))];
        if (!seat) {
            seat = std::make_unique<Person>(m_room);
            ++m_arrivals;
            return;
        }
        switch (below(200)) {
        case 0:
            if (seat->isSynced()) { // who leaves earlier takes what is unsent along
                seat.reset();
            }
            return;
        case 1:
            seat->provider.stop();
            ++m_drops;
            return;
        default:
            seat->provider.start(); // without effect unless dropped
            type(*seat);
        }
    }
    void type(Person& person)
    {
        const std::uint32_t length = person.text.length().value();
        if (length > kLength) {
            const std::uint32_t count = 1 + below(length - kLength);
            person.text.erase(crdt::Offset(below(length - count + 1)), crdt::Offset(count));
        } else if (person.provider.hasSynced()) {
            person.text.insert(crdt::Offset(below(length + 1)), u"soak ");
            ++m_keystrokes;
        }
    }
    bool allEqual()
    {
        for (const auto& person : m_people) {
            if (person) {
                person->provider.start();
            }
        }
        QElapsedTimer clock;
        clock.start();
        while (std::chrono::milliseconds(clock.elapsed()) < 60s) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
            const Person* first = nullptr;
            const bool equal = std::ranges::all_of(m_people, [&first](const auto& person) {
                if (!person) {
                    return true;
                }
                first = first ? first : person.get();
                return person->isSynced() && person->text.toString() == first->text.toString();
            });
            if (equal && first != nullptr) {
                m_stateBytes = first->doc.getUpdate().size();
                return true;
            }
        }
        return false;
    }

    net::RoomAddress m_room;
    int m_pid;
    std::chrono::milliseconds m_length;
    std::mt19937_64 m_random;
    std::vector<std::unique_ptr<Person>> m_people; ///< null: not here
    std::vector<double> m_samples; ///< MB
    std::size_t m_keystrokes = 0;
    std::size_t m_arrivals = 0;
    std::size_t m_drops = 0;
    std::size_t m_stateBytes = 0;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    const auto room = words.size() > 3 ? net::RoomAddress::parse(words[1])
                                       : std::unexpected(QStringLiteral("Usage: tutti-soak ADDRESS "
                                                                        "PID MINUTES [CLIENTS]"));
    if (!room) {
        std::fprintf(stderr, "%s\n", qPrintable(room.error()));
        return 2;
    }
    bool isGiven = false;
    std::uint64_t seed = qEnvironmentVariable("TUTTI_SEED").toULongLong(&isGiven);
    seed = isGiven ? seed : std::random_device()();
    std::fprintf(stderr, "TUTTI_SEED=%llu\n", static_cast<unsigned long long>(seed));
    const auto length = std::chrono::duration_cast<std::chrono::seconds>(60s * words[3].toDouble());
    Soak soak(*room, words[2].toInt(), length, words.size() > 4 ? words[4].toUInt() : 20U, seed);
    return soak.run();
}
