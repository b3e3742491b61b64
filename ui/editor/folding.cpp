// SPDX-License-Identifier: MIT
#include "ui/editor/folding.h"

#include "ui/editor/block_syntax.h"
#include "ui/editor/highlighter.h"
#include "ui/editor/indentation.h"

#include <QTextDocument>

#include <algorithm>
#include <map>

namespace tutti::ui {

namespace {

using Region = KSyntaxHighlighting::FoldingRegion;

bool isBlank(const QTextBlock& block)
{
    const QString text = block.text();
    return indentLength(text) == text.size();
}

int indentOf(const QTextBlock& block)
{
    const QString text = block.text();
    return IndentStyle().columnAfter(QStringView(text).left(indentLength(text)));
}

/// The region that is still open at the end of a line and began last in it.
std::optional<int> openedIn(const BlockSyntax& syntax)
{
    std::vector<int> open;
    for (const BlockSyntax::Fold& fold : syntax.folds) {
        const int id = fold.region.id();
        if (fold.region.type() == Region::Begin) {
            open.push_back(id);
        } else if (const auto begun = std::ranges::find(open.rbegin(), open.rend(), id);
            begun != open.rend()) {
            open.erase(std::next(begun).base(), open.end());
        }
    }
    return open.empty() ? std::nullopt : std::optional(open.back());
}

} // namespace

Folding::Folding(QTextDocument& document, Highlighter& highlighter)
    : m_document(document)
    , m_highlighter(highlighter)
    , m_blocks(document.blockCount())
{
    connect(&document, &QTextDocument::contentsChange, this, &Folding::onContentsChange);
}

// Regions

bool Folding::canFold(const QTextBlock& block) const
{
    if (!block.isValid() || !block.next().isValid() || !m_highlighter.hasLanguage()) {
        return false;
    }
    if (m_highlighter.definition().indentationBasedFoldingEnabled()) {
        if (isBlank(block)) {
            return false;
        }
        QTextBlock next = block.next();
        while (next.isValid() && isBlank(next)) {
            next = next.next();
        }
        return next.isValid() && indentOf(next) > indentOf(block);
    }
    const BlockSyntax* syntax = BlockSyntax::of(block);
    return syntax != nullptr && openedIn(*syntax).has_value();
}

int Folding::regionEndByIndent(const QTextBlock& header) const
{
    const int indent = indentOf(header);
    int end = header.blockNumber();
    for (QTextBlock block = header.next(); block.isValid(); block = block.next()) {
        if (isBlank(block)) {
            continue;
        }
        if (indentOf(block) <= indent) {
            break;
        }
        end = block.blockNumber();
    }
    return end;
}

std::optional<int> Folding::regionEnd(const QTextBlock& header) const
{
    m_highlighter.lookAt(header);
    if (!canFold(header)) {
        return std::nullopt;
    }
    if (m_highlighter.definition().indentationBasedFoldingEnabled()) {
        return regionEndByIndent(header);
    }
    const int region = *openedIn(*BlockSyntax::of(header));
    int depth = 1;
    for (QTextBlock block = header.next(); block.isValid(); block = block.next()) {
        m_highlighter.lookAt(block);
        const BlockSyntax* syntax = BlockSyntax::of(block);
        if (syntax == nullptr) {
            break;
        }
        for (const BlockSyntax::Fold& fold : syntax->folds) {
            if (fold.region.id() != region) {
                continue;
            }
            depth += fold.region.type() == Region::Begin ? 1 : -1;
            if (depth == 0) {
                // the closing line stays where it only closes: "}", "} else {", "*/"
                const bool alone = fold.offset <= indentLength(block.text());
                const int last = alone ? block.blockNumber() - 1 : block.blockNumber();
                return last > header.blockNumber() ? std::optional(last) : std::nullopt;
            }
        }
    }
    return m_document.blockCount() - 1; // nothing closes it
}

QTextBlock Folding::headerAround(const QTextBlock& block) const
{
    constexpr int kMaxLines = 20'000;
    m_highlighter.lookAt(block);
    QTextBlock header = block;
    for (int lines = 0; header.isValid() && lines < kMaxLines;
        header = header.previous(), ++lines) {
        if (!canFold(header)) {
            continue;
        }
        const auto end = regionEnd(header);
        if (end && *end + 1 >= block.blockNumber()) {
            return header;
        }
    }
    return {};
}

// What is folded

/// Where a header is in m_headers, or would be. They stay in order: edits move them, and never past
/// each other.
std::vector<QTextCursor>::const_iterator Folding::place(const QTextBlock& header) const
{
    return std::ranges::lower_bound(m_headers, header.position(), {},
        [](const QTextCursor& cursor) { return cursor.block().position(); });
}

void Folding::remember(const QTextBlock& header)
{
    QTextCursor cursor(header);
    cursor.setKeepPositionOnInsert(true);
    m_headers.insert(place(header), cursor);
}

bool Folding::isFolded(const QTextBlock& header) const
{
    const auto found = place(header);
    return found != m_headers.end() && found->block() == header;
}

bool Folding::fold(const QTextBlock& header)
{
    if (isFolded(header) || !regionEnd(header)) {
        return false;
    }
    remember(header);
    hide();
    return true;
}

bool Folding::unfold(const QTextBlock& header)
{
    if (!isFolded(header)) {
        return false;
    }
    m_headers.erase(place(header));
    hide();
    return true;
}

void Folding::toggle(const QTextBlock& header)
{
    if (!unfold(header)) {
        (void)fold(header);
    }
}

void Folding::foldAll()
{
    m_headers.clear();
    m_highlighter.lookAt(m_document.lastBlock());
    for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next()) {
        if (const auto end = canFold(block) ? regionEnd(block) : std::nullopt) {
            remember(block);
            block = m_document.findBlockByNumber(*end);
        }
    }
    hide();
}

