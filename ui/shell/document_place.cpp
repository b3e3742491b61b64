// SPDX-License-Identifier: MIT
#include "ui/shell/document_place.h"

#include "ui/editor/code_editor.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QScrollBar>

#include <algorithm>

namespace tutti::ui {

namespace {

int numberIn(const QJsonValue& value) { return std::max(0, value.toInt()); }

} // namespace

DocumentPlace DocumentPlace::in(const CodeEditor& editor)
{
    return {.selections = editor.selections(),
        .top = editor.verticalScrollBar()->value(),
        .language = editor.languageName(),
        .folds = editor.foldedLines()};
}

void DocumentPlace::restoreIn(CodeEditor& editor) const
{
    if (!language.isEmpty() && editor.languageName() != language) {
        editor.setLanguage(language);
    }
    editor.setFoldedLines(folds); // as the language has them
    editor.setSelections(selections);
    // Where it was scrolled to means nothing before the window has its size.
    QMetaObject::invokeMethod(
        &editor, [&editor, top = top] { editor.verticalScrollBar()->setValue(top); },
        Qt::QueuedConnection);
}

void DocumentPlace::writeTo(QJsonObject& object) const
{
    object.insert(QStringLiteral("caret"), selections.main().caret);
    object.insert(QStringLiteral("anchor"), selections.main().anchor);
    if (selections.size() > 1 && selections.size() <= kMaxCarets) {
        QJsonArray carets;
        for (const EditorSelection& selection : selections) {
            carets.append(QJsonArray{selection.anchor, selection.caret});
        }
        object.insert(QStringLiteral("carets"), carets);
    }
    object.insert(QStringLiteral("top"), top);
    object.insert(QStringLiteral("language"), language);
    QJsonArray lines;
    for (const int line : folds) {
        lines.append(line + 1);
    }
    object.insert(QStringLiteral("folds"), lines);
}

DocumentPlace DocumentPlace::from(const QJsonObject& object)
{
    DocumentPlace place;
    const EditorSelection main{numberIn(object.value(QStringLiteral("anchor"))),
        numberIn(object.value(QStringLiteral("caret")))};
    std::vector<EditorSelection> all;
    const QJsonArray carets = object.value(QStringLiteral("carets")).toArray();
    for (const QJsonValue& caret : carets) {
        all.push_back({numberIn(caret.toArray().at(0)), numberIn(caret.toArray().at(1))});
    }
    const auto at = std::ranges::find(all, main);
    if (at == all.end() || all.size() > kMaxCarets) {
        place.selections = main;
    } else {
        const auto index = static_cast<std::size_t>(at - all.begin());
        place.selections = Selections(std::move(all), index);
    }
    place.top = numberIn(object.value(QStringLiteral("top")));
    place.language = object.value(QStringLiteral("language")).toString();
    for (const QJsonValue& line : object.value(QStringLiteral("folds")).toArray()) {
        place.folds.append(line.toInt() - 1);
    }
    return place;
}

} // namespace tutti::ui
