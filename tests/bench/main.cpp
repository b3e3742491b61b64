// SPDX-License-Identifier: MIT
//
// tutti-bench FILE… [--json]: replays editing traces and times what an editor does with a Doc.
#include "crdt/doc.h"
#include "tests/bench/trace.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <iostream>
#include <string_view>

namespace {

using namespace tutti::crdt;
using tutti::bench::Patch;
using tutti::bench::Trace;

constexpr ClientId kWriter{1};
constexpr ClientId kReader{2};
constexpr std::string_view kRoot = "content";
constexpr int kRuns = 5;

/// What one phase took, in milliseconds: the median of kRuns, each with a Doc of its own.
double medianMs(const std::function<std::chrono::nanoseconds()>& phase)
{
    std::array<double, kRuns> times{};
    for (double& time : times) {
        time = std::chrono::duration<double, std::milli>(phase()).count();
    }
    std::ranges::sort(times);
    return times[kRuns / 2];
}

class Stopwatch
{
public:
    [[nodiscard]] std::chrono::nanoseconds elapsed() const
    {
        return std::chrono::steady_clock::now() - m_start;
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

Doc makeDoc(ClientId id) { return Doc({.clientId = id, .guid = "bench", .gc = true}); }

/// One transaction per patch.
void type(Doc& doc, const Trace& trace)
{
    Text text = doc.get<Text>(kRoot);
    if (!trace.start.empty()) {
        text.insert(Offset(0), trace.start);
    }
    for (const Patch& patch : trace.patches) {
        const Transaction transaction = doc.transact();
        if (patch.erased > 0) {
            text.erase(Offset(patch.position), Offset(patch.erased));
        }
        if (!patch.inserted.empty()) {
            text.insert(Offset(patch.position), patch.inserted);
        }
    }
}

struct Figures
{
    double typeMs = 0;
    double typeNoUpdateMs = 0;
    double receiveMs = 0;
    double encodeMs = 0;
    double loadMs = 0;
    std::size_t stateBytes = 0;
    std::size_t updateBytes = 0;
    bool textOk = true;
};

Figures measure(const Trace& trace)
{
    Figures figures;
    std::vector<Bytes> updates;
    Bytes state;
    {
        Doc doc = makeDoc(kWriter);
        const Subscription subscription = doc.observe([&updates](const TransactionEvent& event) {
            updates.emplace_back(event.update.begin(), event.update.end());
        });
        type(doc, trace);
        state = doc.getUpdate();
        figures.textOk = doc.get<Text>(kRoot).toString() == trace.end;
    }
    figures.stateBytes = state.size();
    for (const Bytes& update : updates) {
        figures.updateBytes += update.size();
    }

    figures.typeMs = medianMs([&trace, &figures] {
        Doc doc = makeDoc(kWriter);
        std::size_t bytes = 0;
        const Subscription subscription =
            doc.observe([&bytes](const TransactionEvent& event) { bytes += event.update.size(); });
        const Stopwatch watch;
        type(doc, trace);
        const auto elapsed = watch.elapsed();
        figures.textOk = figures.textOk && bytes == figures.updateBytes;
        return elapsed;
    });
    figures.typeNoUpdateMs = medianMs([&trace] {
        Doc doc = makeDoc(kWriter);
        const Stopwatch watch;
        type(doc, trace);
        return watch.elapsed();
    });
    figures.receiveMs = medianMs([&] {
        Doc doc = makeDoc(kReader);
        const Text text = doc.get<Text>(kRoot);
        const Stopwatch watch;
        for (const Bytes& update : updates) {
            figures.textOk = doc.applyUpdate(update).has_value() && figures.textOk;
        }
        const auto elapsed = watch.elapsed();
        figures.textOk = figures.textOk && text.toString() == trace.end;
        return elapsed;
    });
    figures.encodeMs = medianMs([&] {
        Doc doc = makeDoc(kReader);
        figures.textOk = doc.applyUpdate(state).has_value() && figures.textOk;
        const Stopwatch watch;
        const Bytes encoded = doc.getUpdate();
        const auto elapsed = watch.elapsed();
        figures.textOk = figures.textOk && encoded == state;
        return elapsed;
    });
    figures.loadMs = medianMs([&] {
        const Stopwatch watch;
        Doc doc = makeDoc(kReader);
        const Text text = doc.get<Text>(kRoot);
        const bool applied = doc.applyUpdate(state).has_value();
        const std::u16string loaded = text.toString();
        const auto elapsed = watch.elapsed();
        figures.textOk = figures.textOk && applied && loaded == trace.end;
        return elapsed;
    });
    return figures;
}

void print(const Trace& trace, const Figures& figures, bool json)
{
    std::printf(json
            ? "{\"trace\":\"%s\",\"edits\":%zu,\"type_ms\":%.3f,\"type_noupdate_ms\":%.3f,"
              "\"receive_ms\":%.3f,\"encode_ms\":%.3f,\"load_ms\":%.3f,\"state_bytes\":%zu,"
              "\"update_bytes\":%zu,\"text_ok\":%s}\n"
            : "%s: %zu edits; type %.1f ms, without updates %.1f ms; receive %.1f ms; encode %.3f "
              "ms; load %.2f ms; state %zu bytes, updates %zu bytes; text right: %s\n",
        trace.name.c_str(), trace.patches.size(), figures.typeMs, figures.typeNoUpdateMs,
        figures.receiveMs, figures.encodeMs, figures.loadMs, figures.stateBytes,
        figures.updateBytes, figures.textOk ? "true" : "false");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    bool json = false;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--json") {
            json = true;
        } else if (argument.starts_with("--")) {
            std::cerr << "unknown option " << argument << "\n"
                      << "usage: tutti-bench FILE… [--json]\n";
            return 2;
        } else {
            files.emplace_back(argument);
        }
    }
    if (files.empty()) {
        std::cerr << "usage: tutti-bench FILE… [--json]\n";
        return 2;
    }
    bool right = true;
    for (const std::string& file : files) {
        const auto trace = tutti::bench::readTrace(file);
        if (!trace) {
            std::cerr << trace.error().message << "\n";
            right = false;
            continue;
        }
        const Figures figures = measure(*trace);
        print(*trace, figures, json);
        right = right && figures.textOk;
    }
    return right ? 0 : 1;
}
