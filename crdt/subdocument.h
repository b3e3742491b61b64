// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"

#include <memory>
#include <optional>
#include <string>

namespace tutti::crdt {

class Doc;
namespace detail {
struct SubdocumentState;
struct Handles;
} // namespace detail

/// A document inside another one: its place is shared, its content travels on its own, by its
/// guid. A handle, cheap to copy; all handles onto one place share one Doc.
///
/// Made on its own it is what will be inserted; found in a shared type it is what stands there.
/// Threads: the surrounding Doc's.
class Subdocument
{
public:
    /// What is shared about a subdocument, besides its content.
    struct Options
    {
        /// Default: a random UUID.
        std::string guid;
        /// Whether its Doc forgets what was deleted.
        bool gc = true;
        /// Whether every copy should load it at once.
        bool autoLoad = false;
        /// Whatever the program wants to say about it to others.
        std::optional<Any> meta;
    };

    Subdocument();
    /// To be inserted.
    explicit Subdocument(Options options);

    /// The name under which its content travels.
    [[nodiscard]] const std::string& guid() const noexcept;
    /// What is shared about it: `gc` when false, `autoLoad` when true, `meta` when given.
    [[nodiscard]] Any options() const;
    /// Whether every copy should load it at once.
    [[nodiscard]] bool autoLoad() const noexcept;
    /// Whether its content is wanted here: by autoLoad, by load(), or because it was made here.
    [[nodiscard]] bool shouldLoad() const noexcept;
    /// Asks for its content: the surrounding Doc tells its subdocument observers, so that a
    /// provider can connect it. Nothing when that was done before.
    void load();
    /// Forgets the local content; the place gets a fresh Doc, which load() asks for again. The
    /// surrounding Doc's observers are told (Yjs: destroy).
    void destroy();
    /// Its content. Made empty on first use, with the surrounding Doc's client id.
    [[nodiscard]] Doc& doc() const;

    /// Whether both mean the same local document.
    [[nodiscard]] bool operator==(const Subdocument& other) const noexcept
    {
        return m_state == other.m_state;
    }

private:
    friend struct detail::Handles;
    explicit Subdocument(std::shared_ptr<detail::SubdocumentState> state) noexcept
        : m_state(std::move(state))
    { }

    std::shared_ptr<detail::SubdocumentState> m_state;
};

} // namespace tutti::crdt
