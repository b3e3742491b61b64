// SPDX-License-Identifier: MIT
// Two Docs with editors, the first with two views of its text, and a third, bare Doc through mixed
// edits with delayed delivery: after every settle all texts are the same. Prints its seed;
// TUTTI_TEST_SEED runs that one again, TUTTI_TEST_ROUNDS says how many settles (default 40, about
// 50 edits each).
#include "tests/ui/support/bound_editor.h"
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/update_mesh.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/editor/editor_commands.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextLayout>

#include <array>
#include <memory>
#include <random>

using namespace tutti;
using namespace tutti::test;
using ui::CodeEditor;

namespace {

constexpr std::size_t kSites = 3;
constexpr std::size_t kBare = 2;
constexpr std::size_t kEditors =
    3; ///< one each for the first two sites, and one more for the first

std::size_t siteOf(std::size_t editor) { return editor % 2; }

constexpr int kStepsInARound = 60;
constexpr int kMaxLength = 3'000;

class Random
{
public:
    explicit Random(unsigned seed)
        : m_engine(seed)
    { }

    int below(int limit)
    {
        return static_cast<int>(m_engine() % static_cast<unsigned>(std::max(limit, 1)));
    }
    bool oneIn(int n) { return below(n) == 0; }

    QString word()
    {
        QString result;
        for (int i = below(6) + 1; i > 0; --i) {
            result += piece();
        }
        return result;
    }

    /// What a clipboard may hold: line ends of all kinds, NUL, halves of pairs.
    QString wild()
    {
        static const std::array<QString, 11> kinds{QString(QChar(0xFEFF)), QStringLiteral("\r\n"),
            QStringLiteral("\r"), QStringLiteral(u"\u2029"), QStringLiteral(u"\u2028"),
            QString(QChar(0)), QString(QChar(0xD83D)), QString(QChar(0xDE00)),
            QString(QChar(0xFDD0)), QStringLiteral(u"\u00A0"), QStringLiteral("\t")};
        QString result = word();
        for (int i = below(4); i > 0; --i) {
            result +=
                kinds[static_cast<std::size_t>(below(static_cast<int>(kinds.size())))] + piece();
        }
        return result;
    }

private:
    QString piece()
    {
        switch (below(12)) {
        case 0:
            return QStringLiteral(u"\U0001F600");
        case 1:
            return QStringLiteral(u"\U0001F601"); // shares its first half with the other
        case 2:
            return QStringLiteral("\n");
        case 3:
            return QStringLiteral(" ");
        default:
            return QString(QChar(u'a' + below(4))); // few letters: much looks alike
        }
    }

    std::mt19937 m_engine;
};

} // namespace

class TestEditorConvergence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void converges();

private:
    void actInEditor(CodeEditor& editor);
    void press(CodeEditor& editor);
    void moveCaret(CodeEditor& editor);
    void placeCarets(CodeEditor& editor);
    void runCommand(CodeEditor& editor);
    void editByProgram(CodeEditor& editor);
    void actInBareDoc();
    void deliverSome();
    bool settle();

    std::unique_ptr<Random> m_random;
    UpdateMesh m_mesh;
    std::array<std::unique_ptr<crdt::Doc>, kSites> m_docs;
    std::array<std::unique_ptr<CodeEditor>, kEditors> m_editors;
    QStringList m_log; ///< what was done since the last settle
    int m_edits = 0;
};

void TestEditorConvergence::initTestCase()
{
    bool given = false;
    const int seed = qEnvironmentVariableIntValue("TUTTI_TEST_SEED", &given);
    const unsigned used = given ? static_cast<unsigned>(seed) : std::random_device{}() % 1'000'000;
    qInfo("TUTTI_TEST_SEED=%u", used);
    m_random = std::make_unique<Random>(used);
    for (std::size_t i = 0; i < kSites; ++i) {
        m_docs[i] = std::make_unique<crdt::Doc>(
            crdt::Doc::Options{.clientId = crdt::ClientId(100 + i), .guid = {}, .gc = true});
        m_mesh.add(*m_docs[i]);
    }
    for (std::size_t i = 0; i < kEditors; ++i) {
        m_editors[i] = std::make_unique<CodeEditor>();
        m_editors[i]->resize(400, 300);
        m_editors[i]->setFileName(QStringLiteral("notes.md")); // the highlighter takes part
        if (i < kBare) {
            m_editors[i]->bind(*m_docs[i], m_docs[i]->get<crdt::Text>("content"));
        } else {
            m_editors[i]->bindBeside(*m_editors[siteOf(i)]);
        }
        m_editors[i]->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_editors[i].get()));
    }
}

