// SPDX-License-Identifier: MIT
#include "ui/editor/search_worker.h"

#include "ui/editor/document_units.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace tutti::ui {

QString searchable(QString text)
{
    if (!text.isValidUtf16()) {
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QChar unit = text.at(i);
            if (unit.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
                ++i;
            } else if (unit.isSurrogate()) {
                text[i] = QChar(QChar::ReplacementCharacter);
            }
        }
    }
    return text;
}

SearchResult runSearch(const SearchJob& job)
{
    SearchResult result;
    const QString text = searchable(job.text);
    qsizetype at = job.from;
    while (at <= job.to) {
        const QRegularExpressionMatch match = job.expression.match(text, at,
            QRegularExpression::NormalMatch, QRegularExpression::DontCheckSubjectStringMatchOption);
        if (!match.isValid()) {
            result.tooCostly = true;
            break;
        }
        const qsizetype start = match.capturedStart();
        const qsizetype end = match.capturedEnd();
        if (!match.hasMatch() || start > job.to) {
            break;
        }
        // \K may put a beginning anywhere, also behind the end: then it is none for us. Neither is
        // nothing right behind something.
        const bool behindAnother =
            end == start && !result.matches.empty() && result.matches.back().end() == start;
        if (start >= at && end >= start && !behindAnother) {
            result.matches.push_back({static_cast<int>(start), static_cast<int>(end - start)});
        }
        at = std::max(at, end) + (end == start || end <= at ? 1 : 0);
        if (splitsPair(text, at)) {
            ++at;
        }
    }
    return result;
}

/// What both threads know. The worker's holds on to it for as long as it runs.
struct SearchWorker::Shared
{
    std::mutex mutex;
    std::condition_variable wake;
    SearchWorker* owner = nullptr; ///< null: left behind
    std::optional<SearchJob> job;
    std::optional<SearchResult> result;

    static void run(const std::shared_ptr<Shared>& self)
    {
        std::unique_lock lock(self->mutex);
        for (;;) {
            self->wake.wait(lock, [&] { return self->owner == nullptr || self->job; });
            if (self->owner == nullptr) {
                return;
            }
            const SearchJob job = *std::exchange(self->job, std::nullopt);
            lock.unlock();
            SearchResult found = runSearch(job);
            lock.lock();
            if (self->owner != nullptr) {
                self->result = std::move(found);
                QMetaObject::invokeMethod(
                    self->owner, [owner = self->owner, self] { owner->finish(self); },
                    Qt::QueuedConnection);
            }
        }
    }
};

SearchWorker::SearchWorker(QObject* parent)
    : QObject(parent)
{ }

SearchWorker::~SearchWorker() { abandon(); }

void SearchWorker::start(SearchJob job, std::function<void(const SearchResult&)> done)
{
    Q_ASSERT(!isBusy());
    m_done = std::move(done);
    if (!m_shared) {
        m_shared = std::make_shared<Shared>();
        m_shared->owner = this;
        std::thread(&Shared::run, m_shared).detach();
    }
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->job = std::move(job);
    }
    m_shared->wake.notify_one();
}

void SearchWorker::abandon()
{
    m_done = nullptr;
    if (m_shared) {
        {
            const std::lock_guard lock(m_shared->mutex);
            m_shared->owner = nullptr;
        }
        m_shared->wake.notify_one();
        m_shared.reset();
    }
}

void SearchWorker::finish(const std::shared_ptr<Shared>& by)
{
    if (by != m_shared || m_done == nullptr) {
        return; // of a job that was left behind
    }
    std::optional<SearchResult> result;
    {
        const std::lock_guard lock(by->mutex);
        result = std::exchange(by->result, std::nullopt);
    }
    if (result) {
        const auto done = std::exchange(m_done, nullptr);
        done(*result);
    }
}

} // namespace tutti::ui
