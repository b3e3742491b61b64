// SPDX-License-Identifier: MIT
#include "ui/shell/text_export.h"

#include "ui/editor/editor_theme.h"

#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tutti::ui {

namespace {

constexpr double kPrintedPoints = 9.0;
constexpr double kGutterGap = 1.5; ///< in widths of a digit
const QColor kInk(0x1f, 0x23, 0x26);
const QColor kFaintInk(0x6a, 0x70, 0x75);

QString css(const QTextCharFormat& format)
{
    QString style;
    if (format.hasProperty(QTextFormat::ForegroundBrush)) {
        style += QStringLiteral("color:%1;").arg(format.foreground().color().name());
    }
    if (format.hasProperty(QTextFormat::BackgroundBrush)) {
        style += QStringLiteral("background-color:%1;").arg(format.background().color().name());
    }
    style += format.fontWeight() == QFont::Bold ? QStringLiteral("font-weight:bold;") : QString();
    style += format.fontItalic() ? QStringLiteral("font-style:italic;") : QString();
    if (format.fontUnderline() || format.fontStrikeOut()) {
        style += QStringLiteral("text-decoration:%1%2;")
                     .arg(format.fontUnderline() ? QStringLiteral(" underline") : QString(),
                         format.fontStrikeOut() ? QStringLiteral(" line-through") : QString());
    }
    return style;
}

} // namespace

TextExport::TextExport(ExportSource source, QObject* parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_lines(m_source.definition, EditorTheme::light().syntaxTheme())
{
    connect(&m_slices, &QTimer::timeout, this, &TextExport::slice);
}

void TextExport::start()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (const QString problem = begin(); !problem.isEmpty()) {
                drop();
                Q_EMIT finished(problem);
            } else {
                m_slices.start(0);
            }
        },
        Qt::QueuedConnection);
}

void TextExport::cancel()
{
    m_slices.stop();
    drop();
}

void TextExport::slice()
{
    QElapsedTimer spent;
    spent.start();
    while (m_at <= m_source.text.size() && spent.elapsed() < kSliceMs) {
        qsizetype end = m_source.text.indexOf(u'\n', m_at);
        end = end < 0 ? m_source.text.size() : end;
        const QString line = m_source.text.sliced(m_at, end - m_at);
        m_at = end + 1;
        // nothing behind the last line's end is no line
        if (!(line.isEmpty() && end == m_source.text.size() && m_line > 0)) {
            writeLine(++m_line, line, m_lines.next(line));
        }
    }
    if (m_at > m_source.text.size()) {
        m_slices.stop();
        Q_EMIT finished(end());
    } else {
        Q_EMIT progressed(static_cast<double>(m_at) / static_cast<double>(m_source.text.size()));
    }
}

// HTML

HtmlExport::HtmlExport(ExportSource source, const QString& path, QObject* parent)
    : TextExport(std::move(source), parent)
    , m_file(path)
{ }

QString HtmlExport::begin()
{
    if (!m_file.open(QSaveFile::WriteOnly)) {
        return tr("The page could not be written: %1.").arg(m_file.errorString());
    }
    const EditorTheme theme = EditorTheme::light();
    m_file.write(QStringLiteral("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
                                "<title>%1</title>\n</head>\n"
                                "<body style=\"margin:2em;color:%2;background-color:%3\">\n"
                                "<pre style=\"font-family:monospace;tab-size:%4\">")
            .arg(source().title.toHtmlEscaped(), theme.text.name(), theme.background.name())
            .arg(source().tabWidth)
            .toUtf8());
    m_file.write("\n"); // the first one behind <pre> is not shown
    return {};
}

void HtmlExport::writeLine(int, const QString& line, const QList<QTextLayout::FormatRange>& ranges)
{
    QString html;
    qsizetype at = 0;
    for (const QTextLayout::FormatRange& range : ranges) {
        const qsizetype start = std::clamp<qsizetype>(range.start, at, line.size());
        const qsizetype end = std::clamp<qsizetype>(range.start + range.length, start, line.size());
        html += line.sliced(at, start - at).toHtmlEscaped();
        const QString style = css(range.format);
        const QString piece = line.sliced(start, end - start).toHtmlEscaped();
        html += style.isEmpty() ? piece
                                : QStringLiteral("<span style=\"%1\">%2</span>").arg(style, piece);
        at = end;
    }
    html += line.sliced(at).toHtmlEscaped() + u'\n';
    m_file.write(html.toUtf8());
}

