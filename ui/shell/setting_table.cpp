// SPDX-License-Identifier: MIT
#include "ui/shell/setting_table.h"

#include "ui/editor/code_editor.h"
#include "ui/presence/remote_cursors.h"
#include "ui/shell/actions.h"
#include "ui/shell/languages.h"
#include "ui/shell/main_window.h"
#include "ui/shell/minimap.h"
#include "ui/shell/setting_values.h"

#include <QCoreApplication>

#include <algorithm>

namespace tutti::ui {

namespace {

using Kind = SettingSpec::Kind;
using Section = SettingSpec::Section;
using Option = SettingSpec::Option;

QString words(const char* text) { return QCoreApplication::translate("SettingSpec", text); }

QList<Option> themeChoices()
{
    return {{QStringLiteral("system"), words(QT_TRANSLATE_NOOP("SettingSpec", "Like the system"))},
        {QStringLiteral("light"), words(QT_TRANSLATE_NOOP("SettingSpec", "Light"))},
        {QStringLiteral("dark"), words(QT_TRANSLATE_NOOP("SettingSpec", "Dark"))}};
}

QList<Option> motionChoices()
{
    return {{QStringLiteral("system"), words(QT_TRANSLATE_NOOP("SettingSpec", "Like the system"))},
        {QStringLiteral("reduced"), words(QT_TRANSLATE_NOOP("SettingSpec", "Always"))},
        {QStringLiteral("full"), words(QT_TRANSLATE_NOOP("SettingSpec", "Never"))}};
}

QList<Option> languageChoices()
{
    QList<Option> options{
        {QStringLiteral("system"), words(QT_TRANSLATE_NOOP("SettingSpec", "Like the system"))}};
    for (const Language& language : languages()) {
        options.append({language.id, language.name});
    }
    return options;
}

QList<Option> editorThemes()
{
    QList<Option> options;
    const QStringList names = EditorTheme::names();
    for (const QString& name : names) {
        options.append({name, EditorTheme::titleOf(name)});
    }
    return options;
}

QList<Option> labelChoices()
{
    return {{QStringLiteral("activity"),
                words(QT_TRANSLATE_NOOP("SettingSpec", "When somebody is active"))},
        {QStringLiteral("always"), words(QT_TRANSLATE_NOOP("SettingSpec", "Always"))},
        {QStringLiteral("never"), words(QT_TRANSLATE_NOOP("SettingSpec", "Never"))}};
}

QList<Option> reachChoices()
{
    return {{QStringLiteral("network"),
                words(QT_TRANSLATE_NOOP("SettingSpec", "People on your network"))},
        {QStringLiteral("this-computer"),
            words(QT_TRANSLATE_NOOP("SettingSpec", "Only this computer"))}};
}

void applyFont(DocumentPage& page, const QVariant&)
{
    page.editor().setBaseFont(SettingValues::instance().editorFont());
}

/// What documents follow that do not say it themselves.
void applyConventions(DocumentPage& page, const QVariant&)
{
    const auto& values = SettingValues::instance();
    const int width = values.value(QStringLiteral("editor/tabWidth")).toInt();
    const bool spaces = values.value(QStringLiteral("editor/insertSpaces")).toBool();
    page.setUsualConventions({.width = width, .tabWidth = width, .spaces = spaces},
        values.value(QStringLiteral("editor/columnMarker")).toInt());
}

void applyPairs(DocumentPage& page, const QVariant& value)
{
    page.editor().setClosesPairs(value.toBool());
}

void applyWhitespace(DocumentPage& page, const QVariant& value)
{
    page.editor().setShowsWhitespace(value.toBool());
}

QList<Option> spellingChoices()
{
    return {{QStringLiteral("prose"), words(QT_TRANSLATE_NOOP("SettingSpec", "In prose"))},
        {QStringLiteral("everywhere"),
            words(QT_TRANSLATE_NOOP("SettingSpec", "In prose, comments and strings"))},
        {QStringLiteral("off"), words(QT_TRANSLATE_NOOP("SettingSpec", "Nowhere"))}};
}

QList<Option> dictionaries()
{
    const QMap<QString, QString> languages = SpellDictionary::languages();
    QList<Option> options{{QStringLiteral("auto"),
        languages.isEmpty() ? words(QT_TRANSLATE_NOOP("SettingSpec", "No dictionary is installed"))
                            : words(QT_TRANSLATE_NOOP("SettingSpec", "As the text is in"))}};
    for (auto it = languages.cbegin(); it != languages.cend(); ++it) {
        options.append({it.key(), it.value()});
    }
    return options;
}

void applySpelling(DocumentPage& page, const QVariant& value)
{
    const QString id = value.toString();
    page.spelling().setMode(id == QStringLiteral("off") ? SpellCheckMode::Off
            : id == QStringLiteral("everywhere")        ? SpellCheckMode::Everywhere
                                                        : SpellCheckMode::Prose);
}

void applyDictionary(DocumentPage& page, const QVariant& value)
{
    const QString id = value.toString();
    page.spelling().setLanguage(id == QStringLiteral("auto") ? QString() : id);
}

QList<Option> minimapChoices()
{
    return {{QStringLiteral("wide"), words(QT_TRANSLATE_NOOP("SettingSpec", "In wide windows"))},
        {QStringLiteral("always"), words(QT_TRANSLATE_NOOP("SettingSpec", "Always"))},
        {QStringLiteral("never"), words(QT_TRANSLATE_NOOP("SettingSpec", "Never"))}};
}

void applyMinimap(DocumentPage& page, const QVariant& value)
{
    const QString id = value.toString();
    page.minimap().setMode(id == QStringLiteral("always") ? MinimapMode::Always
            : id == QStringLiteral("never")               ? MinimapMode::Never
                                                          : MinimapMode::WhereWide);
}

void applyWrap(DocumentPage& page, const QVariant& value)
{
    page.editor().setLineWrapMode(
        value.toBool() ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
}

void showWrap(MainWindow& window, const QVariant& value)
{
    window.actions().wordWrap->setChecked(value.toBool());
}

void applyTabKey(DocumentPage& page, const QVariant& value)
{
    page.editor().setTabChangesFocus(value.toBool());
}

void showTabKey(MainWindow& window, const QVariant& value)
{
    window.actions().tabMovesFocus->setChecked(value.toBool());
}

void applyTheme(MainWindow& window, const QVariant&) { window.followThemeSetting(); }

void applyMotion(MainWindow& window, const QVariant&) { window.followMotionSetting(); }

void applyEditorTheme(MainWindow& window, const QVariant&) { window.refreshEditorThemes(); }

void applyLabels(DocumentPage& page, const QVariant& value)
{
    if (page.session() != nullptr) {
        const QString id = value.toString();
        page.session()->cursors().setLabelMode(id == QStringLiteral("always") ? LabelMode::Always
                : id == QStringLiteral("never")                               ? LabelMode::Never
                                                : LabelMode::Activity);
    }
}

void applyColors(DocumentPage& page, const QVariant& value)
{
    if (page.session() != nullptr) {
        page.session()->viewOf(page.editor()).tracker().setKeepsColorsApart(value.toBool());
    }
}

void applySpeaking(DocumentPage& page, const QVariant& value)
{
    if (page.session() != nullptr) {
        page.session()->setSpeaksOfPeople(value.toBool());
    }
}

void showParticipants(MainWindow& window, const QVariant& value)
{
    window.actions().participants->setChecked(value.toBool());
}

// clang-format off: a table
constexpr SettingSpec kSpecs[]{
    {.id = "editor/font", .section = Section::Editor, .kind = Kind::FixedFont,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Font"),
        .explanation = "", .usual = "", .applyToPage = applyFont},
    {.id = "editor/fontSize", .section = Section::Editor, .kind = Kind::Number,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Font size"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "In points. Zooming in or out lasts until the window closes."),
        .usual = "11", .minimum = 6, .maximum = 48, .applyToPage = applyFont},
    {.id = "editor/tabWidth", .section = Section::Editor, .kind = Kind::Number,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Tab width"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Of a tab and of a step of indentation, where neither the text nor an .editorconfig file says it."),
        .usual = "4", .minimum = 1, .maximum = 16, .applyToPage = applyConventions},
    {.id = "editor/insertSpaces", .section = Section::Editor, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Indent with spaces"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "In new documents, and where there is no indented line yet."),
        .usual = "true", .applyToPage = applyConventions},
    {.id = "editor/columnMarker", .section = Section::Editor, .kind = Kind::Number,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Column marker"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "A thin line at that column; 0 for none."),
        .usual = "0", .minimum = 0, .maximum = 400, .applyToPage = applyConventions},
    {.id = "editor/closePairs", .section = Section::Editor, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Close brackets and quotes"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Typing the first of a pair adds the second."),
        .usual = "true", .applyToPage = applyPairs},
    {.id = "view/whitespace", .section = Section::Editor, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Show white space"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Blanks as dots, tabs as arrows."),
        .usual = "false", .applyToPage = applyWhitespace},
    {.id = "view/wordWrap", .section = Section::Editor, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Wrap long lines"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Lines go on below instead of beyond the window's edge. The file stays as it is."),
        .usual = "false", .applyToPage = applyWrap, .applyToWindow = showWrap},
    {.id = "editor/tabMovesFocus", .section = Section::Editor, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Tab key moves the focus"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Out of the text, instead of indenting it. F6 goes from one part of the window to the next in any case."),
        .usual = "false", .applyToPage = applyTabKey, .applyToWindow = showTabKey},
    {.id = "view/minimap", .section = Section::Editor, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Overview"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "The text in small at its right, with the others' places and what was found."),
        .usual = "wide", .choices = minimapChoices, .applyToPage = applyMinimap},
    {.id = "editor/spelling", .section = Section::Editor, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Check spelling"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "The right button has other words for those that are marked."),
        .usual = "prose", .choices = spellingChoices, .applyToPage = applySpelling},
    {.id = "editor/spellingLanguage", .section = Section::Editor, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Dictionary"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Dictionaries come with the system, as packages of Hunspell for example. Without one nothing is marked."),
        .usual = "auto", .choices = dictionaries, .applyToPage = applyDictionary},
    {.id = "files/restoreSession", .section = Section::Files, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Go on where you left off"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Tutti opens what was open when it was closed, also what was not saved. Without this it asks before it closes."),
        .usual = "true"},
    {.id = "files/trimTrailingWhitespace", .section = Section::Files, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Remove blanks at line ends"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "On saving, unless an .editorconfig file says otherwise."),
        .usual = "false"},
    {.id = "files/insertFinalNewline", .section = Section::Files, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "End the last line"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "On saving, unless an .editorconfig file says otherwise."),
        .usual = "false"},
    {.id = "view/theme", .section = Section::Appearance, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Window"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Light or dark menus, tabs and panels."),
        .usual = "system", .choices = themeChoices, .applyToWindow = applyTheme},
    {.id = "view/lightEditorTheme", .section = Section::Appearance, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Editor while the window is light"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "The colours of the text."),
        .usual = "Breeze Light", .choices = editorThemes, .applyToWindow = applyEditorTheme},
    {.id = "view/darkEditorTheme", .section = Section::Appearance, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Editor while the window is dark"),
        .explanation = "", .usual = "Breeze Dark", .choices = editorThemes, .applyToWindow = applyEditorTheme},
    {.id = "view/motion", .section = Section::Appearance, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Reduce motion"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Nothing fades or slides: it is there, or gone, at once."),
        .usual = "system", .choices = motionChoices, .applyToWindow = applyMotion},
    {.id = "view/language", .section = Section::Appearance, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Language"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Of menus and messages, from the next start on."),
        .usual = "system", .choices = languageChoices},
    {.id = "identity", .section = Section::Together, .kind = Kind::Identity,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "You appear as"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "The name and the colour that the others see."),
        .usual = ""},
    {.id = "presence/labels", .section = Section::Together, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Names at the others' carets"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "When they are to be seen. They show in any case where the mouse is near."),
        .usual = "activity", .choices = labelChoices, .applyToPage = applyLabels},
    {.id = "presence/keepColorsApart", .section = Section::Together, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Keep colours apart"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Who comes later and has the colour of somebody who is there is shown in another one, here only."),
        .usual = "true", .applyToPage = applyColors},
    {.id = "presence/speak", .section = Section::Together, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Say who joins and leaves"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "To screen readers."),
        .usual = "true", .applyToPage = applySpeaking},
    {.id = "view/participants", .section = Section::Together, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "List of participants"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Beside the text of shared documents."),
        .usual = "true", .applyToWindow = showParticipants},
    {.id = "share/announce", .section = Section::Together, .kind = Kind::Switch,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Announce what you share"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "Others on your network find its name and yours when they join. The access token is not announced."),
        .usual = "true"},
    {.id = "share/reach", .section = Section::Together, .kind = Kind::Choice,
        .name = QT_TRANSLATE_NOOP("SettingSpec", "Who can open what you share"),
        .explanation = QT_TRANSLATE_NOOP("SettingSpec", "At first; each shared document has the choice of its own."),
        .usual = "network", .choices = reachChoices},
};
// clang-format on

} // namespace