void TestEditorConvergence::press(CodeEditor& editor)
{
    static constexpr std::array<Qt::Key, 12> keys{Qt::Key_Backspace, Qt::Key_Backspace,
        Qt::Key_Delete, Qt::Key_Return, Qt::Key_Tab, Qt::Key_Left, Qt::Key_Right, Qt::Key_Up,
        Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_Backspace};
    const Qt::Key key =
        keys[static_cast<std::size_t>(m_random->below(static_cast<int>(keys.size())))];
    const Qt::KeyboardModifiers modifiers =
        m_random->oneIn(4) ? Qt::ControlModifier : Qt::NoModifier;
    m_log << QStringLiteral("key %1 %2").arg(key).arg(static_cast<int>(modifiers));
    QTest::keyClick(&editor, key, modifiers);
}

void TestEditorConvergence::moveCaret(CodeEditor& editor)
{
    // positions inside surrogate pairs included
    const int length = ui::documentLength(*editor.document());
    const int caret = m_random->below(length + 1);
    const int anchor =
        m_random->oneIn(2) ? caret : std::clamp(caret + m_random->below(31) - 15, 0, length);
    m_log << QStringLiteral("caret %1 %2").arg(anchor).arg(caret);
    setCaret(editor, anchor, caret);
}

void TestEditorConvergence::placeCarets(CodeEditor& editor)
{
    const int length = ui::documentLength(*editor.document());
    std::vector<ui::EditorSelection> all;
    for (int i = m_random->below(4); i >= 0; --i) {
        const int caret = m_random->below(length + 1);
        const int anchor =
            m_random->oneIn(2) ? caret : std::clamp(caret + m_random->below(31) - 15, 0, length);
        m_log << QStringLiteral("add caret %1 %2").arg(anchor).arg(caret);
        all.push_back({anchor, caret});
    }
    editor.setSelections(ui::Selections(std::move(all), 0));
}

void TestEditorConvergence::runCommand(CodeEditor& editor)
{
    const auto commands = ui::editorCommands();
    const auto& command =
        commands[static_cast<std::size_t>(m_random->below(static_cast<int>(commands.size())))];
    m_log << QStringLiteral("command %1").arg(QLatin1StringView(command.id));
    (editor.*command.run)();
}

void TestEditorConvergence::editByProgram(CodeEditor& editor)
{
    // several places in one edit block, as find and replace or a dragged line do it
    QTextCursor cursor(editor.document());
    cursor.beginEditBlock();
    for (int i = m_random->below(3); i >= 0; --i) {
        const int length = ui::documentLength(*editor.document());
        const int from = m_random->below(length + 1);
        const int to = std::min(from + m_random->below(8), length);
        const QString text = m_random->oneIn(2) ? m_random->wild() : QString();
        m_log << QStringLiteral("program %1-%2 ").arg(from).arg(to) + text;
        cursor.setPosition(from);
        cursor.setPosition(to, QTextCursor::KeepAnchor);
        cursor.insertText(text);
    }
    cursor.endEditBlock();
}

void TestEditorConvergence::actInEditor(CodeEditor& editor)
{
    const bool tooLong = ui::documentLength(*editor.document()) > kMaxLength;
    switch (tooLong ? 100 : m_random->below(25)) {
    case 100:
        setCaret(editor, 0, kMaxLength / 2);
        QTest::keyClick(&editor, Qt::Key_Delete);
        break;
    case 0:
    case 1:
    case 2:
    case 3:
    case 4: {
        QString word = m_random->word();
        word.replace(u'\n', u' ');
        m_log << QStringLiteral("type ") + word;
        for (qsizetype i = 0; i < word.size(); ++i) {
            // a key event carries whole characters
            const qsizetype units = word.at(i).isHighSurrogate() ? 2 : 1;
            QTest::sendKeyEvent(
                QTest::Click, &editor, Qt::Key_unknown, word.mid(i, units), Qt::NoModifier);
            i += units - 1;
        }
        break;
    }
    case 5:
    case 6:
    case 7:
    case 8:
        press(editor);
        break;
    case 9:
    case 10:
    case 11:
        moveCaret(editor);
        break;
    case 12:
    case 13: {
        const QString text = m_random->wild();
        m_log << QStringLiteral("paste ") + text;
        QGuiApplication::clipboard()->setText(text);
        QTest::keySequence(&editor, QKeySequence::Paste);
        break;
    }
    case 14:
        m_log << QStringLiteral("undo");
        QTest::keySequence(&editor, QKeySequence::Undo);
        break;
    case 15:
        m_log << QStringLiteral("redo");
        QTest::keySequence(&editor, QKeySequence::Redo);
        break;
    case 16:
    case 17: {
        const QString preedit = m_random->oneIn(2) ? QStringLiteral("ka") : QString();
        const QString commit = m_random->oneIn(2) ? QStringLiteral(u"\u304B\U00020BB7") : QString();
        m_log << QStringLiteral("compose ") + preedit + u' ' + commit;
        compose(editor, preedit, commit);
        break;
    }
    case 18:
        editByProgram(editor);
        break;
    case 19:
    case 20:
        placeCarets(editor);
        break;
    case 21:
    case 22:
    case 23:
        runCommand(editor);
        break;
    default:
        m_log << QStringLiteral("cut");
        QTest::keySequence(&editor, QKeySequence::Cut);
        break;
    }
}

