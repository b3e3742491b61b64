// SPDX-License-Identifier: MIT
#include "net/reconnect_policy.h"

#include <QTest>

#include <set>

using namespace std::chrono_literals;
using tutti::net::ReconnectPolicy;

class TestReconnectPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waits_data()
    {
        QTest::addColumn<int>("attempt");
        QTest::addColumn<double>("random");
        QTest::addColumn<int>("ceiling");
        QTest::addColumn<int>("wait");

        QTest::newRow("first, least") << 0 << 0.0 << 100 << 0;
        QTest::newRow("first, half") << 0 << 0.5 << 100 << 50;
        QTest::newRow("first, most") << 0 << 0.999999 << 100 << 99;
        QTest::newRow("second") << 1 << 0.5 << 200 << 100;
        QTest::newRow("third") << 2 << 0.5 << 400 << 200;
        QTest::newRow("ninth") << 8 << 0.5 << 25'600 << 12'800;
        QTest::newRow("tenth is capped") << 9 << 0.5 << 30'000 << 15'000;
        QTest::newRow("a thousand tries later") << 1'000 << 0.5 << 30'000 << 15'000;
        QTest::newRow("a generator that gives 1") << 0 << 1.0 << 100 << 99;
        QTest::newRow("a broken generator") << 0 << -3.0 << 100 << 0;
    }

    void waits()
    {
        QFETCH(int, attempt);
        QFETCH(double, random);
        QFETCH(int, ceiling);
        QFETCH(int, wait);

        ReconnectPolicy policy({}, [random] { return random; });
        for (int i = 0; i < attempt; ++i) {
            static_cast<void>(policy.next());
        }
        QCOMPARE(policy.attempts(), attempt);
        QCOMPARE(policy.ceiling().count(), ceiling);
        QCOMPARE(policy.next().count(), wait);
        QCOMPARE(policy.attempts(), attempt + 1);
    }

    void resetStartsOver()
    {
        ReconnectPolicy policy({}, [] { return 0.5; });
        for (int i = 0; i < 6; ++i) {
            static_cast<void>(policy.next());
        }
        QVERIFY(policy.ceiling() > 100ms);
        policy.reset();
        QCOMPARE(policy.ceiling(), 100ms);
        QCOMPARE(policy.next(), 50ms);
    }

    void oddLimits()
    {
        ReconnectPolicy none({0ms, 0ms}, [] { return 0.9; });
        QCOMPARE(none.next(), 0ms);
        ReconnectPolicy firstAboveMost({500ms, 200ms}, [] { return 0.5; });
        QCOMPARE(firstAboveMost.next(), 100ms);
    }

    void theDefaultSpreadsAHerd()
    {
        std::set<std::chrono::milliseconds> waits;
        for (int client = 0; client < 50; ++client) {
            ReconnectPolicy policy;
            for (int i = 0; i < 7; ++i) {
                static_cast<void>(policy.next());
            }
            const auto wait = policy.next(); // uniform in [0, 12.8 s)
            QVERIFY(wait >= 0ms && wait < 12'800ms);
            waits.insert(wait);
        }
        QVERIFY2(waits.size() > 40, "fifty clients should hardly ever choose the same millisecond");
    }
};

QTEST_GUILESS_MAIN(TestReconnectPolicy)
#include "tst_reconnect_policy.moc"
