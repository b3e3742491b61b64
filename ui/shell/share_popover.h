// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/settings.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tutti::ui {

class IdentityEditor;

/// What Share shows: the exact link, already on the clipboard, what it allows, how one appears to
/// the others, and the way out again. Closes when one clicks elsewhere.
class SharePopover : public QFrame
{
    Q_OBJECT

public:
    struct Content
    {
        QString title;
        QString link;
        /// What the link allows, and how far it reaches.
        QString reach;
        QString leaveText;
        Identity identity;
    };

    explicit SharePopover(QWidget* parent);

    /// Puts the link on the clipboard and opens below `anchor`, its right edges aligned.
    void open(const Content& content, const QWidget& anchor);

Q_SIGNALS:
    void identityEdited(const tutti::ui::Identity& identity);
    void leaveClicked();

private:
    void copyLink();

    QLabel* m_title;
    QLineEdit* m_link;
    QPushButton* m_copy;
    QLabel* m_copied;
    QLabel* m_reach;
    IdentityEditor* m_identity;
    QPushButton* m_leave;
    QPushButton* m_done;
};

} // namespace tutti::ui
