// SPDX-License-Identifier: MIT
#pragma once

class QPainter;
class QRect;

namespace tutti::ui {

/// Something that paints into the text area of a CodeEditor, in viewport coordinates.
/// Layers never take mouse events.
class EditorLayer
{
public:
    virtual ~EditorLayer() = default;

    /// Beneath the text and beneath the local selection, above the background and the current
    /// line. `dirty` is what will be seen of it.
    virtual void paintBelowText(QPainter& painter, const QRect& dirty);
    /// Above the text.
    virtual void paintAboveText(QPainter& painter, const QRect& dirty);
};

} // namespace tutti::ui
