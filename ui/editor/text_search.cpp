// SPDX-License-Identifier: MIT
#include "ui/editor/text_search.h"

#include "ui/editor/document_units.h"

#include <QTextBlock>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

/// How far an expression may look back from where it matches.
constexpr int kLookBehind = 1024;

int mapped(int position, int at, int removed, int added)
{
    if (position <= at) {
        return position;
    }
    return position >= at + removed ? position + added - removed : at;
}

} // namespace

TextSearch::TextSearch(QTextDocument& document, QObject* parent)
    : QObject(parent)
    , m_document(&document)
    , m_length(documentLength(document))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this,
        [this] { giveUp(tr("This expression takes too long in this text.")); });
    connect(&document, &QTextDocument::contentsChange, this, &TextSearch::onContentsChange);
}

void TextSearch::setQuery(const SearchQuery& query)
{
    if (m_query != query) {
        m_query = query;
        m_compiled = query.text.isEmpty() ? CompiledQuery{} : compile(query);
        restart();
    }
}

void TextSearch::setRange(std::optional<DocumentRange> range)
{
    if (m_range != range) {
        m_range = range;
        restart();
    }
}

QString TextSearch::problem() const
{
    return m_compiled.problem.isEmpty() ? m_problem : m_compiled.problem;
}

double TextSearch::progress() const
{
    qint64 left = m_inFlight ? m_inFlight->piece.to - m_inFlight->piece.from : 0;
    for (const DocumentRange& range : m_unsearched) {
        left += range.to - range.from;
    }
    return 1.0 - static_cast<double>(left) / std::max(m_length + 1, 1);
}

bool TextSearch::isSearched(int from, int to) const
{
    const auto touches = [from, to](const DocumentRange& r) { return r.from <= to && r.to > from; };
    return std::none_of(m_unsearched.begin(), m_unsearched.end(), touches)
        && !(m_inFlight && touches(m_inFlight->piece));
}

void TextSearch::restart()
{
    m_worker.abandon();
    m_patience.stop();
    m_inFlight.reset();
    m_matches.clear();
    m_unsearched.clear();
    m_problem.clear();
    if (m_document && !m_query.text.isEmpty() && m_compiled.problem.isEmpty()) {
        m_length = documentLength(*m_document);
        const DocumentRange all{0, m_length + 1};
        markUnsearched(m_range ? wholeLines(m_range->from, m_range->to) : all);
        proceed();
    }
    Q_EMIT changed();
}

// Edits

void TextSearch::onContentsChange(int position, int removed, int added)
{
    // Qt counts the separator after the last block, so only the lengths are certain
    const int length = documentLength(*m_document);
    position = std::clamp(position, 0, std::min(m_length, length));
    const int tail = std::max(std::min(m_length - std::min(position + removed, m_length),
                                  length - std::min(position + added, length)),
        0);
    removed = m_length - tail - position;
    added = length - tail - position;
    m_length = length;
    if (m_range) {
        // what is written at either end of a selection is in it
        auto& [from, to] = *m_range;
        if (position < from) {
            from = mapped(from, position, removed, added);
        }
        if (position <= to) {
            to = std::max(to, position + removed) + added - removed;
        }
    }
    if (m_query.text.isEmpty() || !problem().isEmpty()) {
        return;
    }
    mapThrough(position, removed, added);
    DocumentRange touched = wholeLines(position, position + added);
    if (!m_compiled.withinLines) {
        touched = {std::max(touched.from - kWindow, 0), m_length + 1};
    }
    if (m_range) {
        const DocumentRange lines = wholeLines(m_range->from, m_range->to);
        touched = {std::max(touched.from, lines.from), std::min(touched.to, lines.to)};
    }
    markUnsearched(touched);
    if (m_unsearched.empty() && !m_inFlight) {
        return; // outside the range
    }
    // not from within the document's own signal: others are still to hear of the change
    QMetaObject::invokeMethod(this, &TextSearch::proceed, Qt::QueuedConnection);
    Q_EMIT changed();
}

void TextSearch::mapThrough(int position, int removed, int added)
{
    m_matches.edit(position, removed, added);
    for (DocumentRange& range : m_unsearched) {
        range.from = mapped(range.from, position, removed, added);
        range.to = std::max(mapped(range.to, position, removed, added), range.from);
    }
    std::erase_if(m_unsearched, [](const DocumentRange& r) { return r.from == r.to; });
    if (m_inFlight) {
        DocumentRange& piece = m_inFlight->piece;
        // a window reaches beyond its piece
        const int reach = m_compiled.withinLines ? 0 : kWindow;
        if (position < piece.to + reach && position + removed >= piece.from - reach) {
            m_inFlight->edited = true;
        }
        piece.from = mapped(piece.from, position, removed, added);
        piece.to = std::max(mapped(piece.to, position, removed, added), piece.from);
    }
}

