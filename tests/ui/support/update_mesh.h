// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

namespace tutti::test {

/// Docs that hear of each other only when a test says so: every update waits in a queue for each
/// other Doc. In order between two Docs, in any order between pairs.
class UpdateMesh
{
public:
    void add(crdt::Doc& doc)
    {
        const std::size_t from = m_sites.size();
        for (auto& site : m_sites) {
            site->inbox.emplace_back();
        }
        auto site = std::make_unique<Site>();
        site->doc = &doc;
        site->inbox.resize(from + 1);
        site->subscription = doc.observe([this, from](const crdt::TransactionEvent& event) {
            if (!event.local) {
                return;
            }
            ++m_sites[from]->transactions;
            for (std::size_t to = 0; to < m_sites.size(); ++to) {
                if (to != from) {
                    m_sites[to]->inbox[from].emplace_back(event.update.begin(), event.update.end());
                }
            }
        });
        m_sites.push_back(std::move(site));
    }

    [[nodiscard]] std::size_t size() const { return m_sites.size(); }
    /// Local transactions of that Doc so far.
    [[nodiscard]] int transactions(std::size_t site) const { return m_sites[site]->transactions; }

    /// Delivers the oldest update on its way from one to the other. False when there is none, or
    /// when the Doc refused it (which a test then notices by texts that differ).
    bool deliver(std::size_t from, std::size_t to)
    {
        auto& queue = m_sites[to]->inbox[from];
        if (queue.empty()) {
            return false;
        }
        const crdt::Bytes update = std::move(queue.front());
        queue.pop_front();
        return m_sites[to]->doc->applyUpdate(update, crdt::Origin(this)).has_value();
    }

    void deliverAll()
    {
        bool delivered = true;
        while (delivered) {
            delivered = false;
            for (std::size_t from = 0; from < size(); ++from) {
                for (std::size_t to = 0; to < size(); ++to) {
                    while (from != to && deliver(from, to)) {
                        delivered = true;
                    }
                }
            }
        }
    }

private:
    struct Site
    {
        crdt::Doc* doc = nullptr;
        std::vector<std::deque<crdt::Bytes>> inbox; ///< by sender
        crdt::Subscription subscription;
        int transactions = 0;
    };

    std::vector<std::unique_ptr<Site>> m_sites;
};

} // namespace tutti::test
