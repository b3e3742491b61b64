// SPDX-License-Identifier: MIT
#include "crdt/detail/text_units.h"

#include "crdt/utf.h"

#include <algorithm>
#include <string_view>

namespace tutti::crdt::detail {

namespace {

/// Bytes of the code point that begins at a unit, and its units.
struct CodePoint
{
    std::uint32_t bytes = 0;
    std::uint32_t units = 1;
};

CodePoint codePointAt(std::u16string_view text, std::size_t at)
{
    const char16_t unit = text[at];
    if (unit < 0x80) {
        return {1, 1};
    }
    if (unit < 0x800) {
        return {2, 1};
    }
    if (isHighSurrogate(unit) && at + 1 < text.size() && isLowSurrogate(text[at + 1])) {
        return {4, 2};
    }
    return {3, 1};
}

std::uint32_t utf8Length(std::u16string_view text)
{
    std::uint32_t bytes = 0;
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint point = codePointAt(text, i);
        bytes += point.bytes;
        i += point.units;
    }
    return bytes;
}

} // namespace

std::uint32_t utf8Length(
    const Graph& graph, const Item& item, std::uint32_t begin, std::uint32_t end)
{
    if (item.kind != Kind::String || !TextHeap::isWide(item)) {
        return end - begin;
    }
    return utf8Length(graph.text.wide(item).substr(begin, end - begin));
}

std::uint32_t utf8Length(const Graph& graph, TypeIndex type, std::uint32_t begin, std::uint32_t end)
{
    std::uint32_t bytes = 0;
    end = std::min(end, graph.length(type));
    if (begin >= end) {
        return 0;
    }
    std::uint32_t left = end - begin;
    for (auto [at, offset] = graph.tree.unitAt(type, begin); left > 0;
        at = graph.tree.next(at), offset = 0) {
        const std::uint32_t visible = graph.tree.visibleAt(at);
        if (visible == 0) {
            continue;
        }
        const std::uint32_t taken = std::min(visible - offset, left);
        bytes += utf8Length(graph, graph.items[graph.tree.itemAt(at)], offset, offset + taken);
        left -= taken;
    }
    return bytes;
}

std::uint32_t utf16Offset(
    const Graph& graph, TypeIndex type, std::uint32_t from, std::uint32_t bytes)
{
    std::uint32_t position = from;
    if (bytes == 0 || from >= graph.length(type)) {
        return position;
    }
    auto [at, offset] = graph.tree.unitAt(type, from);
    for (; !at.isNone(); at = graph.tree.next(at), offset = 0) {
        const std::uint32_t visible = graph.tree.visibleAt(at);
        if (visible == 0) {
            continue;
        }
        const Item& item = graph.items[graph.tree.itemAt(at)];
        const std::uint32_t here = utf8Length(graph, item, offset, visible);
        if (here <= bytes) {
            bytes -= here;
            position += visible - offset;
            if (bytes == 0) {
                return position;
            }
            continue;
        }
        if (item.kind != Kind::String || !TextHeap::isWide(item)) {
            return position + bytes;
        }
        const std::u16string_view text = graph.text.wide(item);
        for (std::size_t i = offset;;) {
            const CodePoint point = codePointAt(text, i);
            if (point.bytes > bytes) {
                return position;
            }
            bytes -= point.bytes;
            i += point.units;
            position += point.units;
        }
    }
    return position;
}

} // namespace tutti::crdt::detail
