// SPDX-License-Identifier: MIT
#include "crdt/sync_protocol.h"
#include "harness.h"
#include "net/owed_changes.h"

#include <QTest>

using namespace tutti;
using namespace tutti::net::test;
using net::OwedChanges;

namespace {

/// The update in what a server says to that question.
crdt::Bytes answerOf(crdt::Doc& server, const crdt::Bytes& question)
{
    const auto outcome = crdt::handleSyncMessage(question, server);
    crdt::Decoder reply{crdt::BytesView(*outcome->reply).subspan(2)};
    const crdt::BytesView update = *reply.readMessage();
    return crdt::Bytes(update.begin(), update.end());
}

/// A document, a server with its state, and what the document wrote since.
struct Owing
{
    Owing()
    {
        insert(doc, 0, u"common text");
        (void)server.applyUpdate(doc.getUpdate());
        subscription = doc.observe([this](const crdt::TransactionEvent& event) {
            owed.add(event.update);
            updates.emplace_back(event.update.begin(), event.update.end());
        });
    }
    [[nodiscard]] bool held() { return owed.heldBy(answer()); }
    [[nodiscard]] crdt::Bytes answer()
    {
        return answerOf(server, owed.question(doc.stateVector()));
    }

    crdt::Doc doc = makeDoc(1'001);
    crdt::Doc server = makeDoc(9'999);
    OwedChanges owed;
    std::vector<crdt::Bytes> updates;
    crdt::Subscription subscription;
};

} // namespace

class TestOwedChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingOwed()
    {
        Owing owing;
        QVERIFY(owing.owed.empty());
        QVERIFY(owing.held());
        QCOMPARE(owing.answer(), crdt::Bytes(2)); // and so nothing comes back
        QVERIFY(OwedChanges().heldBy({}));
    }

    void insertionsAndDeletions()
    {
        Owing owing;
        insert(owing.doc, 11, u", longer");
        QVERIFY(!owing.held());
        QVERIFY(owing.server.applyUpdate(owing.updates.at(0)));
        QVERIFY(owing.held());
        erase(owing.doc, 0, 3);
        QVERIFY(!owing.held());
        QVERIFY(owing.server.applyUpdate(owing.updates.at(1)));
        QVERIFY(owing.held());
        // Written and deleted again.
        insert(owing.doc, 0, u"gone");
        erase(owing.doc, 0, 4);
        QVERIFY(owing.server.applyUpdate(owing.updates.at(2)));
        QVERIFY(!owing.held());
        QVERIFY(owing.server.applyUpdate(owing.updates.at(3)));
        QVERIFY(owing.held());
        owing.owed.clear();
        QVERIFY(owing.owed.empty());
    }

    void whatComesBackIsSmall()
    {
        Owing owing;
        insert(owing.doc, 0, std::u16string(100'000, u'x'));
        QVERIFY(owing.server.applyUpdate(owing.updates.at(0)));
        QVERIFY(owing.held());
        QVERIFY2(owing.answer().size() < 50, "more than the last unit came back");
    }

    void aWholeUpdate()
    {
        // Of several clients, as the answer to a server's SyncStep1 may be.
        crdt::Doc doc = makeDoc(1'001);
        crdt::Doc other = makeDoc(2'002);
        insert(other, 0, u"by another");
        erase(other, 0, 3);
        QVERIFY(doc.applyUpdate(other.getUpdate()));
        insert(doc, 0, u"and me ");
        OwedChanges owed;
        owed.add(doc.getUpdate());
        crdt::Doc server = makeDoc(9'999);
        QVERIFY(!owed.heldBy(answerOf(server, owed.question(doc.stateVector()))));
        QVERIFY(server.applyUpdate(other.getUpdate()));
        QVERIFY(!owed.heldBy(answerOf(server, owed.question(doc.stateVector()))));
        QVERIFY(server.applyUpdate(doc.getUpdate()));
        QVERIFY(owed.heldBy(answerOf(server, owed.question(doc.stateVector()))));
    }

    void noPairIsCut_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"🙂", "a🙂", "🙂a", "ä🙂🙂", "日本", "x"}) {
            QTest::newRow(text) << QString::fromUtf8(text);
        }
    }

    void noPairIsCut()
    {
        QFETCH(QString, text);
        Owing owing;
        insert(owing.doc, 0, text.toStdU16String());
        QVERIFY(owing.server.applyUpdate(owing.updates.at(0)));
        QVERIFY(owing.held());
        QVERIFY(owing.doc.applyUpdate(owing.answer()));
        QCOMPARE(textOf(owing.doc), text + QStringLiteral("common text"));
    }

    void nonsenseHoldsNothing()
    {
        Owing owing;
        insert(owing.doc, 0, u"x");
        QVERIFY(!owing.owed.heldBy({}));
        const crdt::Bytes nonsense(3, std::byte{0xFF});
        QVERIFY(!owing.owed.heldBy(nonsense));
        OwedChanges none;
        none.add(nonsense);
        QVERIFY(none.empty());
    }
};

QTEST_GUILESS_MAIN(TestOwedChanges)
#include "tst_owed_changes.moc"
