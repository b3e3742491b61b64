// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/subscription.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTime>

#include <functional>

namespace tutti::ui {

class EditorDocument;

/// A text that something shows and does not own: a document, a moment of its history, a file.
/// Threads: the GUI's.
class TextSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Lines end with LF. Cost: O(n).
    [[nodiscard]] virtual QString text() const = 0;
    /// Whose it is and of when, for people: "Your text, 14:02".
    [[nodiscard]] virtual QString title() const = 0;

Q_SIGNALS:
    /// Text or title. May come at every keystroke; text() must not be asked for inside.
    void changed();
};

/// A document that goes on being edited. When it is closed, its last text stays.
class DocumentSource final : public TextSource
{
    Q_OBJECT

public:
    /// `title` is asked with the time of the last change, at first the time now.
    DocumentSource(EditorDocument& document, std::function<QString(QTime changed)> title);
    ~DocumentSource() override;

    [[nodiscard]] QString text() const override;
    [[nodiscard]] QString title() const override;

private:
    QPointer<EditorDocument> m_document;
    std::function<QString(QTime)> m_title;
    QTime m_changed;
    mutable QString m_last;
    crdt::Subscription m_subscription;
};

} // namespace tutti::ui
