// SPDX-License-Identifier: MIT
#include "crdt/detail/attribute_table.h"

#include <utility>
#include <vector>

namespace tutti::crdt::detail {

AttributeTable::Name AttributeTable::name(std::string_view text)
{
    return *m_names.insert(std::make_shared<const ContentAttribute::Name>(text)).first;
}

ContentAttribute AttributeTable::attribute(const Name& name, Any value)
{
    return *m_attributes.insert(ContentAttribute(name, std::move(value))).first;
}

void AttributeTable::add(const ContentAttributes& attributes)
{
    for (const ContentAttribute& attribute : attributes) {
        if (m_attributes.insert(attribute).second) {
            m_names.insert(nameOf(attribute));
        }
    }
}

ContentAttributes AttributeTable::shared(const ContentAttributes& attributes)
{
    const auto [answer, isNew] = m_sharedLists.try_emplace(attributes.list().data());
    if (isNew) {
        std::vector<ContentAttribute> list;
        list.reserve(attributes.size());
        for (const ContentAttribute& attribute : attributes) {
            list.push_back(shared(attribute));
        }
        answer->second = ContentAttributes(list);
    }
    return answer->second;
}

ContentAttribute AttributeTable::shared(const ContentAttribute& attribute)
{
    const auto known = m_sharedAttributes.find(attribute.m_data.get());
    if (known != m_sharedAttributes.end()) {
        return known->second;
    }
    const Name& own = nameOf(attribute);
    Name& name = m_sharedNames[own.get()];
    if (name == nullptr) {
        name = *m_names.insert(own).first;
    }
    const ContentAttribute same =
        *m_attributes.insert(name == own ? attribute : ContentAttribute(name, attribute.value()))
             .first;
    m_sharedAttributes.emplace(attribute.m_data.get(), same);
    return same;
}

} // namespace tutti::crdt::detail
