// SPDX-License-Identifier: MIT
#include "crdt/change_log.h"

#include "crdt/detail/each_run.h"
#include "crdt/detail/handles.h"
#include "crdt/undo_manager.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

namespace tutti::crdt {

namespace {

using detail::forEachRun;
using detail::Graph;
using detail::Handles;
using detail::Item;
using detail::ItemRef;
using detail::Kind;
using detail::kNone;
using detail::LocalId;
using detail::LocalRange;
using detail::Peer;
using detail::PeerRuns;
using detail::Store;
using detail::TransactionRecord;

/// Beyond this many, ranges are put in order and joined before more are added.
constexpr std::size_t kLooseRanges = 256;

/// A part of one run of the text, with what would become of it.
struct Part
{
    ChangeLog::Piece::Kind kind = ChangeLog::Piece::Kind::Goes;
    ItemRef item = kNone;
    std::uint32_t begin = 0; ///< within the item
    std::uint32_t end = 0;
};

void append(std::vector<LocalRange>& ranges, const LocalRange& more)
{
    if (!ranges.empty() && ranges.back().peer == more.peer && ranges.back().end() == more.clock) {
        ranges.back().length += more.length;
    } else {
        ranges.push_back(more);
    }
}

} // namespace

/// What is kept of a change. (Of external linkage, since Impl has it and is known outside.)
struct LoggedChange
{
    ChangeLog::Change change;
    std::vector<LocalRange> insertions;
    std::vector<LocalRange> deletions;
    std::size_t keptUnits = 0;
    std::size_t orderAbove = kLooseRanges; ///< when to put them in order next
};

class ChangeLog::Impl
{
public:
    Impl(Store& store, Doc& doc, Text text, Options options)
        : m_store(store)
        , m_graph(store.graph)
        , m_doc(doc)
        , m_text(std::move(text))
        , m_options(std::move(options))
    {
        m_recording =
            store.afterTransaction.add([this](TransactionRecord& record) { capture(record); });
        m_dropping = store.phases[static_cast<std::size_t>(Phase::AfterAllTransactions)].add(
            [this](const TransactionInfo&) { forgetDropped(); });
    }
    ~Impl()
    {
        m_recording = {};
        m_dropping = {};
        for (auto& [client, entries] : m_entries) {
            while (!entries.empty()) {
                drop(entries);
            }
        }
        if (!m_store.inTransaction()) {
            forgetDropped();
        }
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] std::optional<Change> last(ClientId client) const
    {
        const auto found = m_entries.find(client);
        if (found == m_entries.end()) {
            return std::nullopt;
        }
        for (auto entry = found->second.rbegin(); entry != found->second.rend(); ++entry) {
            if (!partsOf(*entry).empty()) {
                return entry->change;
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] std::vector<ClientId> clients() const
    {
        std::vector<ClientId> all;
        for (const auto& [client, entries] : m_entries) {
            all.push_back(client);
        }
        return all;
    }

    [[nodiscard]] std::vector<Piece> effectOf(const Change& change) const
    {
        std::vector<Piece> pieces;
        const LoggedChange* entry = find(change);
        if (entry == nullptr) {
            return pieces;
        }
        for (const Part& part : partsOf(*entry)) {
            const Item& item = m_graph.items[part.item];
            const bool goes = part.kind == Piece::Kind::Goes;
            const Offset at(m_graph.visibleBefore(part.item) + (goes ? part.begin : 0));
            const bool continues = !pieces.empty() && pieces.back().kind == part.kind
                && (goes ? pieces.back().at + Offset(lengthOf(pieces.back())) == at
                         : pieces.back().at == at);
            if (!continues) {
                pieces.push_back({part.kind, at, {}});
            }
            m_graph.text.appendTo(pieces.back().text, item, part.begin, part.end);
        }
        return pieces;
    }

    bool takeBack(const Change& change, const Origin& origin)
    {
        LoggedChange* const entry = find(change);
        if (entry == nullptr) {
            return false;
        }
        const std::vector<Part> parts = partsOf(*entry);
        std::vector<LocalRange> going;
        UndoManager::StackItem returning;
        for (const Part& part : parts) {
            const Item& item = m_graph.items[part.item];
            const LocalRange range{item.id.peer, item.id.clock + part.begin, part.end - part.begin};
            if (part.kind == Piece::Kind::Goes) {
                append(going, range);
            } else {
                returning.deletions.insert(m_store.wireRange(range));
            }
        }
        m_store.begin(origin);
        if (!returning.deletions.empty()) {
            UndoManager returns(
                m_doc, {m_text}, {.trackedOrigins = {}, .undoStack = {std::move(returning)}});
            returns.undo();
        }
        std::vector<ItemRef> gone;
        forEachRun(m_graph, going, [&gone](ItemRef item) { gone.push_back(item); });
        for (const ItemRef item : gone) {
            m_store.remove(item);
        }
        // Its units have come back as others, or are not to come back: nothing has to be kept.
        release(*entry);
        std::deque<LoggedChange>& entries = m_entries[change.author];
        std::erase_if(
            entries, [&change](const LoggedChange& other) { return other.change == change; });
        m_store.end();
        m_store.throwObserverError();
        return !parts.empty();
    }

    [[nodiscard]] std::size_t keptUnits() const noexcept { return m_keptUnits; }

private:
    [[nodiscard]] static std::uint32_t lengthOf(const Piece& piece)
    {
        return static_cast<std::uint32_t>(piece.text.size());
    }
    [[nodiscard]] const LoggedChange* find(const Change& change) const
    {
        const auto entries = m_entries.find(change.author);
        if (entries == m_entries.end()) {
            return nullptr;
        }
        const auto found = std::ranges::find(entries->second, change.number,
            [](const LoggedChange& entry) { return entry.change.number; });
        return found == entries->second.end() ? nullptr : &*found;
    }
    [[nodiscard]] LoggedChange* find(const Change& change)
    {
        return const_cast<LoggedChange*>(std::as_const(*this).find(change));
    }

    // --- recording ---

    void capture(TransactionRecord& record)
    {
        if (!std::ranges::contains(m_options.trackedOrigins, record.origin)
            || !std::ranges::contains(record.changedTypes, Handles::index(m_text))) {
            return;
        }
        const Milliseconds now = m_options.now();
        for (const TransactionRecord::Growth& growth : record.growth) {
            if (LoggedChange* const entry = entryFor(growth.peer, now)) {
                append(
                    entry->insertions, {growth.peer, growth.before, growth.after - growth.before});
            }
        }
        LoggedChange* author = nullptr;
        if (record.deletes.empty()) {
            // only insertions, as most often
        } else if (record.growth.size() == 1) {
            author = entryFor(record.growth.front().peer, now);
        } else if (record.growth.empty() && m_options.whoDeleted) {
            if (const auto client = m_options.whoDeleted(placesOf(record.deletes))) {
                author = entryFor(*client, now);
            }
        }
        if (author != nullptr) {
            addDeletions(*author, record.deletes);
        }
        keepWithinBounds();
    }

    [[nodiscard]] LoggedChange* entryFor(detail::PeerIndex peer, Milliseconds now)
    {
        return entryFor(ClientId(m_graph.peers[peer].client), now);
    }
    /// Where what this client does now belongs. Null for ourselves.
    [[nodiscard]] LoggedChange* entryFor(ClientId client, Milliseconds now)
    {
        if (client.value() == m_store.clientId()) {
            return nullptr;
        }
        std::deque<LoggedChange>& entries = m_entries[client];
        const bool extends =
            !entries.empty() && now - entries.back().change.at < m_options.captureTimeout;
        if (!extends) {
            entries.push_back(
                {.change = {++m_numbers, client, now}, .insertions = {}, .deletions = {}});
            while (entries.size() > m_options.maxChanges) {
                drop(entries);
            }
        }
        LoggedChange& entry = entries.back();
        entry.change.at = now;
        if (entry.insertions.size() + entry.deletions.size() > entry.orderAbove) {
            detail::normalize(entry.insertions);
            detail::normalize(entry.deletions);
            entry.orderAbove =
                kLooseRanges + 2 * (entry.insertions.size() + entry.deletions.size());
        }
        return &entry;
    }

    void addDeletions(LoggedChange& entry, const std::vector<LocalRange>& deletes)
    {
        for (const LocalRange& range : deletes) {
            append(entry.deletions, range);
        }
        forEachRun(m_graph, deletes, [this, &entry](ItemRef ref) {
            Item& item = m_graph.items[ref];
            item.set(Item::kKeep);
            entry.keptUnits += item.length;
            m_keptUnits += item.length;
        });
    }

    /// Where the deleted units stood, each place once.
    [[nodiscard]] std::vector<Offset> placesOf(const std::vector<LocalRange>& deletes) const
    {
        std::vector<Offset> places;
        for (const LocalRange& range : deletes) {
            forEachPart(range, [this, &places](ItemRef item, std::uint32_t, std::uint32_t) {
                if (m_graph.ownerOf(item) == Handles::index(m_text)) {
                    const Offset place(m_graph.visibleBefore(item));
                    if (places.empty() || places.back() != place) {
                        places.push_back(place);
                    }
                }
            });
        }
        return places;
    }

    // --- what a change means now ---

    /// Calls `visit(item, begin, end)` for what is left of a range's runs, without cutting any.
    template <typename Visit>
    void forEachPart(const LocalRange& range, Visit visit) const
    {
        const Peer& peer = m_graph.peers[range.peer];
        const std::uint32_t end = std::min(range.end(), peer.end);
        for (std::uint32_t clock = range.clock; clock < end;) {
            const PeerRuns::Position at = peer.runs.find(clock);
            const std::uint32_t runBegin = peer.runs[at].clock;
            const std::uint32_t runEnd = m_graph.endOf(peer, at);
            if (!peer.runs[at].isGc()) {
                visit(peer.runs[at].item, clock - runBegin, std::min(end, runEnd) - runBegin);
            }
            clock = runEnd;
        }
    }

    [[nodiscard]] bool isOurs(const Item& item, ItemRef ref) const
    {
        return item.kind == Kind::String && !item.has(Item::kInMap)
            && m_graph.ownerOf(ref) == Handles::index(m_text);
    }

    void addGoing(std::vector<Part>& parts, const LocalRange& range) const
    {
        forEachPart(range, [this, &parts](ItemRef ref, std::uint32_t begin, std::uint32_t end) {
            const Item& item = m_graph.items[ref];
            if (item.has(Item::kRedone)) { // deleted by somebody who brought it back since
                const LocalId copy = m_graph.redone.at(Graph::key(item.id)).plus(begin);
                addGoing(parts, {copy.peer, copy.clock, end - begin});
            } else if (!item.deleted() && isOurs(item, ref)) {
                parts.push_back({Piece::Kind::Goes, ref, begin, end});
            }
        });
    }

    /// In the order of the text.
    [[nodiscard]] std::vector<Part> partsOf(const LoggedChange& entry) const
    {
        std::vector<Part> parts;
        std::vector<LocalRange> insertions = entry.insertions;
        detail::normalize(insertions);
        std::vector<LocalRange> deletions = entry.deletions;
        detail::normalize(deletions);
        for (const LocalRange& range : insertions) {
            addGoing(parts, range);
        }
        for (const LocalRange& range : without(deletions, insertions)) {
            forEachPart(range, [this, &parts](ItemRef ref, std::uint32_t begin, std::uint32_t end) {
                const Item& item = m_graph.items[ref];
                if (item.deleted() && !item.has(Item::kRedone) && isOurs(item, ref)) {
                    parts.push_back({Piece::Kind::Returns, ref, begin, end});
                }
            });
        }
        std::ranges::sort(parts, [this](const Part& a, const Part& b) {
            return a.item != b.item ? m_graph.tree.isBefore(a.item, b.item) : a.begin < b.begin;
        });
        return parts;
    }

    /// What is in `ranges` and not in `others`; both are normalised.
    [[nodiscard]] static std::vector<LocalRange> without(
        const std::vector<LocalRange>& ranges, const std::vector<LocalRange>& others)
    {
        std::vector<LocalRange> rest;
        for (const LocalRange& range : ranges) {
            const auto ofPeer = std::ranges::equal_range(others, range.peer, {}, &LocalRange::peer);
            std::uint32_t clock = range.clock;
            for (const LocalRange& other : ofPeer) {
                if (other.clock >= range.end()) {
                    break;
                }
                if (other.clock > clock) {
                    rest.push_back({range.peer, clock, other.clock - clock});
                }
                clock = std::max(clock, other.end());
            }
            if (clock < range.end()) {
                rest.push_back({range.peer, clock, range.end() - clock});
            }
        }
        return rest;
    }

    // --- bounds ---

    void keepWithinBounds()
    {
        if (m_keptUnits <= m_options.maxDeletedUnits && m_entries.size() <= kMaxClients) {
            return;
        }
        const auto oldest = [this] {
            return std::ranges::min_element(m_entries, {}, [](const auto& client) {
                return client.second.empty() ? ~std::uint64_t{0}
                                             : client.second.front().change.number;
            });
        };
        while (m_keptUnits > m_options.maxDeletedUnits) {
            drop(oldest()->second);
        }
        std::erase_if(m_entries, [](const auto& client) { return client.second.empty(); });
        while (m_entries.size() > kMaxClients) {
            const auto quietest = std::ranges::min_element(m_entries, {},
                [](const auto& client) { return client.second.back().change.number; });
            while (!quietest->second.empty()) {
                drop(quietest->second);
            }
            m_entries.erase(quietest);
        }
    }

    /// Lets the oldest go.
    void drop(std::deque<LoggedChange>& entries)
    {
        release(entries.front());
        entries.pop_front();
    }

    /// Nothing is forgotten yet: a transaction may be under way.
    void release(LoggedChange& entry)
    {
        forEachRun(m_graph, entry.deletions,
            [this](ItemRef item) { m_graph.items[item].clear(Item::kKeep); });
        m_keptUnits -= entry.keptUnits;
        entry.keptUnits = 0;
        m_dropped.insert(m_dropped.end(), entry.deletions.begin(), entry.deletions.end());
    }

    void forgetDropped()
    {
        if (m_dropped.empty() || !m_store.gc()) {
            m_dropped.clear();
            return;
        }
        m_store.collect(std::exchange(m_dropped, {}));
    }

    Store& m_store;
    Graph& m_graph;
    Doc& m_doc;
    Text m_text;
    Options m_options;
    std::map<ClientId, std::deque<LoggedChange>> m_entries; ///< oldest first
    std::uint64_t m_numbers = 0;
    std::size_t m_keptUnits = 0;
    std::vector<LocalRange> m_dropped; ///< deletions that need not be kept any more
    Subscription m_recording;
    Subscription m_dropping;
};

namespace {

ChangeLog::Options withClock(ChangeLog::Options options)
{
    if (!options.now) {
        options.now = [] {
            return std::chrono::duration_cast<ChangeLog::Milliseconds>(
                std::chrono::steady_clock::now().time_since_epoch());
        };
    }
    return options;
}

} // namespace

ChangeLog::ChangeLog(Doc& doc, Text text, Options options)
    : m_impl(std::make_unique<Impl>(
          Handles::store(doc), doc, std::move(text), withClock(std::move(options))))
{ }

ChangeLog::~ChangeLog() = default;

std::optional<ChangeLog::Change> ChangeLog::last(std::span<const ClientId> clients) const
{
    std::optional<Change> newest;
    for (const ClientId client : clients) {
        const auto change = m_impl->last(client);
        if (change && (!newest || change->number > newest->number)) {
            newest = change;
        }
    }
    return newest;
}

std::vector<ClientId> ChangeLog::authors() const
{
    std::vector<ClientId> clients = m_impl->clients();
    std::erase_if(clients, [this](ClientId client) { return !m_impl->last(client); });
    return clients;
}

std::vector<ChangeLog::Piece> ChangeLog::effectOf(const Change& change) const
{
    return m_impl->effectOf(change);
}

bool ChangeLog::takeBack(const Change& change) { return m_impl->takeBack(change, origin()); }

Origin ChangeLog::origin() const noexcept { return Origin(static_cast<const void*>(this)); }

std::size_t ChangeLog::keptUnits() const noexcept { return m_impl->keptUnits(); }

} // namespace tutti::crdt
