// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/match_list.h"

#include <QObject>
#include <QRegularExpression>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace tutti::ui {

/// A piece of text to search.
struct SearchJob
{
    QRegularExpression expression;
    QString text; ///< lines end with LF
    int from = 0; ///< matches start in [from, to] of `text`
    int to = 0;
};

struct SearchResult
{
    std::vector<TextMatch> matches; ///< in positions of the job's text
    bool tooCostly = false; ///< the expression gave up somewhere: the rest was not searched
};

/// Half a surrogate pair, which PCRE must not see, becomes U+FFFD. Asked once here, so that it need
/// not be asked for each match. Cost: O(n).
[[nodiscard]] QString searchable(QString text);

/// All matches that start in the job's range. Those behind one begin where it ends; an empty one is
/// followed by what begins a character later. Cost: what the expression costs.
[[nodiscard]] SearchResult runSearch(const SearchJob& job);

/// Searches one piece after the other in a thread of its own. A regular expression may take
/// forever and cannot be interrupted: then the thread is left behind, touches nothing of ours any
/// more, and ends when the expression does.
/// Threads: the GUI's; `done` is called there too, never from within start().
class SearchWorker : public QObject
{
    Q_OBJECT

public:
    explicit SearchWorker(QObject* parent = nullptr);
    ~SearchWorker() override;

    /// Requires: !isBusy().
    void start(SearchJob job, std::function<void(const SearchResult&)> done);
    [[nodiscard]] bool isBusy() const noexcept { return m_done != nullptr; }
    /// Leaves the running job behind; its `done` is not called.
    void abandon();

private:
    struct Shared;

    void finish(const std::shared_ptr<Shared>& by);

    std::shared_ptr<Shared> m_shared; ///< with the thread; null until one is needed
    std::function<void(const SearchResult&)> m_done;
};

} // namespace tutti::ui