QString SettingSpec::title() const { return words(name); }

QString SettingSpec::help() const { return *explanation == '\0' ? QString() : words(explanation); }

QVariant SettingSpec::fallback() const
{
    const QString text = QString::fromUtf8(usual);
    switch (kind) {
    case Kind::Switch:
        return text == QStringLiteral("true");
    case Kind::Number:
        return text.toInt();
    case Kind::Choice: {
        const QList<Option> options = choices();
        const bool there = std::ranges::contains(options, text, &Option::id);
        return there || options.isEmpty() ? text : options.first().id;
    }
    case Kind::FixedFont:
    case Kind::Identity:
        break;
    }
    return text;
}

QVariant SettingSpec::checked(const QVariant& value) const
{
    switch (kind) {
    case Kind::Switch: {
        const QString text = value.toString();
        return text == QStringLiteral("true") ? QVariant(true)
            : text == QStringLiteral("false") ? QVariant(false)
                                              : fallback();
    }
    case Kind::Number: {
        bool isNumber = false;
        const int number = value.toInt(&isNumber);
        return isNumber && number >= minimum && number <= maximum ? QVariant(number) : fallback();
    }
    case Kind::Choice: {
        const QList<Option> options = choices();
        return std::ranges::contains(options, value.toString(), &Option::id)
            ? QVariant(value.toString())
            : fallback();
    }
    case Kind::FixedFont:
    case Kind::Identity:
        break;
    }
    return value.toString();
}

std::span<const SettingSpec> settingSpecs() { return kSpecs; }

const SettingSpec* settingSpec(QStringView id)
{
    const auto at = std::ranges::find_if(
        kSpecs, [id](const SettingSpec& spec) { return QLatin1StringView(spec.id) == id; });
    return at == std::end(kSpecs) ? nullptr : at;
}

QString sectionTitle(SettingSpec::Section section)
{
    switch (section) {
    case Section::Editor:
        return words(QT_TRANSLATE_NOOP("SettingSpec", "Editor"));
    case Section::Appearance:
        return words(QT_TRANSLATE_NOOP("SettingSpec", "Appearance"));
    case Section::Files:
        return words(QT_TRANSLATE_NOOP("SettingSpec", "Files"));
    case Section::Together:
        break;
    }
    return words(QT_TRANSLATE_NOOP("SettingSpec", "Together"));
}

} // namespace tutti::ui
