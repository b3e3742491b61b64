// SPDX-License-Identifier: MIT
#include "tests/ui/support/bound_editor.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/spell_check.h"

#include <QMenu>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::test;
using ui::SpellCheck;
using ui::SpellCheckMode;
using ui::SpellDictionary;

namespace {

const auto kEnglish = QStringLiteral("en_US");

} // namespace

/// Misspelled words: which are looked at, where they are marked, what can be done about them.
class TestSpellCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void wordsOfALine_data();
    void wordsOfALine();
    void marksWhatIsMisspelled();
    void codeIsLeftAlone();
    void commentsWhereAskedFor();
    void theWordOneWritesIsLetBe();
    void theMenuOffersOthers();
    void aWordIsIgnored();
    void withoutADictionaryNothingHappens();
    void followsWhatOthersWrite();
    void picture();

private:
    void setText(const QString& text)
    {
        insert(*m_text, 0, text);
        QTRY_VERIFY(!m_editor->binding()->hasPending());
    }
    [[nodiscard]] QStringList marked() const
    {
        QStringList words;
        for (const ui::TextMatch& word : m_spelling->misspelled(0, 100'000)) {
            words << ui::readDocument(*m_editor->document(), word.start, word.end());
        }
        return words;
    }

    std::unique_ptr<crdt::Doc> m_doc;
    std::optional<crdt::Text> m_text;
    std::unique_ptr<ui::CodeEditor> m_editor;
    std::unique_ptr<SpellCheck> m_spelling;
};

void TestSpellCheck::init()
{
    m_doc = std::make_unique<crdt::Doc>();
    m_text = m_doc->get<crdt::Text>("content");
    m_editor = std::make_unique<ui::CodeEditor>();
    m_editor->bind(*m_doc, *m_text);
    m_editor->resize(640, 300);
    m_editor->show();
    m_spelling = std::make_unique<SpellCheck>(*m_editor);
    m_spelling->setLanguage(kEnglish);
    const QString function = QString::fromLatin1(QTest::currentTestFunction());
    if (SpellDictionary::forLanguage(kEnglish) == nullptr
        && !function.startsWith(QStringLiteral("words"))
        && !function.startsWith(QStringLiteral("without"))) {
        QSKIP("there is no dictionary for en_US");
    }
}

void TestSpellCheck::cleanup()
{
    m_spelling.reset();
    m_editor.reset();
    m_text.reset();
    m_doc.reset();
}

void TestSpellCheck::wordsOfALine_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("words");
    const auto row = [](const QString& line, const QString& words) {
        QTest::newRow(qUtf8Printable(line)) << line << words;
    };
    row(QStringLiteral("Two words, and more."), QStringLiteral("Two words and more"));
    row(QStringLiteral("don't it\u2019s 'quoted' dogs'"),
        QStringLiteral("don't it\u2019s quoted dogs"));
    row(QStringLiteral("na\u00efve Stra\u00dfe"), QStringLiteral("na\u00efve Stra\u00dfe"));
    row(QStringLiteral("see https://example.org/colour or me@example.org"),
        QStringLiteral("see or"));
    row(QStringLiteral("a b2 x86 2nd 3D version2 utf8"), QString());
    row(QStringLiteral("camelCase HTTP PDFs snake_case std::vector"), QString());
    row(QStringLiteral("file.cpp and ui/editor"), QStringLiteral("and ui editor"));
    row(QStringLiteral("/usr/share #include $HOME \\section"), QString());
    row(QStringLiteral("\u4f60\u597d world \u3053\u3093"), QStringLiteral("world"));
    row(QStringLiteral("in build/release/bin and `code`"), QStringLiteral("in and"));
    row(QStringLiteral("hyphen-ated (brackets)"), QStringLiteral("hyphen ated brackets"));
    row(QStringLiteral("\U0001F642 smile"), QStringLiteral("smile"));
}

void TestSpellCheck::wordsOfALine()
{
    QFETCH(const QString, line);
    QStringList words;
    for (const ui::TextMatch& word : ui::spelledWords(line)) {
        words << line.sliced(word.start, word.length);
    }
    QTEST(words.join(u' '), "words");
}

void TestSpellCheck::marksWhatIsMisspelled()
{
    setText(QStringLiteral("This sentense has two misstakes.\nAnd this none.\n"));
    m_spelling->setMode(SpellCheckMode::Prose);
    QTRY_COMPARE(marked(), QStringList({QStringLiteral("sentense"), QStringLiteral("misstakes")}));
    m_spelling->setMode(SpellCheckMode::Off);
    QCOMPARE(marked(), QStringList());
}

void TestSpellCheck::codeIsLeftAlone()
{
    m_editor->setFileName(QStringLiteral("a.cpp"));
    setText(QStringLiteral("int sentense = 1; // misstake\n"));
    m_spelling->setMode(SpellCheckMode::Prose);
    QTest::qWait(SpellCheck::kDelayMs * 2); // nothing to wait for: nothing is to happen
    QVERIFY(m_spelling->dictionary() == nullptr);
    QCOMPARE(marked(), QStringList());
}

