// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/detail/item.h"

#include <memory>
#include <string>
#include <utility>

namespace tutti::crdt {
class Doc;
}

namespace tutti::crdt::detail {

class Store;

/// What a Doc item holds, shared by all handles onto it.
struct SubdocumentState
{
    SubdocumentState(std::string guidToHave, Any optionsToHave, bool load)
        : guid(std::move(guidToHave))
        , options(std::move(optionsToHave))
        , shouldLoad(load)
    { }

    std::string guid;
    Any options; ///< as the wire has them
    bool shouldLoad = false;
    Store* parent = nullptr; ///< the document it stands in; none while it stands nowhere
    LocalId place; ///< the unit that holds it
    std::shared_ptr<Doc> doc; ///< made when first asked for
};

} // namespace tutti::crdt::detail
