// SPDX-License-Identifier: MIT
#pragma once

class QPainter;
class QRect;

namespace tutti::ui {

class CodeEditor;

/// Something that paints into the text area of a CodeEditor, in viewport coordinates.
/// Layers never take mouse events. Layer and editor may go in any order.
class EditorLayer
{
public:
    EditorLayer() = default;
    virtual ~EditorLayer();
    EditorLayer(const EditorLayer&) = delete;
    EditorLayer& operator=(const EditorLayer&) = delete;

    /// Beneath the text and beneath the local selection, above the background and the current
    /// line. `dirty` is what will be seen of it.
    virtual void paintBelowText(QPainter& painter, const QRect& dirty);
    /// Above the text.
    virtual void paintAboveText(QPainter& painter, const QRect& dirty);

private:
    friend class CodeEditor;

    CodeEditor* m_paintedBy = nullptr; ///< null before it is added and when that has gone
};

} // namespace tutti::ui
