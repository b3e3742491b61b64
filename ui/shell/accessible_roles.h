// SPDX-License-Identifier: MIT
#pragma once

namespace tutti::ui {

/// Tells assistive technology what the widgets are that are painted here: a status line is text, a
/// message is an alert, the overview of the text is a picture. Qt knows no more of them than that
/// they are widgets. Once per application; again does nothing.
void installAccessibleRoles();

} // namespace tutti::ui
