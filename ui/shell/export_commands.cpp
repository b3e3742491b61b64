// SPDX-License-Identifier: MIT
#include "ui/shell/export_commands.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/highlighter.h"
#include "ui/shell/document_page.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/text_export.h"

#include <KSyntaxHighlighting/Repository>
#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QPageLayout>
#include <QPdfWriter>
#include <QPointer>
#include <QPrintDialog>
#include <QPrinter>
#include <QSaveFile>
#include <QTimer>

#include <cmath>
#include <functional>
#include <memory>

namespace tutti::ui {

namespace {

const auto kBar = QStringLiteral("export");
/// What takes no longer is not worth a word.
constexpr int kPatienceMs = 300;
constexpr double kMarginMm = 15.0;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::ui::ExportCommands)
};

KSyntaxHighlighting::Definition definitionOf(const CodeEditor& editor)
{
    const auto definitions = syntaxRepository().definitions();
    for (const auto& definition : definitions) {
        if (definition.translatedName() == editor.languageName()) {
            return definition;
        }
    }
    return {};
}

ExportSource sourceOf(DocumentPage& page)
{
    return {.text = page.document().content(),
        .title = page.document().name(),
        .definition = definitionOf(page.editor()),
        .font = page.editor().font(),
        .tabWidth = page.editor().indentStyle().tabWidth};
}

/// Runs it with a message.
void run(DocumentPage& page, TextExport* job, const QString& doing, const QString& done)
{
    job->setParent(&page); // ends with the tab
    page.bar().clear(kBar);
    auto* patience = new QTimer(job);
    patience->setSingleShot(true);
    patience->start(kPatienceMs);
    QObject::connect(
        job, &TextExport::progressed, &page, [&page, job, patience, doing](double share) {
            if (patience->isActive()) {
                return;
            }
            const QPointer<TextExport> running(job);
            page.bar().show(kBar, InlineBar::Kind::Info,
                Words::tr("%1 %2 %").arg(doing).arg(std::lround(share * 100)),
                {{Words::tr("Stop"), [&page, running] {
                      if (running) {
                          running->cancel();
                          running->deleteLater();
                      }
                      page.bar().clear(kBar);
                  }}});
        });
    QObject::connect(job, &TextExport::finished, &page, [&page, job, done](const QString& problem) {
        job->deleteLater();
        page.bar().show(kBar, problem.isEmpty() ? InlineBar::Kind::Info : InlineBar::Kind::Error,
            problem.isEmpty() ? done : problem);
    });
    job->start();
}

void askForPath(DocumentPage& page, QWidget* parent, const QString& title, const QString& suffix,
    const std::function<void(const QString& path)>& picked)
{
    const EditorDocument& document = page.document();
    auto* dialog = new QFileDialog(parent, title,
        document.path().isEmpty() ? QDir::currentPath()
                                  : QFileInfo(document.path()).absolutePath());
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(document.name() + u'.' + suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, &page, picked);
    dialog->open();
}

} // namespace

void askToPrint(DocumentPage& page, QWidget* parent)
{
    auto printer = std::make_shared<std::unique_ptr<QPrinter>>(
        std::make_unique<QPrinter>(QPrinter::HighResolution));
    (*printer)->setDocName(page.document().name());
    (*printer)->setPageMargins(
        QMarginsF(kMarginMm, kMarginMm, kMarginMm, kMarginMm), QPageLayout::Millimeter);
    auto* dialog = new QPrintDialog(printer->get(), parent);
    dialog->setObjectName(QStringLiteral("printDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QAbstractPrintDialog::PrintPageRange, false);
    QObject::connect(dialog, &QDialog::accepted, &page, [&page, printer] {
        run(page, new PageExport(sourceOf(page), std::move(*printer)),
            Words::tr("Printing %1…").arg(page.document().name()),
            Words::tr("%1 was sent to the printer.").arg(page.document().name()));
    });
    dialog->open();
}

void askToExportPdf(DocumentPage& page, QWidget* parent)
{
    askForPath(page, parent, Words::tr("Export as PDF"), QStringLiteral("pdf"),
        [&page](const QString& path) {
            auto file = std::make_unique<QSaveFile>(path);
            auto writer = std::make_unique<QPdfWriter>(file.get());
            writer->setTitle(page.document().name());
            writer->setPageMargins(
                QMarginsF(kMarginMm, kMarginMm, kMarginMm, kMarginMm), QPageLayout::Millimeter);
            run(page, new PageExport(sourceOf(page), std::move(writer), std::move(file)),
                Words::tr("Writing %1…").arg(QFileInfo(path).fileName()),
                Words::tr("Written to %1.").arg(QFileInfo(path).fileName()));
        });
}

void askToExportHtml(DocumentPage& page, QWidget* parent)
{
    askForPath(page, parent, Words::tr("Export as HTML"), QStringLiteral("html"),
        [&page](const QString& path) {
            run(page, new HtmlExport(sourceOf(page), path),
                Words::tr("Writing %1…").arg(QFileInfo(path).fileName()),
                Words::tr("Written to %1.").arg(QFileInfo(path).fileName()));
        });
}

} // namespace tutti::ui
