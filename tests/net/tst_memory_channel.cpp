// SPDX-License-Identifier: MIT
#include "net/memory_channel.h"

#include <QSignalSpy>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using tutti::net::Channel;
using tutti::net::CloseInfo;
using tutti::net::MemoryChannel;

namespace {

CloseInfo closeInfo(const QSignalSpy& spy, qsizetype index = 0)
{
    return spy.at(index).at(0).value<CloseInfo>();
}

} // namespace

class TestMemoryChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhenBothWant()
    {
        auto [a, b] = MemoryChannel::makePair(QStringLiteral("/room"), QStringLiteral("here"));
        QSignalSpy openedA(a.get(), &Channel::opened);
        QSignalSpy openedB(b.get(), &Channel::opened);
        QCOMPARE(a->path(), QStringLiteral("/room"));
        QCOMPARE(b->host(), QStringLiteral("here"));
        a->open();
        QCoreApplication::processEvents();
        QVERIFY(!a->isOpen() && openedA.isEmpty());
        b->open();
        b->open(); // twice does no harm
        QCOMPARE(openedB.size(), 0); // nothing is emitted inside open()
        QTRY_COMPARE(openedB.size(), 1);
        QCOMPARE(openedA.size(), 1);
        QVERIFY(a->isOpen() && b->isOpen());
    }

    void framesArriveInOrderAndBeforeTheClose()
    {
        auto [a, b] = MemoryChannel::makePair();
        QStringList log;
        connect(b.get(), &Channel::opened, this, [&log] { log += QStringLiteral("open"); });
        connect(b.get(), &Channel::received, this,
            [&log](const QByteArray& frame) { log += QString::fromLatin1(frame); });
        connect(
            b.get(), &Channel::closed, this, [&log](const CloseInfo& info) { log += info.reason; });
        a->send("lost: not open");
        a->open();
        b->open();
        a->send("1");
        a->send("2");
        QCOMPARE(a->queuedBytes(), 2);
        a->close(4000, QStringLiteral("bye"));
        a->send("lost: closed");
        QVERIFY(!a->isOpen());
        QTRY_COMPARE(log.size(), 4);
        QCOMPARE(log.join(u' '), QStringLiteral("open 1 2 bye"));
        QCOMPARE(a->queuedBytes(), 0);
    }

    void closeTellsBothOnce()
    {
        auto [a, b] = MemoryChannel::makePair();
        QSignalSpy closedA(a.get(), &Channel::closed);
        QSignalSpy closedB(b.get(), &Channel::closed);
        a->open();
        b->open();
        QCoreApplication::processEvents();
        b->close(4403, QStringLiteral("not you"));
        b->close();
        QCOMPARE(closedB.size(), 0);
        QTRY_COMPARE(closedA.size(), 1);
        QTRY_COMPARE(closedB.size(), 1);
        QCOMPARE(closeInfo(closedA).code, 4403);
        QVERIFY(closeInfo(closedA).terminal);
        QVERIFY(!closeInfo(closedB).terminal); // who closes is not refused anything
        QCoreApplication::processEvents();
        QCOMPARE(closedA.size(), 1);
        QCOMPARE(closedB.size(), 1);
    }

    void opensAgain()
    {
        auto [a, b] = MemoryChannel::makePair();
        MemoryChannel* second = b.get();
        QSignalSpy got(second, &Channel::received);
        connect(second, &Channel::closed, second, [second] { second->open(); });
        QSignalSpy closedA(a.get(), &Channel::closed);
        a->open();
        b->open();
        QCoreApplication::processEvents();
        a->send("of the first link");
        a->close();
        QTRY_COMPARE(closedA.size(), 1);
        a->open();
        QTRY_VERIFY(a->isOpen());
        a->send("of the second");
        QTRY_COMPARE(got.size(), 2);
        QCOMPARE(got.at(1).at(0).toByteArray(), QByteArray("of the second"));
    }

    void whatWasUnderWayAtALossIsLost()
    {
        auto [a, b] = MemoryChannel::makePair();
        QSignalSpy got(b.get(), &Channel::received);
        QSignalSpy closedB(b.get(), &Channel::closed);
        a->open();
        b->open();
        QCoreApplication::processEvents();
        a->send("too late");
        b->close();
        QTRY_COMPARE(closedB.size(), 1);
        QCOMPARE(got.size(), 0);
    }

    void anEndThatDiesClosesTheOther()
    {
        auto [a, b] = MemoryChannel::makePair();
        QSignalSpy got(a.get(), &Channel::received);
        QSignalSpy closedA(a.get(), &Channel::closed);
        a->open();
        b->open();
        QCoreApplication::processEvents();
        b->send("last words");
        b.reset();
        QVERIFY(a->isOrphan());
        QTRY_COMPARE(closedA.size(), 1);
        QCOMPARE(got.size(), 1);
        QCOMPARE(closeInfo(closedA).code, CloseInfo::kGoingAway);
        a->open(); // in vain, but with an answer
        QTRY_COMPARE(closedA.size(), 2);
    }

    void closingWhileWaitingForTheOther()
    {
        auto [a, b] = MemoryChannel::makePair();
        QSignalSpy openedA(a.get(), &Channel::opened);
        QSignalSpy closedA(a.get(), &Channel::closed);
        a->open();
        a->close();
        QTRY_COMPARE(closedA.size(), 1);
        b->open();
        QCoreApplication::processEvents();
        QCOMPARE(openedA.size(), 0);
    }

    void terminalCodes_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("terminal");
        for (const int code : {1000, 1001, 1002, 1006, 1007, 1008, 1013, 4000, 4205, 4399, 4500}) {
            QTest::addRow("%d", code) << code << false;
        }
        for (const int code : {1009, 4400, 4401, 4403, 4404, 4408, 4499}) {
            QTest::addRow("%d", code) << code << true;
        }
    }

    void terminalCodes()
    {
        QFETCH(int, code);
        QTEST(CloseInfo::isTerminal(code), "terminal");
    }
};

QTEST_GUILESS_MAIN(TestMemoryChannel)
#include "tst_memory_channel.moc"