void Folding::unfoldAll()
{
    m_headers.clear();
    hide();
}

void Folding::reveal(std::span<const QTextBlock> blocks)
{
    std::vector<int> lines;
    for (const QTextBlock& block : blocks) {
        if (!block.isVisible()) {
            lines.push_back(block.blockNumber());
        }
    }
    if (lines.empty()) {
        return;
    }
    std::ranges::sort(lines);
    std::erase_if(m_headers, [&](const QTextCursor& cursor) {
        const auto end = regionEnd(cursor.block());
        const auto line = std::ranges::upper_bound(lines, cursor.blockNumber());
        return end && line != lines.end() && *line <= *end;
    });
    hide();
}

void Folding::update()
{
    if (!m_headers.empty()) {
        hide();
    }
}

QList<int> Folding::foldedLines() const
{
    QList<int> lines;
    for (const QTextCursor& cursor : m_headers) {
        lines.append(cursor.blockNumber());
    }
    return lines;
}

void Folding::setFoldedLines(const QList<int>& lines)
{
    m_headers.clear();
    for (const int line : lines) {
        if (const QTextBlock block = m_document.findBlockByNumber(line); regionEnd(block)) {
            remember(block);
        }
    }
    hide();
}

// Hiding

void Folding::onContentsChange(int position, int, int added)
{
    const bool sameLines = m_document.blockCount() == m_blocks;
    m_blocks = m_document.blockCount();
    if (m_headers.empty()) {
        return;
    }
    const QTextBlock first = m_document.findBlock(position);
    const QTextBlock last = m_document.findBlock(position + added);
    if (!sameLines || first != last || !first.isVisible() || isFolded(first)
        || !first.next().isVisible()) {
        // nobody may move a caret before the document's layout has heard of the edit, too
        m_telling = true;
        hide();
        m_telling = false;
    }
}

void Folding::hide()
{
    // what is to be hidden, as lines [first, last]
    std::map<int, int> ranges;
    std::erase_if(m_headers, [&](const QTextCursor& cursor) {
        const auto end = regionEnd(cursor.block());
        if (!end) {
            return true;
        }
        return !ranges.try_emplace(cursor.blockNumber() + 1, *end).second; // two lines became one
    });
    int hiddenTo = -1;
    int dirtyFrom = -1;
    int dirtyTo = -1;
    auto range = ranges.cbegin();
    int number = 0; // blockNumber() takes log n
    for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next(), ++number) {
        for (; range != ranges.cend() && range->first <= number; ++range) {
            hiddenTo = std::max(hiddenTo, range->second);
        }
        if (block.isVisible() == (number <= hiddenTo)) {
            block.setVisible(number > hiddenTo);
            dirtyFrom = dirtyFrom < 0 ? block.position() : dirtyFrom;
            dirtyTo = block.position() + block.length();
        }
    }
    if (dirtyFrom >= 0) {
        // more than one block, or QPlainTextDocumentLayout would not look at what is visible
        const int from = std::max(dirtyFrom - 1, 0);
        m_document.markContentsDirty(from, dirtyTo - from);
    }
    if (dirtyFrom >= 0 && m_telling) {
        QMetaObject::invokeMethod(this, &Folding::changed, Qt::QueuedConnection);
    } else if (dirtyFrom >= 0) {
        Q_EMIT changed();
    }
}

} // namespace tutti::ui
