// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QStringList>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;
class QStringListModel;

namespace tutti::ui {

/// A long list with a field to narrow it: type, arrow down, Enter.
class PickList : public QDialog
{
    Q_OBJECT

public:
    PickList(const QString& title, const QStringList& choices, const QString& current,
        QWidget* parent = nullptr);

Q_SIGNALS:
    void picked(const QString& choice);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& text);
    void pick();

    QLineEdit* m_query;
    QListView* m_list;
    QStringListModel* m_choices;
    QSortFilterProxyModel* m_narrowed;
};

} // namespace tutti::ui