void TestSpellCheck::commentsWhereAskedFor()
{
    m_editor->setFileName(QStringLiteral("a.cpp"));
    setText(QStringLiteral("int sentense = 1; // misstake\nauto x = \"strng\";\n"));
    m_spelling->setMode(SpellCheckMode::Everywhere);
    QTRY_VERIFY(marked().contains(QStringLiteral("misstake")));
    QVERIFY(!marked().contains(QStringLiteral("sentense")));
}

void TestSpellCheck::theWordOneWritesIsLetBe()
{
    setText(QStringLiteral("misstake"));
    setCaret(*m_editor, 8);
    m_editor->setFocus();
    QTRY_VERIFY(m_editor->hasFocus());
    m_spelling->setMode(SpellCheckMode::Prose);
    QTRY_VERIFY(m_spelling->dictionary() != nullptr
        && m_spelling->dictionary()->remembered(QStringLiteral("misstake")).has_value());
    QCOMPARE(marked(), QStringList());
    QTest::keyClicks(m_editor.get(), QStringLiteral(" "));
    QCOMPARE(marked(), QStringList({QStringLiteral("misstake")}));
}

void TestSpellCheck::theMenuOffersOthers()
{
    setText(QStringLiteral("One misstake here"));
    m_spelling->setMode(SpellCheckMode::Prose);
    QTRY_COMPARE(marked().size(), 1);
    const std::unique_ptr<QMenu> elsewhere(m_editor->makeContextMenu());
    const auto usual = elsewhere->actions().size();
    m_spelling->addTo(*elsewhere, 1);
    QCOMPARE(elsewhere->actions().size(), usual);
    const std::unique_ptr<QMenu> menu(m_editor->makeContextMenu());
    m_spelling->addTo(*menu, 6);
    QAction* mistake = nullptr;
    for (QAction* action : menu->actions()) {
        mistake = action->text() == QStringLiteral("mistake") ? action : mistake;
    }
    QVERIFY(mistake != nullptr);
    mistake->trigger();
    QCOMPARE(string(*m_text), QStringLiteral("One mistake here"));
    m_editor->undo();
    QCOMPARE(string(*m_text), QStringLiteral("One misstake here"));
    insert(*m_text, 0, QStringLiteral("x ")); // somebody writes while the menu is open
    QTRY_VERIFY(!m_editor->binding()->hasPending());
    mistake->trigger();
    QCOMPARE(string(*m_text), QStringLiteral("x One misstake here"));
}

void TestSpellCheck::aWordIsIgnored()
{
    setText(QStringLiteral("Tuttiwood is a word, tuttiwood too."));
    m_spelling->setMode(SpellCheckMode::Prose);
    QTRY_COMPARE(marked().size(), 2);
    m_spelling->dictionary()->ignore(QStringLiteral("Tuttiwood"));
    QCOMPARE(marked(), QStringList({QStringLiteral("tuttiwood")}));
}

void TestSpellCheck::withoutADictionaryNothingHappens()
{
    QVERIFY(SpellDictionary::forLanguage(QStringLiteral("tlh_KL")) == nullptr);
    m_spelling->setLanguage(QStringLiteral("tlh_KL"));
    setText(QStringLiteral("misstake"));
    m_spelling->setMode(SpellCheckMode::Prose);
    QTest::qWait(SpellCheck::kDelayMs * 2); // nothing to wait for: nothing is to happen
    QVERIFY(m_spelling->dictionary() == nullptr);
    QCOMPARE(marked(), QStringList());
}

void TestSpellCheck::followsWhatOthersWrite()
{
    setText(QStringLiteral("All is well."));
    m_spelling->setMode(SpellCheckMode::Prose);
    QTRY_VERIFY(m_spelling->dictionary() != nullptr);
    insert(*m_text, 4, QStringLiteral("sentense "));
    QTRY_COMPARE(marked(), QStringList({QStringLiteral("sentense")}));
    insert(*m_text, 0, QStringLiteral("Oh. "));
    QTRY_COMPARE(m_spelling->misspelled(0, 100).front().start, 8);
}

/// Leaves a picture to be looked at, where TUTTI_PICTURES says.
void TestSpellCheck::picture()
{
    const QString folder = qEnvironmentVariable("TUTTI_PICTURES");
    if (folder.isEmpty()) {
        QSKIP("TUTTI_PICTURES names no folder");
    }
    m_editor->setFileName(QStringLiteral("a.md"));
    setText(QStringLiteral("# A hedline\n\nThis sentense has *two* misstakes, and `cod` in it.\n"));
    m_spelling->setMode(SpellCheckMode::Prose);
    QTRY_VERIFY(marked().size() >= 3);
    QVERIFY(m_editor->grab().save(folder + QStringLiteral("/spelling-light.png")));
    m_editor->setTheme(ui::EditorTheme::darkTheme());
    QVERIFY(m_editor->grab().save(folder + QStringLiteral("/spelling-dark.png")));
}

QTEST_MAIN(TestSpellCheck)

#include "tst_spell_check.moc"
