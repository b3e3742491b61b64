// SPDX-License-Identifier: MIT
//
// A load for any y-websocket server, in plain bytes: see tests/bench/compare_servers.
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/text.h"
#include "tests/bench/load/process.h"
#include "tests/bench/load/swarm.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <sys/resource.h>

using namespace tutti;
using namespace tutti::load;
using namespace std::chrono_literals;

namespace {

constexpr const char* kUsage =
    "Usage: tutti-load PORT PID MODE [NAME=NUMBER]… [file=FILE]\n"
    "The server listens on 127.0.0.1:PORT and is process PID. Prints one JSON object.\n"
    "  type     rooms= clients= (in each room) typists= rate= (a second; 0: as fast as it goes)\n"
    "           cursors= (a second and client) seconds=\n"
    "  idle     clients= rooms=\n"
    "  join     file= (an update) times=\n"
    "  rooms    file= rooms=: what a room with that document takes\n";

/// NAME=NUMBER words.
class Options
{
public:
    Options(int count, char** words)
    {
        for (int i = 0; i < count; ++i) {
            const std::string word = words[i];
            const std::size_t equals = word.find('=');
            if (equals == std::string::npos) {
                giveUp(word + " is not NAME=VALUE");
            }
            m_values[word.substr(0, equals)] = word.substr(equals + 1);
        }
    }
    [[nodiscard]] double number(const std::string& name, double otherwise) const
    {
        const auto found = m_values.find(name);
        if (found == m_values.end()) {
            return otherwise;
        }
        double value = 0;
        const char* const end = found->second.data() + found->second.size();
        if (std::from_chars(found->second.data(), end, value).ptr != end) {
            giveUp(name + " is not a number");
        }
        return value;
    }
    [[nodiscard]] std::size_t count(const std::string& name, std::size_t otherwise) const
    {
        return static_cast<std::size_t>(number(name, static_cast<double>(otherwise)));
    }
    [[nodiscard]] std::string file() const
    {
        const auto found = m_values.find("file");
        std::ifstream in(found == m_values.end() ? std::string() : found->second, std::ios::binary);
        if (!in) {
            giveUp("file= names no file");
        }
        return std::string(std::istreambuf_iterator<char>(in), {});
    }

private:
    std::map<std::string, std::string> m_values;
};

std::string_view text(crdt::BytesView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A message: its type, for some a second one, and a payload.
std::string message(std::uint8_t type, std::optional<std::uint8_t> step, std::string_view payload)
{
    crdt::Encoder encoder;
    encoder.writeUint8(type);
    if (step) {
        encoder.writeUint8(*step);
    }
    encoder.writeMessage(std::as_bytes(std::span(payload)));
    return std::string(text(encoder.view()));
}

const std::string kSyncStep1 = message(0, 0, std::string_view("\0", 1));

std::uint64_t readVarUint(std::string_view& bytes)
{
    std::uint64_t value = 0;
    for (int shift = 0; !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80) {
            break;
        }
    }
    return value;
}

bool isAnswer(std::string_view payload)
{
    return payload.size() > 2 && payload[0] == 0 && payload[1] == 1;
}

/// Connects that many clients, `each` to a room, and waits until each has its first answer.
void gather(Swarm& swarm, std::size_t rooms, std::size_t each)
{
    std::size_t answers = 0;
    swarm.onOpen = [&swarm](Client& client) { swarm.send(client, kSyncStep1); };
    swarm.onMessage = [&answers](Client&, std::string_view payload) {
        answers += isAnswer(payload) ? 1 : 0;
    };
    constexpr std::size_t kAtOnce = 64; // less than anybody's backlog
    for (std::size_t i = 0; i < rooms * each; ++i) {
        swarm.add("load-" + std::to_string(i / each));
        if (i % kAtOnce == kAtOnce - 1) {
            swarm.run(Clock::now() + 30s, [&] { return answers > i; });
        }
    }
    swarm.run(Clock::now() + 30s, [&] { return answers >= rooms * each; });
    if (answers < rooms * each) {
        giveUp("only " + std::to_string(answers) + " clients got an answer");
    }
    swarm.run(Clock::now() + 500ms); // the server comes to rest
}

/// One who types at the end of a room's text.
struct Typist
{
    explicit Typist(std::uint64_t id)
        : doc([id] {
            crdt::Doc::Options options;
            options.clientId = crdt::ClientId(id);
            return crdt::Doc(std::move(options));
        }())
        , root(doc.get<crdt::Text>("codemirror"))
        , subscription(doc.observe([this](const crdt::TransactionEvent& event) {
            update = message(0, 2, text(event.update));
        }))
    { }

