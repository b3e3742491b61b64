// SPDX-License-Identifier: MIT
#include "net/server/frame_parser.h"
#include "raw_client.h"

#include <QTest>

using namespace tutti::net;
using tutti::net::test::RawClient;
using Message = FrameParser::Message;

namespace {

constexpr int kFin = 0x80;

QByteArray masked(int firstByte, const QByteArray& payload, const QByteArray& mask)
{
    QByteArray frame = RawClient::frame(firstByte, payload);
    const qsizetype head = frame.size() - payload.size();
    frame.replace(head - 4, 4, mask);
    for (qsizetype i = 0; i < payload.size(); ++i) {
        frame[head + i] = static_cast<char>(payload[i] ^ mask[i % 4]);
    }
    return frame;
}

std::vector<Message> parse(const QByteArray& bytes, qsizetype step, int wantedFault = 0)
{
    FrameParser parser(1'000'000);
    std::vector<Message> messages;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        parser.feed(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)), messages);
    }
    parser.feed({}, messages);
    [&] { QCOMPARE(parser.fault(), wantedFault); }();
    return messages;
}

} // namespace

/// What the server does about mistakes is in tst_server_hostile; here is what a parser alone does.
class TestFrameParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void heads_data()
    {
        QTest::addColumn<quint64>("size");
        QTest::addColumn<QByteArray>("bytes");
        const auto hex = [](const char* text) { return QByteArray::fromHex(text); };
        QTest::newRow("0") << quint64{0} << hex("8200");
        QTest::newRow("125") << quint64{125} << hex("827d");
        QTest::newRow("126") << quint64{126} << hex("827e007e");
        QTest::newRow("65535") << quint64{65'535} << hex("827effff");
        QTest::newRow("65536") << quint64{65'536} << hex("827f0000000000010000");
    }
    void heads()
    {
        QFETCH(const quint64, size);
        QFETCH(const QByteArray, bytes);
        const FrameHead head(Opcode::Binary, size);
        QCOMPARE(QByteArray(head.bytes.data(), head.size), bytes);
    }

    /// However the bytes come, the messages are the same: every size of step over all kinds.
    void anySteps()
    {
        const QByteArray mask = QByteArray::fromHex("a1b2c3d4");
        const QByteArray middling(300, 'm');
        const QByteArray large(70'000, 'l');
        const QByteArray bytes = masked(kFin | 2, "abc", mask) + masked(kFin | 2, {}, mask)
            + masked(kFin | 9, "ping", mask) + masked(2, "one, ", mask)
            + masked(kFin | 10, "pong", mask) + masked(0, middling, mask)
            + masked(kFin | 0, {}, mask) + masked(kFin | 2, large, mask)
            + masked(kFin | 1, "grün", mask)
            + masked(kFin | 8, QByteArray::fromHex("0fa0") + "bye", mask)
            + masked(kFin | 2, "behind the end", mask);
        for (const qsizetype step : {1, 2, 3, 7, 13, 64, 4096, 1'000'000}) {
            const std::vector<Message> messages = parse(bytes, step);
            QCOMPARE(messages.size(), 8U);
            QCOMPARE(messages[0].payload, QByteArray("abc"));
            QVERIFY(messages[1].opcode == Opcode::Binary && messages[1].payload.isEmpty());
            QVERIFY(messages[2].opcode == Opcode::Ping && messages[2].payload == "ping");
            QVERIFY(messages[3].opcode == Opcode::Pong && messages[3].payload == "pong");
            QVERIFY(messages[4].opcode == Opcode::Binary);
            QCOMPARE(messages[4].payload, "one, " + middling);
            QCOMPARE(messages[5].payload, large);
            QVERIFY(messages[6].opcode == Opcode::Text && messages[6].payload == "grün");
            QVERIFY(messages[7].opcode == Opcode::Close && messages[7].payload == "bye");
            QCOMPARE(messages[7].closeCode, 4000);
        }
    }

    void faults_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("fault");
        const auto frame = &RawClient::frame;
        QTest::newRow("not masked") << QByteArray::fromHex("820161") << 1002;
        QTest::newRow("cut UTF-8") << frame(kFin | 1, "\xc3") << 1007;
        QTest::newRow("UTF-8 in two frames, cut")
            << frame(1, "\xe2\x82") + frame(kFin | 0, "x") << 1007;
        QTest::newRow("reason that is not UTF-8")
            << frame(kFin | 8, QByteArray::fromHex("03e8ff")) << 1007;
        QTest::newRow("close with 1004") << frame(kFin | 8, QByteArray::fromHex("03ec")) << 1002;
        QTest::newRow("close with 5000") << frame(kFin | 8, QByteArray::fromHex("1388")) << 1002;
        QTest::newRow("a byte too many")
            << frame(2, QByteArray(999'999, 'x')) + frame(kFin | 0, "xx") << 1009;
    }
    void faults()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, fault);
        const QByteArray before = RawClient::frame(kFin | 2, "before");
        for (const qsizetype step : {1, 1'000'000}) {
            const std::vector<Message> messages =
                parse(before + bytes + RawClient::frame(kFin | 2, "behind"), step, fault);
            QCOMPARE(messages.size(), 1U);
        }
    }

    /// UTF-8 may be cut between two frames, and a message may be as large as is allowed.
    void whatIsAllowed()
    {
        const auto text =
            parse(RawClient::frame(1, "\xe2\x82") + RawClient::frame(kFin | 0, "\xac"), 1);
        QCOMPARE(text.size(), 1U);
        QCOMPARE(text[0].payload, QByteArray("\xe2\x82\xac"));
        const QByteArray largest(1'000'000, 'x');
        const auto message = parse(RawClient::frame(kFin | 2, largest), 1'000);
        QCOMPARE(message.size(), 1U);
        QCOMPARE(message[0].payload, largest);
    }

    /// What is kept of an unfinished message is told, and no more than twice what came of it.
    void heldBytes()
    {
        const QByteArray frame = RawClient::frame(kFin | 2, QByteArray(900'000, 'x'));
        FrameParser parser(1'000'000);
        std::vector<Message> messages;
        parser.feed(QByteArrayView(frame).first(14), messages);
        QCOMPARE(parser.heldBytes(), 0);
        for (qsizetype at = 14; at < 800'014; at += 1'000) {
            parser.feed(QByteArrayView(frame).sliced(at, 1'000), messages);
            const qint64 came = at + 1'000 - 14;
            QVERIFY(parser.heldBytes() >= came);
            QVERIFY2(parser.heldBytes() <= std::min<qint64>(2 * came, 900'100),
                QByteArray::number(parser.heldBytes()).constData());
        }
        FrameParser stopped = parser;
        stopped.stop();
        QCOMPARE(stopped.heldBytes(), 0);
        stopped.feed(QByteArrayView(frame).sliced(800'014), messages);
        QVERIFY(messages.empty());
        parser.feed(QByteArrayView(frame).sliced(800'014), messages);
        QCOMPARE(messages.size(), 1U);
        QCOMPARE(parser.heldBytes(), 0);
    }

    void closePayloads()
    {
        QCOMPARE(closePayload(1000, QString()), QByteArray::fromHex("03e8"));
        const QByteArray reason = closePayload(4401, QStringLiteral("ä").repeated(100));
        QCOMPARE(reason.size(), 2 + 122); // whole characters of two bytes
        const QByteArray pairs = closePayload(4401, QStringLiteral("😀").repeated(100));
        QCOMPARE(pairs.size(), 2 + 120); // of four
        QVERIFY(pairs.endsWith("\xf0\x9f\x98\x80"));
    }
};

QTEST_APPLESS_MAIN(TestFrameParser)
#include "tst_frame_parser.moc"
