// SPDX-License-Identifier: MIT
#include "ui/shell/offline_copy.h"

#include "net/room_address.h"
#include "ui/shell/editor_document.h"

#include <QLoggingCategory>

namespace tutti::ui {

namespace {

Q_LOGGING_CATEGORY(offlineLog, "tutti.ui.offline")

/// A link may open the room for whoever reads the file.
QString withoutSecrets(const QString& link)
{
    const auto address = net::RoomAddress::parse(link);
    return address ? address->withoutQuery().toString() : QString();
}

} // namespace

OfflineCopy::OfflineCopy(EditorDocument& document, const QString& link)
    : m_document(document)
    , m_link(withoutSecrets(link))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kWriteAfterMs);
    connect(&m_soon, &QTimer::timeout, this, &OfflineCopy::write);
}

void OfflineCopy::setNeeded(bool needed)
{
    if (needed == m_subscription.active()) {
        return;
    }
    if (!needed) {
        m_subscription.reset();
        m_soon.stop();
        m_file.remove();
        setKept(false);
        return;
    }
    m_subscription = m_document.doc().observe([this](const crdt::TransactionEvent&) {
        if (!m_soon.isActive()) { // not put off by further typing
            m_soon.start();
        }
    });
    write();
}

void OfflineCopy::write()
{
    if (m_document.isEmpty()) {
        return; // nothing was received and nothing written
    }
    const auto done =
        m_file.write({.name = m_document.name(),
                         .link = m_link,
                         .textName = QString::fromStdString(m_document.text().rootName()),
                         .written = QDateTime::currentDateTimeUtc()},
            m_document.doc().getUpdate());
    if (!done) {
        qCWarning(offlineLog) << "not kept on disk:" << done.error();
    }
    setKept(done.has_value());
}

void OfflineCopy::setKept(bool kept)
{
    if (m_kept != kept) {
        m_kept = kept;
        Q_EMIT keptChanged();
    }
}

} // namespace tutti::ui
