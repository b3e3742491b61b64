// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/pick_model.h"

#include <QFrame>
#include <QPointer>

#include <functional>

class QLabel;
class QLineEdit;
class QListView;

namespace tutti::ui {

/// A field and a list over the top of a window: type some letters, Enter takes the first that
/// matches. Escape, or a click elsewhere, closes it. The palette, quick open and the choices of
/// languages and themes are this one widget with different items.
///
/// Threads: the GUI's.
class QuickPick : public QFrame
{
    Q_OBJECT

public:
    /// What is to be picked from, and what comes of it.
    struct Request
    {
        QString title{}; ///< for screen readers, and in the empty field
        QList<PickItem> items{};
        QString current{}; ///< id of the item that is marked at first
        QString typed{}; ///< what the field holds at first
        QString nothing{}; ///< said where nothing matches
        /// The part of what was typed that items are looked for by; unset: all of it.
        std::function<QString(const QString& typed)> filter{};
        /// Items made from what was typed{}; unset: none.
        std::function<QList<PickItem>(const QString& typed)> made{};
        std::function<void(const PickItem& item, const QString& typed)> picked{};
        /// Each time another item is marked, to show what picking it would do; unset: nothing.
        std::function<void(const PickItem& item)> marked{};
        /// It was closed and nothing picked.
        std::function<void()> cancelled{};
    };

    explicit QuickPick(QWidget& window);

    /// Replaces what it shows, if it is open.
    void open(Request request);
    /// More items, found meanwhile; what is marked stays so. Nothing when it is not open any more.
    void append(const QList<PickItem>& items);
    void cancel();
    [[nodiscard]] const PickModel& model() const noexcept { return *m_model; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void onTyped();
    void onMarked();
    void pick();
    void shut();
    void place();
    void mark(int row);

    QWidget& m_window;
    QLineEdit* m_query;
    QListView* m_list;
    QLabel* m_nothing;
    PickModel* m_model;
    Request m_request;
    QPointer<QWidget> m_before; ///< what had the focus
};

} // namespace tutti::ui
