// SPDX-License-Identifier: MIT
#include "ui/shell/folder_files.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QThreadPool>

#include <algorithm>
#include <deque>
#include <utility>

namespace tutti::ui {

namespace {

bool holdsProducts(const QString& folder)
{
    static const QStringList names{QStringLiteral("build"), QStringLiteral("node_modules"),
        QStringLiteral("target"), QStringLiteral("dist"), QStringLiteral("out"),
        QStringLiteral("__pycache__"), QStringLiteral("venv"), QStringLiteral("CMakeFiles")};
    return names.contains(folder);
}

/// Breadth first, so that a bound leaves out what is far away.
QStringList filesBelow(const QString& root, const std::atomic_bool& stopped)
{
    QStringList files;
    std::deque<std::pair<QString, int>> folders{{QString(), 0}};
    while (!folders.empty() && files.size() < FolderFiles::kMaxFiles && !stopped) {
        const auto [below, depth] = folders.front();
        folders.pop_front();
        QDirIterator entries(QDir(root).filePath(below),
            QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
        QStringList here;
        while (entries.hasNext() && !stopped) {
            const QFileInfo entry = entries.nextFileInfo();
            const QString path = below + entry.fileName();
            if (entry.isFile()) {
                here.append(path);
            } else if (depth < FolderFiles::kMaxDepth && !holdsProducts(entry.fileName())) {
                folders.emplace_back(path + QChar(u'/'), depth + 1);
            }
        }
        here.sort(Qt::CaseInsensitive);
        files += here;
    }
    return files.first(std::min(files.size(), FolderFiles::kMaxFiles));
}

} // namespace

FolderFiles::FolderFiles(QObject* parent)
    : QObject(parent)
{ }

FolderFiles::~FolderFiles() { stop(); }

void FolderFiles::stop()
{
    if (m_stopped) {
        *m_stopped = true;
        m_stopped.reset();
    }
    if (QProcess* git = std::exchange(m_git, nullptr)) {
        git->disconnect(this);
        git->kill();
        connect(git, &QProcess::finished, git, &QObject::deleteLater);
        if (git->state() == QProcess::NotRunning) {
            git->deleteLater();
        }
        git->setParent(qApp); // who ends it where the program ends first
    }
}

void FolderFiles::list(const QString& folder)
{
    stop();
    askGit(folder, {QStringLiteral("rev-parse"), QStringLiteral("--show-toplevel")},
        [this, folder](bool worked, const QByteArray& output) {
            const QString root = QString::fromLocal8Bit(output.trimmed());
            if (!worked || root.isEmpty()) {
                walk(folder);
                return;
            }
            askGit(root,
                {QStringLiteral("ls-files"), QStringLiteral("-z"), QStringLiteral("--cached"),
                    QStringLiteral("--others"), QStringLiteral("--exclude-standard")},
                [this, root](bool listedAll, const QByteArray& names) {
                    if (!listedAll) {
                        walk(root);
                        return;
                    }
                    QStringList files;
                    for (const QByteArray& name : names.split('\0')) {
                        if (!name.isEmpty() && files.size() < kMaxFiles) {
                            files.append(QString::fromLocal8Bit(name));
                        }
                    }
                    files.removeDuplicates(); // one in conflict is listed once for each side
                    Q_EMIT listed(root, files);
                });
        });
}

void FolderFiles::askGit(const QString& folder, const QStringList& arguments,
    const std::function<void(bool, const QByteArray&)>& then)
{
    m_git = new QProcess(this);
    QProcess* git = m_git;
    git->setStandardErrorFile(QProcess::nullDevice());
    const auto done = [this, git, then](bool worked) {
        if (git != m_git) {
            return;
        }
        m_git = nullptr;
        git->deleteLater();
        then(worked, worked ? git->readAllStandardOutput() : QByteArray());
    };
    connect(git, &QProcess::finished, this, [done](int code, QProcess::ExitStatus status) {
        done(code == 0 && status == QProcess::NormalExit);
    });
    connect(git, &QProcess::errorOccurred, this, [done](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            done(false); // there is no git
        }
    });
    // A repository's own configuration must not have programs run by merely looking at it.
    git->start(QStringLiteral("git"),
        QStringList{QStringLiteral("-c"), QStringLiteral("core.fsmonitor=false"),
            QStringLiteral("--no-optional-locks"), QStringLiteral("-C"), folder}
            + arguments,
        QIODevice::ReadOnly);
}

void FolderFiles::walk(const QString& folder)
{
    m_stopped = std::make_shared<std::atomic_bool>(false);
    QThreadPool::globalInstance()->start([this, folder, stopped = m_stopped] {
        const QStringList files = filesBelow(folder, *stopped);
        if (*stopped) {
            return; // `this` may be gone
        }
        QMetaObject::invokeMethod(
            qApp,
            [this, folder, files, stopped] {
                if (!*stopped) { // set by the GUI's thread, before `this` goes
                    Q_EMIT listed(folder, files);
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace tutti::ui
