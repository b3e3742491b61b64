// SPDX-License-Identifier: MIT
#include "ui/shell/file_conventions.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <editorconfig/editorconfig.h>
#include <memory>
#include <string_view>

namespace tutti::ui {

namespace {

constexpr int kWidestIndent = 16;
constexpr int kLongestLine = 1'000;
/// Steps between lines that are counted as levels of indentation.
constexpr int kWidestStep = 8;

std::optional<int> number(std::string_view value, int most)
{
    bool ok = false;
    const int result = QByteArrayView(value).toInt(&ok);
    return ok && result >= 1 && result <= most ? std::optional(result) : std::nullopt;
}

std::optional<bool> boolean(std::string_view value)
{
    return value == "true" ? std::optional(true)
        : value == "false" ? std::optional(false)
                           : std::nullopt;
}

void take(EditorConfig& config, std::string_view name, std::string_view value)
{
    if (name == "indent_style") {
        config.spaces = value == "space" ? std::optional(true)
            : value == "tab"             ? std::optional(false)
                                         : std::nullopt;
    } else if (name == "indent_size") {
        config.indentSize = number(value, kWidestIndent);
    } else if (name == "tab_width") {
        config.tabWidth = number(value, kWidestIndent);
    } else if (name == "end_of_line") {
        config.lineEnd = value == "lf" ? std::optional(LineEnd::Lf)
            : value == "crlf"          ? std::optional(LineEnd::CrLf)
            : value == "cr"            ? std::optional(LineEnd::Cr)
                                       : std::nullopt;
    } else if (name == "charset") {
        config.charset = encodingByName(QByteArrayView(value));
    } else if (name == "trim_trailing_whitespace") {
        config.trimTrailingWhitespace = boolean(value);
    } else if (name == "insert_final_newline") {
        config.insertFinalNewline = boolean(value);
    } else if (name == "max_line_length") {
        config.maxLineLength = number(value, kLongestLine);
    }
}

/// Calls `visit(line, start)` for each line without its end.
template <typename Visit>
void forEachLine(QStringView text, Visit visit)
{
    qsizetype start = 0;
    for (;;) {
        const qsizetype end = text.indexOf(u'\n', start);
        if (!visit(text.sliced(start, (end < 0 ? text.size() : end) - start), start) || end < 0) {
            return;
        }
        start = end + 1;
    }
}

} // namespace

EditorConfig readEditorConfig(const QString& path)
{
    EditorConfig config;
    const std::unique_ptr<void, void (*)(editorconfig_handle)> handle(
        editorconfig_handle_init(), [](editorconfig_handle h) { editorconfig_handle_destroy(h); });
    const QByteArray file = QFile::encodeName(QFileInfo(path).absoluteFilePath());
    if (path.isEmpty() || handle == nullptr || editorconfig_parse(file, handle.get()) != 0) {
        return config;
    }
    const int count = editorconfig_handle_get_name_value_count(handle.get());
    for (int i = 0; i < count; ++i) {
        const char* name = nullptr;
        const char* value = nullptr;
        editorconfig_handle_get_name_value(handle.get(), i, &name, &value);
        take(config, name, value);
    }
    return config;
}

std::optional<IndentStyle> detectIndentation(QStringView text)
{
    int tabs = 0;
    int spaces = 0;
    std::array<int, kWidestStep + 1> steps{};
    qsizetype before = 0;
    int lines = 0;
    forEachLine(text, [&](QStringView line, qsizetype) {
        const qsizetype indent = indentLength(line);
        if (indent == line.size()) {
            return ++lines < kSniffedLines; // nothing but blanks
        }
        if (line.startsWith(u'\t')) {
            ++tabs;
        } else if (indent > 0 && line.first(indent).contains(u'\t')) {
            ++tabs; // spaces that were left before a tab
        } else {
            // one more space is what lines of a comment begin with
            spaces += indent > 1 ? 1 : 0;
            const qsizetype step = std::abs(indent - before);
            if (step >= 2 && step <= kWidestStep) {
                ++steps[static_cast<std::size_t>(step)];
            }
            before = indent;
        }
        return ++lines < kSniffedLines;
    });
    if (tabs == 0 && spaces == 0) {
        return std::nullopt;
    }
    IndentStyle style;
    if (tabs >= spaces) {
        style.spaces = false;
        return style;
    }
    // going back two levels of two looks like one of four
    const auto most = std::max_element(steps.begin(), steps.end());
    auto width = static_cast<int>(most - steps.begin());
    if (*most == 0) {
        return std::nullopt;
    }
    if ((width == 4 || width == 6 || width == 8) && 2 * steps[2] >= *most) {
        width = 2;
    }
    style.width = width;
    style.tabWidth = width;
    return style;
}

IndentStyle indentationFor(
    const EditorConfig& config, QStringView text, const IndentStyle& fallback)
{
    const std::optional<IndentStyle> found = detectIndentation(text);
    IndentStyle style = found.value_or(fallback);
    if (found && !found->spaces) { // a tab is as wide as one likes
        style.width = fallback.tabWidth;
        style.tabWidth = fallback.tabWidth;
    }
    if (config.spaces && *config.spaces != style.spaces) {
        style = fallback; // the lines as they are say nothing about those to come
        style.spaces = *config.spaces;
    }
    const std::optional<int> size = config.indentSize ? config.indentSize : config.tabWidth;
    if (size) {
        style.width = *size;
        style.tabWidth = config.tabWidth.value_or(*size);
    }
    return style;
}

std::vector<Replacement> tidyEdits(QStringView text, const TidyOptions& options)
{
    std::vector<Replacement> edits;
    if (options.trimTrailingWhitespace) {
        forEachLine(text, [&](QStringView line, qsizetype start) {
            qsizetype end = line.size();
            while (end > 0 && (line[end - 1] == u' ' || line[end - 1] == u'\t')) {
                --end;
            }
            if (end < line.size()) {
                edits.push_back({static_cast<int>(start + end), static_cast<int>(line.size() - end),
                    QString()});
            }
            return true;
        });
    }
    if (options.insertFinalNewline && !text.isEmpty() && !text.endsWith(u'\n')) {
        // a last line of nothing but blanks is none
        const bool goes = !edits.empty()
            && edits.back().position + edits.back().removed == text.size()
            && (edits.back().position == 0 || text[edits.back().position - 1] == u'\n');
        if (!goes) {
            if (!edits.empty() && edits.back().position + edits.back().removed == text.size()) {
                edits.back().inserted = QStringLiteral("\n");
            } else {
                edits.push_back({static_cast<int>(text.size()), 0, QStringLiteral("\n")});
            }
        }
    }
    return edits;
}

std::vector<Replacement> indentationEdits(
    QStringView text, const IndentStyle& from, const IndentStyle& to)
{
    std::vector<Replacement> edits;
    forEachLine(text, [&](QStringView line, qsizetype start) {
        const int units = indentLength(line);
        const QStringView old = line.first(units);
        const QString indent = to.fill(0, from.columnAfter(old));
        if (old != indent) {
            edits.push_back({static_cast<int>(start), units, indent});
        }
        return true;
    });
    return edits;
}

QString indentationName(const IndentStyle& style)
{
    return (style.spaces ? QCoreApplication::translate("tutti::ui::FileConventions", "Spaces: %1")
                         : QCoreApplication::translate("tutti::ui::FileConventions", "Tabs: %1"))
        .arg(style.spaces ? style.width : style.tabWidth);
}

} // namespace tutti::ui
