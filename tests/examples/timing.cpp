// SPDX-License-Identifier: MIT
// How long things take, by the size of the document.
#include "check.h"
#include "crdt/doc.h"
#include "crdt/text.h"

#include <chrono>
#include <cstdio>
#include <string>

using namespace tutti::crdt;

namespace {

template <typename Work>
double milliseconds(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

} // namespace

int main()
{
    std::printf("%8s %10s %10s %10s %10s %12s\n", "units", "type ms", "encode ms", "load ms",
        "read ms", "bytes");
    for (const std::uint32_t size : {100U, 1'000U, 10'000U, 100'000U}) {
        // Typed in a thousand places, so that it is not one run from end to end.
        Doc author;
        Text text = author.get<Text>("codemirror");
        std::uint32_t at = 0;
        const double typing = milliseconds([&] {
            for (std::uint32_t i = 0; i < size; ++i) {
                text.insert(Offset(at), std::u16string_view(u"x"));
                at = i % 100 == 99 ? (at * 7919 + 1) % (i + 1) : at + 1;
            }
        });
        Bytes update;
        const double encoding = milliseconds([&] { update = author.getUpdate(); });
        Doc reader;
        bool loaded = false;
        const double loading =
            milliseconds([&] { loaded = reader.applyUpdate(update).has_value(); });
        std::u16string read;
        const double reading =
            milliseconds([&] { read = reader.get<Text>("codemirror").toString(); });
        std::printf("%8u %10.3f %10.3f %10.3f %10.3f %12zu\n", size, typing, encoding, loading,
            reading, update.size());
        check(loaded && read == text.toString() && read.size() == size, "the reader has it all");
        check(update.size() < 3 * size + 200, "and an update is no larger than it must be");
    }
    return 0;
}