void TestEditorConvergence::actInBareDoc()
{
    crdt::Text text = m_docs[kBare]->get<crdt::Text>("content");
    const int length = static_cast<int>(text.length().value());
    const crdt::Transaction transaction = m_docs[kBare]->transact();
    for (int i = m_random->below(3); i >= 0; --i) {
        const int place = m_random->below(length + 1);
        if (m_random->oneIn(2)) {
            const QString inserted = m_random->oneIn(3) ? m_random->wild() : m_random->word();
            m_log << QStringLiteral("bare insert %1 ").arg(place) + inserted;
            insert(text, place, inserted);
        } else {
            const int count = m_random->below(length > kMaxLength ? length : 12);
            m_log << QStringLiteral("bare erase %1 %2").arg(place).arg(count);
            text.erase(at(place), at(count));
        }
    }
}

void TestEditorConvergence::deliverSome()
{
    for (int i = m_random->below(5); i >= 0; --i) {
        const int from = m_random->below(kSites);
        const int to = m_random->below(kSites);
        if (from != to
            && m_mesh.deliver(static_cast<std::size_t>(from), static_cast<std::size_t>(to))) {
            m_log << QStringLiteral("deliver %1 to %2").arg(from).arg(to);
        }
    }
}

bool TestEditorConvergence::settle()
{
    for (const auto& editor : m_editors) {
        compose(*editor, {}); // nothing waits for an input method
    }
    for (int turn = 0; turn < 10; ++turn) {
        m_mesh.deliverAll();
        bool waiting = false;
        for (const auto& editor : m_editors) {
            editor->binding()->flush();
            waiting = waiting || editor->binding()->hasPending();
        }
        QCoreApplication::processEvents();
        if (!waiting) {
            m_mesh.deliverAll();
            break;
        }
    }
    const QString expected = string(m_docs[kBare]->get<crdt::Text>("content"));
    for (std::size_t i = 0; i < kEditors; ++i) {
        const QString text = string(m_docs[siteOf(i)]->get<crdt::Text>("content"));
        const QString document = shown(*m_editors[i]);
        for (const ui::EditorSelection& s : m_editors[i]->selections()) {
            if (s.start() < 0 || s.end() > document.size()) {
                qWarning() << "editor" << i << "a caret outside of the text" << s.start()
                           << s.end();
                return false;
            }
        }
        if (text != expected || document != ui::toDocumentUnits(text)) {
            qWarning().noquote() << m_log.join(u'\n');
            qWarning() << "editor" << i << "\ntext    " << text << "\ndocument" << document
                       << "\nexpected" << expected << "\npending"
                       << m_editors[i]->binding()->hasPending() << "pre-edit"
                       << m_editors[i]->textCursor().block().layout()->preeditAreaText();
            return false;
        }
    }
    m_log.clear();
    return true;
}

void TestEditorConvergence::converges()
{
    QTest::failOnWarning(); // a position out of range, above all
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("TUTTI_TEST_ROUNDS", &given);
    const int rounds = given ? asked : 40;
    for (int round = 0; round < rounds; ++round) {
        for (int step = 0; step < kStepsInARound; ++step) {
            const auto who = static_cast<std::size_t>(m_random->below(kEditors + 1));
            if (who == kEditors) {
                m_log << QStringLiteral("-- bare");
                actInBareDoc();
            } else {
                m_log << QStringLiteral("-- editor %1").arg(who);
                actInEditor(*m_editors[who]);
            }
            ++m_edits;
            if (m_random->oneIn(3)) {
                deliverSome();
            }
            if (m_random->oneIn(4)) {
                QCoreApplication::processEvents(); // what has arrived is shown
            }
        }
        QVERIFY2(settle(), qPrintable(QStringLiteral("round %1").arg(round)));
    }
    qInfo("%d edits, %d settles, %d transactions in the editors", m_edits, rounds,
        m_mesh.transactions(0) + m_mesh.transactions(1));
    QVERIFY(m_mesh.transactions(0) + m_mesh.transactions(1) > rounds * 10);
}

QTEST_MAIN(TestEditorConvergence)
#include "tst_editor_convergence.moc"
