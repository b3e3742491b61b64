// SPDX-License-Identifier: MIT
#include "crdt/sync_protocol.h"
#include "crdt/update.h"
#include "tests/crdt/support.h"

#include <QTest>

using namespace tutti::crdt;
using namespace tutti::crdt::test;
using namespace Qt::StringLiterals;

class TestSyncProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messageForms();
    void handshake();
    void handshakeOfEditedDocs();
    void updateMessages();
    void severalMessagesInOneFrame();
    void errors_data();
    void errors();
    void truncatedAtEveryByte();
    void errorsLeaveTheRestOfAFrame();
    void disconnects();
    void permissionDenied();
};

void TestSyncProtocol::messageForms()
{
    Doc doc = makeDoc(1);
    QCOMPARE(hex(createSyncMessage(doc)), QByteArray("00000100"));
    doc.get<Text>("t").insert(at(0), u"a");
    QCOMPARE(hex(createSyncMessage(doc)), QByteArray("000003010101"));
    QCOMPARE(hex(createUpdateMessage(bytes({0, 0}))), QByteArray("0002020000"));
    QCOMPARE(hex(createAwarenessMessage(bytes({0}))), QByteArray("010100"));
    QCOMPARE(hex(*createSyncReply(doc, bytes({0}))), QByteArray("00010b0101010004010174016100"));
    QVERIFY(!createSyncReply(doc, bytes({1})).has_value());
}

void TestSyncProtocol::handshake()
{
    Doc a = makeDoc(1);
    Doc b = makeDoc(2);
    a.get<Text>("t").insert(at(0), u"hello");
    const auto answered = handleSyncMessage(createSyncMessage(b), a);
    QVERIFY(answered.has_value());
    QVERIFY(answered->type == SyncMessageType::SyncStep1);
    QVERIFY(answered->reply.has_value());
    Origin seen;
    bool local = true;
    const auto subscription = b.observe([&](const TransactionEvent& event) {
        seen = event.origin;
        local = event.local;
    });
    const auto taken = handleSyncMessage(*answered->reply, b, Origin("peer"));
    QVERIFY(taken.has_value());
    QVERIFY(taken->type == SyncMessageType::SyncStep2);
    QVERIFY(!taken->reply.has_value());
    QVERIFY(seen == Origin("peer") && !local);
    QCOMPARE(qString(b.get<Text>("t")), u"hello"_s);
}

void TestSyncProtocol::handshakeOfEditedDocs()
{
    for (const std::uint64_t seed : seeds({1, 2, 3})) {
        Random random(seed);
        Doc docs[] = {makeDoc(random.bits() >> 32), makeDoc(random.bits() >> 32)};
        for (int round = 0; round < 20; ++round) {
            for (Doc& doc : docs) {
                Text text = doc.get<Text>("t");
                for (int edit = 0; edit < 5; ++edit) {
                    text.insert(at(random.below(text.length().value() + 1)), randomText(random, 4));
                    text.erase(at(random.below(text.length().value() + 1)), at(random.below(6)));
                }
            }
            for (int side = 0; side < 2; ++side) {
                const auto answer =
                    handleSyncMessage(createSyncMessage(docs[side]), docs[1 - side]);
                QVERIFY(answer.has_value());
                QVERIFY(handleSyncMessage(*answer->reply, docs[side]).has_value());
            }
            QCOMPARE(qString(docs[0].get<Text>("t")), qString(docs[1].get<Text>("t")));
            QCOMPARE(hex(docs[0].getState()), hex(docs[1].getState()));
        }
    }
}

void TestSyncProtocol::updateMessages()
{
    Doc a = makeDoc(1);
    Doc b = makeDoc(2);
    std::vector<Bytes> wire;
    const auto subscription = a.observe([&wire](const TransactionEvent& event) {
        wire.push_back(createUpdateMessage(event.update));
    });
    a.get<Text>("t").insert(at(0), u"one");
    a.get<Text>("t").erase(at(0), at(1));
    for (const Bytes& message : wire) {
        const auto outcome = handleSyncMessage(message, b);
        QVERIFY(outcome.has_value());
        QVERIFY(outcome->type == SyncMessageType::Update);
        QVERIFY(!outcome->reply.has_value());
    }
    QCOMPARE(qString(b.get<Text>("t")), u"ne"_s);
}

void TestSyncProtocol::severalMessagesInOneFrame()
{
    Doc a = makeDoc(1);
    UpdateLog log(a);
    a.get<Text>("t").insert(at(0), u"one ");
    a.get<Text>("t").insert(at(4), u"two");
    Encoder frame;
    Doc b = makeDoc(2);
    frame.writeRaw(createUpdateMessage(log.updates[0]));
    frame.writeRaw(createSyncMessage(a));
    frame.writeRaw(createUpdateMessage(log.updates[1]));
    frame.writeRaw(createAwarenessMessage(bytes({0})));
    Decoder decoder(frame.view());
    QStringList seen;
    while (!decoder.atEnd()) {
        const auto type = decoder.readVarUint();
        QVERIFY(type.has_value());
        if (*type == static_cast<std::uint64_t>(MessageType::Sync)) {
            const auto outcome = handleSyncPayload(decoder, b);
            QVERIFY(outcome.has_value());
            seen << QString::number(static_cast<int>(outcome->type))
                    + (outcome->reply ? u"r"_s : u""_s);
        } else {
            QVERIFY(decoder.readMessage().has_value());
            seen << u"awareness"_s;
        }
    }
    QCOMPARE(seen, (QStringList{u"2"_s, u"0r"_s, u"2"_s, u"awareness"_s}));
    QCOMPARE(qString(b.get<Text>("t")), u"one two"_s);
}