QString HtmlExport::end()
{
    m_file.write("</pre>\n</body>\n</html>\n");
    return m_file.commit() ? QString()
                           : tr("The page could not be written: %1.").arg(m_file.errorString());
}

void HtmlExport::drop() { m_file.cancelWriting(); }

// Pages

PageExport::PageExport(ExportSource source, std::unique_ptr<QPagedPaintDevice> device,
    std::unique_ptr<QSaveFile> file, QObject* parent)
    : TextExport(std::move(source), parent)
    , m_file(std::move(file))
    , m_device(std::move(device))
{ }

PageExport::~PageExport() { drop(); }

QString PageExport::begin()
{
    if (m_file && !m_file->open(QSaveFile::WriteOnly)) {
        return tr("The pages could not be written: %1.").arg(m_file->errorString());
    }
    m_painter = std::make_unique<QPainter>();
    if (!m_painter->begin(m_device.get())) {
        return tr("The pages could not be written. Is there a printer, and room on the disk?");
    }
    QFont font = source().font;
    font.setPointSizeF(kPrintedPoints);
    m_painter->setFont(font);
    m_small = font;
    m_small.setPointSizeF(kPrintedPoints - 1);
    const QFontMetricsF metrics(font, m_device.get());
    const auto lines = source().text.count(u'\n') + 1;
    const auto digits = std::max<qsizetype>(QString::number(lines).size(), 3);
    m_gutter = metrics.horizontalAdvance(u'0') * (static_cast<double>(digits) + kGutterGap);
    beginPage();
    return {};
}

void PageExport::beginPage()
{
    if (m_page++ > 0) {
        m_device->newPage();
    }
    const double width = m_painter->viewport().width();
    const QFont text = m_painter->font();
    m_painter->setFont(m_small);
    m_painter->setPen(kFaintInk);
    const QFontMetricsF metrics(m_small, m_device.get());
    const QString number = tr("Page %1").arg(m_page);
    const QRectF header(0, 0, width, metrics.height());
    m_painter->drawText(header, Qt::AlignRight | Qt::AlignVCenter, number);
    const double room = width - metrics.horizontalAdvance(number) - metrics.height();
    m_painter->drawText(header, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(source().title, Qt::ElideMiddle, room));
    const double line = metrics.height() * 1.4;
    m_painter->setPen(QPen(kFaintInk, 0));
    m_painter->drawLine(QPointF(0, line), QPointF(width, line));
    m_painter->setFont(text);
    m_top = metrics.height() * 2;
    m_y = m_top;
}

void PageExport::writeLine(
    int number, const QString& line, const QList<QTextLayout::FormatRange>& ranges)
{
    const double width = m_painter->viewport().width() - m_gutter;
    const double bottom = m_painter->viewport().height();
    const QFontMetricsF metrics(m_painter->font(), m_device.get());

    QTextLayout layout(line, m_painter->font(), m_device.get());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTabStopDistance(metrics.horizontalAdvance(u' ') * source().tabWidth);
    layout.setTextOption(option);
    layout.setFormats(ranges);
    layout.beginLayout();
    for (QTextLine part = layout.createLine(); part.isValid(); part = layout.createLine()) {
        part.setLineWidth(width);
        part.setPosition({0, 0});
    }
    layout.endLayout();
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine part = layout.lineAt(i);
        if (m_y + part.height() > bottom && m_y > m_top) {
            beginPage();
        }
        if (i == 0) {
            m_painter->setPen(kFaintInk);
            m_painter->drawText(
                QRectF(
                    0, m_y, m_gutter - metrics.horizontalAdvance(u'0') * kGutterGap, part.height()),
                Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
        }
        m_painter->setPen(kInk);
        part.draw(m_painter.get(), QPointF(m_gutter, m_y));
        m_y += part.height();
    }
}

QString PageExport::end()
{
    bool done = m_painter->end();
    m_painter.reset();
    m_device.reset(); // writes what is left
    if (m_file) {
        done = m_file->commit() && done;
    }
    return done ? QString() : tr("The pages could not be written to the end.");
}

void PageExport::drop()
{
    if (m_painter && m_painter->isActive()) {
        m_painter->end();
    }
    m_painter.reset();
    if (m_file) {
        m_file->cancelWriting();
    }
}

} // namespace tutti::ui
