// SPDX-License-Identifier: MIT
#include "tests/bench/trace.h"

#include "crdt/any.h"
#include "crdt/doc.h"
#include "crdt/utf.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <zlib.h>

namespace tutti::bench {

namespace {

using crdt::Any;

/// Turns code points into UTF-16 units while a text is being edited: it only needs to know
/// where the characters of two units stand.
class UnitCounter
{
public:
    [[nodiscard]] std::uint32_t units(std::uint32_t codePoint) const
    {
        const auto before = std::ranges::lower_bound(m_wide, codePoint) - m_wide.begin();
        return codePoint + static_cast<std::uint32_t>(before);
    }
    void edit(std::uint32_t at, std::uint32_t erased, std::u16string_view inserted)
    {
        const auto first = std::ranges::lower_bound(m_wide, at);
        const auto last = std::lower_bound(first, m_wide.end(), at + erased);
        auto place = m_wide.erase(first, last);
        std::vector<std::uint32_t> added;
        std::uint32_t points = 0;
        for (const char16_t unit : inserted) {
            if (crdt::isHighSurrogate(unit)) {
                added.push_back(at + points);
            }
            points += !crdt::isLowSurrogate(unit);
        }
        for (auto later = place; later != m_wide.end(); ++later) {
            *later = *later + points - erased;
        }
        m_wide.insert(place, added.begin(), added.end());
    }

private:
    std::vector<std::uint32_t> m_wide; ///< code point indexes, ascending
};

std::u16string textOf(const Any* value)
{
    const std::string* text = value == nullptr ? nullptr : value->stringIf();
    return text == nullptr ? std::u16string() : crdt::toUtf16(*text);
}

/// A patch as it is written, positions in code points.
std::optional<Patch> readPatch(const Any& source)
{
    const Any::Array* parts = source.arrayIf();
    if (parts == nullptr || parts->size() != 3 || (*parts)[0].numberIf() == nullptr
        || (*parts)[1].numberIf() == nullptr || (*parts)[2].stringIf() == nullptr) {
        return std::nullopt;
    }
    return Patch{static_cast<std::uint32_t>(*(*parts)[0].numberIf()),
        static_cast<std::uint32_t>(*(*parts)[1].numberIf()), textOf(&(*parts)[2])};
}

/// A transaction of a concurrent trace.
struct Change
{
    std::uint32_t agent = 0;
    std::vector<std::uint32_t> parents;
    std::vector<Patch> patches;
};

std::optional<std::vector<Patch>> readPatches(const Any& transaction)
{
    const Any* list = transaction.find("patches");
    if (list == nullptr || list->arrayIf() == nullptr) {
        return std::nullopt;
    }
    std::vector<Patch> patches;
    for (const Any& source : *list->arrayIf()) {
        std::optional<Patch> patch = readPatch(source);
        if (!patch) {
            return std::nullopt;
        }
        patches.push_back(std::move(*patch));
    }
    return patches;
}

std::optional<Change> readChange(const Any& transaction, std::size_t index)
{
    Change change;
    const Any* agent = transaction.find("agent");
    const Any* parents = transaction.find("parents");
    std::optional<std::vector<Patch>> patches = readPatches(transaction);
    if (agent == nullptr || agent->numberIf() == nullptr || parents == nullptr
        || parents->arrayIf() == nullptr || !patches) {
        return std::nullopt;
    }
    change.agent = static_cast<std::uint32_t>(*agent->numberIf());
    change.patches = std::move(*patches);
    for (const Any& parent : *parents->arrayIf()) {
        if (parent.numberIf() == nullptr || !(*parent.numberIf() < static_cast<double>(index))) {
            return std::nullopt;
        }
        change.parents.push_back(static_cast<std::uint32_t>(*parent.numberIf()));
    }
    return change;
}

/// Gives the transactions of agents to writers whose Docs have just what the agent had.
class Director
{
public:
    explicit Director(const std::vector<Change>& changes)
        : m_changes(changes)
    { }

    Step next(std::uint32_t index)
    {
        const Change& change = m_changes[index];
        Step step;
        auto writer = std::ranges::find_if(m_writers, [&](const Writer& candidate) {
            return candidate.agent == change.agent && isWithin(candidate, change.parents);
        });
        if (writer == m_writers.end()) {
            m_writers.push_back({change.agent, {}, std::vector<bool>(m_changes.size())});
            writer = m_writers.end() - 1;
        }
        step.writer = static_cast<std::uint32_t>(writer - m_writers.begin());
        step.merges = missing(*writer, change.parents);
        for (const std::uint32_t merged : step.merges) {
            writer->has[merged] = true;
        }
        writer->has[index] = true;
        writer->heads = {index};
        step.patches = change.patches;
        return step;
    }
    [[nodiscard]] std::uint32_t writers() const
    {
        return static_cast<std::uint32_t>(m_writers.size());
    }

private:
    struct Writer
    {
        std::uint32_t agent = 0;
        std::vector<std::uint32_t> heads; ///< what it has is these and all before them
        std::vector<bool> has;
    };

