// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/detail/reader.h"

#include <cstddef>
#include <string>
#include <unordered_map>

namespace tutti::crdt::detail {

/// Reads one value; failures stay in the reader. Nesting costs memory, not stack.
[[nodiscard]] Any readAny(Reader& reader);

/// Checks one value as readAny does, and keeps nothing of it.
void passAny(Reader& reader);

/// Collects members as JavaScript would order them. Cost: O(1) each, O(n log n) at the end.
class ObjectBuilder
{
public:
    void set(std::string key, Any value);
    [[nodiscard]] Any::Object take();

private:
    Any::Object m_members;
    std::unordered_map<std::string, std::size_t> m_index;
    bool m_hasIndexes = false;
};

} // namespace tutti::crdt::detail
