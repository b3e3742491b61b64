// SPDX-License-Identifier: MIT
#include "ui/editor/highlighter.h"

#include "ui/editor/editor_theme.h"

#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QCoreApplication>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QTextDocument>
#include <QTextLayout>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

/// How much of a file's beginning the MIME database gets to see.
constexpr qsizetype kSniffedUnits = 1024;

QString plainTextName()
{
    return QCoreApplication::translate("tutti::ui::Highlighter", "Plain Text");
}

KSyntaxHighlighting::Definition byContent(const QString& beginning)
{
    const QByteArray bytes = beginning.left(kSniffedUnits).toUtf8();
    if (bytes.isEmpty()) {
        return {};
    }
    const QMimeType mime = QMimeDatabase().mimeTypeForData(bytes);
    if (mime.isDefault() || mime.name() == QLatin1String("text/plain")) {
        return {};
    }
    return syntaxRepository().definitionForMimeType(mime.name());
}

} // namespace

KSyntaxHighlighting::Repository& syntaxRepository()
{
    static KSyntaxHighlighting::Repository repository;
    return repository;
}

KSyntaxHighlighting::Definition detectDefinition(const QString& fileName, const QString& beginning)
{
    const QString name = QFileInfo(fileName).fileName();
    if (!name.isEmpty()) {
        auto definition = syntaxRepository().definitionForFileName(name);
        if (definition.isValid()) {
            return definition;
        }
    }
    return byContent(beginning);
}

QTextCharFormat charFormatOf(
    const KSyntaxHighlighting::Format& format, const KSyntaxHighlighting::Theme& theme)
{
    QTextCharFormat result;
    if (!format.isValid()) {
        return result;
    }
    if (format.hasTextColor(theme)) {
        result.setForeground(format.textColor(theme));
    }
    if (format.hasBackgroundColor(theme)) {
        result.setBackground(format.backgroundColor(theme));
    }
    if (format.isBold(theme)) {
        result.setFontWeight(QFont::Bold);
    }
    if (format.isItalic(theme)) {
        result.setFontItalic(true);
    }
    if (format.isUnderline(theme)) {
        result.setFontUnderline(true);
    }
    if (format.isStrikeThrough(theme)) {
        result.setFontStrikeOut(true);
    }
    return result;
}

// What is known of a line

SyntaxKind BlockSyntax::kindAt(int offset) const
{
    const auto after = std::ranges::upper_bound(spans, offset, {}, &Span::offset);
    if (after == spans.begin()) {
        return SyntaxKind::Code;
    }
    const Span& span = *std::prev(after);
    return offset < span.offset + span.length ? span.kind : SyntaxKind::Code;
}

const BlockSyntax* BlockSyntax::of(const QTextBlock& block)
{
    const auto* data = static_cast<const BlockSyntax*>(block.userData());
    return data != nullptr && data->m_known ? data : nullptr;
}

BlockSyntax* Highlighter::data(const QTextBlock& block)
{
    return static_cast<BlockSyntax*>(block.userData());
}

// The highlighter

Highlighter::Highlighter(QTextDocument& document)
    : m_document(document)
{
    m_slices.setSingleShot(true);
    connect(&m_slices, &QTimer::timeout, this, &Highlighter::slice);
    connect(&document, &QTextDocument::contentsChange, this, &Highlighter::onContentsChange);
}

Highlighter::~Highlighter() = default;

void Highlighter::setLanguage(const KSyntaxHighlighting::Definition& newDefinition)
{
    if (newDefinition.name() != definition().name()) {
        setDefinition(newDefinition);
        startOver();
    }
}

void Highlighter::setEditorTheme(const EditorTheme& newTheme)
{
    const KSyntaxHighlighting::Theme syntax = newTheme.syntaxTheme();
    if (theme().name() != syntax.name()) {
        setTheme(syntax);
        m_charFormats.clear();
        ++m_generation;
        Q_EMIT appearanceChanged();
    }
}

bool Highlighter::hasLanguage() const
{
    return definition().isValid() && definition().name() != QLatin1String("None");
}

void Highlighter::startOver()
{
    m_formats.clear();
    m_charFormats.clear();
    ++m_generation;
    for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next()) {
        if (BlockSyntax* syntax = data(block)) {
            if (syntax->m_shownIn != 0 && !hasLanguage()) {
                block.layout()->clearFormats();
                m_document.markContentsDirty(block.position(), block.length());
            }
            block.setUserData(nullptr);
        }
    }
    m_frontier = {};
    if (hasLanguage()) {
        setFrontier(m_document.begin());
        resume();
    }
    Q_EMIT appearanceChanged();
}

// What to look at

int Highlighter::frontier() const
{
    return m_frontier.isNull() ? m_document.blockCount() : m_frontier.blockNumber();
}

