// SPDX-License-Identifier: MIT
#pragma once

#include "tests/bench/trace.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

/// The timed pieces of work. Each is meant to be the only one of its process, so that it finds
/// cold caches and an empty heap, as a program does that was just started.
namespace tutti::bench {

/// What a piece of work measured. Times in `ms` are milliseconds unless the key says otherwise.
struct Outcome
{
    bool right = true; ///< the text and the bytes came out as they should
    std::map<std::string, double> figures;
};

/// What was written into a folder for the phases that need it.
struct Prepared
{
    std::size_t edits = 0;
    std::size_t stateBytes = 0;
    std::size_t updateBytes = 0;
    bool textRight = true; ///< the writers' updates give the trace's text
};

/// Replays a trace and keeps in `folder`, which exists: `script.json`, the steps in UTF-16 units;
/// `updates.bin`, each update with its length in front; `state.bin`, what a reader of all of them
/// holds.
[[nodiscard]] crdt::Result<Prepared> prepare(const Trace& trace, const std::string& folder);
/// Keeps `state.bin`: a text of that many characters, each inserted alone at a random place.
[[nodiscard]] crdt::Result<Prepared> prepareItems(std::size_t count, const std::string& folder);

/// type, type_noupdate: the steps of a trace, one transaction each.
[[nodiscard]] Outcome runTyping(const Trace& trace, bool withUpdates);
/// receive, load, encode, memory, keystrokes: from what was prepared.
[[nodiscard]] crdt::Result<Outcome> runPrepared(std::string_view phase, const std::string& folder);
/// random, paste, growth: made up on the spot.
[[nodiscard]] crdt::Result<Outcome> runScenario(std::string_view scenario);

} // namespace tutti::bench
