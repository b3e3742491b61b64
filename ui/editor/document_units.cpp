// SPDX-License-Identifier: MIT
#include "ui/editor/document_units.h"

#include "crdt/utf.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

namespace tutti::ui {

namespace {

constexpr char16_t kBeginningOfFrame = 0xFDD0;
constexpr char16_t kEndOfFrame = 0xFDD1;
constexpr char16_t kSymbolForCarriageReturn = 0x240D;
constexpr char16_t kSymbolForNewline = 0x2424;

/// The stand-in for a unit the document cannot hold, or the unit itself.
char16_t shown(char16_t unit)
{
    switch (unit) {
    case u'\n':
        return QChar::ParagraphSeparator;
    case u'\r':
        return kSymbolForCarriageReturn;
    case QChar::ParagraphSeparator:
        return kSymbolForNewline;
    case kBeginningOfFrame:
    case kEndOfFrame:
        return QChar::ReplacementCharacter;
    default:
        return unit;
    }
}

} // namespace

QString readDocument(const QTextDocument& document, int from, int to)
{
    from = std::max(from, 0);
    to = std::min(to, documentLength(document));
    QString result;
    if (from >= to) {
        return result;
    }
    if (to - from == 1) { // a key that erases
        return document.characterAt(from);
    }
    result.reserve(to - from);
    for (QTextBlock block = document.findBlock(from); block.isValid() && block.position() < to;
        block = block.next()) {
        const int start = block.position();
        const int end = start + block.length() - 1; // where the separator is
        const int first = std::max(from, start);
        if (first < std::min(to, end)) {
            result += QStringView(block.text()).mid(first - start, std::min(to, end) - first);
        }
        if (end >= from && end < to) {
            result += QChar(QChar::ParagraphSeparator);
        }
    }
    return result;
}

QString readText(const QTextDocument& document, int from, int to)
{
    QString text = readDocument(document, from, to);
    text.replace(QChar(QChar::ParagraphSeparator), u'\n');
    return text;
}

int documentLength(const QTextDocument& document) { return document.characterCount() - 1; }

QString toDocumentUnits(QString text)
{
    const auto isShownOtherwise = [](QChar c) { return shown(c.unicode()) != c.unicode(); };
    const auto first = std::find_if(text.cbegin(), text.cend(), isShownOtherwise);
    const qsizetype index = first - text.cbegin();
    for (qsizetype i = index; i < text.size(); ++i) {
        text[i] = QChar(shown(text.at(i).unicode()));
    }
    return text;
}

QString normalisedInput(const QString& inserted)
{
    QString result;
    result.reserve(inserted.size());
    for (qsizetype i = 0; i < inserted.size(); ++i) {
        const QChar c = inserted.at(i);
        if (c == QChar::ParagraphSeparator || c == QChar::LineSeparator) {
            result += u'\n';
        } else if (c == u'\r') {
            if (i + 1 >= inserted.size() || inserted.at(i + 1) != u'\n') {
                result += u'\n';
            }
        } else {
            result += c;
        }
    }
    if (!crdt::isWellFormed(toStdView(result))) {
        result = toQString(crdt::toWellFormed(toStdView(result)));
    }
    return result;
}

bool splitsPair(QStringView text, qsizetype index)
{
    return index > 0 && index < text.size() && text.at(index - 1).isHighSurrogate()
        && text.at(index).isLowSurrogate();
}

void replaceInDocument(QTextDocument& document, std::span<const Replacement> edits)
{
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    int shift = 0;
    for (const Replacement& edit : edits) {
        cursor.setPosition(edit.position + shift);
        if (edit.removed > 0) {
            cursor.setPosition(edit.position + shift + edit.removed, QTextCursor::KeepAnchor);
            cursor.removeSelectedText();
        }
        if (!edit.inserted.isEmpty()) {
            cursor.insertText(toDocumentUnits(edit.inserted));
        }
        shift += static_cast<int>(edit.inserted.size()) - edit.removed;
    }
    cursor.endEditBlock();
}

} // namespace tutti::ui
