// SPDX-License-Identifier: MIT
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/update_mesh.h"
#include "ui/editor/document_binding.h"
#include "ui/editor/document_units.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTimer>

using namespace tutti;
using test::UpdateMesh;
using ui::DocumentBinding;

namespace {

QString string(const crdt::Text& text) { return ui::toQString(text.toString()); }

crdt::Offset at(int offset) { return crdt::Offset(static_cast<std::uint32_t>(offset)); }

void type(QTextDocument& document, int position, const QString& text)
{
    QTextCursor cursor(&document);
    cursor.setPosition(position);
    cursor.insertText(text);
}

void replace(QTextDocument& document, int from, int to, const QString& text)
{
    QTextCursor cursor(&document);
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    cursor.insertText(text);
}

/// A bound document and a peer without one.
struct Pair
{
    explicit Pair(const QString& text = {})
    {
        mesh.add(doc);
        mesh.add(peer);
        if (!text.isEmpty()) {
            peerText.insert(at(0), ui::toStdView(text));
            mesh.deliverAll();
        }
        binding.emplace(doc, doc.get<crdt::Text>("content"), document);
    }

    /// Everything delivered and shown.
    void settle()
    {
        do {
            mesh.deliverAll();
            binding->flush();
            QCoreApplication::sendPostedEvents();
        } while (binding->hasPending());
        mesh.deliverAll();
    }

    [[nodiscard]] crdt::Text text() const { return binding->text(); }
    /// Empty when all three say the same, else what differs.
    [[nodiscard]] QString difference() const
    {
        const QString shown = ui::readDocument(document, 0, ui::documentLength(document));
        if (shown != ui::toDocumentUnits(string(text()))) {
            return QStringLiteral("document: %1, text: %2").arg(shown, string(text()));
        }
        if (string(peerText) != string(text())) {
            return QStringLiteral("peer: %1, text: %2").arg(string(peerText), string(text()));
        }
        return {};
    }

    UpdateMesh mesh;
    crdt::Doc doc{{.clientId = crdt::ClientId(1), .guid = {}, .gc = true}};
    crdt::Doc peer{{.clientId = crdt::ClientId(2), .guid = {}, .gc = true}};
    crdt::Text peerText = peer.get<crdt::Text>("content");
    QTextDocument document;
    std::optional<DocumentBinding> binding;
};

} // namespace

class TestDocumentBinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void localEdits_data();
    void localEdits();
    void oneTransactionForAnEditBlock();
    void formatChangesAreNoEdits();
    void setPlainTextIsSmall();
    void normalises_data();
    void normalises();
    void remoteUnitsStayOneToOne();
    void byteOrderMarkIsAUnit();
    void noBreakSpaceIsKept();
    void oneBlockForEachTurn();
    void firstLoadIsOneInsertion();
    void torrentIsShownByTheFrame();
    void largeTextComesInSlices();
    void localEditWhileRemoteOnesWait();
    void localDeletionWhileRemoteOnesWait();
    void heldWhileAsked();
    void editInsideASlotIsSeen();
    void halfPairDeleted();
    void pairBrokenByAPeer();
    void undoLeavesOthersAlone();
    void undoWhileRemoteOnesWait();
    void undoAvailability();
    void documentGoesFirst();
};

void TestDocumentBinding::localEdits_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<QString>("inserted");
    QTest::addColumn<QString>("expected");

    QTest::newRow("type at the start")
        << 0 << 0 << QStringLiteral("x") << QStringLiteral("xone\ntwo");
    QTest::newRow("type at the end")
        << 7 << 7 << QStringLiteral("x") << QStringLiteral("one\ntwox");
    QTest::newRow("new line at the end")
        << 7 << 7 << QStringLiteral("\n") << QStringLiteral("one\ntwo\n");
    QTest::newRow("join lines") << 3 << 4 << QString() << QStringLiteral("onetwo");
    QTest::newRow("delete across lines") << 1 << 6 << QString() << QStringLiteral("oo");
    QTest::newRow("replace across lines")
        << 1 << 6 << QStringLiteral("-\n-") << QStringLiteral("o-\n-o");
    QTest::newRow("delete everything") << 0 << 7 << QString() << QString();
    QTest::newRow("replace everything")
        << 0 << 7 << QStringLiteral("new\n") << QStringLiteral("new\n");
    QTest::newRow("emoji") << 3 << 3 << QStringLiteral(u"\U0001F600")
                           << QStringLiteral(u"one\U0001F600\ntwo");
    QTest::newRow("nul") << 3 << 3 << QString(1, QChar(0))
                         << (QStringLiteral("one") + QChar(0) + QStringLiteral("\ntwo"));
}

