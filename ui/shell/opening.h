// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/editor_document.h"

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

#include <functional>

namespace tutti::ui {

class DocumentPage;

/// A large file on its way into a tab: read and decoded in another thread, shown in slices
/// (DocumentBinding) while the window answers. After kShownAfterMs the page's bar says how far it
/// is, with a way to stop it; Escape stops it, too. Nothing is edited before it is complete.
///
/// Belongs to the page and is gone when it is done. Threads: the GUI's.
class Opening : public QObject
{
    Q_OBJECT

public:
    /// Smaller files are opened at once, which takes a tenth of a second at most.
    static constexpr qint64 kAtOnce = 1024 * 1024;
    static constexpr int kShownAfterMs = 300;

    /// Whether a file is worth it. Cost: a look at the folder.
    [[nodiscard]] static bool isWorthIt(const QString& path);
    /// Null when the page's file is there.
    [[nodiscard]] static Opening* of(const DocumentPage& page);

    /// Begins. Requires: the page's document isOpening().
    explicit Opening(DocumentPage& page);
    ~Opening() override;

    [[nodiscard]] int percent() const;
    /// Once the text is complete; not at all when that never happens.
    void whenOpened(const std::function<void()>& then);
    void cancel();

Q_SIGNALS:
    void opened();
    /// Nothing came of it; Cancelled where the person wanted that. The page is of no use.
    void failed(const tutti::ui::FileError& error);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Result = std::expected<LoadedFile, FileError>;

    void read();
    void onRead();
    void takeMore();
    void finish();
    void showProgress();

    DocumentPage& m_page;
    QFutureWatcher<Result> m_reading;
    QFuture<QByteArray> m_digest; ///< computed while the text comes in
    QString m_text; ///< the file's
    qsizetype m_taken = 0; ///< units of it that the document has
    QTimer m_tick;
    bool m_told = false;
};

} // namespace tutti::ui
