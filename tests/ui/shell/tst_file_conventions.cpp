// SPDX-License-Identifier: MIT
#include "ui/editor/code_editor.h"
#include "ui/shell/document_page.h"
#include "ui/shell/file_conventions.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/setting_values.h"
#include "ui/shell/status_strip.h"

#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace tutti::ui;

namespace {

constexpr IndentStyle kTabs{.width = 4, .tabWidth = 4, .spaces = false};
IndentStyle spaces(int width) { return {.width = width, .tabWidth = width, .spaces = true}; }

void tidyUp(bool on)
{
    auto& values = SettingValues::instance();
    values.set(QStringLiteral("files/trimTrailingWhitespace"), on);
    values.set(QStringLiteral("files/insertFinalNewline"), on);
}

QString applied(QString text, const std::vector<Replacement>& edits)
{
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
        text.replace(edit->position, edit->removed, edit->inserted);
    }
    return text;
}

} // namespace

/// What a file's lines are to look like, by choice, .editorconfig, the file, or default.
class TestFileConventions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void detects_data();
    void detects();
    void readsEditorConfig();
    void nothingIsSaidByNothing();
    void whatComesFirst();
    void tidies_data();
    void tidies();
    void converts_data();
    void converts();
    void aPageFollows();
    void savingTidies();
    void theSettingsTidyToo();
    void charset();
    void lineEndsAreWrittenAsConfigured();
    void readAgainInAnotherEncoding();
    void theStripSaysAndAsks();
    void aFileThatMayNotBeWritten();

private:
    [[nodiscard]] QString at(const char* name) const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }
    void put(const char* name, const QByteArray& bytes) const
    {
        QFile file(at(name));
        QVERIFY(file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size());
    }
    [[nodiscard]] QByteArray bytes(const char* name) const
    {
        QFile file(at(name));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }
    [[nodiscard]] std::unique_ptr<EditorDocument> open(const char* name) const
    {
        auto document = EditorDocument::open(at(name), QStringLiteral("text"));
        return document ? *std::move(document) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileConventions::init()
{
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_folder = std::make_unique<QTemporaryDir>();
    tidyUp(false);
}

void TestFileConventions::detects_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* title, const QString& text, const char* name) {
        QTest::newRow(title) << text << QString::fromLatin1(name);
    };
    row("nothing", QString(), "");
    row("no indentation", QStringLiteral("a\nb\n"), "");
    row("tabs", QStringLiteral("a\n\tb\n\t\tc\n"), "Tabs: 4");
    row("two", QStringLiteral("a\n  b\n    c\n  d\ne\n"), "Spaces: 2");
    row("four", QStringLiteral("a\n    b\n        c\n    d\n"), "Spaces: 4");
    row("eight", QStringLiteral("a\n        b\nc\n        d\n"), "Spaces: 8");
    row("three", QStringLiteral("a\n   b\n      c\n"), "Spaces: 3");
    row("two, going back two levels", QStringLiteral("a\n  b\n    c\nd\n  e\n    f\ng\n"),
        "Spaces: 2");
    row("comments have one more", QStringLiteral("/*\n * x\n * y\n */\nint a {\n    b\n}\n"),
        "Spaces: 4");
    row("mostly tabs", QStringLiteral("\ta\n\tb\n\tc\n    d\n"), "Tabs: 4");
    row("blank lines do not count", QStringLiteral("a\n    b\n\n\t\n    c\n"), "Spaces: 4");
    row("aligned arguments", QStringLiteral("call(a,\n     b)\n  x\n    y\n  z\n    w\n"),
        "Spaces: 2");
}

void TestFileConventions::detects()
{
    QFETCH(const QString, text);
    const std::optional<IndentStyle> found = detectIndentation(text);
    QTEST(found ? indentationName(*found) : QString(), "name");
}

void TestFileConventions::readsEditorConfig()
{
    put(".editorconfig",
        "root = true\n[*]\nindent_style = space\nindent_size = 3\nend_of_line = crlf\n"
        "charset = latin1\ntrim_trailing_whitespace = true\n"
        "insert_final_newline = false\nmax_line_length = 72\n"
        "[Makefile]\nindent_style = tab\ntab_width = 8\nindent_size = unset\n"
        "max_line_length = off\n");
    const EditorConfig text = readEditorConfig(at("a.txt"));
    QCOMPARE(text.spaces, true);
    QCOMPARE(text.indentSize, 3);
    QCOMPARE(text.lineEnd, LineEnd::CrLf);
    QCOMPARE(text.charset, TextEncoding::Iso8859_1);
    QCOMPARE(text.trimTrailingWhitespace, true);
    QCOMPARE(text.insertFinalNewline, false);
    QCOMPARE(text.maxLineLength, 72);
    const EditorConfig make = readEditorConfig(at("Makefile"));
    QCOMPARE(make.spaces, false);
    QCOMPARE(make.tabWidth, 8);
    QVERIFY(!make.maxLineLength);
}

