// SPDX-License-Identifier: MIT
#pragma once

#include <QLockFile>
#include <QString>

#include <memory>

namespace tutti::ui {

/// The name of the lock beside a file or folder.
[[nodiscard]] QString lockOf(const QString& path);

/// That lock, held; null while another process holds it. It is the kernel's lock that counts: it
/// ends with the process, and takes no other process of the same number for it, as happens where
/// programs run in a box.
[[nodiscard]] std::unique_ptr<QLockFile> lockedBy(const QString& path);

} // namespace tutti::ui
