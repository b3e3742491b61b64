// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/settings.h"

#include <QWidget>

class QButtonGroup;
class QLineEdit;

namespace tutti::ui {

/// A name and one of the ten presence colours.
class IdentityEditor : public QWidget
{
    Q_OBJECT

public:
    explicit IdentityEditor(QWidget* parent = nullptr);

    void setIdentity(const Identity& identity);
    [[nodiscard]] Identity identity() const;

Q_SIGNALS:
    /// The person finished a change to something that makes sense: a name that is not empty.
    void edited(const tutti::ui::Identity& identity);
    /// Any change while typing.
    void nameTyped(const QString& name);

private:
    void announce();

    QLineEdit* m_name;
    QButtonGroup* m_colors;
    QString m_ownColor; ///< one given on the command line that is none of the ten
};

} // namespace tutti::ui
