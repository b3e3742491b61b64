// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/code_editor.h"
#include "ui/editor/editor_layer.h"
#include "ui/editor/match_list.h"

#include <QColor>
#include <QObject>
#include <QPointer>

namespace tutti::ui {

class TextSearch;

/// Shows the matches of a search: those that are visible beneath the text, all as ticks beside
/// the scroll bar. Cost: of a paint, the visible matches; of the ticks, the bar's height, log n
/// each, some time after the last change.
/// Threads: the GUI's. Requires: the search outlives it.
class MatchLayer : public QObject, public EditorLayer
{
    Q_OBJECT

public:
    /// More of them on one screen look like all of it is marked.
    static constexpr int kMaxPainted = 4'000;

    MatchLayer(CodeEditor& editor, TextSearch& search, QObject* parent = nullptr);

    void setColor(const QColor& color);
    void setShown(bool shown);

    void paintBelowText(QPainter& painter, const QRect& dirty) override;

private:
    void schedule();
    void placeTicks();

    QPointer<CodeEditor> m_editor; ///< may go first, as siblings do
    TextSearch& m_search;
    QColor m_color;
    bool m_shown = false;
    bool m_scheduled = false;
};

} // namespace tutti::ui
