// SPDX-License-Identifier: MIT
#include "ui/shell/opening.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/shell/document_page.h"
#include "ui/shell/inline_bar.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <utility>

namespace tutti::ui {

namespace {

const auto kBar = QStringLiteral("opening");
constexpr int kTickMs = 100;
/// Reading and decoding, of all that there is to do: QTextDocument takes most of the time.
constexpr int kReadingShare = 10;
constexpr qsizetype kPart = 512 * 1024; ///< units

/// What the thread needs lives as long as the thread does.
template <typename T, typename Job>
QFuture<T> inBackground(Job job)
{
    auto promise = std::make_shared<QPromise<T>>();
    QThreadPool::globalInstance()->start([promise, job = std::move(job)] {
        promise->start();
        job(*promise);
        promise->finish();
    });
    return promise->future();
}

} // namespace

bool Opening::isWorthIt(const QString& path)
{
    const QFileInfo info(path);
    return info.isFile() && info.isReadable() && info.size() > kAtOnce
        && info.size() <= kMaxFileSize;
}

Opening* Opening::of(const DocumentPage& page)
{
    return page.findChild<Opening*>(Qt::FindDirectChildrenOnly);
}

Opening::Opening(DocumentPage& page)
    : QObject(&page)
    , m_page(page)
{
    Q_ASSERT(page.document().isOpening());
    page.editor().setReadOnly(true);
    page.editor().installEventFilter(this);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &Opening::onRead);
    connect(&m_tick, &QTimer::timeout, this, &Opening::showProgress);
    m_tick.start(kShownAfterMs);
    read();
}

Opening::~Opening()
{
    m_reading.disconnect(this);
    m_reading.cancel();
}

void Opening::read()
{
    const auto job = [path = m_page.document().path(), config = m_page.document().config()](
                         QPromise<Result>& promise) {
        promise.setProgressRange(0, 100);
        const auto progress = [&promise](int percent) {
            promise.setProgressValue(percent);
            return !promise.isCanceled();
        };
        promise.addResult(EditorDocument::read(path, config, progress));
    };
    m_reading.setFuture(inBackground<Result>(job));
}

void Opening::onRead()
{
    if (m_reading.isCanceled()) {
        Q_EMIT failed({FileError::Kind::Cancelled, {}});
        return;
    }
    Result read = m_reading.future().takeResult();
    if (!read) {
        Q_EMIT failed(read.error());
        return;
    }
    m_text = std::exchange(read->content.text, {});
    m_page.document().beginFile(*read);
    m_page.editor().expectLines(static_cast<int>(m_text.count(u'\n')) + 1);
    m_digest = inBackground<QByteArray>([text = m_text](QPromise<QByteArray>& promise) {
        promise.addResult(EditorDocument::digestOf(text));
    });
    connect(m_page.editor().binding(), &DocumentBinding::applied, this, &Opening::takeMore);
    takeMore();
}

/// The next part, when the one before is shown: so the window has its turns, and nothing of the
/// text is held three times.
void Opening::takeMore()
{
    if (m_page.editor().binding() == nullptr || m_page.editor().binding()->hasPending()) {
        return;
    }
    if (m_taken == m_text.size()) {
        finish();
        return;
    }
    QStringView part = QStringView(m_text).sliced(m_taken).first(
        std::min<qsizetype>(kPart, m_text.size() - m_taken));
    if (part.back().isHighSurrogate() && m_taken + part.size() < m_text.size()) {
        part.chop(1);
    }
    m_taken += part.size();
    m_page.document().takePart(part);
}

void Opening::finish()
{
    m_tick.stop();
    disconnect(m_page.editor().binding(), nullptr, this, nullptr);
    m_page.document().endFile(m_digest.result());
    m_page.editor().expectLines(0);
    m_page.bar().clear(kBar);
    m_page.editor().removeEventFilter(this);
    setParent(nullptr); // of() finds it no more
    deleteLater();
    m_page.fileOpened();
    Q_EMIT opened();
}

int Opening::percent() const
{
    if (m_text.isEmpty()) {
        return m_reading.progressValue() * kReadingShare / 100;
    }
    const qint64 shown = documentLength(*m_page.editor().document());
    return kReadingShare
        + static_cast<int>(
            std::min<qint64>(shown, m_text.size()) * (100 - kReadingShare) / m_text.size());
}

void Opening::showProgress()
{
    if (m_told && m_page.bar().currentId() != kBar) {
        return; // the person has seen enough of it
    }
    m_told = true;
    m_tick.setInterval(kTickMs);
    m_page.bar().show(kBar, InlineBar::Kind::Info,
        tr("Opening %1… %2 %").arg(m_page.document().name()).arg(percent()),
        {{tr("Cancel"), [this] { cancel(); }}});
}

void Opening::whenOpened(const std::function<void()>& then)
{
    connect(this, &Opening::opened, &m_page, then);
}

void Opening::cancel()
{
    m_tick.stop();
    if (m_reading.isRunning()) {
        m_reading.cancel(); // the rest when it has noticed
    } else {
        m_reading.disconnect(this); // what was read and not taken yet
        Q_EMIT failed({FileError::Kind::Cancelled, {}});
    }
}

bool Opening::eventFilter(QObject* watched, QEvent* event)
{
    const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!key || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape) {
        return QObject::eventFilter(watched, event);
    }
    event->accept(); // it is no shortcut of the window's now
    if (event->type() == QEvent::KeyPress) {
        cancel();
    }
    return true;
}

} // namespace tutti::ui
