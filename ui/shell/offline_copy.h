// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/subscription.h"
#include "ui/shell/unsent_changes.h"

#include <QObject>
#include <QTimer>

namespace tutti::ui {

class EditorDocument;

/// Keeps a shared document on this computer's disk while its room cannot be reached: at once when
/// the connection is lost, and within two seconds of every change after that.
///
/// Threads: the GUI's. Requires: the document outlives it.
class OfflineCopy : public QObject
{
    Q_OBJECT

public:
    /// Between a change and its writing; with the time to write it stays well below two seconds.
    static constexpr int kWriteAfterMs = 500;

    OfflineCopy(EditorDocument& document, const QString& link);

    /// Whether the room cannot be reached, or has not got everything yet. No longer needed means
    /// that nothing here can be lost any more: the file goes.
    void setNeeded(bool needed);
    /// Whether what was written here is on the disk, but for the last moment.
    [[nodiscard]] bool isKept() const noexcept { return m_kept; }

Q_SIGNALS:
    void keptChanged();

private:
    void write();
    void setKept(bool kept);

    EditorDocument& m_document;
    QString m_link;
    UnsentChanges m_file;
    crdt::Subscription m_subscription;
    QTimer m_soon;
    bool m_kept = false;
};

} // namespace tutti::ui