void Highlighter::setFrontier(const QTextBlock& block)
{
    if (!block.isValid()) {
        m_frontier = {};
        return;
    }
    if (m_frontier.isNull()) {
        m_frontier = QTextCursor(&m_document);
        m_frontier.setKeepPositionOnInsert(true);
    }
    m_frontier.setPosition(block.position());
}

bool Highlighter::isDone() const
{
    return m_frontier.isNull() || m_document.characterCount() > kMaxUnits;
}

void Highlighter::onContentsChange(int position, int removed, int added)
{
    if (!hasLanguage() || (removed == 0 && added == 0)) {
        return;
    }
    const QTextBlock first = m_document.findBlock(position);
    const int end = std::min(position + added, m_document.characterCount() - 1);
    const auto forget = [this](const QTextBlock& block) {
        if (BlockSyntax* syntax = data(block)) {
            syntax->m_known = false;
        }
    };
    int lines = 0;
    if (removed == 0) { // between the first and the last one all are new
        const QTextBlock last = m_document.findBlock(end);
        lines = first == last ? 1 : 2;
        forget(first);
        forget(last);
    } else {
        for (QTextBlock block = first; block.isValid() && block.position() <= end;
            block = block.next(), ++lines) {
            forget(block);
        }
    }
    if (first.blockNumber() < frontier()) {
        setFrontier(first);
        if (lines == 1) { // typing: done before it is painted, most often with the line itself
            advance(1, first);
        }
    }
    resume();
}

void Highlighter::resume()
{
    if (!isDone() && !m_paused && !m_slices.isActive()) {
        m_slices.start(0);
    }
}

void Highlighter::setPaused(bool paused)
{
    m_paused = paused;
    if (paused) {
        m_slices.stop();
    } else {
        resume();
    }
}

void Highlighter::slice()
{
    advance(kSliceMs, m_document.lastBlock());
    resume();
}

void Highlighter::lookAt(const QTextBlock& last)
{
    if (hasLanguage()) {
        advance(-1, last);
    }
}

void Highlighter::advance(int ms, const QTextBlock& last)
{
    if (m_frontier.isNull()) {
        return;
    }
    QElapsedTimer clock;
    clock.start();
    QTextBlock block = m_frontier.block();
    const int end = last.blockNumber();
    int changedFirst = -1;
    int changedLast = -1;
    int done = 0;
    bool clockIsDue = false;
    KSyntaxHighlighting::State state = stateBefore(block);
    while (block.isValid() && block.blockNumber() <= end) {
        const BlockSyntax* syntax = data(block);
        if (syntax == nullptr || !syntax->m_known || syntax->m_begin != state) {
            if (look(block, state)) {
                if (changedFirst < 0) {
                    changedFirst = block.blockNumber();
                }
                changedLast = block.blockNumber();
            }
            clockIsDue = true;
        }
        state = data(block)->m_end;
        block = block.next();
        // the clock costs as much as a line that is known
        if (ms >= 0 && (++done % 16 == 0 || std::exchange(clockIsDue, false))
            && clock.elapsed() >= ms) {
            break;
        }
    }
    setFrontier(block);
    if (changedFirst >= 0) {
        Q_EMIT looked(changedFirst, changedLast);
    }
}

KSyntaxHighlighting::State Highlighter::stateBefore(const QTextBlock& block) const
{
    const BlockSyntax* previous = data(block.previous());
    return previous != nullptr ? previous->m_end : KSyntaxHighlighting::State();
}

bool Highlighter::look(QTextBlock block, const KSyntaxHighlighting::State& begin)
{
    BlockSyntax* syntax = data(block);
    if (syntax == nullptr) {
        syntax = new BlockSyntax; // the block owns it
        block.setUserData(syntax);
    }
    const QString text = block.text();
    const std::size_t hash = qHash(text);
    if (syntax->m_looked && syntax->m_hash == hash && syntax->m_begin == begin) {
        syntax->m_known = true; // in a range of which only other parts have changed
        return false;
    }
    const std::vector<BlockSyntax::Span> before = std::exchange(syntax->spans, {});
    syntax->folds.clear();
    syntax->m_begin = begin;
    m_line = syntax;
    KSyntaxHighlighting::State end =
        text.size() <= kMaxLineUnits ? highlightLine(text, begin) : begin;
    m_line = nullptr;
    syntax->m_end = std::move(end);
    syntax->m_known = true;
    syntax->m_looked = true;
    syntax->m_hash = hash;
    syntax->spans.shrink_to_fit();
    if (before != syntax->spans) {
        syntax->m_shownIn = 0;
    }
    return true;
}

