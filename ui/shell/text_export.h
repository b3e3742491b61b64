// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/syntax_lines.h"

#include <QFont>
#include <QObject>
#include <QSaveFile>
#include <QString>
#include <QTimer>

#include <memory>

class QPagedPaintDevice;
class QPainter;

namespace tutti::ui {

/// What is to be printed or exported, as it was when that began.
struct ExportSource
{
    QString text; ///< lines end with LF
    QString title;
    KSyntaxHighlighting::Definition definition;
    QFont font;
    int tabWidth = 4;
};

/// Writes a text somewhere else, with the colours of the light theme, in slices that leave the
/// event loop free: lines are done for kSliceMs, then others have their turn.
/// Threads: the GUI's.
class TextExport : public QObject
{
    Q_OBJECT

public:
    static constexpr int kSliceMs = 6;

    explicit TextExport(ExportSource source, QObject* parent = nullptr);

    /// Begins; finished() comes later, once.
    void start();
    /// Nothing is left behind of what was written to a file. finished() does not come.
    void cancel();
    [[nodiscard]] const QString& title() const noexcept { return m_source.title; }

Q_SIGNALS:
    /// From 0 to 1.
    void progressed(double share);
    /// Empty when all went well; else why not, in words.
    void finished(const QString& problem);

protected:
    /// What went wrong, in words; empty where nothing did.
    virtual QString begin() = 0;
    virtual void writeLine(
        int number, const QString& line, const QList<QTextLayout::FormatRange>& ranges) = 0;
    virtual QString end() = 0;
    virtual void drop() = 0;
    [[nodiscard]] const ExportSource& source() const noexcept { return m_source; }

private:
    void slice();

    ExportSource m_source;
    SyntaxLines m_lines;
    QTimer m_slices;
    qsizetype m_at = 0;
    int m_line = 0;
};

/// An HTML page of its own, replaced in one step when it is complete.
class HtmlExport : public TextExport
{
    Q_OBJECT

public:
    HtmlExport(ExportSource source, const QString& path, QObject* parent = nullptr);

protected:
    QString begin() override;
    void writeLine(
        int number, const QString& line, const QList<QTextLayout::FormatRange>& ranges) override;
    QString end() override;
    void drop() override;

private:
    QSaveFile m_file;
};

/// Pages, on paper or in a PDF: a header with the title and the page's number, line numbers, long
/// lines broken at the margin.
class PageExport : public TextExport
{
    Q_OBJECT

public:
    /// `file`: what the device writes to, if anything; it is replaced when the pages are complete.
    PageExport(ExportSource source, std::unique_ptr<QPagedPaintDevice> device,
        std::unique_ptr<QSaveFile> file = {}, QObject* parent = nullptr);
    ~PageExport() override;

    [[nodiscard]] int pages() const noexcept { return m_page; }

protected:
    QString begin() override;
    void writeLine(
        int number, const QString& line, const QList<QTextLayout::FormatRange>& ranges) override;
    QString end() override;
    void drop() override;

private:
    void beginPage();

    std::unique_ptr<QSaveFile> m_file;
    std::unique_ptr<QPagedPaintDevice> m_device;
    std::unique_ptr<QPainter> m_painter;
    QFont m_small;
    double m_gutter = 0; ///< where the text begins
    double m_top = 0; ///< below the header
    double m_y = 0;
    int m_page = 0;
};

} // namespace tutti::ui
