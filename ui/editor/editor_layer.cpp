// SPDX-License-Identifier: MIT
#include "ui/editor/editor_layer.h"

namespace tutti::ui {

void EditorLayer::paintBelowText(QPainter&, const QRect&) { }

void EditorLayer::paintAboveText(QPainter&, const QRect&) { }

} // namespace tutti::ui
