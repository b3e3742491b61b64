// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/indentation.h"
#include "ui/editor/replacement.h"
#include "ui/shell/text_format.h"

#include <QString>
#include <QStringView>

#include <optional>
#include <vector>

/// How the lines of a file are to look: indentation, line ends, what is tidied up on saving.
///
/// Each property comes from the first of these that says anything about it:
/// 1. what the person picked for this document (status line);
/// 2. the `.editorconfig` files of the file's folder and those above it, as editorconfig.org has
/// it;
/// 3. the file itself: indentation as detectIndentation() finds it; line ends and encoding as read;
/// 4. the defaults: four spaces, LF, UTF-8, nothing tidied but what the settings say.
///
/// Two details of 2: `charset` is how a file is read, unless a mark at its beginning says otherwise
/// or its bytes do not fit, and how a new one is written; `end_of_line` is how it is written, also
/// where it was read with other ends.
namespace tutti::ui {

/// What `.editorconfig` files say about a file; nothing where they do not.
struct EditorConfig
{
    std::optional<bool> spaces = {}; ///< indent_style
    std::optional<int> indentSize = {}; ///< columns; of `tab`, the tab's width
    std::optional<int> tabWidth = {};
    std::optional<LineEnd> lineEnd = {};
    std::optional<TextEncoding> charset = {};
    std::optional<bool> trimTrailingWhitespace = {};
    std::optional<bool> insertFinalNewline = {};
    std::optional<int> maxLineLength = {}; ///< columns

    bool operator==(const EditorConfig&) const = default;
};

/// Reads them. A file with mistakes in it says nothing. Cost: a few small files.
[[nodiscard]] EditorConfig readEditorConfig(const QString& path);

/// What most indented lines of a text do: tabs, or spaces and how many more from one line to the
/// next. Nothing where too few lines say anything. Cost: the first kSniffedLines lines.
[[nodiscard]] std::optional<IndentStyle> detectIndentation(QStringView text);
inline constexpr int kSniffedLines = 10'000;

/// 2, 3 and 4 of the above.
[[nodiscard]] IndentStyle indentationFor(
    const EditorConfig& config, QStringView text, const IndentStyle& fallback = {});

/// What saving does to a text, left to right: spaces and tabs before line ends go, the last line
/// gets its end. Positions in units, lines end with LF. Cost: O(n).
struct TidyOptions
{
    bool trimTrailingWhitespace = false;
    bool insertFinalNewline = false;
};
[[nodiscard]] std::vector<Replacement> tidyEdits(QStringView text, const TidyOptions& options);

/// What turns each line's indentation into the same columns in another style. Cost: O(n).
[[nodiscard]] std::vector<Replacement> indentationEdits(
    QStringView text, const IndentStyle& from, const IndentStyle& to);

/// "Spaces: 4", "Tabs: 8".
[[nodiscard]] QString indentationName(const IndentStyle& style);

} // namespace tutti::ui