    /// Whether all the writer has is known at these parents.
    [[nodiscard]] bool isWithin(
        const Writer& writer, const std::vector<std::uint32_t>& parents) const
    {
        return std::ranges::all_of(writer.heads, [&](std::uint32_t head) {
            std::vector<std::uint32_t> open = parents;
            std::vector<std::uint32_t> seen;
            while (!open.empty()) {
                const std::uint32_t at = open.back();
                open.pop_back();
                if (at == head) {
                    return true;
                }
                if (at > head && !std::ranges::contains(seen, at)) {
                    seen.push_back(at);
                    open.insert(
                        open.end(), m_changes[at].parents.begin(), m_changes[at].parents.end());
                }
            }
            return false;
        });
    }
    [[nodiscard]] std::vector<std::uint32_t> missing(
        const Writer& writer, const std::vector<std::uint32_t>& parents) const
    {
        std::vector<std::uint32_t> result;
        std::vector<bool> seen(m_changes.size());
        std::vector<std::uint32_t> open = parents;
        while (!open.empty()) {
            const std::uint32_t at = open.back();
            open.pop_back();
            if (writer.has[at] || seen[at]) {
                continue;
            }
            seen[at] = true;
            result.push_back(at);
            open.insert(open.end(), m_changes[at].parents.begin(), m_changes[at].parents.end());
        }
        std::ranges::sort(result);
        return result;
    }

    const std::vector<Change>& m_changes;
    std::vector<Writer> m_writers;
};

/// Code points into units: only a text itself can tell, so the writers' texts are kept.
void countUnits(Trace& trace)
{
    const auto isWide = [](const Step& step) {
        return std::ranges::any_of(step.patches, [](const Patch& patch) {
            return std::ranges::any_of(patch.inserted, crdt::isHighSurrogate);
        });
    };
    if (std::ranges::none_of(trace.steps, isWide)) {
        return;
    }
    struct Writer
    {
        crdt::Doc doc;
        crdt::Text text;
    };
    std::vector<Writer> writers;
    for (std::uint32_t id = 1; id <= trace.writers; ++id) {
        crdt::Doc doc({.clientId = crdt::ClientId(id), .guid = "trace", .gc = true});
        const crdt::Text text = doc.get<crdt::Text>("content");
        writers.push_back({std::move(doc), text});
    }
    std::vector<crdt::Bytes> updates;
    for (Step& step : trace.steps) {
        Writer& writer = writers[step.writer];
        for (const std::uint32_t merged : step.merges) {
            static_cast<void>(writer.doc.applyUpdate(updates[merged]));
        }
        const crdt::Bytes before = writer.doc.getState();
        for (Patch& patch : step.patches) {
            const std::u16string units = writer.text.toString();
            const auto skip = [&units](std::uint32_t from, std::uint32_t points) {
                for (; points > 0 && from < units.size(); --points) {
                    from += crdt::isHighSurrogate(units[from]) ? 2 : 1;
                }
                return from;
            };
            const std::uint32_t begin = skip(0, patch.position);
            patch.erased = skip(begin, patch.erased) - begin;
            patch.position = begin;
            const crdt::Transaction transaction = writer.doc.transact();
            writer.text.erase(crdt::Offset(begin), crdt::Offset(patch.erased));
            writer.text.insert(crdt::Offset(begin), patch.inserted);
        }
        updates.push_back(writer.doc.getUpdate(before).value_or(crdt::Bytes()));
    }
}

bool readSequential(const Any::Array& transactions, Trace& trace)
{
    UnitCounter counter;
    counter.edit(0, 0, trace.start);
    for (const Any& transaction : transactions) {
        std::optional<std::vector<Patch>> patches = readPatches(transaction);
        if (!patches) {
            return false;
        }
        for (Patch& patch : *patches) {
            const std::uint32_t at = patch.position;
            const std::uint32_t erased = patch.erased;
            patch.position = counter.units(at);
            patch.erased = counter.units(at + erased) - patch.position;
            counter.edit(at, erased, patch.inserted);
            Step step;
            step.patches.push_back(std::move(patch));
            trace.steps.push_back(std::move(step));
        }
    }
    return true;
}

bool readConcurrent(const Any::Array& transactions, Trace& trace)
{
    std::vector<Change> changes;
    for (const Any& transaction : transactions) {
        std::optional<Change> change = readChange(transaction, changes.size());
        if (!change) {
            return false;
        }
        changes.push_back(std::move(*change));
    }
    Director director(changes);
    for (std::uint32_t i = 0; i < changes.size(); ++i) {
        trace.steps.push_back(director.next(i));
    }
    trace.writers = director.writers();
    countUnits(trace);
    return true;
}

} // namespace

crdt::Result<std::string> readFile(const std::string& path)
{
    // gzread passes plain files through, so both kinds come out as text.
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
    if (file == nullptr) {
        return crdt::fail(crdt::ErrorCode::Malformed, "cannot open " + path);
    }
    std::string text;
    std::array<char, 1 << 16> buffer{};
    int count = 0;
    while ((count = gzread(file.get(), buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    if (count < 0) {
        return crdt::fail(crdt::ErrorCode::Malformed, path + " cannot be decompressed");
    }
    return text;
}

crdt::Result<Trace> readTrace(const std::string& path)
{
    const auto text = readFile(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto json = Any::fromJson(*text);
    if (!json) {
        return std::unexpected(json.error());
    }
    Trace trace;
    trace.name = path.substr(path.find_last_of('/') + 1);
    trace.name.resize(std::min(trace.name.find(".json"), trace.name.size()));
    trace.start = textOf(json->find("startContent"));
    trace.end = textOf(json->find("endContent"));
    const Any* list = json->find("txns");
    const Any::Array* transactions = list == nullptr ? nullptr : list->arrayIf();
    const bool isConcurrent = transactions != nullptr && !transactions->empty()
        && transactions->front().find("parents") != nullptr;
    if (transactions == nullptr
        || !(isConcurrent ? readConcurrent(*transactions, trace)
                          : readSequential(*transactions, trace))) {
        return crdt::fail(crdt::ErrorCode::Malformed, path + " is not an editing trace");
    }
    return trace;
}

} // namespace tutti::bench
