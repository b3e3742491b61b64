// SPDX-License-Identifier: MIT
#include "tests/bench/phases.h"

#include "crdt/any.h"
#include "crdt/doc.h"
#include "crdt/utf.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <random>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tutti::bench {

namespace {

using namespace tutti::crdt;

constexpr std::uint64_t kReader = 1'000'000; ///< no trace has so many writers
constexpr std::string_view kRoot = "content";

class Stopwatch
{
public:
    [[nodiscard]] double ms() const
    {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start)
            .count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

Doc makeDoc(std::uint64_t id)
{
    return Doc({.clientId = ClientId(id), .guid = "bench", .gc = true});
}

Outcome timed(double ms, bool right) { return {right, {{"ms", ms}}}; }

void apply(Doc& doc, Text& text, const std::vector<Patch>& patches)
{
    const Transaction transaction = doc.transact();
    for (const Patch& patch : patches) {
        if (patch.erased > 0) {
            text.erase(Offset(patch.position), Offset(patch.erased));
        }
        if (!patch.inserted.empty()) {
            text.insert(Offset(patch.position), patch.inserted);
        }
    }
}

// --- files ---

Result<void> writeFile(const std::string& path, BytesView bytes)
{
    std::ofstream file(path, std::ios::binary);
    file.write(
        reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file) {
        return fail(ErrorCode::Malformed, "cannot write " + path);
    }
    return {};
}

std::string jsonString(std::u16string_view text) { return Any(toUtf8(text)).toJson(); }

/// What Yjs is given to replay, so that both replay the same.
std::string script(const Trace& trace)
{
    std::string json = "{\"name\":" + Any(trace.name).toJson()
        + ",\"start\":" + jsonString(trace.start) + ",\"end\":" + jsonString(trace.end)
        + ",\"writers\":" + std::to_string(trace.writers) + ",\"steps\":[";
    for (const Step& step : trace.steps) {
        json += (&step == trace.steps.data() ? "[" : ",\n[") + std::to_string(step.writer) + ",[";
        for (const std::uint32_t& merged : step.merges) {
            json += (&merged == step.merges.data() ? "" : ",") + std::to_string(merged);
        }
        json += "],[";
        for (const Patch& patch : step.patches) {
            json += (&patch == step.patches.data() ? "[" : ",[") + std::to_string(patch.position)
                + "," + std::to_string(patch.erased) + "," + jsonString(patch.inserted) + "]";
        }
        json += "]]";
    }
    return json + "]}\n";
}

// --- replaying ---

/// The Docs of a trace's writers, exchanging updates as the steps say.
class Replay
{
public:
    Replay(const Trace& trace, bool keepUpdates)
        : m_trace(trace)
        , m_keepUpdates(keepUpdates || trace.writers > 1)
    {
        m_docs.reserve(trace.writers);
        for (std::uint32_t id = 1; id <= trace.writers; ++id) {
            m_docs.push_back(makeDoc(id));
            m_texts.push_back(m_docs.back().get<Text>(kRoot));
        }
        if (m_keepUpdates) {
            m_updates.reserve(trace.steps.size() + 1);
        }
    }
    /// Collects the updates, the start's included; what counting them alone costs is nothing.
    void observe()
    {
        for (Doc& doc : m_docs) {
            m_subscriptions.push_back(doc.observe([this](const TransactionEvent& event) {
                if (!event.local) {
                    return;
                }
                m_bytes += event.update.size();
                if (m_keepUpdates) {
                    m_updates.emplace_back(event.update.begin(), event.update.end());
                }
            }));
        }
    }
    void run()
    {
        if (!m_trace.start.empty()) {
            m_texts.front().insert(Offset(0), m_trace.start);
        }
        const std::size_t first = m_updates.size();
        for (const Step& step : m_trace.steps) {
            Doc& doc = m_docs[step.writer];
            for (const std::uint32_t merged : step.merges) {
                m_right = doc.applyUpdate(m_updates[first + merged]).has_value() && m_right;
            }
            apply(doc, m_texts[step.writer], step.patches);
        }
    }
    [[nodiscard]] bool right() const { return m_right; }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] const std::vector<Bytes>& updates() const { return m_updates; }
    [[nodiscard]] std::u16string text() const { return m_texts.front().toString(); }

private:
    const Trace& m_trace;
    bool m_keepUpdates;
    bool m_right = true;
    std::size_t m_bytes = 0;
    std::vector<Doc> m_docs;
    std::vector<Text> m_texts;
    std::vector<Bytes> m_updates;
    std::vector<Subscription> m_subscriptions;
};

/// Heap in use, in bytes; 0 where the C library does not tell.
std::size_t heapInUse()
{
#ifdef __GLIBC__
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

// --- phases on what was prepared ---

Outcome receive(const std::vector<BytesView>& updates, BytesView state)
{
    Doc doc = makeDoc(kReader);
    static_cast<void>(doc.get<Text>(kRoot));
    bool right = true;
    const Stopwatch watch;
    for (const BytesView update : updates) {
        right = doc.applyUpdate(update).has_value() && right;
    }
    const double ms = watch.ms();
    return timed(ms, right && std::ranges::equal(doc.getUpdate(), state));
}

Outcome load(BytesView state)
{
    const Stopwatch watch;
    Doc doc = makeDoc(kReader);
    const Text text = doc.get<Text>(kRoot);
    const bool applied = doc.applyUpdate(state).has_value();
    const std::u16string loaded = text.toString();
    const double ms = watch.ms();
    return timed(ms,
        applied && loaded.size() == text.length().value()
            && doc.getUpdate().size() == state.size());
}

Outcome encode(BytesView state)
{
    Doc doc = makeDoc(kReader);
    const bool applied = doc.applyUpdate(state).has_value();
    const Stopwatch watch;
    const Bytes encoded = doc.getUpdate();
    const double ms = watch.ms();
    return timed(ms, applied && std::ranges::equal(encoded, state));
}

Outcome memory(BytesView state)
{
    Doc doc = makeDoc(kReader);
    static_cast<void>(doc.get<Text>(kRoot));
    const std::size_t before = heapInUse();
    const bool applied = doc.applyUpdate(state).has_value();
    return {applied, {{"bytes", static_cast<double>(heapInUse() - before)}}};
}

/// A character typed at a random place, with its update: what one of them costs.
Outcome keystrokes(BytesView state)
{
    constexpr std::size_t kCount = 100'000;
    Doc doc = makeDoc(kReader);
    Text text = doc.get<Text>(kRoot);
    const std::size_t before = heapInUse();
    const Stopwatch loading;
    bool right = doc.applyUpdate(state).has_value();
    const double loadMs = loading.ms();
    const std::size_t loaded = heapInUse() - before;
    std::size_t bytes = 0;
    const Subscription subscription =
        doc.observe([&bytes](const TransactionEvent& event) { bytes += event.update.size(); });
    std::mt19937 random(7);
    std::vector<double> micros(kCount);
    for (double& one : micros) {
        const std::uint32_t place = static_cast<std::uint32_t>(random()) % text.length().value();
        const Stopwatch watch;
        text.insert(Offset(place), u"x");
        one = watch.ms() * 1000;
    }
    std::ranges::sort(micros);
    right = right && bytes > kCount;
    return {right,
        {{"load_ms", loadMs}, {"load_bytes", static_cast<double>(loaded)},
            {"p50_us", micros[kCount / 2]}, {"p99_us", micros[kCount * 99 / 100]}}};
}

// --- scenarios ---

/// 100,000 single characters at random places, with updates.
Outcome randomCharacters()
{
    constexpr std::uint32_t kCount = 100'000;
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>(kRoot);
    std::size_t bytes = 0;
    const Subscription subscription =
        doc.observe([&bytes](const TransactionEvent& event) { bytes += event.update.size(); });
    std::mt19937 random(42);
    const Stopwatch watch;
    for (std::uint32_t i = 0; i < kCount; ++i) {
        text.insert(Offset(static_cast<std::uint32_t>(random()) % (i + 1)), u"x");
    }
    const double ms = watch.ms();
    return timed(ms, text.length().value() == kCount && bytes > kCount);
}

/// 10 MB pasted, then 10,000 random edits, with updates.
Outcome paste()
{
    constexpr std::size_t kSize = 10'000'000;
    constexpr std::uint32_t kEdits = 10'000;
    std::u16string pasted(kSize, u'a');
    for (std::size_t i = 79; i < kSize; i += 80) {
        pasted[i] = u'\n';
    }
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>(kRoot);
    std::size_t bytes = 0;
    const Subscription subscription =
        doc.observe([&bytes](const TransactionEvent& event) { bytes += event.update.size(); });
    std::mt19937 random(42);
    const Stopwatch watch;
    text.insert(Offset(0), pasted);
    for (std::uint32_t i = 0; i < kEdits; ++i) {
        const std::uint32_t place = static_cast<std::uint32_t>(random()) % text.length().value();
        if (i % 2 == 0) {
            text.insert(Offset(place), u"hello");
        } else {
            text.erase(Offset(place), Offset(5));
        }
    }
    const double ms = watch.ms();
    return timed(ms, bytes > kSize);
}

/// What an operation costs in a text of 10^3 … 10^6 single-character items, in nanoseconds:
/// figures named like `insert_1000`.
Outcome growth()
{
    constexpr std::uint32_t kProbes = 20'000;
    Outcome outcome;
    for (std::uint32_t items = 1000; items <= 1'000'000; items *= 10) {
        Doc doc = makeDoc(1);
        Text text = doc.get<Text>(kRoot);
        std::mt19937 random(items);
        const auto place = [&text, &random] {
            return Offset(static_cast<std::uint32_t>(random()) % (text.length().value() + 1));
        };
        std::vector<Bytes> updates;
        Doc other = makeDoc(2);
        while (text.length().value() < items) {
            text.insert(place(), u"x");
        }
        outcome.right = other.applyUpdate(doc.getUpdate()).has_value() && outcome.right;
        const Subscription subscription = doc.observe([&updates](const TransactionEvent& event) {
            updates.emplace_back(event.update.begin(), event.update.end());
        });
        // In a small text, insertions and deletions take turns, so that it stays of that size.
        const std::uint32_t batch = std::min(kProbes, items / 10);
        double insertMs = 0;
        double eraseMs = 0;
        for (std::uint32_t done = 0; done < kProbes; done += batch) {
            const Stopwatch inserting;
            for (std::uint32_t i = 0; i < batch; ++i) {
                text.insert(place(), u"y");
            }
            insertMs += inserting.ms();
            const Stopwatch erasing;
            for (std::uint32_t i = 0; i < batch; ++i) {
                text.erase(place(), Offset(1));
            }
            eraseMs += erasing.ms();
        }
        const Stopwatch receiving;
        for (const Bytes& update : updates) {
            outcome.right = other.applyUpdate(update).has_value() && outcome.right;
        }
        const double receiveMs = receiving.ms();
        outcome.right = outcome.right && other.getUpdate() == doc.getUpdate();
        const std::string size = std::to_string(items);
        const auto nanoseconds = [](double ms, std::size_t count) {
            return ms * 1e6 / static_cast<double>(count);
        };
        const std::size_t probes = (kProbes + batch - 1) / batch * batch;
        outcome.figures["insert_" + size] = nanoseconds(insertMs, probes);
        outcome.figures["erase_" + size] = nanoseconds(eraseMs, probes);
        outcome.figures["receive_" + size] = nanoseconds(receiveMs, updates.size());
    }
    return outcome;
}

} // namespace

Result<Prepared> prepare(const Trace& trace, const std::string& folder)
{
    Replay replay(trace, true);
    replay.observe();
    replay.run();
    Doc reader = makeDoc(kReader);
    const Text text = reader.get<Text>(kRoot);
    Prepared prepared;
    prepared.edits = trace.steps.size();
    prepared.textRight = replay.right();
    Encoder updates;
    for (const Bytes& update : replay.updates()) {
        prepared.updateBytes += update.size();
        prepared.textRight = reader.applyUpdate(update).has_value() && prepared.textRight;
        updates.writeMessage(update);
    }
    prepared.textRight = prepared.textRight && text.toString() == trace.end;
    const Bytes state = reader.getUpdate();
    prepared.stateBytes = state.size();
    for (const auto& written : {writeFile(folder + "/state.bin", state),
             writeFile(folder + "/updates.bin", updates.view()),
             writeFile(folder + "/script.json", asBytes(script(trace)))}) {
        if (!written) {
            return std::unexpected(written.error());
        }
    }
    return prepared;
}

Result<Prepared> prepareItems(std::size_t count, const std::string& folder)
{
    Doc doc = makeDoc(1);
    Text text = doc.get<Text>(kRoot);
    std::mt19937 random(42);
    for (std::uint32_t i = 0; i < count; ++i) {
        text.insert(Offset(static_cast<std::uint32_t>(random()) % (i + 1)), u"x");
    }
    Prepared prepared;
    prepared.edits = count;
    const Bytes state = doc.getUpdate();
    prepared.stateBytes = state.size();
    if (const auto written = writeFile(folder + "/state.bin", state); !written) {
        return std::unexpected(written.error());
    }
    return prepared;
}

Outcome runTyping(const Trace& trace, bool withUpdates)
{
    Replay replay(trace, false);
    if (withUpdates || trace.writers > 1) {
        replay.observe();
    }
    const Stopwatch watch;
    replay.run();
    const double ms = watch.ms();
    const bool right = replay.right() && (trace.writers > 1 || replay.text() == trace.end);
    Outcome outcome = timed(ms, right);
    outcome.figures["bytes"] = static_cast<double>(replay.bytes());
    return outcome;
}

Result<Outcome> runPrepared(std::string_view phase, const std::string& folder)
{
    const auto state = readFile(folder + "/state.bin");
    if (!state) {
        return std::unexpected(state.error());
    }
    const BytesView stateBytes = asBytes(*state);
    if (phase == "load") {
        return load(stateBytes);
    }
    if (phase == "encode") {
        return encode(stateBytes);
    }
    if (phase == "memory") {
        return memory(stateBytes);
    }
    if (phase == "keystrokes") {
        return keystrokes(stateBytes);
    }
    if (phase == "receive") {
        const auto file = readFile(folder + "/updates.bin");
        if (!file) {
            return std::unexpected(file.error());
        }
        Decoder decoder(asBytes(*file));
        const auto updates = decoder.readMessages();
        if (!updates) {
            return std::unexpected(updates.error());
        }
        return receive(*updates, stateBytes);
    }
    return fail(ErrorCode::Malformed, "there is no phase " + std::string(phase));
}

Result<Outcome> runScenario(std::string_view scenario)
{
    if (scenario == "random") {
        return randomCharacters();
    }
    if (scenario == "paste") {
        return paste();
    }
    if (scenario == "growth") {
        return growth();
    }
    return fail(ErrorCode::Malformed, "there is no scenario " + std::string(scenario));
}

} // namespace tutti::bench
