// SPDX-License-Identifier: MIT
#include "net/room_address.h"

#include <QSet>
#include <QTest>

using tutti::net::RoomAddress;

class TestRoomAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("hostAndPort");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("room");

        const auto row = [](const char* name, const char* text, const char* canonical,
                             const char* host, int port, const char* room) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(canonical)
                                << QString::fromUtf8(host) << port << QString::fromUtf8(room);
        };
        row("plain", "ws://example.org:1234/notes", "ws://example.org:1234/notes",
            "example.org:1234", 1234, "notes");
        row("default port", "ws://example.org/notes", "ws://example.org/notes", "example.org", 80,
            "notes");
        row("default port, written", "ws://example.org:80/n", "ws://example.org/n", "example.org",
            80, "n");
        row("no digits after the colon", "ws://example.org:/n", "ws://example.org/n", "example.org",
            80, "n");
        row("secure", "wss://example.org/n", "wss://example.org/n", "example.org", 443, "n");
        row("secure on 80", "wss://example.org:80/n", "wss://example.org:80/n", "example.org:80",
            80, "n");
        row("capitals", "WSS://Example.ORG/N", "wss://example.org/N", "example.org", 443, "N");
        row("pasted with blanks", "  ws://h/a\n", "ws://h/a", "h", 80, "a");
        row("pasted over two lines", "ws://h/abc\ndef", "ws://h/abcdef", "h", 80, "abcdef");
        row("IPv4", "ws://127.0.0.1:9/a", "ws://127.0.0.1:9/a", "127.0.0.1:9", 9, "a");
        row("IPv6", "ws://[::1]:9/a", "ws://[::1]:9/a", "[::1]:9", 9, "a");
        row("IPv6, default port", "ws://[::1]/a", "ws://[::1]/a", "[::1]", 80, "a");
        row("international", "ws://exämple.org/a", "ws://xn--exmple-cua.org/a",
            "xn--exmple-cua.org", 80, "a");
        row("query", "ws://h/a?token=x y", "ws://h/a?token=x%20y", "h", 80, "a");

        // The rows that real browsers were measured with.
        row("space", "ws://h/my room", "ws://h/my%20room", "h", 80, "my room");
        row("umlaut", "ws://h/räum", "ws://h/r%C3%A4um", "h", 80, "räum");
        row("Japanese", "ws://h/日本", "ws://h/%E6%97%A5%E6%9C%AC", "h", 80, "日本");
        row("emoji", "ws://h/emoji🙂", "ws://h/emoji%F0%9F%99%82", "h", 80, "emoji🙂");
        row("slash", "ws://h/a/b", "ws://h/a/b", "h", 80, "a/b");
        row("slash, encoded", "ws://h/a%2Fb", "ws://h/a%2Fb", "h", 80, "a/b");
        row("plus", "ws://h/a+b", "ws://h/a+b", "h", 80, "a+b");
        row("quote", "ws://h/a\"b", "ws://h/a%22b", "h", 80, "a\"b");
        row("bar, as Chromium", "ws://h/a|b", "ws://h/a%7Cb", "h", 80, "a|b");
        row("caret, as Chromium", "ws://h/a^b", "ws://h/a%5Eb", "h", 80, "a^b");
        row("braces", "ws://h/a{b}", "ws://h/a%7Bb%7D", "h", 80, "a{b}");
        row("apostrophe", "ws://h/a'b", "ws://h/a'b", "h", 80, "a'b");
        row("angles", "ws://h/a<b>", "ws://h/a%3Cb%3E", "h", 80, "a<b>");
        row("backtick", "ws://h/a`b", "ws://h/a%60b", "h", 80, "a`b");
        row("brackets", "ws://h/a[b]", "ws://h/a[b]", "h", 80, "a[b]");
        row("tilde", "ws://h/a~b", "ws://h/a~b", "h", 80, "a~b");
        row("punctuation", "ws://h/a;b=c:d@e&f", "ws://h/a;b=c:d@e&f", "h", 80, "a;b=c:d@e&f");
        row("two slashes", "ws://h/a//b", "ws://h/a//b", "h", 80, "a//b");
        row("two slashes first", "ws://h//b", "ws://h//b", "h", 80, "/b");
        row("one dot", "ws://h/./x", "ws://h/x", "h", 80, "x");
        row("two dots", "ws://h/../x", "ws://h/x", "h", 80, "x");
        row("two dots inside", "ws://h/a/b/../x", "ws://h/a/x", "h", 80, "a/x");
        row("dots, encoded", "ws://h/a/%2e%2E/x", "ws://h/x", "h", 80, "x");
        row("dots last", "ws://h/a/b/..", "ws://h/a/", "h", 80, "a/");
        row("backslash", "ws://h/a\\b", "ws://h/a/b", "h", 80, "a/b");
        row("slash last", "ws://h/trail/", "ws://h/trail/", "h", 80, "trail/");
    }

    void parsed()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const auto address = RoomAddress::parse(text);
        QVERIFY2(address, qPrintable(address ? QString() : address.error()));
        QCOMPARE(address->toString(), canonical);
        QTEST(address->hostAndPort(), "hostAndPort");
        QTEST(int{address->port()}, "port");
        QTEST(address->room(), "room");

        // What goes to the socket is what we say, to the byte: QUrl rewrites none of it.
        const QUrl url = address->url();
        QVERIFY(url.isValid());
        QCOMPARE(url.path(QUrl::FullyEncoded), address->path());
        QCOMPARE(url.query(QUrl::FullyEncoded), address->query());

        const auto again = RoomAddress::parse(canonical);
        QVERIFY(again);
        QVERIFY(*again == *address);
    }

    void refused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* text, const char* says) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(says);
        };
        row("nothing", "", "empty");
        row("blanks", "  \n ", "empty");
        row("no scheme", "example.org/room", "ws://");
        row("a host and a port", "localhost:1234/room", "ws://");
        row("http", "http://example.org/room", "ws://");
        row("file", "file:///etc/passwd", "ws://");
        row("no host", "ws:///room", "no host");
        row("only a scheme", "ws://", "no host");
        row("only a port", "ws://:80/room", "no host");
        row("no room", "ws://example.org", "names no room");
        row("no room after the slash", "ws://example.org/", "names no room");
        row("dots lead nowhere", "ws://example.org/a/..", "names no room");
        row("only a query", "ws://example.org?room=a", "names no room");
        row("port too large", "ws://h:65536/a", "65536");
        row("port zero", "ws://h:0/a", "port");
        row("port with a sign", "ws://h:+80/a", "port");
        row("port in letters", "ws://h:http/a", "http");
        row("port below zero", "ws://h:-1/a", "port");
        row("fragment", "ws://h/a#b", "#");
        row("user name", "ws://me@h/a", "user name");
        row("password", "ws://me:secret@h/a", "user name");
        row("blank in the host", "ws://a b/c", "a b");
        row("half an IPv6 address", "ws://[::1/c", "host");
        row("lone percent", "ws://h/100%", "%");
        row("percent without hex", "ws://h/a%zz", "%");
        row("percent in the query", "ws://h/a?b=%", "%");
        row("encoded letter", "ws://h/%41", "%41");
        row("no document", "hocuspocus+ws://h:1", "#DOCUMENT");
        row("empty document", "hocuspocus+ws://h:1/x#", "#DOCUMENT");
        row("zero in a document", "hocuspocus+ws://h#a%00b", "zero");
        row("unknown protocol", "hocuspocus+http://h#a", "ws://");
        row("lower-case hex", "ws://h/r%c3%a4um", "%c3");
    }

    void refused()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto address = RoomAddress::parse(text);
        QVERIFY2(!address, qPrintable(address ? address->toString() : QString()));
        QVERIFY2(address.error().contains(says), qPrintable(address.error()));
        QVERIFY(!address.error().endsWith(u'.'));
        QVERIFY2(!address.error().contains(QStringLiteral("secret")), "a password was repeated");
    }

    void hocuspocus_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("document");
        QTest::addColumn<QString>("canonical");
        const auto row = [](const char* text, const char* url, const char* document,
                             const char* canonical) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(url)
                                << QString::fromUtf8(document) << QString::fromUtf8(canonical);
        };
        row("hocuspocus+ws://h:1234#notes", "ws://h:1234/", "notes",
            "hocuspocus+ws://h:1234#notes");
        row("HOCUSPOCUS+WSS://h/#a/b", "wss://h/", "a/b", "hocuspocus+wss://h#a/b");
        row("hocuspocus+wss://h/collab?x=1#a b%20c%25", "wss://h/collab?x=1", "a b c%",
            "hocuspocus+wss://h/collab?x=1#a%20b%20c%25");
        row("hocuspocus+ws://h#Ünï#2?", "ws://h/", "Ünï#2?",
            "hocuspocus+ws://h#%C3%9Cn%C3%AF%232%3F");
    }

    void hocuspocus()
    {
        QFETCH(QString, text);
        const auto address = RoomAddress::parse(text);
        QVERIFY2(address, qPrintable(address ? QString() : address.error()));
        QCOMPARE(address->protocol(), RoomAddress::Protocol::Hocuspocus);
        QTEST(address->url().toString(QUrl::FullyEncoded), "url");
        QTEST(address->document(), "document");
        QTEST(address->room(), "document");
        QTEST(address->toString(), "canonical");
        QCOMPARE(RoomAddress::parse(address->toString()), *address);
        QVERIFY(RoomAddress::looksLikeOne(text));
    }

    void tokens()
    {
        const auto address =
            *RoomAddress::parse(QStringLiteral("wss://h/r?branch=a&token=old&tokenizer=b"));
        const RoomAddress fresh = address.withToken(QStringLiteral("a+b/c=&d%20 ü"));
        QCOMPARE(fresh.toString(),
            QStringLiteral("wss://h/r?branch=a&tokenizer=b&token=a%2Bb%2Fc%3D%26d%2520%20%C3%BC"));
        QCOMPARE(RoomAddress::parse(fresh.toString()), fresh);
        QCOMPARE(fresh.withoutQuery().toString(), QStringLiteral("wss://h/r"));
        QVERIFY(!RoomAddress::looksLikeOne(QStringLiteral("https://h/r")));
    }

    void made()
    {
        const auto plain = RoomAddress::make(QStringLiteral("::1"), 1234, QStringLiteral("a.txt"));
        QVERIFY(plain);
        QCOMPARE(plain->toString(), QStringLiteral("ws://[::1]:1234/a.txt"));
        const auto odd =
            RoomAddress::make(QStringLiteral("h"), 443, QStringLiteral("100% of #1?"), true);
        QVERIFY(odd);
        QCOMPARE(odd->toString(), QStringLiteral("wss://h/100%25%20of%20%231%3F"));
        QCOMPARE(odd->room(), QStringLiteral("100% of #1?"));
        QVERIFY(!RoomAddress::make(QStringLiteral("h"), 1, QString()));
    }

    void roomNames_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << QStringLiteral("README.md") << QStringLiteral("README.md");
        QTest::newRow("folder") << QStringLiteral("/home/me/a b.txt") << QStringLiteral("a-b.txt");
        QTest::newRow("umlauts") << QString::fromUtf8("Müller & Söhne.txt")
                                 << QStringLiteral("M-ller-S-hne.txt");
        QTest::newRow("nothing left") << QString::fromUtf8("日本") << QStringLiteral("untitled");
        QTest::newRow("empty") << QString() << QStringLiteral("untitled");
        QTest::newRow("dots") << QStringLiteral("..") << QStringLiteral("untitled");
        QTest::newRow("hidden") << QStringLiteral(".bashrc") << QStringLiteral(".bashrc");
    }

    void roomNames()
    {
        QFETCH(QString, file);
        QTEST(RoomAddress::roomNameFor(file), "name");
        QSet<QString> seen;
        for (int i = 0; i < 100; ++i) {
            const QString unique = RoomAddress::uniqueRoomNameFor(file);
            const auto address = RoomAddress::make(QStringLiteral("h"), 1, unique);
            QVERIFY(address);
            QCOMPARE(address->path(), QString(u'/' + unique)); // sent by every client as it is
            seen.insert(unique);
        }
        QCOMPARE(seen.size(), 100);
    }
};

QTEST_GUILESS_MAIN(TestRoomAddress)
#include "tst_room_address.moc"
