// SPDX-License-Identifier: MIT
#include "ui/editor/brackets.h"

#include "ui/editor/block_syntax.h"

#include <QTextBlock>

#include <algorithm>
#include <array>

namespace tutti::ui {

namespace {

constexpr int kMaxUnits = 200'000;

struct Kind
{
    QChar open;
    QChar close;
};

constexpr std::array kKinds{Kind{u'(', u')'}, Kind{u'[', u']'}, Kind{u'{', u'}'}};

const Kind* kindOf(QChar unit)
{
    const auto* found = std::ranges::find_if(
        kKinds, [unit](const Kind& kind) { return kind.open == unit || kind.close == unit; });
    return found == kKinds.end() ? nullptr : found;
}

/// Reads a document unit by unit, in either direction.
class Reader
{
public:
    Reader(const QTextDocument& document, int position)
        : m_block(document.findBlock(position))
        , m_text(m_block.text())
        , m_offset(position - m_block.position())
    { }

    [[nodiscard]] QChar unit() const
    {
        return m_offset >= 0 && m_offset < m_text.size() ? m_text.at(m_offset) : QChar(u'\n');
    }
    [[nodiscard]] int position() const { return m_block.position() + m_offset; }
    [[nodiscard]] SyntaxKind syntax() const
    {
        const BlockSyntax* known = BlockSyntax::of(m_block);
        return known != nullptr ? known->kindAt(m_offset) : SyntaxKind::Code;
    }

    bool next()
    {
        if (++m_offset > m_text.size()) {
            return enter(m_block.next(), false);
        }
        return true;
    }
    bool previous()
    {
        if (--m_offset < 0) {
            return enter(m_block.previous(), true);
        }
        return true;
    }

private:
    bool enter(const QTextBlock& block, bool atEnd)
    {
        if (!block.isValid()) {
            return false;
        }
        m_block = block;
        m_text = block.text();
        m_offset = atEnd ? static_cast<int>(m_text.size()) : 0;
        return true;
    }

    QTextBlock m_block;
    QString m_text;
    int m_offset;
};

/// From a bracket to its other half; nothing where that is missing or far away.
std::optional<int> partnerOf(Reader reader, const Kind& kind)
{
    const SyntaxKind syntax = reader.syntax();
    const bool forward = reader.unit() == kind.open;
    int depth = 0;
    for (int passed = 0; passed < kMaxUnits; ++passed) {
        const QChar unit = reader.unit();
        if ((unit == kind.open || unit == kind.close) && reader.syntax() == syntax) {
            depth += (unit == kind.open) == forward ? 1 : -1;
            if (depth == 0) {
                return reader.position();
            }
        }
        if (!(forward ? reader.next() : reader.previous())) {
            break;
        }
    }
    return std::nullopt;
}

std::optional<BracketPair> pairWith(const Reader& reader)
{
    const Kind* kind = kindOf(reader.unit());
    if (kind == nullptr) {
        return std::nullopt;
    }
    const auto partner = partnerOf(reader, *kind);
    if (!partner) {
        return std::nullopt;
    }
    return reader.unit() == kind->open ? BracketPair{reader.position(), *partner}
                                       : BracketPair{*partner, reader.position()};
}

} // namespace

std::optional<BracketPair> bracketsAt(const QTextDocument& document, int caret)
{
    for (const int position : {caret - 1, caret}) {
        if (position >= 0 && position < document.characterCount() - 1) {
            if (const auto pair = pairWith(Reader(document, position))) {
                return pair;
            }
        }
    }
    return std::nullopt;
}

std::optional<BracketPair> bracketsAround(const QTextDocument& document, int caret)
{
    std::array<int, kKinds.size()> depths{};
    Reader reader(document, caret);
    const SyntaxKind syntax =
        caret < document.characterCount() ? reader.syntax() : SyntaxKind::Code;
    for (int passed = 0; passed < kMaxUnits && reader.previous(); ++passed) {
        const Kind* kind = kindOf(reader.unit());
        if (kind == nullptr || reader.syntax() != syntax) {
            continue;
        }
        int& depth = depths[static_cast<std::size_t>(kind - kKinds.data())];
        depth += reader.unit() == kind->close ? 1 : -1;
        if (depth < 0) {
            const auto pair = pairWith(reader);
            if (pair && pair->close >= caret) {
                return pair;
            }
            depth = 0; // one that nothing closes
        }
    }
    return std::nullopt;
}

} // namespace tutti::ui
