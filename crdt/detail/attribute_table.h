// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/content_attribute.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace tutti::crdt::detail {

/// One object for all names that are equal, and one for all attributes: what is then compared or
/// hashed again and again is a pointer, not a long text.
class AttributeTable
{
public:
    using Name = std::shared_ptr<const ContentAttribute::Name>;
    /// Hashes and compares names by what they say.
    struct ByName
    {
        std::size_t operator()(const Name& name) const noexcept
        {
            return static_cast<std::size_t>(name->hash);
        }
        bool operator()(const Name& a, const Name& b) const noexcept { return *a == *b; }
    };

    [[nodiscard]] static const Name& nameOf(const ContentAttribute& attribute) noexcept
    {
        return attribute.m_data->name;
    }

    /// The table's own, made when it is new. The name comes from the table.
    [[nodiscard]] Name name(std::string_view text);
    [[nodiscard]] ContentAttribute attribute(const Name& name, Any value);

    /// These objects are the table's from now on, unless it has equal ones.
    void add(const ContentAttributes& attributes);
    /// The same attributes as objects of the table. What was asked about must outlive the table.
    /// Cost: the size of each object that it has not seen, O(1) for others.
    [[nodiscard]] ContentAttributes shared(const ContentAttributes& attributes);

private:
    [[nodiscard]] ContentAttribute shared(const ContentAttribute& attribute);

    std::unordered_set<Name, ByName, ByName> m_names;
    std::unordered_set<ContentAttribute> m_attributes;
    // What shared() has answered, by address.
    std::unordered_map<const ContentAttribute::Name*, Name> m_sharedNames;
    std::unordered_map<const ContentAttribute::Data*, ContentAttribute> m_sharedAttributes;
    std::unordered_map<const ContentAttribute*, ContentAttributes> m_sharedLists;
};

} // namespace tutti::crdt::detail
