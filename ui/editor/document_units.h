// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/replacement.h"

#include <QString>
#include <QStringView>

#include <span>
#include <string>
#include <string_view>

class QTextDocument;

/// The two alphabets of the binding: units as a shared text has them (LF ends a line) and as a
/// QTextDocument has them (U+2029 separates paragraphs). Every conversion to the document keeps
/// the length, so that positions are the same on both sides.
namespace tutti::ui {

/// The document's units [from, to), U+2029 between blocks; clamped. Lossless, where
/// QTextDocument::toPlainText() is not. Cost: O(log n + the blocks touched).
[[nodiscard]] QString readDocument(const QTextDocument& document, int from, int to);
/// The same as a shared text, a clipboard and a file have it: LF between lines. Cost: the same.
[[nodiscard]] QString readText(const QTextDocument& document, int from, int to);
/// Units in the document without the separator that ends its last block. Cost: O(1).
[[nodiscard]] int documentLength(const QTextDocument& document);

/// Text units as the document shows them: LF as U+2029; CR, U+2029, U+FDD0 and U+FDD1, which
/// QTextCursor::insertText() would take for line ends, as visible stand-ins.
[[nodiscard]] QString toDocumentUnits(QString text);

/// What a user inserted, as it goes into the text: CR LF, CR, U+2028 and U+2029 become LF, a
/// surrogate without its other half U+FFFD. The result may be shorter.
[[nodiscard]] QString normalisedInput(const QString& inserted);

/// Whether a cut at `index` would part the two halves of a surrogate pair.
[[nodiscard]] bool splitsPair(QStringView text, qsizetype index);

/// Does replacements to a document, in one edit block; what comes in is given as the text has it.
/// Cost: O(edits · log n), where an edit outside of a block would cost a hundred times one inside.
void replaceInDocument(QTextDocument& document, std::span<const Replacement> edits);

[[nodiscard]] inline std::u16string_view toStdView(QStringView text)
{
    return {text.utf16(), static_cast<std::size_t>(text.size())};
}

/// The units as they are. (QString::fromUtf16 and fromStdU16String take a leading U+FEFF for a byte
/// order mark and drop it; in a text it is a unit like any other.)
[[nodiscard]] inline QString toQString(std::u16string_view text)
{
    return QStringView(text).toString();
}

} // namespace tutti::ui
