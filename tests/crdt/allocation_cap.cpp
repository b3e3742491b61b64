// SPDX-License-Identifier: MIT
#include "tests/crdt/allocation_cap.h"

#include <algorithm>
#include <cstdlib>
#include <malloc.h>
#include <new>
#include <utility>

namespace {

std::size_t s_largest = 0;
std::size_t s_now = 0;
std::size_t s_peak = 0;

void* allocate(std::size_t size) noexcept
{
    s_largest = std::max(s_largest, size);
    void* block = std::malloc(size == 0 ? 1 : size);
    s_now += malloc_usable_size(block);
    s_peak = std::max(s_peak, s_now);
    return block;
}

void release(void* block) noexcept
{
    s_now -= malloc_usable_size(block);
    std::free(block);
}

} // namespace

namespace tutti::crdt::test {

std::size_t takeLargestAllocation() noexcept { return std::exchange(s_largest, 0); }

MemoryPeak::MemoryPeak() noexcept
    : m_start(s_now)
{
    s_peak = s_now;
}

std::size_t MemoryPeak::now() const noexcept { return s_now - std::min(s_now, m_start); }

std::size_t MemoryPeak::peak() const noexcept { return s_peak - m_start; }

} // namespace tutti::crdt::test

// All forms come down to malloc and free here: a sanitizer brings its own for those left out, and
// finds that the halves do not match.
void* operator new(std::size_t size)
{
    if (void* block = allocate(size)) {
        return block;
    }
    throw std::bad_alloc();
}

void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }

void* operator new[](std::size_t size) { return operator new(size); }

void* operator new[](std::size_t size, const std::nothrow_t& tag) noexcept
{
    return operator new(size, tag);
}

void operator delete(void* block) noexcept { release(block); }

void operator delete(void* block, std::size_t) noexcept { release(block); }

void operator delete[](void* block) noexcept { release(block); }

void operator delete[](void* block, std::size_t) noexcept { release(block); }
