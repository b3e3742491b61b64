// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/editor_layer.h"

namespace tutti::ui {

class CodeEditor;

/// A hairline behind the column that lines should not go beyond.
class ColumnMarker : public EditorLayer
{
public:
    explicit ColumnMarker(CodeEditor& editor);

    /// Counted from 1, the line stands behind it; 0 is none.
    void setColumn(int column);
    [[nodiscard]] int column() const noexcept { return m_column; }

    void paintBelowText(QPainter& painter, const QRect& dirty) override;

private:
    CodeEditor& m_editor;
    int m_column = 0;
};

} // namespace tutti::ui
