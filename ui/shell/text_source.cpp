// SPDX-License-Identifier: MIT
#include "ui/shell/text_source.h"

#include "ui/shell/editor_document.h"

#include <utility>

namespace tutti::ui {

DocumentSource::DocumentSource(
    EditorDocument& document, std::function<QString(QTime changed)> title)
    : m_document(&document)
    , m_title(std::move(title))
    , m_changed(QTime::currentTime())
    , m_last(document.content())
    , m_subscription(document.doc().observe([this](const crdt::TransactionEvent&) {
        m_changed = QTime::currentTime();
        Q_EMIT changed();
    }))
{ }

DocumentSource::~DocumentSource() = default;

QString DocumentSource::text() const
{
    if (m_document) {
        m_last = m_document->content();
    }
    return m_last;
}

QString DocumentSource::title() const { return m_title(m_changed); }

} // namespace tutti::ui