    crdt::Doc doc;
    crdt::Text root;
    crdt::Subscription subscription;
    std::string update; ///< the latest
    Client* client = nullptr;
    Clock::time_point next;
    std::vector<Clock::time_point> sent; ///< by clock
};

void measureTyping(Swarm& swarm, Options options, int pid)
{
    constexpr std::uint64_t kFirstId = 1'000'000;
    constexpr std::size_t kWindow = 32; // of each typist, on their way at full speed
    const std::size_t rooms = options.count("rooms", 1);
    const std::size_t each = options.count("clients", 50);
    const std::size_t typistsEach = std::min(options.count("typists", 1), each);
    const double rate = options.number("rate", 20);
    const double cursors = options.number("cursors", 0);
    const double seconds = options.number("seconds", 10);

    const double before = residentBytes(pid);
    gather(swarm, rooms, each);
    const double connected = residentBytes(pid);

    std::mt19937_64 random(1);
    const auto within = [&random](double period) {
        const std::uniform_real_distribution<double> distribution(0, period);
        return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(
            std::uniform_real_distribution<double>(distribution)(random)));
    };
    std::vector<std::unique_ptr<Typist>> typists;
    for (std::size_t room = 0; room < rooms; ++room) {
        for (std::size_t i = 0; i < typistsEach; ++i) {
            typists.push_back(std::make_unique<Typist>(kFirstId + typists.size()));
            typists.back()->client = swarm.clients()[room * each + i].get();
            typists.back()->next = Clock::now() + (rate > 0 ? within(1 / rate) : 0s);
        }
    }
    bool measuring = false;
    std::size_t updatesIn = 0;
    std::size_t updatesOut = 0;
    std::size_t cursorsIn = 0;
    std::size_t cursorsOut = 0;
    std::vector<float> latencies; // ms
    const auto type = [&](Typist& typist) {
        typist.root.insert(typist.root.length(), u"x");
        typist.sent.push_back(Clock::now());
        swarm.send(*typist.client, typist.update);
        updatesIn += measuring ? 1 : 0;
    };
    swarm.onMessage = [&](Client& client, std::string_view payload) {
        if (payload.size() > 3 && payload[0] == 0 && payload[1] == 2) {
            payload.remove_prefix(2);
            readVarUint(payload); // its length
            readVarUint(payload); // one client
            readVarUint(payload); // one struct
            const std::uint64_t index = readVarUint(payload) - kFirstId;
            const std::uint64_t clock = readVarUint(payload);
            if (index >= typists.size() || clock >= typists[index]->sent.size()) {
                giveUp("an update came that nobody sent");
            }
            Typist& typist = *typists[index];
            if (measuring) {
                ++updatesOut;
                const std::chrono::duration<float, std::milli> took =
                    Clock::now() - typist.sent[clock];
                latencies.push_back(took.count());
            }
            if (rate == 0 && typist.client == &client) {
                type(typist);
            }
        } else if (!payload.empty() && payload[0] == 1) {
            cursorsOut += measuring ? 1 : 0;
        }
    };
    std::vector<std::pair<Clock::time_point, std::uint64_t>> cursorTimes; // next one, clock
    for (std::size_t i = 0; cursors > 0 && i < swarm.clients().size(); ++i) {
        cursorTimes.emplace_back(Clock::now() + within(1 / cursors), 0);
    }
    const auto moveCursor = [&](std::size_t index, std::uint64_t clock) {
        const std::string position =
            R"({"type":null,"tname":"codemirror","item":{"client":1,"clock":)"
            + std::to_string(clock) + R"(},"assoc":0})";
        crdt::Encoder state;
        state.writeVarUint(1);
        state.writeVarUint(2 * kFirstId + index);
        state.writeVarUint(clock);
        state.writeVarString(R"({"user":{"name":"User )" + std::to_string(index)
            + R"(","color":"#30bced","colorLight":"#30bced33"},"cursor":{"anchor":)" + position
            + R"(,"head":)" + position + "}}");
        swarm.send(*swarm.clients()[index], message(1, std::nullopt, text(state.view())));
        cursorsIn += measuring ? 1 : 0;
    };
    const auto step = [](double perSecond) {
        return std::chrono::duration_cast<Clock::duration>(
            std::chrono::duration<double>(1 / perSecond));
    };
    const auto keepGoing = [&](Clock::time_point until) {
        while (Clock::now() < until) {
            Clock::time_point next = std::min(until, Clock::now() + 50ms);
            const Clock::time_point now = Clock::now();
            for (const auto& typist : typists) {
                if (rate > 0 && typist->next <= now) {
                    type(*typist);
                    typist->next += step(rate);
                }
                next = rate > 0 ? std::min(next, typist->next) : next;
            }
            for (std::size_t i = 0; i < cursorTimes.size(); ++i) {
                if (cursorTimes[i].first <= now) {
                    moveCursor(i, ++cursorTimes[i].second);
                    cursorTimes[i].first += step(cursors);
                }
                next = std::min(next, cursorTimes[i].first);
            }
            swarm.run(next, [&next] { return Clock::now() >= next; });
        }
    };
    for (const auto& typist : typists) {
        for (std::size_t i = 0; rate == 0 && i < kWindow; ++i) {
            type(*typist);
        }
    }
    keepGoing(Clock::now() + 2s); // the server has warmed up
    measuring = true;
    const double cpuBefore = cpuSeconds(pid);
    const double ownBefore = ownCpuSeconds();
    const Clock::time_point start = Clock::now();
    double peak = residentBytes(pid);
    for (Clock::time_point until = start; until < start + std::chrono::duration<double>(seconds);) {
        until += 200ms;
        keepGoing(until);
        peak = std::max(peak, residentBytes(pid));
    }
    const std::chrono::duration<double> took = Clock::now() - start;
    const double cpu = cpuSeconds(pid) - cpuBefore;
    const double own = ownCpuSeconds() - ownBefore;
    if (swarm.lost() > 0) {
        giveUp("the server closed " + std::to_string(swarm.lost()) + " clients");
    }
    std::ranges::sort(latencies);
    const auto quantile = [&latencies](double part) {
        return latencies.empty()
            ? 0.0
            : double{latencies[static_cast<std::size_t>(part * double(latencies.size() - 1))]};
    };
    std::printf(R"({"updates_in": %.0f, "updates_out": %.0f, "cursors_in": %.0f, )"
                R"("cursors_out": %.0f, "cpu": %.4f, "own_cpu": %.4f, "p50_ms": %.3f, )"
                R"("p99_ms": %.3f, "before": %.0f, "connected": %.0f, "peak": %.0f})"
                "\n",
        double(updatesIn) / took.count(), double(updatesOut) / took.count(),
        double(cursorsIn) / took.count(), double(cursorsOut) / took.count(), cpu / took.count(),
        own / took.count(), quantile(0.5), quantile(0.99), before, connected, peak);
}

