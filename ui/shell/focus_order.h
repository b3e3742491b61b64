// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

class QWidget;

namespace tutti::ui {

/// Where the keyboard goes in a window, by how the window is laid out and not by the order in which
/// its parts were made: parts come and go, and move into other places.
///
/// A part is what F6 goes to as a whole, as the text, the list of participants or a message. A
/// widget is one when it was made one; a CodeEditor always is.
/// Threads: the GUI's. Cost: of walking the layouts of the window.

void makePart(QWidget& widget);

/// What Tab stops at, in the order of the layouts; only what is visible and enabled.
[[nodiscard]] QList<QWidget*> focusOrder(QWidget& window);
/// Gives the focus to the next or the previous one of these, around the end. False when there is
/// no other.
bool focusNext(QWidget& window, bool forward);
/// Gives the focus to the next or previous part: to what had it there last, else to the first that
/// can have it. False when there is no other.
bool focusNextPart(QWidget& window, bool forward);

} // namespace tutti::ui
