// SPDX-License-Identifier: MIT
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_room.h"
#include "ui/presence/local_presence.h"
#include "ui/presence/presence_colors.h"

#include <memory>

using namespace tutti;
using namespace tutti::test;
using ui::LocalPresence;

namespace {

/// Counts what goes out, and reads it back as a peer would.
class Listener
{
public:
    explicit Listener(SharedRoom& room)
        : m_room(room)
        , m_subscription(room.awareness.observe([this](const auto& change) {
            published += static_cast<int>(
                change.added.size() + change.updated.size() + change.renewed.size());
            withdrawn += static_cast<int>(change.removed.size());
        }))
    { }

    [[nodiscard]] std::optional<ui::ResolvedSelection> selection() const
    {
        const crdt::Any* state = m_room.awareness.localState();
        if (state == nullptr) {
            return std::nullopt;
        }
        const auto read = ui::readPeerState(*state);
        return read.selection ? ui::resolve(*read.selection, m_room.text) : std::nullopt;
    }

    [[nodiscard]] bool isAt(int anchor, int head) const
    {
        return selection() == ui::ResolvedSelection{at(anchor), at(head)};
    }

    int published = 0;
    int withdrawn = 0;

private:
    SharedRoom& m_room;
    crdt::Subscription m_subscription;
};

} // namespace

class TestLocalPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silentBeforeTheUserIsKnown();
    void userAndCursor();
    void caretMovesAreThrottled();
    void remoteEditsSayNothingNew();
    void remoteEditAtTheCaret();
    void typingInTheMiddleSaysNothingNew();
    void cursorNotShared();
    void keepsOtherMembers();
    void withdrawsAtTheEnd();
    void rebind();
};

void TestLocalPresence::silentBeforeTheUserIsKnown()
{
    SharedRoom room(QStringLiteral("hello"));
    Listener listener(room);
    LocalPresence presence(room.awareness, room.editor);
    setCaret(room.editor, 3);
    QTest::qWait(0);
    QCOMPARE(listener.published, 0);
    QCOMPARE(room.awareness.localState(), nullptr);
}

void TestLocalPresence::userAndCursor()
{
    SharedRoom room(QStringLiteral("hello world"));
    Listener listener(room);
    LocalPresence presence(room.awareness, room.editor);
    setCaret(room.editor, 2, 7);
    presence.setUser(QStringLiteral("Ada"), ui::hueColor(6));
    QCOMPARE(listener.published, 1);
    QVERIFY(listener.isAt(2, 7));
    const auto read = ui::readPeerState(*room.awareness.localState());
    QCOMPARE(read.user.name, QStringLiteral("Ada"));
    QCOMPARE(read.user.color, ui::hueColor(6));
    setCaret(room.editor, 11);
    QTRY_VERIFY(listener.isAt(11, 11));
}

void TestLocalPresence::caretMovesAreThrottled()
{
    SharedRoom room(QString(2'000, u'x'));
    Listener listener(room);
    LocalPresence presence(room.awareness, room.editor);
    presence.setUser(QStringLiteral("Ada"), ui::hueColor(6));
    listener.published = 0;
    for (int i = 1; i <= 1'000; ++i) {
        setCaret(room.editor, i);
    }
    QTRY_VERIFY(listener.isAt(1'000, 1'000));
    QVERIFY2(listener.published <= 2, "a thousand moves in one turn are one or two messages");
}

void TestLocalPresence::remoteEditsSayNothingNew()
{
    SharedRoom room(QStringLiteral("hello world"));
    Listener listener(room);
    LocalPresence presence(room.awareness, room.editor);
    setCaret(room.editor, 6);
    presence.setUser(QStringLiteral("Ada"), ui::hueColor(6));
    listener.published = 0;
    for (int i = 0; i < 5; ++i) {
        insert(room.text, 0, QStringLiteral("line\n"));
        room.editor.binding()->flush();
        QTest::qWait(0);
    }
    QCOMPARE(room.editor.textCursor().position(), 31);
    QVERIFY(listener.isAt(31, 31)); // the sticky position went along
    QCOMPARE(listener.published, 0);
}

void TestLocalPresence::remoteEditAtTheCaret()
{
    SharedRoom room(QStringLiteral("hello world"));
    Listener listener(room);
    LocalPresence presence(room.awareness, room.editor);
    setCaret(room.editor, 6);
    presence.setUser(QStringLiteral("Ada"), ui::hueColor(6));
    insert(room.text, 6, QStringLiteral("big "));
    QTRY_COMPARE(shown(room.editor), QStringLiteral("hello big world"));
    QCOMPARE(room.editor.textCursor().position(), 6); // stays here: so this is news
    QTRY_VERIFY(listener.isAt(6, 6));
}

void TestLocalPresence::typingInTheMiddleSaysNothingNew()
{
    SharedRoom room(QStringLiteral("hello world"));
    Listener listener(room);
    LocalPresence presence(room.awareness, room.editor);
    setCaret(room.editor, 6);
    presence.setUser(QStringLiteral("Ada"), ui::hueColor(6));
    listener.published = 0;
    QTest::keyClicks(&room.editor, QStringLiteral("big "));
    QVERIFY(listener.isAt(10, 10)); // before the w, as it was
    QTest::qWait(0);
    QCOMPARE(listener.published, 0);
}

void TestLocalPresence::cursorNotShared()
{
    SharedRoom room(QStringLiteral("hello world"));
    Listener listener(room);
    LocalPresence presence(room.awareness, room.editor);
    presence.setUser(QStringLiteral("Ada"), ui::hueColor(6));
    QVERIFY(listener.selection());
    presence.setCursorShared(false);
    QTRY_VERIFY(!listener.selection());
    QVERIFY(room.awareness.localState() != nullptr);
    presence.setCursorShared(true);
    QTRY_VERIFY(listener.selection());
}

void TestLocalPresence::keepsOtherMembers()
{
    SharedRoom room(QStringLiteral("hello world"));
    LocalPresence presence(room.awareness, room.editor);
    presence.setUser(QStringLiteral("Ada"), ui::hueColor(6));
    room.awareness.setLocalStateField("role", crdt::Any("host"));
    presence.setUser(QStringLiteral("Ada L."), ui::hueColor(6));
    const crdt::Any* role = room.awareness.localState()->find("role");
    QVERIFY(role != nullptr);
    QCOMPARE(*role->stringIf(), std::string("host"));
}

void TestLocalPresence::withdrawsAtTheEnd()
{
    SharedRoom room(QStringLiteral("hello world"));
    Listener listener(room);
    auto presence = std::make_unique<LocalPresence>(room.awareness, room.editor);
    presence->setUser(QStringLiteral("Ada"), ui::hueColor(6));
    setCaret(room.editor, 3);
    presence.reset();
    QCOMPARE(listener.withdrawn, 1);
    QCOMPARE(room.awareness.localState(), nullptr);
}

void TestLocalPresence::rebind()
{
    SharedRoom room(QStringLiteral("hello world"));
    Listener listener(room);
    LocalPresence presence(room.awareness, room.editor);
    setCaret(room.editor, 3);
    presence.setUser(QStringLiteral("Ada"), ui::hueColor(6));
    room.editor.unbind();
    QTRY_VERIFY(!listener.selection());
    room.editor.bind(room.doc, room.text);
    QTRY_VERIFY(listener.isAt(0, 0));
}

QTEST_MAIN(TestLocalPresence)
#include "tst_local_presence.moc"
