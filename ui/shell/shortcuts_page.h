// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QWidget>

class QAction;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QTreeView;

namespace tutti::ui {

class ShortcutBindings;
class ShortcutsModel;

/// All commands and their keys: found by name or by pressing keys, bound anew below the list.
/// Threads: the GUI's.
class ShortcutsPage : public QWidget
{
    Q_OBJECT

public:
    /// Requires: `bindings` outlives it.
    explicit ShortcutsPage(ShortcutBindings& bindings, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& query() noexcept { return *m_query; }

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow();
    void listenForKeys(bool on);
    [[nodiscard]] QAction* current() const;
    void showCurrent();
    void showWhatKeysMean();
    void bindCurrent(bool besides);
    void askToResetAll(bool ask);

    ShortcutBindings& m_bindings;
    ShortcutsModel* m_model;
    QLineEdit* m_query;
    QToolButton* m_byKeys;
    QTreeView* m_list;
    QLabel* m_name;
    QKeySequenceEdit* m_keys;
    QPushButton* m_bind;
    QPushButton* m_add;
    QPushButton* m_remove;
    QPushButton* m_reset;
    QLabel* m_words;
    QPushButton* m_resetAll;
    QPushButton* m_resetYes;
    QPushButton* m_resetNo;
};

} // namespace tutti::ui