void TestFileConventions::nothingIsSaidByNothing()
{
    put(".editorconfig",
        "root = true\n[*.c]\nindent_size = lots\ncharset = none\nend_of_line = x\n");
    QCOMPARE(readEditorConfig(at("a.c")), EditorConfig());
    QCOMPARE(readEditorConfig(QString()), EditorConfig());
}

void TestFileConventions::whatComesFirst()
{
    const QString two = QStringLiteral("a\n  b\n    c\n");
    const QString tabs = QStringLiteral("a\n\tb\n");
    QCOMPARE(indentationFor({}, QString()), IndentStyle()); // 4
    QCOMPARE(indentationFor({}, two), spaces(2)); // 3
    QCOMPARE(indentationFor({}, tabs), kTabs);
    QCOMPARE(indentationFor({.spaces = true, .indentSize = 8}, two), spaces(8)); // 2
    QCOMPARE(indentationFor({.spaces = true}, two), spaces(2)); // 2 for one property, 3 for another
    QCOMPARE(indentationFor({.spaces = false}, two), kTabs);
    QCOMPARE(indentationFor({.spaces = false, .tabWidth = 8}, two),
        (IndentStyle{.width = 8, .tabWidth = 8, .spaces = false}));
    QCOMPARE(indentationFor({.spaces = true, .indentSize = 2, .tabWidth = 8}, tabs),
        (IndentStyle{.width = 2, .tabWidth = 8, .spaces = true}));
}

void TestFileConventions::tidies_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("trimmed");
    QTest::addColumn<QString>("ended");
    QTest::addColumn<QString>("both");
    const auto row = [](const char* text, const char* trimmed, const char* ended,
                         const char* both) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(trimmed)
                            << QString::fromLatin1(ended) << QString::fromLatin1(both);
    };
    row("", "", "", "");
    row("a", "a", "a\n", "a\n");
    row("a\n", "a\n", "a\n", "a\n");
    row("a \n\t\n b\t", "a\n\n b", "a \n\t\n b\t\n", "a\n\n b\n");
    row("a\n  ", "a\n", "a\n  \n", "a\n");
    row("  ", "", "  \n", "");
}

void TestFileConventions::tidies()
{
    QFETCH(const QString, text);
    const auto tidied = [&](bool trim, bool end) {
        return applied(text, tidyEdits(text, {trim, end}));
    };
    QCOMPARE(tidied(false, false), text);
    QTEST(tidied(true, false), "trimmed");
    QTEST(tidied(false, true), "ended");
    QTEST(tidied(true, true), "both");
}

void TestFileConventions::converts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<IndentStyle>("from");
    QTest::addColumn<IndentStyle>("to");
    QTest::addColumn<QString>("result");
    const QString tabs = QStringLiteral("a\n\tb\n\t\tc\td\n  \te\n");
    QTest::newRow("to spaces") << tabs << kTabs << spaces(4)
                               << QStringLiteral("a\n    b\n        c\td\n    e\n");
    QTest::newRow("to tabs") << QStringLiteral("a\n    b\n      c\n") << spaces(4) << kTabs
                             << QStringLiteral("a\n\tb\n\t  c\n");
}

void TestFileConventions::converts()
{
    QFETCH(const QString, text);
    QFETCH(const IndentStyle, from);
    QFETCH(const IndentStyle, to);
    const auto edits = indentationEdits(text, from, to);
    QTEST(applied(text, edits), "result");
    QVERIFY(indentationEdits(applied(text, edits), to, to).empty());
}

