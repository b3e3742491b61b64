// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <atomic>
#include <functional>
#include <memory>

class QProcess;

namespace tutti::ui {

/// Lists the files somebody may want to open beside one: those of its git repository that git does
/// not ignore, else those below its folder, without hidden ones and folders of build products.
///
/// Never blocks: git is a process of its own, and folders are read on a thread. One listing at a
/// time; a new one ends the one before. Threads: the GUI's.
class FolderFiles : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMaxFiles = 20'000; ///< of a listing; what is beyond is left out
    static constexpr int kMaxDepth = 8; ///< of folders below the one that is read

    explicit FolderFiles(QObject* parent = nullptr);
    ~FolderFiles() override;

    void list(const QString& folder);
    void stop();

Q_SIGNALS:
    /// Paths below `root`, which is absolute. Not sent for a listing that was stopped.
    void listed(const QString& root, const QStringList& files);

private:
    void askGit(const QString& folder, const QStringList& arguments,
        const std::function<void(bool worked, const QByteArray& output)>& then);
    void walk(const QString& folder);

    QProcess* m_git = nullptr;
    std::shared_ptr<std::atomic_bool> m_stopped; ///< of the thread that reads folders
};

} // namespace tutti::ui