void TestDocumentBinding::localEdits()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(QString, inserted);
    QFETCH(QString, expected);
    Pair pair(QStringLiteral("one\ntwo"));
    const int before = pair.mesh.transactions(0);
    replace(pair.document, from, to, inserted);
    QCOMPARE(string(pair.text()), expected);
    QCOMPARE(pair.mesh.transactions(0), before + 1);
    QVERIFY(!pair.binding->hasPending());
    pair.settle();
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::oneTransactionForAnEditBlock()
{
    Pair pair(QStringLiteral("a\nb\nc"));
    const int before = pair.mesh.transactions(0);
    QTextCursor cursor(&pair.document);
    cursor.beginEditBlock();
    for (QTextBlock block = pair.document.begin(); block.isValid(); block = block.next()) {
        cursor.setPosition(block.position());
        cursor.insertText(QStringLiteral("> "));
    }
    cursor.endEditBlock();
    QCOMPARE(pair.mesh.transactions(0), before + 1);
    QCOMPARE(string(pair.text()), QStringLiteral("> a\n> b\n> c"));
    // and the lines themselves were left alone: what the peer writes into one stays there
    pair.peerText.insert(at(3), u"B");
    pair.settle();
    QCOMPARE(string(pair.text()), QStringLiteral("> a\n> bB\n> c"));
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::formatChangesAreNoEdits()
{
    Pair pair(QStringLiteral("one\ntwo"));
    const int before = pair.mesh.transactions(0);
    QSignalSpy reported(&pair.document, &QTextDocument::contentsChange);
    QTextCursor cursor(&pair.document);
    cursor.select(QTextCursor::Document);
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    cursor.mergeCharFormat(bold);
    QTextBlockFormat centred;
    centred.setAlignment(Qt::AlignHCenter);
    cursor.mergeBlockFormat(centred);
    QVERIFY(!reported.isEmpty());
    QCOMPARE(pair.mesh.transactions(0), before);
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::setPlainTextIsSmall()
{
    Pair pair(QStringLiteral("one\ntwo\nthree"));
    pair.peerText.insert(at(13), u"!"); // on its way
    pair.document.setPlainText(QStringLiteral("one\nTWO\nthree"));
    pair.settle();
    // had everything been replaced, the "!" would stand before or behind it, on its own
    QCOMPARE(string(pair.text()), QStringLiteral("one\nTWO\nthree!"));
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::normalises_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("expected");

    QTest::newRow("crlf") << QStringLiteral("1\r\n2") << QStringLiteral("1\n2");
    QTest::newRow("cr") << QStringLiteral("1\r2") << QStringLiteral("1\n2");
    QTest::newRow("cr cr lf") << QStringLiteral("1\r\r\n2") << QStringLiteral("1\n\n2");
    QTest::newRow("paragraph separator") << QStringLiteral(u"1\u20292") << QStringLiteral("1\n2");
    QTest::newRow("line separator") << QStringLiteral(u"1\u20282") << QStringLiteral("1\n2");
    QTest::newRow("nul") << (QStringLiteral("1") + QChar(0) + u'2')
                         << (QStringLiteral("1") + QChar(0) + u'2');
    QTest::newRow("lone high surrogate")
        << (QStringLiteral("1") + QChar(0xD83D) + u'2') << QStringLiteral(u"1\uFFFD2");
    QTest::newRow("lone low surrogate")
        << (QStringLiteral("1") + QChar(0xDE00)) << QStringLiteral(u"1\uFFFD");
    QTest::newRow("swapped halves")
        << (QString(QChar(0xDE00)) + QChar(0xD83D)) << QStringLiteral(u"\uFFFD\uFFFD");
    QTest::newRow("noncharacters") << (QString(QChar(0xFDD0)) + QChar(0xFDD1) + QChar(0xFFFF))
                                   << (QStringLiteral("\n\n") + QChar(0xFFFF));
}

void TestDocumentBinding::normalises()
{
    QFETCH(QString, pasted);
    QFETCH(QString, expected);
    Pair pair(QStringLiteral("ab"));
    type(pair.document, 1, pasted);
    QCOMPARE(string(pair.text()), u'a' + expected + u'b');
    pair.settle();
    QCOMPARE(pair.difference(), QString());
    QCOMPARE(pair.binding->plainText(), string(pair.text()));
}

void TestDocumentBinding::remoteUnitsStayOneToOne()
{
    // What another editor wrote is not ours to repair; positions must agree all the same.
    Pair pair;
    const QString strange = QStringLiteral(u"a\r\nb\u2029c\u2028d\uFDD0e\rf");
    pair.peerText.insert(at(0), ui::toStdView(strange));
    pair.settle();
    QCOMPARE(string(pair.text()), strange);
    QCOMPARE(ui::documentLength(pair.document), static_cast<int>(strange.size()));
    QCOMPARE(pair.difference(), QString());
    type(pair.document, 3, QStringLiteral("X")); // before the b
    pair.settle();
    QCOMPARE(string(pair.text()), QStringLiteral(u"a\r\nXb\u2029c\u2028d\uFDD0e\rf"));
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::byteOrderMarkIsAUnit()
{
    // U+FEFF at the start of a piece of text is where conversions like to lose a unit.
    Pair pair;
    pair.peerText.insert(at(0), u"\uFEFFab");
    pair.settle();
    QCOMPARE(pair.difference(), QString());
    QCOMPARE(ui::documentLength(pair.document), 3);
    pair.peerText.insert(at(2), u"\uFEFF");
    type(pair.document, 3, QStringLiteral("X"));
    pair.settle();
    QCOMPARE(pair.difference(), QString());
    QCOMPARE(pair.text().toString(), std::u16string(u"\uFEFFa\uFEFFbX"));
}

void TestDocumentBinding::noBreakSpaceIsKept()
{
    Pair pair;
    type(pair.document, 0, QStringLiteral(u"a\u00A0b"));
    QCOMPARE(string(pair.text()), QStringLiteral(u"a\u00A0b"));
    QCOMPARE(pair.binding->plainText(), QStringLiteral(u"a\u00A0b"));
}

void TestDocumentBinding::oneBlockForEachTurn()
{
    Pair pair(QStringLiteral("start\nmiddle\nend"));
    QSignalSpy reported(&pair.document, &QTextDocument::contentsChange);
    QSignalSpy applied(&*pair.binding, &DocumentBinding::applied);
    for (int i = 0; i < 50; ++i) {
        pair.peerText.insert(at(i * 2), u"x");
    }
    pair.peerText.erase(at(3), at(5));
    pair.mesh.deliverAll();
    QCOMPARE(reported.count(), 0);
    QTRY_COMPARE(applied.count(), 1);
    QCOMPARE(reported.count(), 1);
    QCOMPARE(pair.difference(), QString());
    QVERIFY(!pair.document.isUndoAvailable());
}

void TestDocumentBinding::firstLoadIsOneInsertion()
{
    Pair pair;
    int insertions = 0;
    int units = 0;
    connect(&pair.document, &QTextDocument::contentsChange, this, [&](int, int, int added) {
        ++insertions;
        units = added;
    });
    for (int i = 0; i < 3'000; ++i) {
        pair.peerText.insert(at(i % 7 == 0 ? i : 0), u"a line\n");
    }
    pair.mesh.deliverAll();
    QTRY_VERIFY(!pair.binding->hasPending());
    QCOMPARE(insertions, 1);
    QVERIFY(units >= 21'000 && units <= 21'001);
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::torrentIsShownByTheFrame()
{
    Pair pair(QStringLiteral("text"));
    QSignalSpy applied(&*pair.binding, &DocumentBinding::applied);
    QElapsedTimer clock;
    const auto burst = [&pair](int changes) {
        for (int i = 0; i < changes; ++i) {
            pair.peerText.insert(at(i), u"x");
        }
        pair.mesh.deliverAll();
    };
    burst(DocumentBinding::kTorrent + 1);
    clock.start();
    QCoreApplication::processEvents();
    QCOMPARE(applied.count(), 1); // at once
    burst(1);
    QTRY_COMPARE(applied.count(), 2);
    QVERIFY(clock.elapsed() >= DocumentBinding::kFrameMs - 1);
    // what comes now and then is not kept waiting
    burst(1);
    QCoreApplication::processEvents();
    QCOMPARE(applied.count(), 3);
    // nor is who asks
    burst(DocumentBinding::kTorrent + 1);
    QCoreApplication::processEvents();
    burst(1);
    pair.binding->flush();
    QCOMPARE(pair.difference(), QString());
    QVERIFY(!pair.binding->hasPending());
}

void TestDocumentBinding::largeTextComesInSlices()
{
    Pair pair(QStringLiteral("begin end"));
    QSignalSpy applied(&*pair.binding, &DocumentBinding::applied);
    const QString lines = QStringLiteral("a line of text\n").repeated(40'000);
    pair.peerText.insert(at(6), ui::toStdView(lines));
    pair.mesh.deliverAll();
    int turns = 0;
    QTimer other; // the window's events have their turns in between
    connect(&other, &QTimer::timeout, this, [&turns] { ++turns; });
    other.start(0);
    QTRY_VERIFY(applied.count() >= 1);
    QVERIFY(pair.binding->hasPending());
    const int shown = ui::documentLength(pair.document);
    QVERIFY(shown > 9 && shown < 9 + lines.size());
    // both sides go on meanwhile, before, in and behind what has come in
    type(pair.document, 2, QStringLiteral("local"));
    type(pair.document, ui::documentLength(pair.document), QStringLiteral(" local"));
    pair.peerText.insert(at(300'000), u"theirs");
    pair.peerText.erase(at(0), at(3));
    pair.mesh.deliverAll();
    QTRY_VERIFY(!pair.binding->hasPending());
    pair.mesh.deliverAll();
    QVERIFY(applied.count() > 2);
    QVERIFY(turns >= applied.count() / 2);
    QCOMPARE(pair.difference(), QString());
    QVERIFY(pair.binding->plainText().startsWith(QStringLiteral("localin ")));
    QVERIFY(pair.binding->plainText().endsWith(QStringLiteral("end local")));
}

void TestDocumentBinding::localEditWhileRemoteOnesWait()
{
    Pair pair(QStringLiteral("hello world"));
    pair.peerText.insert(at(0), u">> ");
    pair.peerText.erase(at(8), at(6));
    pair.mesh.deliverAll();
    QVERIFY(pair.binding->hasPending());
    QCOMPARE(ui::documentLength(pair.document), 11); // not shown yet
    type(pair.document, 5, QStringLiteral(", you"));
    QCOMPARE(string(pair.text()), QStringLiteral(">> hello, you"));
    pair.settle();
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::localDeletionWhileRemoteOnesWait()
{
    Pair pair(QStringLiteral("one two three four"));
    pair.peerText.insert(at(7), u" and a half");
    pair.peerText.erase(at(0), at(4));
    pair.mesh.deliverAll();
    replace(pair.document, 2, 14, QStringLiteral("-")); // "e two three " of what is shown
    pair.settle();
    QCOMPARE(string(pair.text()), QStringLiteral("- and a halffour"));
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::heldWhileAsked()
{
    Pair pair(QStringLiteral("text"));
    bool held = true;
    pair.binding->setHoldQuery([&held] { return held; });
    pair.peerText.insert(at(0), u"A");
    pair.mesh.deliverAll();
    pair.binding->flush();
    QCOMPARE(pair.binding->plainText(), QStringLiteral("text"));
    type(pair.document, 4, QStringLiteral("!"));
    QCOMPARE(string(pair.text()), QStringLiteral("Atext!"));
    held = false;
    QTRY_COMPARE(pair.binding->plainText(), QStringLiteral("Atext!")); // tried again by itself
}

void TestDocumentBinding::editInsideASlotIsSeen()
{
    // Qt does not report what is edited from within contentsChange.
    Pair pair(QStringLiteral("ab"));
    bool done = false;
    connect(&pair.document, &QTextDocument::contentsChanged, this, [&] {
        if (!std::exchange(done, true)) {
            type(pair.document, 0, QStringLiteral("nested "));
        }
    });
    type(pair.document, 2, QStringLiteral("c"));
    pair.settle();
    QCOMPARE(string(pair.text()), QStringLiteral("nested abc"));
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::halfPairDeleted()
{
    Pair pair(QStringLiteral(u"a\U0001F600b"));
    replace(pair.document, 2, 3, QString()); // the low half
    pair.settle();
    QCOMPARE(pair.difference(), QString());
    QVERIFY(!string(pair.text()).contains(QChar(0xD83D)));
}

void TestDocumentBinding::pairBrokenByAPeer()
{
    // the peer deletes an emoji while we type beside it
    Pair pair(QStringLiteral(u"a\U0001F600b"));
    pair.peerText.erase(at(1), at(2));
    type(pair.document, 3, QStringLiteral(u"\U0001F601"));
    pair.settle();
    QCOMPARE(string(pair.text()), QStringLiteral(u"a\U0001F601b"));
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::undoLeavesOthersAlone()
{
    Pair pair(QStringLiteral("base "));
    QVERIFY(!pair.binding->undo());
    type(pair.document, 5, QStringLiteral("mine "));
    pair.settle();
    pair.peerText.insert(at(10), u"theirs");
    pair.settle();
    QVERIFY(pair.binding->undo());
    pair.settle();
    QCOMPARE(string(pair.text()), QStringLiteral("base theirs"));
    QCOMPARE(pair.difference(), QString());
    QVERIFY(!pair.binding->undo());
    QVERIFY(pair.binding->redo());
    pair.settle();
    QCOMPARE(string(pair.text()), QStringLiteral("base mine theirs"));
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::undoWhileRemoteOnesWait()
{
    Pair pair(QStringLiteral("base"));
    type(pair.document, 4, QStringLiteral(" mine"));
    pair.mesh.deliverAll();
    pair.peerText.insert(at(0), u"theirs ");
    pair.peerText.erase(at(7), at(2)); // "ba"
    pair.mesh.deliverAll();
    QVERIFY(pair.binding->hasPending());
    QVERIFY(pair.binding->undo());
    QCOMPARE(pair.binding->plainText(), QStringLiteral("theirs se"));
    pair.settle();
    QCOMPARE(pair.difference(), QString());
}

void TestDocumentBinding::undoAvailability()
{
    Pair pair;
    QSignalSpy undo(&*pair.binding, &DocumentBinding::undoAvailable);
    QSignalSpy redo(&*pair.binding, &DocumentBinding::redoAvailable);
    type(pair.document, 0, QStringLiteral("a"));
    QCOMPARE(undo.count(), 1);
    QVERIFY(undo.last().first().toBool());
    pair.binding->undo();
    QVERIFY(!undo.last().first().toBool());
    QVERIFY(redo.last().first().toBool());
    pair.binding->redo();
    QVERIFY(undo.last().first().toBool());
    pair.binding->clearUndo();
    QVERIFY(!undo.last().first().toBool());
    QVERIFY(!pair.binding->canRedo());
}

void TestDocumentBinding::documentGoesFirst()
{
    UpdateMesh mesh;
    crdt::Doc doc;
    auto document = std::make_unique<QTextDocument>();
    DocumentBinding binding(doc, doc.get<crdt::Text>("content"), *document);
    document.reset();
    doc.get<crdt::Text>("content").insert(at(0), u"still alive");
    binding.flush();
    QVERIFY(!binding.hasPending());
    QVERIFY(!binding.undo());
    QCOMPARE(binding.plainText(), QString());
}

QTEST_MAIN(TestDocumentBinding)
#include "tst_document_binding.moc"