void measureIdle(Swarm& swarm, const Options& options, int pid)
{
    const std::size_t clients = options.count("clients", 2'000);
    const std::size_t rooms = options.count("rooms", 100);
    const double before = residentBytes(pid);
    gather(swarm, rooms, clients / rooms);
    const double bytes = residentBytes(pid) - before;
    std::printf(R"({"clients": %zu, "bytes_each": %.0f})"
                "\n",
        swarm.clients().size(), bytes / double(swarm.clients().size()));
}

/// Puts a document into a room, over a client that stays.
void seed(Swarm& swarm, const std::string& room, const std::string& update)
{
    bool done = false;
    swarm.onOpen = [&](Client& client) {
        swarm.send(client, message(0, 2, update));
        swarm.send(client, kSyncStep1);
    };
    swarm.onMessage = [&](Client&, std::string_view payload) {
        done = done || (isAnswer(payload) && payload.size() > update.size() / 2);
    };
    swarm.add(room);
    swarm.run(Clock::now() + 30s, [&done] { return done; });
    if (!done) {
        giveUp("the document did not come back");
    }
}

void measureJoin(Swarm& swarm, const Options& options)
{
    const std::string update = options.file();
    seed(swarm, "join", update);
    std::vector<double> times; // ms
    for (std::size_t i = 0; i < options.count("times", 40); ++i) {
        bool done = false;
        swarm.onOpen = [&swarm](Client& client) { swarm.send(client, kSyncStep1); };
        swarm.onMessage = [&](Client& client, std::string_view payload) {
            done = done
                || (client.index == i + 1 && isAnswer(payload)
                    && payload.size() > update.size() / 2);
        };
        const Clock::time_point start = Clock::now();
        Client& client = swarm.add("join");
        swarm.run(start + 30s, [&done] { return done; });
        const std::chrono::duration<double, std::milli> took = Clock::now() - start;
        if (!done) {
            giveUp("a join got no answer");
        }
        times.push_back(took.count());
        swarm.drop(client);
        swarm.run(Clock::now() + 20ms);
    }
    std::ranges::sort(times);
    std::printf(R"({"p50_ms": %.3f, "worst_ms": %.3f})"
                "\n",
        times[times.size() / 2], times.back());
}

void measureRooms(Swarm& swarm, const Options& options, int pid)
{
    const std::string update = options.file();
    const std::size_t rooms = options.count("rooms", 20);
    seed(swarm, "first", update); // what is only needed once
    swarm.run(Clock::now() + 500ms);
    const double before = residentBytes(pid);
    for (std::size_t i = 0; i < rooms; ++i) {
        seed(swarm, "room-" + std::to_string(i), update);
    }
    swarm.run(Clock::now() + 500ms);
    std::printf(R"({"rooms": %zu, "bytes_each": %.0f})"
                "\n",
        rooms, (residentBytes(pid) - before) / double(rooms));
}

} // namespace

int main(int count, char** words)
{
    if (count < 4) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    constexpr std::uint32_t kLoopback = 0x7f000001;
    const int pid = std::atoi(words[2]);
    const std::string mode = words[3];
    const Options options(count - 4, words + 4);
    Swarm swarm({kLoopback, static_cast<std::uint16_t>(std::atoi(words[1]))});
    if (mode == "type") {
        measureTyping(swarm, options, pid);
    } else if (mode == "idle") {
        measureIdle(swarm, options, pid);
    } else if (mode == "join") {
        measureJoin(swarm, options);
    } else if (mode == "rooms") {
        measureRooms(swarm, options, pid);
    } else {
        std::fputs(kUsage, stderr);
        return 2;
    }
    return 0;
}