void TestFileConventions::aPageFollows()
{
    put(".editorconfig",
        "root = true\n[*]\nmax_line_length = 60\n[*.mk]\nindent_style = tab\ntab_width = 8\n");
    put("two.txt", "a\n  b\n    c\n");
    DocumentPage page(open("two.txt"));
    QCOMPARE(page.editor().indentStyle(), spaces(2));
    // saved under another name, other rules hold
    QVERIFY(page.document().saveAs(at("two.mk")));
    QCOMPARE(indentationName(page.editor().indentStyle()), QStringLiteral("Tabs: 8"));
    QSignalSpy changed(&page, &DocumentPage::indentationChanged);
    page.convertIndentation({.width = 2, .tabWidth = 2, .spaces = false});
    QCOMPARE(page.document().content(),
        QStringLiteral("a\n  b\n    c\n").replace(QStringLiteral("  "), QStringLiteral("\t")));
    QCOMPARE(changed.size(), 1);
    page.editor().undo();
    QCOMPARE(page.document().content(), QStringLiteral("a\n  b\n    c\n"));
    // what the person picked stays
    QVERIFY(page.document().saveAs(at("three.mk")));
    QCOMPARE(indentationName(page.editor().indentStyle()), QStringLiteral("Tabs: 2"));
    page.detectIndentation();
    QCOMPARE(indentationName(page.editor().indentStyle()), QStringLiteral("Tabs: 8"));
}

void TestFileConventions::savingTidies()
{
    put(".editorconfig",
        "root = true\n[*]\ntrim_trailing_whitespace = true\ninsert_final_newline = true\n");
    put("a.txt", "a\nb  \nc");
    const auto document = open("a.txt");
    QVERIFY(document && !document->isModified());
    const tutti::crdt::StickyIndex inC =
        tutti::crdt::StickyIndex::at(document->text(), tutti::crdt::Offset(6));
    QVERIFY(document->save());
    QCOMPARE(bytes("a.txt"), QByteArray("a\nb\nc\n"));
    QCOMPARE(document->content(), QStringLiteral("a\nb\nc\n"));
    QVERIFY(!document->isModified());
    // only what changed was touched: somebody's caret before c is still there
    QCOMPARE(inC.resolve(document->doc())->offset, tutti::crdt::Offset(4));
    document->setRoom(QStringLiteral("room")); // a guest's copy is the room's
    document->text().insert(tutti::crdt::Offset(0), u" \n");
    QVERIFY(document->save());
    QCOMPARE(bytes("a.txt"), QByteArray(" \na\nb\nc\n"));
}

void TestFileConventions::theSettingsTidyToo()
{
    put(".editorconfig", "root = true\n[*.keep]\ntrim_trailing_whitespace = false\n");
    put("a.txt", "a  ");
    put("a.keep", "a  ");
    tidyUp(true);
    QVERIFY(open("a.txt")->save());
    QCOMPARE(bytes("a.txt"), QByteArray("a\n"));
    QVERIFY(open("a.keep")->save());
    QCOMPARE(bytes("a.keep"), QByteArray("a  \n"));
}

void TestFileConventions::charset()
{
    put(".editorconfig",
        "root = true\n[*.old]\ncharset = latin1\n[*.bom]\ncharset = utf-8-bom\n[*.u]\ncharset = "
        "utf-8\n");
    put("a.old", "caf\xe9");
    QCOMPARE(open("a.old")->format().encoding, TextEncoding::Iso8859_1);
    put("b.old",
        "\xEF\xBB\xBF"
        "caf\xc3\xa9");
    QCOMPARE(open("b.old")->format().encoding, TextEncoding::Utf8Bom); // a mark leaves no doubt
    put("a.u", "caf\xe9");
    QCOMPARE(open("a.u")->format().encoding, TextEncoding::Windows1252); // it is none
    put("a.bom", "x");
    QVERIFY(open("a.bom")->save());
    QCOMPARE(bytes("a.bom"), QByteArray("\xEF\xBB\xBFx"));
    const auto fresh = EditorDocument::forNewFile(at("new.bom"), QStringLiteral("text"));
    QCOMPARE(fresh->format().encoding, TextEncoding::Utf8Bom);
    QVERIFY(!fresh->isModified());
}

void TestFileConventions::lineEndsAreWrittenAsConfigured()
{
    put(".editorconfig", "root = true\n[*]\nend_of_line = lf\n");
    put("a.txt", "a\r\nb\r\n");
    const auto document = open("a.txt");
    QCOMPARE(document->format().lineEnd, LineEnd::CrLf); // as it is
    QVERIFY(!document->isModified());
    QVERIFY(document->save());
    QCOMPARE(bytes("a.txt"), QByteArray("a\nb\n"));
    QCOMPARE(document->format().lineEnd, LineEnd::Lf);
    document->setFormat({LineEnd::Cr, TextEncoding::Utf8}); // the person's choice
    QVERIFY(document->save());
    QCOMPARE(bytes("a.txt"), QByteArray("a\rb\r"));
}

