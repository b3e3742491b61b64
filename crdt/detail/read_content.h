// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/store.h"
#include "crdt/detail/wire.h"

#include <cstdint>
#include <string>

namespace tutti::crdt::detail {

/// What a struct of an update carries, less its first `offset` units. The result views the update
/// and `wideBuffer`. Requires: the struct was read without error. Of the struct, `kind`, `length`,
/// `codec`, `utf8` and where `content` begins are looked at. Cost: O(bytes).
[[nodiscard]] Store::NewContent readContent(
    const WireStruct& source, std::uint32_t offset, std::u16string& wideBuffer);

} // namespace tutti::crdt::detail
