// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/settings.h"

#include <QFrame>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace tutti::ui {

class IdentityEditor;
class QrCodeView;

/// What Share shows: the exact link, already on the clipboard and as a QR code, who can open it,
/// what it allows, how one appears to the others, and the way out again. Closes when one clicks
/// elsewhere.
class SharePopover : public QFrame
{
    Q_OBJECT

public:
    struct Content
    {
        QString title;
        QString link;
        /// What the link allows, and how far it reaches.
        QString words;
        /// Who can open it, where that is to be chosen here.
        std::optional<Reach> reach;
        QString leaveText;
        Identity identity;
    };

    explicit SharePopover(QWidget* parent);

    /// Puts the link on the clipboard and opens below `anchor`, its right edges aligned.
    void open(const Content& content, const QWidget& anchor);

    /// Shows another link in place of the first, and copies it.
    void showLink(const Content& content);

Q_SIGNALS:
    void reachChosen(tutti::ui::Reach reach);
    void identityEdited(const tutti::ui::Identity& identity);
    void leaveClicked();

private:
    void copyLink();

    QLabel* m_title;
    QLineEdit* m_link;
    QPushButton* m_copy;
    QLabel* m_copied;
    QrCodeView* m_code;
    QLabel* m_words;
    QLabel* m_whoCan;
    QRadioButton* m_network;
    QRadioButton* m_thisComputer;
    IdentityEditor* m_identity;
    QPushButton* m_leave;
    QPushButton* m_done;
};

} // namespace tutti::ui
