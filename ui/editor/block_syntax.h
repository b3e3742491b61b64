// SPDX-License-Identifier: MIT
#pragma once

#include <KSyntaxHighlighting/FoldingRegion>
#include <KSyntaxHighlighting/State>
#include <QTextBlock>
#include <QTextBlockUserData>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tutti::ui {

/// What a piece of code is to those who do not look at its colour.
enum class SyntaxKind : std::uint8_t { Code, Comment, String };

/// What the syntax definition says of one line. Made by the Highlighter, and gone with the line.
class BlockSyntax : public QTextBlockUserData
{
public:
    /// Units [offset, offset + length) of the line. In order, apart from each other; what has no
    /// span looks like plain text.
    struct Span
    {
        int offset = 0;
        int length = 0;
        std::uint16_t format = 0; ///< KSyntaxHighlighting::Format::id()
        SyntaxKind kind = SyntaxKind::Code;
        bool spelled = false; ///< prose: worth a spell checker's look

        bool operator==(const Span&) const = default;
    };
    /// Where a region that can be folded begins or ends in the line.
    struct Fold
    {
        int offset = 0;
        KSyntaxHighlighting::FoldingRegion region;
    };

    std::vector<Span> spans;
    std::vector<Fold> folds;

    /// Of a place in the line; Code where there is no span.
    [[nodiscard]] SyntaxKind kindAt(int offset) const;

    /// Null where the line was not looked at yet, or changed since.
    [[nodiscard]] static const BlockSyntax* of(const QTextBlock& block);

private:
    friend class Highlighter;

    KSyntaxHighlighting::State
        m_begin; ///< of the highlighting engine, before the line and after it
    KSyntaxHighlighting::State m_end;
    bool m_known = false; ///< from the line's text and m_begin
    bool m_looked = false; ///< all this is from a text of that hash, which may be the line's still
    std::size_t m_hash = 0;
    std::uint32_t m_shownIn = 0; ///< the generation of colours the block's layout has; 0: none
};

} // namespace tutti::ui