void TestSyncProtocol::errors_data()
{
    QTest::addColumn<QByteArray>("digits");
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("awareness") << QByteArray("010100");
    QTest::newRow("unknown message type") << QByteArray("05");
    QTest::newRow("unknown sync type") << QByteArray("00030100");
    QTest::newRow("large sync type") << QByteArray("00ffffffff0f0100");
    QTest::newRow("no sync type") << QByteArray("00");
    QTest::newRow("no payload") << QByteArray("0000");
    QTest::newRow("payload cut") << QByteArray("0002050000");
    QTest::newRow("payload of 2^53") << QByteArray("0002ffffffffffffff0f00");
    QTest::newRow("state vector cut") << QByteArray("000002"
                                                    "0101");
    QTest::newRow("empty state vector") << QByteArray("000000");
    QTest::newRow("empty update") << QByteArray("000200");
    QTest::newRow("broken update") << QByteArray("00020401010100");
    QTest::newRow("broken step 2") << QByteArray("000101ff");
}

void TestSyncProtocol::errors()
{
    QFETCH(QByteArray, digits);
    Doc doc = makeDoc(1);
    doc.get<Text>("t").insert(at(0), u"unchanged");
    const Bytes before = doc.getUpdate();
    const auto outcome = handleSyncMessage(fromHex(digits), doc);
    QVERIFY(!outcome.has_value());
    QVERIFY(!outcome.error().message.empty());
    QCOMPARE(hex(doc.getUpdate()), hex(before));
}

void TestSyncProtocol::truncatedAtEveryByte()
{
    Doc writer = makeDoc(1);
    writer.get<Text>("t").insert(at(0), u"some text");
    writer.get<Text>("t").erase(at(2), at(3));
    for (const Bytes& message : {createSyncMessage(writer), createUpdateMessage(writer.getUpdate()),
             *createSyncReply(writer, bytes({0}))}) {
        for (std::size_t length = 0; length < message.size(); ++length) {
            Doc doc = makeDoc(2);
            const Bytes cut(message.begin(), message.begin() + static_cast<std::ptrdiff_t>(length));
            QVERIFY(!handleSyncMessage(cut, doc).has_value());
            QCOMPARE(hex(doc.getUpdate()), QByteArray("0000"));
        }
    }
}

void TestSyncProtocol::errorsLeaveTheRestOfAFrame()
{
    Doc writer = makeDoc(1);
    writer.get<Text>("t").insert(at(0), u"good");
    Encoder frame;
    frame.writeRaw(fromHex("000201ff")); // a broken update, framed well
    frame.writeRaw(createUpdateMessage(writer.getUpdate()));
    Doc doc = makeDoc(2);
    Decoder decoder(frame.view());
    QCOMPARE(*decoder.readVarUint(), std::uint64_t(0));
    QVERIFY(!handleSyncPayload(decoder, doc).has_value());
    QCOMPARE(*decoder.readVarUint(), std::uint64_t(0));
    QVERIFY(handleSyncPayload(decoder, doc).has_value());
    QVERIFY(decoder.atEnd());
    QCOMPARE(qString(doc.get<Text>("t")), u"good"_s);
}

void TestSyncProtocol::permissionDenied()
{
    const Bytes message = createPermissionDenied("who are you?");
    QCOMPARE(hex(message), QByteArray("02000c77686f2061726520796f753f"));
    Decoder decoder(BytesView(message).subspan(1));
    const auto reason = readPermissionDenied(decoder);
    QVERIFY(reason.has_value());
    QVERIFY(*reason == "who are you?");
    QVERIFY(decoder.atEnd());
    const Bytes other = bytes({5, 1});
    Decoder unknown{BytesView(other)};
    const auto nothing = readPermissionDenied(unknown);
    QVERIFY(nothing.has_value() && !nothing->has_value());
    Decoder cut(BytesView(message).subspan(1, 5));
    QVERIFY(!readPermissionDenied(cut).has_value());
}

void TestSyncProtocol::disconnects()
{
    QVERIFY(isAwarenessDisconnect(fromHex("010505"
                                          "046e756c6c")));
    QVERIFY(!isAwarenessDisconnect(fromHex("010505"
                                           "027b7d")));
    QVERIFY(!isAwarenessDisconnect(fromHex("020505"
                                           "046e756c6c"
                                           "0605"
                                           "046e756c6c")));
    QVERIFY(!isAwarenessDisconnect(fromHex("00")));
    QVERIFY(!isAwarenessDisconnect({}));
    QVERIFY(!isAwarenessDisconnect(fromHex("010505046e756c")));
    QVERIFY(!isAwarenessDisconnect(fromHex("010505"
                                           "046e756c6c"
                                           "00")));
}

QTEST_APPLESS_MAIN(TestSyncProtocol)
#include "tst_sync_protocol.moc"
