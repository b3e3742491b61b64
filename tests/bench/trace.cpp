// SPDX-License-Identifier: MIT
#include "tests/bench/trace.h"

#include "crdt/any.h"
#include "crdt/utf.h"

#include <algorithm>
#include <array>
#include <memory>
#include <zlib.h>

namespace tutti::bench {

namespace {

using crdt::Any;

/// gzread passes plain files through, so both kinds come out as text.
crdt::Result<std::string> readFile(const std::string& path)
{
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
    if (file == nullptr) {
        return crdt::fail(crdt::ErrorCode::Malformed, "cannot open " + path);
    }
    std::string text;
    std::array<char, 1 << 16> buffer{};
    int count = 0;
    while ((count = gzread(file.get(), buffer.data(), buffer.size())) > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    if (count < 0) {
        return crdt::fail(crdt::ErrorCode::Malformed, path + " cannot be decompressed");
    }
    return text;
}

/// Turns code points into UTF-16 units while a text is being edited: it only needs to know
/// where the characters of two units stand.
class UnitCounter
{
public:
    [[nodiscard]] std::uint32_t units(std::uint32_t codePoint) const
    {
        const auto before = std::ranges::lower_bound(m_wide, codePoint) - m_wide.begin();
        return codePoint + static_cast<std::uint32_t>(before);
    }
    void edit(std::uint32_t at, std::uint32_t erased, std::u16string_view inserted)
    {
        const auto first = std::ranges::lower_bound(m_wide, at);
        const auto last = std::lower_bound(first, m_wide.end(), at + erased);
        auto place = m_wide.erase(first, last);
        std::vector<std::uint32_t> added;
        std::uint32_t points = 0;
        for (const char16_t unit : inserted) {
            if (crdt::isHighSurrogate(unit)) {
                added.push_back(at + points);
            }
            points += !crdt::isLowSurrogate(unit);
        }
        for (auto later = place; later != m_wide.end(); ++later) {
            *later = *later + points - erased;
        }
        m_wide.insert(place, added.begin(), added.end());
    }

private:
    std::vector<std::uint32_t> m_wide; ///< code point indexes, ascending
};

std::u16string textOf(const Any* value)
{
    const std::string* text = value == nullptr ? nullptr : value->stringIf();
    return text == nullptr ? std::u16string() : crdt::toUtf16(*text);
}

} // namespace

crdt::Result<Trace> readTrace(const std::string& path)
{
    const auto text = readFile(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto json = Any::fromJson(*text);
    if (!json) {
        return std::unexpected(json.error());
    }
    const auto malformed = [&path] {
        return crdt::fail(crdt::ErrorCode::Malformed, path + " is not an editing trace");
    };
    const Any* transactions = json->find("txns");
    if (transactions == nullptr || transactions->arrayIf() == nullptr) {
        return malformed();
    }
    Trace trace;
    trace.name = path.substr(path.find_last_of('/') + 1);
    trace.name.resize(std::min(trace.name.find(".json"), trace.name.size()));
    trace.start = textOf(json->find("startContent"));
    trace.end = textOf(json->find("endContent"));
    UnitCounter counter;
    counter.edit(0, 0, trace.start);
    for (const Any& transaction : *transactions->arrayIf()) {
        if (transaction.find("parents") != nullptr) {
            return crdt::fail(crdt::ErrorCode::Unsupported,
                path + " has several writers; only one can be replayed");
        }
        const Any* patches = transaction.find("patches");
        if (patches == nullptr || patches->arrayIf() == nullptr) {
            return malformed();
        }
        for (const Any& patch : *patches->arrayIf()) {
            const Any::Array* parts = patch.arrayIf();
            if (parts == nullptr || parts->size() != 3 || (*parts)[0].numberIf() == nullptr
                || (*parts)[1].numberIf() == nullptr || (*parts)[2].stringIf() == nullptr) {
                return malformed();
            }
            const auto at = static_cast<std::uint32_t>(*(*parts)[0].numberIf());
            const auto erased = static_cast<std::uint32_t>(*(*parts)[1].numberIf());
            Patch next;
            next.position = counter.units(at);
            next.erased = counter.units(at + erased) - next.position;
            next.inserted = textOf(&(*parts)[2]);
            counter.edit(at, erased, next.inserted);
            trace.patches.push_back(std::move(next));
        }
    }
    return trace;
}

} // namespace tutti::bench