void TestFileConventions::readAgainInAnotherEncoding()
{
    put("a.txt", "caf\xe9 \xa4");
    DocumentPage page(open("a.txt"));
    QCOMPARE(page.document().content(), QStringLiteral("caf\u00e9 \u00a4"));
    page.reopenAs(TextEncoding::Iso8859_15);
    QCOMPARE(page.document().content(), QStringLiteral("caf\u00e9 \u20ac"));
    QVERIFY(!page.document().isModified());
    page.reopenAs(TextEncoding::Utf8); // it is none
    QCOMPARE(page.document().content(), QStringLiteral("caf\u00e9 \u20ac"));
    QVERIFY(page.bar().words().contains(QStringLiteral("UTF-8")));
    page.document().text().insert(tutti::crdt::Offset(0), u"x");
    page.reopenAs(TextEncoding::Windows1252); // asks first
    QCOMPARE(page.document().content(), QStringLiteral("xcaf\u00e9 \u20ac"));
    const auto buttons = page.bar().findChildren<QPushButton*>();
    QCOMPARE(buttons.size(), 1);
    buttons.first()->click();
    QCOMPARE(page.document().content(), QStringLiteral("caf\u00e9 \u00a4"));
}

void TestFileConventions::theStripSaysAndAsks()
{
    StatusStrip strip;
    strip.setIndentation(spaces(2));
    auto* button = strip.findChild<QToolButton*>(QStringLiteral("indentation"));
    QVERIFY(button != nullptr);
    QCOMPARE(button->text(), QStringLiteral("Spaces: 2"));
    strip.setFormat({LineEnd::Lf, TextEncoding::EucKr});
    auto* encoding = strip.findChild<QToolButton*>(QStringLiteral("encoding"));
    QCOMPARE(encoding->text(), QStringLiteral("EUC-KR"));
    QSignalSpy saved(&strip, &StatusStrip::encodingPicked);
    QSignalSpy reopened(&strip, &StatusStrip::reopenPicked);
    int actions = 0;
    for (const QMenu* menu : encoding->menu()->findChildren<QMenu*>()) {
        for (QAction* action : menu->actions()) {
            if (action->menu() == nullptr && !action->isSeparator()) {
                ++actions;
                action->trigger();
            }
        }
    }
    QCOMPARE(actions, 60);
    QCOMPARE(saved.size(), 30);
    QCOMPARE(reopened.size(), 30);
}

void TestFileConventions::aFileThatMayNotBeWritten()
{
    put("a.txt", "text\n");
    QFile::setPermissions(at("a.txt"), QFileDevice::ReadOwner);
    if (QFileInfo(at("a.txt")).isWritable()) {
        QSKIP("this user may write everything");
    }
    DocumentPage page(open("a.txt"));
    page.show();
    QVERIFY(page.editor().isReadOnly());
    QVERIFY(page.bar().words().contains(QStringLiteral("read-only")));
    QTest::keyClicks(&page.editor(), QStringLiteral("x"));
    QCOMPARE(page.document().content(), QStringLiteral("text\n"));
    QSignalSpy saveAs(&page, &DocumentPage::saveAsRequested);
    const auto press = [&](const QString& text) {
        for (QPushButton* button : page.bar().findChildren<QPushButton*>()) {
            if (button->text() == text) {
                button->click();
                return true;
            }
        }
        return false;
    };
    QVERIFY(press(QStringLiteral("Save as\u2026")));
    QCOMPARE(saveAs.size(), 1);
    QVERIFY(press(QStringLiteral("Edit anyway")));
    QVERIFY(!page.editor().isReadOnly());
    QTest::keyClicks(&page.editor(), QStringLiteral("x"));
    QVERIFY(!page.document().save()); // nobody said it may be
    QCOMPARE(bytes("a.txt"), QByteArray("text\n"));

    DocumentPage other(open("a.txt"));
    QVERIFY(other.document().saveAs(at("b.txt")));
    QVERIFY(!other.editor().isReadOnly()); // this one is writable
    QVERIFY(other.bar().words().isEmpty() || !other.bar().isVisible());
}

QTEST_MAIN(TestFileConventions)

#include "tst_file_conventions.moc"
