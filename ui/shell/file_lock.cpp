// SPDX-License-Identifier: MIT
#include "ui/shell/file_lock.h"

#include <chrono>

namespace tutti::ui {

QString lockOf(const QString& path) { return path + QStringLiteral(".lock"); }

std::unique_ptr<QLockFile> lockedBy(const QString& path)
{
    auto lock = std::make_unique<QLockFile>(lockOf(path));
    lock->setStaleLockTime(std::chrono::milliseconds(0));
    const bool held = lock->tryLock() || (lock->removeStaleLockFile() && lock->tryLock());
    return held ? std::move(lock) : nullptr;
}

} // namespace tutti::ui
