// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <functional>

namespace tutti::ui {

/// Writes the files of a session on a thread of its own, one after the other as they were asked
/// for, so that no keystroke waits for a disk.
///
/// Threads: the GUI's, but for what runs inside.
class SessionWriter
{
public:
    SessionWriter();
    /// Waits for what was asked for.
    ~SessionWriter();

    /// Replaces the file; never half of it is seen. `bytes` is called on the writer's thread.
    void write(const QString& path, std::function<QByteArray()> bytes);
    void append(const QString& path, const QByteArray& bytes);
    void remove(const QString& path);
    /// A folder with all that is in it.
    void removeFolder(const QString& path);
    void wait();

    /// Whether all that was asked for so far and is done could be done. Nobody may rely on these
    /// files while it could not.
    [[nodiscard]] bool isReliable() const noexcept { return m_reliable; }

private:
    QThreadPool m_thread;
    std::atomic_bool m_reliable = true;
};

} // namespace tutti::ui
