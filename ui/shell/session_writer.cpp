// SPDX-License-Identifier: MIT
#include "ui/shell/session_writer.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <utility>

namespace tutti::ui {

SessionWriter::SessionWriter()
{
    m_thread.setMaxThreadCount(1); // which keeps them in order
}

SessionWriter::~SessionWriter() { wait(); }

void SessionWriter::write(const QString& path, std::function<QByteArray()> bytes)
{
    m_thread.start([this, path, bytes = std::move(bytes)] {
        const QByteArray content = bytes();
        QSaveFile file(path);
        if (!file.open(QFile::WriteOnly)
            || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
            || file.write(content) != content.size() || !file.commit()) {
            m_reliable = false;
        }
    });
}

void SessionWriter::append(const QString& path, const QByteArray& bytes)
{
    m_thread.start([this, path, bytes] {
        QFile file(path);
        const bool isNew = !file.exists();
        if (!file.open(QFile::WriteOnly | QFile::Append) || file.write(bytes) != bytes.size()
            || !file.flush()
            || (isNew && !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))) {
            m_reliable = false;
        }
    });
}

void SessionWriter::remove(const QString& path)
{
    m_thread.start([path] { QFile::remove(path); });
}

void SessionWriter::removeFolder(const QString& path)
{
    m_thread.start([path] { QDir(path).removeRecursively(); });
}

void SessionWriter::wait() { m_thread.waitForDone(); }

} // namespace tutti::ui
