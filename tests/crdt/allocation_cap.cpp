// SPDX-License-Identifier: MIT
#include "tests/crdt/allocation_cap.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

namespace {

std::size_t s_largest = 0;

} // namespace

namespace tutti::crdt::test {

std::size_t takeLargestAllocation() noexcept { return std::exchange(s_largest, 0); }

} // namespace tutti::crdt::test

// All forms come down to malloc and free here: a sanitizer brings its own for those left out, and
// finds that the halves do not match.
void* operator new(std::size_t size)
{
    s_largest = std::max(s_largest, size);
    if (void* block = std::malloc(size == 0 ? 1 : size)) {
        return block;
    }
    throw std::bad_alloc();
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    s_largest = std::max(s_largest, size);
    return std::malloc(size == 0 ? 1 : size);
}

void* operator new[](std::size_t size) { return operator new(size); }

void* operator new[](std::size_t size, const std::nothrow_t& tag) noexcept
{
    return operator new(size, tag);
}

void operator delete(void* block) noexcept { std::free(block); }

void operator delete(void* block, std::size_t) noexcept { std::free(block); }

void operator delete[](void* block) noexcept { std::free(block); }

void operator delete[](void* block, std::size_t) noexcept { std::free(block); }