void TextSearch::markUnsearched(DocumentRange range)
{
    if (range.from >= range.to) {
        return;
    }
    const auto first = std::find_if(m_unsearched.begin(), m_unsearched.end(),
        [&](const DocumentRange& other) { return other.to >= range.from; });
    auto last = first;
    while (last != m_unsearched.end() && last->from <= range.to) {
        range.from = std::min(range.from, last->from);
        range.to = std::max(range.to, last->to);
        ++last;
    }
    m_unsearched.insert(m_unsearched.erase(first, last), range);
}

// Pieces

DocumentRange TextSearch::wholeLines(int from, int to) const
{
    const QTextBlock first = m_document->findBlock(std::clamp(from, 0, m_length));
    const QTextBlock last = m_document->findBlock(std::clamp(to, 0, m_length));
    return {first.position(), last.position() + last.length()};
}

DocumentRange TextSearch::nextPiece() const
{
    const DocumentRange todo = m_unsearched.front();
    const int size = m_compiled.withinLines ? kPiece : kWindow;
    return wholeLines(todo.from, std::min(todo.to, todo.from + size) - 1);
}

QString TextSearch::textOf(int from, int to) const { return readText(*m_document, from, to); }

void TextSearch::proceed()
{
    if (!m_document || m_inFlight || m_unsearched.empty()) {
        return;
    }
    const DocumentRange piece = nextPiece();
    DocumentRange& todo = m_unsearched.front();
    todo.from = std::max(todo.from, piece.to);
    if (todo.from >= todo.to) {
        m_unsearched.erase(m_unsearched.begin());
    }
    SearchJob job{.expression = m_compiled.expression, .text = {}, .from = 0, .to = 0};
    int before = 0;
    if (m_compiled.withinLines) {
        job.text = textOf(piece.from, piece.to - 1);
        job.to = static_cast<int>(job.text.size());
    } else {
        before = std::min(piece.from, kLookBehind);
        const int textStart = piece.from - before;
        job.text = textOf(textStart, piece.to + kWindow);
        job.from = before;
        job.to = std::min(piece.to - 1 - textStart, static_cast<int>(job.text.size()));
        // one that began before may reach in here
        if (const std::size_t behind = m_matches.firstFrom(piece.from); behind > 0) {
            job.from = std::max(job.from, m_matches.at(behind - 1).end() - textStart);
        }
    }
    m_inFlight = InFlight{.piece = piece, .before = before};
    m_patience.start();
    m_worker.start(std::move(job), [this](const SearchResult& result) { take(result); });
}

void TextSearch::take(const SearchResult& result)
{
    m_patience.stop();
    const InFlight done = *std::exchange(m_inFlight, std::nullopt);
    if (done.edited) {
        markUnsearched(done.piece);
    } else {
        if (result.tooCostly) {
            giveUp(tr("This expression takes too many steps in this text."));
            return;
        }
        std::vector<TextMatch> found = result.matches;
        for (TextMatch& match : found) {
            match.start += done.piece.from - done.before; // where the piece is by now
        }
        if (m_range) {
            std::erase_if(found, [this](const TextMatch& match) {
                return match.start < m_range->from || match.end() > m_range->to;
            });
        }
        m_matches.replace(done.piece.from, done.piece.to, found);
    }
    proceed();
    Q_EMIT changed();
}

void TextSearch::giveUp(const QString& words)
{
    m_worker.abandon();
    m_inFlight.reset();
    m_unsearched.clear();
    m_matches.clear();
    m_problem = words;
    Q_EMIT changed();
}

// Replacing

std::vector<Replacement> TextSearch::replacements(
    std::span<const TextMatch> matches, const QString& replacement) const
{
    std::vector<Replacement> result;
    result.reserve(matches.size());
    const bool each = m_query.regularExpression && dependsOnMatch(replacement);
    const QString same = each       ? QString()
        : m_query.regularExpression ? expandReplacement(replacement, QRegularExpressionMatch())
                                    : replacement;
    QString window; // serves many matches
    int windowStart = 0;
    for (const TextMatch& match : matches) {
        QString inserted = same;
        if (each) {
            const int needed = m_compiled.withinLines ? wholeLines(match.end(), match.end()).to - 1
                                                      : std::min(match.end() + kWindow, m_length);
            if (window.isEmpty() || needed > windowStart + window.size()) {
                windowStart = m_compiled.withinLines ? wholeLines(match.start, match.start).from
                                                     : std::max(match.start - kLookBehind, 0);
                window =
                    searchable(textOf(windowStart, std::min(needed, m_length - kWindow) + kWindow));
            }
            inserted = expandReplacement(replacement,
                m_compiled.expression.match(window, match.start - windowStart,
                    QRegularExpression::NormalMatch,
                    QRegularExpression::AnchorAtOffsetMatchOption
                        | QRegularExpression::DontCheckSubjectStringMatchOption));
        }
        result.push_back({match.start, match.length, inserted});
    }
    return result;
}

} // namespace tutti::ui
