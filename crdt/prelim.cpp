// SPDX-License-Identifier: MIT
#include "crdt/prelim.h"

namespace tutti::crdt {

TextPrelim::TextPrelim(std::u16string_view text)
{
    if (!text.empty()) {
        delta.push_back(DeltaEdit::insert(std::u16string(text)));
    }
}

TextPrelim::TextPrelim(std::vector<DeltaEdit> edits)
    : delta(std::move(edits))
{ }

DeltaEdit DeltaEdit::retain(Offset length, Attributes attributes)
{
    return {Kind::Retain, length, {}, {}, std::move(attributes)};
}

DeltaEdit DeltaEdit::insert(std::u16string text, Attributes attributes)
{
    return {Kind::Insert, {}, std::move(text), {}, std::move(attributes)};
}

DeltaEdit DeltaEdit::embed(Prelim value, Attributes attributes)
{
    return {Kind::Insert, {}, {}, std::move(value), std::move(attributes)};
}

DeltaEdit DeltaEdit::erase(Offset length) { return {Kind::Delete, length, {}, {}, {}}; }

} // namespace tutti::crdt
