// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

namespace tutti::crdt {

/// Who asked for a change: an object by its address, a name, both, or nobody in particular.
/// Local to this process; never on the wire. Providers use it to leave out their own changes,
/// undo managers to pick the user's.
class Origin
{
public:
    /// Nobody in particular.
    Origin() noexcept = default;
    /// An object's address; it is compared, never followed.
    explicit Origin(const void* object) noexcept
        : m_object(object)
    { }
    /// A literal is a name, not the address of one.
    explicit Origin(const char* name)
        : m_name(name)
    { }
    /// A name.
    explicit Origin(std::string name) noexcept
        : m_name(std::move(name))
    { }

    /// The object's address, or null.
    [[nodiscard]] const void* object() const noexcept { return m_object; }
    /// The name, or nothing.
    [[nodiscard]] const std::string& name() const noexcept { return m_name; }
    /// Whether it is nobody in particular.
    [[nodiscard]] bool empty() const noexcept { return m_object == nullptr && m_name.empty(); }

    bool operator==(const Origin&) const noexcept = default;

private:
    const void* m_object = nullptr;
    std::string m_name;
};

} // namespace tutti::crdt
