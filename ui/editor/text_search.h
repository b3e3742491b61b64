// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/match_list.h"
#include "ui/editor/replacement.h"
#include "ui/editor/search_query.h"
#include "ui/editor/search_worker.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTextDocument>
#include <QTimer>

#include <optional>
#include <span>
#include <vector>

namespace tutti::ui {

/// A range of document positions.
struct DocumentRange
{
    int from = 0;
    int to = 0;

    bool operator==(const DocumentRange&) const = default;
};

/// All matches of a query in a QTextDocument, kept right while the document changes, by whomever.
///
/// The text is searched piece by piece in another thread; between two pieces the event loop runs.
/// After an edit only the lines it touched are searched again, and, where a match may span lines,
/// what is behind them. A document of up to kWindow units is one piece; in a longer one a match
/// that spans lines is found when it is no longer than kWindow.
///
/// An expression that takes more than kPatienceMs for a piece, or that backtracks without end, is
/// given up, with words.
///
/// Threads: the GUI's. Cost: the GUI's thread copies what is to be searched, under 1 ms a turn for
/// a query that stays within lines.
class TextSearch : public QObject
{
    Q_OBJECT

public:
    static constexpr int kPiece = 64 * 1024;
    static constexpr int kWindow = 512 * 1024;
    static constexpr int kPatienceMs = 5'000;

    explicit TextSearch(QTextDocument& document, QObject* parent = nullptr);

    /// Looks for this from now on; an empty text finds nothing.
    void setQuery(const SearchQuery& query);
    [[nodiscard]] const SearchQuery& query() const noexcept { return m_query; }
    /// Looks in there only; the range moves with the document. Nothing: everywhere.
    void setRange(std::optional<DocumentRange> range);
    [[nodiscard]] const std::optional<DocumentRange>& range() const noexcept { return m_range; }

    /// What is wrong with the query, in words; empty where nothing is.
    [[nodiscard]] QString problem() const;
    /// Those found so far, in the document as it is now.
    [[nodiscard]] const MatchList& matches() const noexcept { return m_matches; }
    /// Whether all of the document has been searched.
    [[nodiscard]] bool isComplete() const noexcept { return m_unsearched.empty() && !m_inFlight; }
    /// How much has been, 0 to 1.
    [[nodiscard]] double progress() const;
    /// Whether all that starts in [from, to] is known.
    [[nodiscard]] bool isSearched(int from, int to) const;

    /// What would take the place of the matches: captures filled in if the query is a regular
    /// expression, else as it is. Left to right; units as in a text (LF). Cost: a match each.
    [[nodiscard]] std::vector<Replacement> replacements(
        std::span<const TextMatch> matches, const QString& replacement) const;

Q_SIGNALS:
    /// Matches, problem or completeness.
    void changed();

private:
    struct InFlight
    {
        DocumentRange piece; ///< in the document as it is now
        int before = 0; ///< units in front of the piece that the thread was given as well
        bool edited = false; ///< in there: the result is about another text
    };

    void restart();
    void onContentsChange(int position, int removed, int added);
    void mapThrough(int position, int removed, int added);
    void markUnsearched(DocumentRange range);
    void proceed();
    void take(const SearchResult& result);
    void giveUp(const QString& words);
    [[nodiscard]] DocumentRange wholeLines(int from, int to) const;
    [[nodiscard]] DocumentRange nextPiece() const;
    [[nodiscard]] QString textOf(int from, int to) const;

    QPointer<QTextDocument> m_document;
    SearchQuery m_query;
    CompiledQuery m_compiled;
    std::optional<DocumentRange> m_range;
    MatchList m_matches;
    std::vector<DocumentRange> m_unsearched; ///< in order, apart from each other
    std::optional<InFlight> m_inFlight;
    QString m_problem;
    int m_length = 0; ///< of the document, as the last change left it
    SearchWorker m_worker;
    QTimer m_patience;
};

} // namespace tutti::ui
