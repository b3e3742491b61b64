// SPDX-License-Identifier: MIT
#include "ui/editor/editor_layer.h"

#include "ui/editor/code_editor.h"

namespace tutti::ui {

EditorLayer::~EditorLayer()
{
    if (m_paintedBy != nullptr) {
        m_paintedBy->removeLayer(this);
    }
}

void EditorLayer::paintBelowText(QPainter&, const QRect&) { }

void EditorLayer::paintAboveText(QPainter&, const QRect&) { }

} // namespace tutti::ui
