// SPDX-License-Identifier: MIT
// States as Yjs editors put them on the wire, captured from the real ones, and our own.
#include "tests/ui/support/bound_editor.h"
#include "ui/presence/awareness_codec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace tutti;
using namespace tutti::ui;
using test::at;

namespace {

/// Client 7007 wrote "Hello wide" into the root of that name.
struct Room
{
    explicit Room(std::string_view root)
        : text(doc.get<crdt::Text>(root))
    {
        text.insert(at(0), u"Hello wide");
    }

    crdt::Doc doc{{.clientId = crdt::ClientId(7007), .guid = {}, .gc = true}};
    crdt::Text text;
};

crdt::Any json(const char* text) { return crdt::Any::fromJson(text).value(); }

} // namespace

class TestAwarenessCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void names_data();
    void names();
    void hidesWhatDoesNotResolve();
    void hostileStates_data();
    void hostileStates();
    void writesAllFourKeys();
    void mirrorsTheCursor();
    void takesTheCursorAway();
    void roundTrip();
    void initials_data();
    void initials();
};

void TestAwarenessCodec::reads_data()
{
    QTest::addColumn<QByteArray>("root");
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<int>("anchor"); // -1: shows no cursor in this text
    QTest::addColumn<int>("head");

    QTest::newRow("CodeMirror, selection")
        << QByteArray("codemirror")
        << QByteArray(
               R"({"user":{"name":"Ada","color":"#30bced","colorLight":"#30bced33"},"cursor":{"anchor":{"type":null,"tname":"codemirror","item":{"client":7007,"clock":2},"assoc":0},"head":{"type":null,"tname":"codemirror","item":{"client":7007,"clock":5},"assoc":0}}})")
        << 2 << 5;
    QTest::newRow("CodeMirror, at the end")
        << QByteArray("codemirror")
        << QByteArray(
               R"({"user":{"name":"Ada","color":"#30bced","colorLight":"#30bced33"},"cursor":{"anchor":{"type":null,"tname":"codemirror","item":null,"assoc":0},"head":{"type":null,"tname":"codemirror","item":null,"assoc":0}}})")
        << 10 << 10;
    QTest::newRow("Monaco")
        << QByteArray("monaco")
        << QByteArray(
               R"({"user":{"name":"Ada","color":"#30bced"},"selection":{"anchor":{"type":null,"tname":"monaco","item":{"client":7007,"clock":2},"assoc":0},"head":{"type":null,"tname":"monaco","item":{"client":7007,"clock":5},"assoc":0}}})")
        << 2 << 5;
    QTest::newRow("Jupyter, the primary of several")
        << QByteArray("source")
        << QByteArray(
               R"j({"user":{"username":"u1","name":"u1","display_name":"Ada","initials":"A","color":"var(--jp-collaborator-color4)"},"cursors":[{"anchor":{"type":null,"tname":"source","item":{"client":7007,"clock":1},"assoc":0},"head":{"type":null,"tname":"source","item":{"client":7007,"clock":1},"assoc":0},"primary":false,"empty":true},{"anchor":{"type":null,"tname":"source","item":{"client":7007,"clock":6},"assoc":0},"head":{"type":null,"tname":"source","item":{"client":7007,"clock":3},"assoc":0},"primary":true,"empty":false}]})j")
        << 6 << 3;
    QTest::newRow("Jupyter, none called primary")
        << QByteArray("source")
        << QByteArray(
               R"({"user":{"display_name":"Ada"},"cursors":[{"anchor":{"tname":"source","item":{"client":7007,"clock":1}},"head":{"tname":"source","item":{"client":7007,"clock":4}}}]})")
        << 1 << 4;
    QTest::newRow("item without tname")
        << QByteArray("codemirror")
        << QByteArray(
               R"({"user":{"name":"Ada"},"cursor":{"anchor":{"item":{"client":7007,"clock":2}},"head":{"item":{"client":7007,"clock":4}}}})")
        << 2 << 4;
    QTest::newRow("assoc before")
        << QByteArray("default")
        << QByteArray(
               R"({"user":{"name":"Ada"},"cursor":{"anchor":{"type":null,"tname":"default","item":{"client":7007,"clock":3},"assoc":-1},"head":{"type":null,"tname":"default","item":null,"assoc":-1}}})")
        << 4 << 0;
    QTest::newRow("Tiptap, in its own tree")
        << QByteArray("codemirror")
        << QByteArray(
               R"({"user":{"name":"Ada","color":"#30bced"},"cursor":{"anchor":{"type":{"client":7007,"clock":11},"tname":null,"item":null,"assoc":-1},"head":{"type":{"client":7007,"clock":11},"tname":null,"item":null,"assoc":-1}}})")
        << -1 << -1;
    QTest::newRow("ProseMirror, no cursor")
        << QByteArray("codemirror")
        << QByteArray(R"({"user":{"name":"Ada","color":"#30bced"},"cursor":null})") << -1 << -1;
    QTest::newRow("another root")
        << QByteArray("codemirror")
        << QByteArray(
               R"({"user":{"name":"Ada"},"cursor":{"anchor":{"type":null,"tname":"monaco","item":null,"assoc":0},"head":{"type":null,"tname":"monaco","item":null,"assoc":0}}})")
        << -1 << -1;
    QTest::newRow("y-textarea, positions elsewhere")
        << QByteArray("codemirror")
        << QByteArray(
               R"({"user":{"name":"Ada"},"ta1":{"user":7007,"selection":true,"start":"{}","end":"{}"}})")
        << -1 << -1;
}

void TestAwarenessCodec::reads()
{
    QFETCH(QByteArray, root);
    QFETCH(QByteArray, state);
    QFETCH(int, anchor);
    QFETCH(int, head);
    const Room room(root.constData());
    const PeerState read = readPeerState(json(state.constData()));
    QCOMPARE(read.user.name, QStringLiteral("Ada"));
    const auto resolved = read.selection ? resolve(*read.selection, room.text) : std::nullopt;
    QCOMPARE(resolved.has_value(), anchor >= 0);
    if (resolved) {
        QCOMPARE(resolved->anchor, at(anchor));
        QCOMPARE(resolved->head, at(head));
    }
}

void TestAwarenessCodec::names_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("initials");
    QTest::addColumn<QColor>("color");

    QTest::newRow("usual") << QByteArray(R"({"name":"Ada Lovelace","color":"#30bced"})")
                           << QStringLiteral("Ada Lovelace") << QStringLiteral("AL")
                           << QColor(0x30bced);
    QTest::newRow("display_name before the account") << QByteArray(
        R"j({"username":"a1","name":"a1","display_name":"Ada","initials":"AX","color":"var(--jp-collaborator-color1)"})j")
                                                     << QStringLiteral("Ada")
                                                     << QStringLiteral("AX") << QColor(0xffad8e);
    QTest::newRow("only a light colour")
        << QByteArray(R"({"name":"Bo","colorLight":"#30bced33"})") << QStringLiteral("Bo")
        << QStringLiteral("B") << QColor(0x30bced);
    QTest::newRow("nothing") << QByteArray("{}") << QString() << QString() << QColor();
    QTest::newRow("lines and control characters")
        << QByteArray(R"({"name":"  A\n\u0007b\u202e  c "})") << QStringLiteral("A b c")
        << QStringLiteral("AC") << QColor();
    QTest::newRow("emoji") << QByteArray(R"({"name":"\ud83e\udd8a fox"})")
                           << QStringLiteral(u"\U0001F98A fox") << QStringLiteral(u"\U0001F98AF")
                           << QColor();
    QTest::newRow("wrong kinds") << QByteArray(R"({"name":7,"color":{"r":1}})") << QString()
                                 << QString() << QColor();
}

void TestAwarenessCodec::names()
{
    QFETCH(QByteArray, user);
    QFETCH(QString, name);
    QFETCH(QString, initials);
    QFETCH(QColor, color);
    const crdt::Any state = crdt::Any::object({{"user", json(user.constData())}});
    const PeerUser read = readPeerState(state).user;
    QCOMPARE(read.name, name);
    QCOMPARE(read.initials, initials);
    QCOMPARE(read.color.isValid(), color.isValid());
    if (color.isValid()) {
        QCOMPARE(read.color.rgb(), QColor(color.rgb() | 0xff000000).rgb());
    }
}

void TestAwarenessCodec::hidesWhatDoesNotResolve()
{
    const Room room("codemirror");
    const auto state = json(
        R"({"cursor":{"anchor":{"tname":"codemirror","item":{"client":7007,"clock":2}},"head":{"tname":"codemirror","item":{"client":9,"clock":1}}}})");
    const PeerState read = readPeerState(state);
    QVERIFY(read.selection);
    QVERIFY(!resolve(*read.selection, room.text)); // the head has not arrived
}

void TestAwarenessCodec::hostileStates_data()
{
    QTest::addColumn<QByteArray>("state");
    for (const char* state :
        {"null", "[]", "7", "\"x\"", "{}", R"({"user":null})", R"({"user":[]})", R"({"cursor":[]})",
            R"({"cursor":{"anchor":1,"head":2}})", R"({"cursor":{"anchor":{},"head":{}}})",
            R"({"cursor":{"anchor":{"item":{"client":-1,"clock":1.5}},"head":{"item":{}}}})",
            R"({"cursor":{"anchor":{"tname":7},"head":{"type":"x"}}})", R"({"cursors":{"0":1}})",
            R"({"cursors":[null,7,{"anchor":null}]})", R"({"selection":"all"})"}) {
        QTest::newRow(state) << QByteArray(state);
    }
}

void TestAwarenessCodec::hostileStates()
{
    QFETCH(QByteArray, state);
    const Room room("codemirror");
    const PeerState read = readPeerState(json(state.constData()));
    QVERIFY(read.user.name.isEmpty());
    QVERIFY(!read.selection || !resolve(*read.selection, room.text));
}

void TestAwarenessCodec::writesAllFourKeys()
{
    // without `item: null` at the end of the text y-codemirror.next crashes
    const Room room("codemirror");
    crdt::Any state = crdt::Any::object();
    const auto end = crdt::StickyIndex::at(room.text, at(10));
    setSelectionIn(state, StickySelection{crdt::StickyIndex::at(room.text, at(2)), end});
    QCOMPARE(QByteArray::fromStdString(state.find("cursor")->toJson()),
        QByteArray(
            R"({"anchor":{"type":null,"tname":"codemirror","item":{"client":7007,"clock":2},"assoc":0},"head":{"type":null,"tname":"codemirror","item":null,"assoc":0}})"));
}

void TestAwarenessCodec::mirrorsTheCursor()
{
    const Room room("codemirror");
    crdt::Any state = crdt::Any::object({{"user",
        userToAny({QStringLiteral("Ada Lovelace"), QStringLiteral("AL"), QColor(0x0675e0)})}});
    const auto index = crdt::StickyIndex::at(room.text, at(3));
    setSelectionIn(state, StickySelection{index, index});
    const QJsonObject object =
        QJsonDocument::fromJson(QByteArray::fromStdString(state.toJson())).object();
    const auto member = [&object](const char* name) { return object.value(QLatin1String(name)); };
    QCOMPARE(member("cursor"), member("selection"));
    const QJsonObject jupyter = member("cursors").toArray().first().toObject();
    QCOMPARE(jupyter.value(QLatin1String("head")),
        member("cursor").toObject().value(QLatin1String("head")));
    QCOMPARE(jupyter.value(QLatin1String("primary")).toBool(), true);
    QCOMPARE(jupyter.value(QLatin1String("empty")).toBool(), true);
    const QJsonObject user = member("user").toObject();
    QCOMPARE(user.value(QLatin1String("name")).toString(), QStringLiteral("Ada Lovelace"));
    QCOMPARE(user.value(QLatin1String("color")).toString(), QStringLiteral("#0675e0"));
    QCOMPARE(user.value(QLatin1String("colorLight")).toString(), QStringLiteral("#0675e033"));
    QCOMPARE(user.value(QLatin1String("display_name")).toString(), QStringLiteral("Ada Lovelace"));
}

void TestAwarenessCodec::takesTheCursorAway()
{
    const Room room("codemirror");
    crdt::Any state = crdt::Any::object();
    const auto index = crdt::StickyIndex::at(room.text, at(3));
    setSelectionIn(state, StickySelection{index, index});
    setSelectionIn(state, std::nullopt);
    QVERIFY(state.find("cursor")->isNull());
    QVERIFY(state.find("selection")->isNull());
    QVERIFY(state.find("cursors")->arrayIf()->empty());
    QVERIFY(!readPeerState(state).selection);
}

void TestAwarenessCodec::roundTrip()
{
    const Room room("codemirror");
    const PeerUser user{
        QStringLiteral(u"Zo\u00EB \U0001F98A"), QStringLiteral(u"Z\U0001F98A"), QColor(0x854408)};
    const StickySelection selection{
        crdt::StickyIndex::at(room.text, at(1)), crdt::StickyIndex::at(room.text, at(9))};
    crdt::Any state = crdt::Any::object({{"user", userToAny(user)}});
    setSelectionIn(state, selection);
    const PeerState read = readPeerState(json(state.toJson().c_str()));
    QCOMPARE(read.user.name, user.name);
    QCOMPARE(read.user.initials, user.initials);
    QCOMPARE(read.user.color.rgb(), QColor(0x854408).rgb());
    QVERIFY(read.selection == selection);
}

void TestAwarenessCodec::initials_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one word") << QStringLiteral("ada") << QStringLiteral("A");
    QTest::newRow("two words") << QStringLiteral("ada lovelace") << QStringLiteral("AL");
    QTest::newRow("first and last")
        << QStringLiteral("Ada King of Lovelace") << QStringLiteral("AL");
    QTest::newRow("accent as two code points")
        << QStringLiteral(u"e\u0301mile") << QStringLiteral(u"E\u0301");
    QTest::newRow("CJK") << QStringLiteral(u"\u5C71\u7530 \u592A\u90CE")
                         << QStringLiteral(u"\u5C71\u592A");
    QTest::newRow("family emoji") << QStringLiteral(u"\U0001F469\u200D\U0001F4BB dev")
                                  << QStringLiteral(u"\U0001F469\u200D\U0001F4BBD");
    QTest::newRow("nothing") << QStringLiteral("  ") << QString();
}

void TestAwarenessCodec::initials()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    QCOMPARE(initialsOf(name), expected);
}

QTEST_APPLESS_MAIN(TestAwarenessCodec)
#include "tst_awareness_codec.moc"