void Highlighter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format)
{
    using Style = KSyntaxHighlighting::Theme::TextStyle;
    const Style style = format.textStyle();
    SyntaxKind kind = SyntaxKind::Code;
    switch (style) {
    case Style::Comment:
    case Style::Documentation:
    case Style::Annotation:
    case Style::CommentVar:
        kind = SyntaxKind::Comment;
        break;
    case Style::Char:
    case Style::SpecialChar:
    case Style::String:
    case Style::VerbatimString:
    case Style::SpecialString:
        kind = SyntaxKind::String;
        break;
    default:
        break;
    }
    const bool plain = style == Style::Normal && !format.spellCheck()
        && !format.hasTextColorOverride() && !format.hasBackgroundColorOverride()
        && !format.hasBoldOverride() && !format.hasItalicOverride()
        && !format.hasUnderlineOverride() && !format.hasStrikeThroughOverride();
    if (length > 0 && m_line != nullptr && !plain) {
        const auto id = static_cast<std::uint16_t>(format.id());
        m_formats.insert(id, format);
        m_line->spans.push_back({offset, length, id, kind, format.spellCheck()});
    }
}

void Highlighter::applyFolding(int offset, int, KSyntaxHighlighting::FoldingRegion region)
{
    if (m_line != nullptr) {
        m_line->folds.push_back({offset, region});
    }
}

// What is shown

QTextCharFormat Highlighter::charFormat(std::uint16_t id) const
{
    if (const auto known = m_charFormats.constFind(id); known != m_charFormats.cend()) {
        return *known;
    }
    const QTextCharFormat result = charFormatOf(m_formats.value(id), theme());
    m_charFormats.insert(id, result);
    return result;
}

void Highlighter::show(const QTextBlock& first, const QTextBlock& last)
{
    if (!hasLanguage() || !first.isValid()) {
        return;
    }
    if (frontier() <= last.blockNumber()) {
        advance(kSliceMs, last);
    }
    int dirtyFrom = -1;
    int dirtyTo = -1;
    for (QTextBlock block = first; block.isValid() && block.blockNumber() <= last.blockNumber();
        block = block.next()) {
        const BlockSyntax* syntax = data(block);
        if (syntax == nullptr || !syntax->m_known) {
            // a guess, until the frontier comes by and looks again if it was wrong
            (void)look(block, stateBefore(block));
            syntax = data(block);
        }
        if (syntax->m_shownIn != m_generation) {
            giveFormats(block);
            dirtyFrom = dirtyFrom < 0 ? block.position() : dirtyFrom;
            dirtyTo = block.position() + block.length();
        }
    }
    if (dirtyFrom >= 0) {
        m_document.markContentsDirty(dirtyFrom, dirtyTo - dirtyFrom);
    }
}

void Highlighter::giveFormats(QTextBlock block)
{
    QTextLayout* layout = block.layout();
    const int preedit = layout->preeditAreaPosition();
    const auto composed = static_cast<int>(layout->preeditAreaText().size());
    QList<QTextLayout::FormatRange> ranges;
    for (const QTextLayout::FormatRange& range : layout->formats()) {
        if (composed > 0 && range.start >= preedit
            && range.start + range.length <= preedit + composed) {
            ranges.append(range); // the input method's
        }
    }
    BlockSyntax* syntax = data(block);
    for (const BlockSyntax::Span& span : syntax->spans) {
        const QTextCharFormat format = charFormat(span.format);
        int start = span.offset;
        int length = span.length;
        if (composed > 0 && start >= preedit) {
            start += composed;
        } else if (composed > 0 && start + length > preedit) {
            ranges.append({preedit + composed, start + length - preedit, format});
            length = preedit - start;
        }
        ranges.append({start, length, format});
    }
    if (!ranges.isEmpty() || !layout->formats().isEmpty()) {
        layout->setFormats(ranges);
    }
    syntax->m_shownIn = m_generation;
}

void Highlighter::formatsLost(const QTextBlock& block)
{
    if (BlockSyntax* syntax = data(block)) {
        syntax->m_shownIn = 0;
    }
}

// Languages

QString Highlighter::languageName() const
{
    // KSyntaxHighlighting counts "None" among its definitions; people call that plain text
    const KSyntaxHighlighting::Definition current = definition();
    const bool none = !current.isValid() || current.name() == QLatin1String("None");
    return none ? plainTextName() : current.translatedName();
}

QStringList Highlighter::languages()
{
    QStringList names{plainTextName()};
    const auto definitions = syntaxRepository().definitions();
    for (const KSyntaxHighlighting::Definition& definition : definitions) {
        if (!definition.isHidden() && definition.name() != QLatin1String("None")) {
            names << definition.translatedName();
        }
    }
    return names;
}

} // namespace tutti::ui
