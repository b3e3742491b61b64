// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/detail/store.h"
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/events.h"
#include "crdt/ids.h"
#include "crdt/text.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// What the fuzz targets share. A target is one LLVMFuzzerTestOneInput; what it takes to be wrong
/// it says with require(), which ends the program, so that libFuzzer keeps the input.
namespace tutti::crdt::fuzz {

/// Aborts, with `what` on standard error, when that is not so.
void require(bool isSo, const char* what);

[[nodiscard]] inline BytesView view(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const std::byte*>(data), size};
}

/// Naming a private member in an explicit instantiation is allowed, which opens it to friends of
/// the template.
template <auto Member>
struct Opened
{
    friend detail::Store& storeOf(Doc& doc) { return *(doc.*Member); }
};
template struct Opened<&Doc::m_store>;
/// The inside of a Doc.
detail::Store& storeOf(Doc& doc);

/// How much memory is alive, and how much was at most, while this object lives (one at a time).
/// Only allocations count that went through malloc or operator new.
class MemoryWatch
{
public:
    MemoryWatch();
    MemoryWatch(MemoryWatch&&) = delete;
    /// Bytes above what was alive at the beginning: now, and at the highest point.
    [[nodiscard]] std::size_t now() const noexcept;
    [[nodiscard]] std::size_t peak() const noexcept;

private:
    std::ptrdiff_t m_start;
};

/// How much memory above the document any update of up to 1 MB may take.
inline constexpr std::size_t kMemoryLimit = 64'000'000;
/// By the same measure smaller ones must do with less.
[[nodiscard]] constexpr std::size_t memoryFor(std::size_t inputBytes)
{
    return std::size_t{1'000'000} + 64 * inputBytes;
}

/// All that peers can see of a Doc.
struct Sight
{
    Bytes update;
    Bytes state;
    bool pending = false;

    [[nodiscard]] static Sight of(const Doc& doc);
    bool operator==(const Sight&) const = default;
};

/// No writer in the vectors has this id.
inline constexpr ClientId kSeedClient(24301);
/// A Doc of that client with a little history in the root "t": text, an emoji, a deletion.
[[nodiscard]] Doc seededDoc(bool gc);

/// The root "t" of a Doc, kept a second time by its deltas alone.
class Mirror
{
public:
    explicit Mirror(Doc& doc);
    Mirror(Mirror&&) = delete;
    /// Aborts when a delta did not fit, or the deltas do not add up to the text.
    void check() const;

private:
    void follow(std::span<const DeltaOp> delta);

    Text m_text;
    std::u16string m_copy;
    Subscription m_subscription;
};

/// Aborts unless the Doc is sound inside, and a Doc that loads what it writes, in either format, is
/// equal to it.
void checkRoundTrip(Doc& doc);

enum class Format { V1, V2 };

/// Applies an update: refused without a trace, or so that the result is sound, can be written, read
/// by another document and is the same there; in memory by the size of the input.
void checkApply(Doc& doc, BytesView update, Format format);
/// The same for a Doc that is empty and one that is not; whether they collect garbage is taken from
/// the content, not from the length, so that mutations try both.
void checkApplyAnywhere(BytesView update, Format format);

/// The pieces of an input that is a row of length-prefixed ones; what does not fit is left out.
[[nodiscard]] std::vector<BytesView> pieces(BytesView input, std::size_t most);

} // namespace tutti::crdt::fuzz
