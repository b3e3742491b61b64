// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QString>

namespace tutti::net {

/// The words in which a connection of ours is closed. They go over the wire, to programs and logs
/// of every language, so they are English there, and each end shows the words it knows in its own:
/// closeReason() is what is sent, shownReason() what a person reads. The words are marked where
/// they are used, QT_TRANSLATE_NOOP("CloseReason", …), so that lupdate finds them.
[[nodiscard]] QString closeReason(const char* words);

/// The same in this program's language where it is one of ours; what other servers say as it is.
[[nodiscard]] QString shownReason(const QString& reason);

} // namespace tutti::net
