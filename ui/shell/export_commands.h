// SPDX-License-Identifier: MIT
#pragma once

class QWidget;

/// File → Print and Export: where to, and a message in the page's bar that says how far it is, with
/// a way to stop, and how it ended.
namespace tutti::ui {

class DocumentPage;

void askToPrint(DocumentPage& page, QWidget* parent);
void askToExportPdf(DocumentPage& page, QWidget* parent);
void askToExportHtml(DocumentPage& page, QWidget* parent);

} // namespace tutti::ui
