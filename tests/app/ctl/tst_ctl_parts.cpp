// SPDX-License-Identifier: MIT
#include "app/ctl/inspect_report.h"
#include "app/ctl/listen_address.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <span>

using namespace tutti;

namespace {

crdt::DecodedUpdate decoded(const QByteArray& bytes)
{
    const auto update = crdt::decodeUpdate(
        std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
    if (!update) {
        qFatal("%s", update.error().message.c_str());
    }
    return *update;
}

/// Client 1001 writes "Hello", 2002 appends " w🙂", and [1, 3) is deleted.
QByteArray sample()
{
    return QByteArray::fromHex("02"
                               "01d20f0084e9070406")
        + " w\xf0\x9f\x99\x82" + QByteArray::fromHex("01e907000401 0a") + "codemirror"
        + QByteArray::fromHex("05") + "Hello" + QByteArray::fromHex("01e907010102");
}

} // namespace

class TestCtlParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listenAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("address"); ///< empty: refused
        QTest::addColumn<int>("port");
        const auto row = [](const char* text, const char* address, int port) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(address)
                                << port;
        };
        row("127.0.0.1:1234", "127.0.0.1", 1234);
        row("0.0.0.0:0", "0.0.0.0", 0);
        row("[::1]:80", "::1", 80);
        row("[::]:80", "::", 80);
        row("localhost:9", "127.0.0.1", 9);
        row(":9", "127.0.0.1", 9);
        row("4321", "127.0.0.1", 4321);
        row("", "", 0);
        row("127.0.0.1", "", 0);
        row("127.0.0.1:", "", 0);
        row("127.0.0.1:x", "", 0);
        row("127.0.0.1:-1", "", 0);
        row("127.0.0.1:+1", "", 0);
        row("127.0.0.1:65536", "", 0);
        row("::1:80", "", 0);
        row("256.0.0.1:80", "", 0);
        row("example.org:80", "", 0);
    }

    void listenAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, address);
        const auto where = app::ctl::parseListenAddress(text);
        QCOMPARE(where.has_value(), !address.isEmpty());
        if (where) {
            QCOMPARE(where->address.toString(), address);
            QTEST(int{where->port}, "port");
        } else {
            QVERIFY(!where.error().isEmpty() && !where.error().endsWith(u'.'));
        }
    }

    void inspectForPeople()
    {
        const QStringList lines = app::ctl::inspectText(decoded(sample())).split(u'\n');
        QCOMPARE(lines.size(), 7); // the last is empty
        QCOMPARE(lines[0], QStringLiteral("2 clients, 2 structs, 1 deletes"));
        QVERIFY(lines.contains(QStringLiteral("client 1001: clocks 0 to 5, 1 structs")));
        QVERIFY(lines.contains(QStringLiteral("client 2002: clocks 0 to 4, 1 structs")));
        QVERIFY(lines.contains(
            QStringLiteral("struct 1001:0 length 5 String in \"codemirror\": Hello")));
        QVERIFY(
            lines.contains(QString::fromUtf8("struct 2002:0 length 4 String after 1001:4:  w🙂")));
        QVERIFY(lines.contains(QStringLiteral("delete 1001:1 length 2")));
    }

    void inspectForPrograms()
    {
        const QByteArray json = app::ctl::inspectJson(decoded(sample()));
        QVERIFY(!json.contains('\n'));
        const QJsonObject report = QJsonDocument::fromJson(json).object();
        QCOMPARE(report[QStringLiteral("clients")].toArray().size(), 2);
        const QJsonArray structs = report[QStringLiteral("structs")].toArray();
        QCOMPARE(structs.size(), 2);
        QSet<int> clients;
        for (const QJsonValue& value : structs) {
            const QJsonObject info = value.toObject();
            clients.insert(info[QStringLiteral("client")].toInt());
            if (info[QStringLiteral("client")].toInt() == 1001) {
                QCOMPARE(info[QStringLiteral("root")].toString(), QStringLiteral("codemirror"));
                QCOMPARE(info[QStringLiteral("content")].toString(), QStringLiteral("Hello"));
                QVERIFY(info[QStringLiteral("origin")].isNull());
            } else {
                QCOMPARE(info[QStringLiteral("origin")][QStringLiteral("clock")].toInt(), 4);
                QCOMPARE(info[QStringLiteral("length")].toInt(), 4);
            }
        }
        QCOMPARE(clients, QSet<int>({1001, 2002}));
        const QJsonObject deleted = report[QStringLiteral("deletes")].toArray()[0].toObject();
        QCOMPARE(deleted[QStringLiteral("clock")].toInt(), 1);
        QCOMPARE(deleted[QStringLiteral("length")].toInt(), 2);
    }

    void inspectNothing()
    {
        QCOMPARE(app::ctl::inspectText(decoded(QByteArray(2, '\0'))),
            QStringLiteral("0 clients, 0 structs, 0 deletes\n"));
    }
};

QTEST_GUILESS_MAIN(TestCtlParts)
#include "tst_ctl_parts.moc"
