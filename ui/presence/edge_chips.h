// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"
#include "ui/presence/presence_colors.h"

#include <QAbstractButton>
#include <QList>
#include <QObject>
#include <QString>

namespace tutti::ui {

class CodeEditor;

/// Where somebody is who is not to be seen.
enum class Edge { Top, Bottom };

/// A small button with initials and an arrow.
class EdgeChip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit EdgeChip(QWidget* parent);

    void show(const QString& initials, const Shade& shade, Edge edge, double opacity);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_initials;
    Shade m_shade;
    Edge m_edge = Edge::Top;
    double m_opacity = 1;
};

/// The chips of one editor: a row at the top edge and one at the bottom edge of its text area.
/// What does not fit is left out, nearest first. Threads: the GUI's.
class EdgeChips : public QObject
{
    Q_OBJECT

public:
    struct Entry
    {
        crdt::ClientId client;
        QString name;
        QString initials;
        int line = 0;
        Edge edge = Edge::Top;
        Shade shade;
        double opacity = 1;

        bool operator==(const Entry&) const = default;
    };

    explicit EdgeChips(CodeEditor& editor, QObject* parent = nullptr);
    ~EdgeChips() override;

    /// Shows these, nearest to the view first.
    void setEntries(const QList<Entry>& entries);
    /// Lays them out anew, after the editor was resized.
    void layOut();
    [[nodiscard]] const QList<Entry>& entries() const noexcept { return m_entries; }

Q_SIGNALS:
    void clicked(tutti::crdt::ClientId client);

private:
    CodeEditor* m_editor;
    QList<Entry> m_entries;
    QList<EdgeChip*> m_chips;
};

} // namespace tutti::ui
