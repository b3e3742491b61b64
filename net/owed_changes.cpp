// SPDX-License-Identifier: MIT
#include "net/owed_changes.h"

#include "crdt/encoding.h"
#include "crdt/sync_protocol.h"
#include "crdt/update.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

namespace tutti::net {

namespace {

/// Not a struct but the lack of some.
constexpr std::string_view kGap = "Skip";

crdt::Clock endOf(const crdt::StructInfo& one) { return one.id.clock + crdt::Clock(one.length); }

/// Units of the last character of a text, of the last element of anything else.
std::uint32_t lastUnits(const crdt::StructInfo& one)
{
    constexpr std::string_view kText = "String";
    constexpr std::size_t kLongest = 4; // bytes of UTF-8; those are a surrogate pair
    const std::size_t size = one.content.size();
    const bool pair = one.kind == kText && one.length > 1 && size >= kLongest
        && static_cast<unsigned char>(one.content[size - kLongest]) >= 0xF0;
    return pair ? 2 : 1;
}

crdt::IdSet deletionsOf(const crdt::DecodedUpdate& update)
{
    std::vector<crdt::IdRange> ranges;
    ranges.reserve(update.deletions.size());
    for (const crdt::DeletedRange& range : update.deletions) {
        ranges.push_back({range.id.client, range.id.clock, range.length});
    }
    return crdt::IdSet(ranges);
}

} // namespace

void OwedChanges::add(crdt::BytesView update)
{
    const auto decoded = crdt::decodeUpdate(update);
    if (!decoded) {
        return;
    }
    for (const crdt::StructInfo& one : decoded->structs) {
        const crdt::Clock end = endOf(one);
        if (one.kind == kGap || one.length == 0) {
            continue;
        }
        const auto [known, isNew] = m_last.try_emplace(one.id.client);
        if (isNew || known->second.end < end) {
            known->second = {end - crdt::Clock(lastUnits(one)), end};
        }
    }
    m_deletions.insert(deletionsOf(*decoded));
}

void OwedChanges::clear()
{
    m_last.clear();
    m_deletions.clear();
}

crdt::Bytes OwedChanges::question(crdt::StateVector state) const
{
    for (const auto& [client, last] : m_last) {
        state[client] = last.begin;
    }
    crdt::Encoder vector;
    vector.writeVarUint(state.size());
    for (const auto& [client, clock] : state) {
        vector.writeVarUint(client.value());
        vector.writeVarUint(clock.value());
    }
    crdt::Encoder message;
    message.writeVarUint(static_cast<std::uint64_t>(crdt::MessageType::Sync));
    message.writeVarUint(static_cast<std::uint64_t>(crdt::SyncMessageType::SyncStep1));
    message.writeMessage(vector.view());
    return message.take();
}

bool OwedChanges::heldBy(crdt::BytesView update) const
{
    if (empty()) {
        return true;
    }
    const auto decoded = crdt::decodeUpdate(update);
    if (!decoded) {
        return false;
    }
    std::map<crdt::ClientId, crdt::Clock> theirs;
    std::set<crdt::ClientId> torn; // what comes behind a gap is not in the document
    for (const crdt::StructInfo& one : decoded->structs) {
        if (one.kind == kGap) {
            torn.insert(one.id.client);
        } else if (!torn.contains(one.id.client)) {
            crdt::Clock& end = theirs[one.id.client];
            end = std::max(end, endOf(one));
        }
    }
    for (const auto& [client, last] : m_last) {
        const auto found = theirs.find(client);
        if (found == theirs.end() || found->second < last.end) {
            return false;
        }
    }
    return m_deletions.empty() || deletionsOf(*decoded).contains(m_deletions);
}

} // namespace tutti::net
