// SPDX-License-Identifier: MIT
#include "net/close_reason.h"

namespace tutti::net {

QString closeReason(const char* words) { return QString::fromUtf8(words); }

QString shownReason(const QString& reason)
{
    return QCoreApplication::translate("CloseReason", reason.toUtf8().constData());
}

} // namespace tutti::net
