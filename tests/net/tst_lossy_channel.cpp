// SPDX-License-Identifier: MIT
#include "harness.h"

#include <QTest>
#include <QTimer>

#include <random>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace std::chrono_literals;
using namespace tutti;
using namespace tutti::net::test;

namespace {

/// A third kind of Channel, in a page of code: one of two ends of a bad line, which loses one
/// frame in five and delivers the others in any order.
class LossyChannel final : public net::Channel
{
public:
    explicit LossyChannel(std::mt19937& random)
        : m_random(random)
    {
        connect(&m_delivery, &QTimer::timeout, this, [this] { deliver(); });
    }
    void connectTo(LossyChannel& other)
    {
        m_other = &other;
        other.m_other = this;
    }

    QString path() const override { return QStringLiteral("/bad-line"); }
    bool isOpen() const override { return m_open; }
    void open() override
    {
        QTimer::singleShot(0, this, [this] {
            m_open = true;
            m_delivery.start(0);
            Q_EMIT opened();
        });
    }
    void send(const QByteArray& frame) override
    {
        ++sent;
        if (m_random() % 5 == 0) {
            ++lost;
        } else if (m_open && m_other->m_open) {
            m_other->m_underWay.push_back(frame);
        }
    }
    void close(int code, const QString& reason) override
    {
        m_open = false;
        m_delivery.stop();
        QTimer::singleShot(0, this, [this, code, reason] { Q_EMIT closed({code, reason, false}); });
    }

    int sent = 0;
    int lost = 0;

private:
    void deliver()
    {
        if (!m_underWay.empty() && m_random() % 2 == 0) {
            const auto which = static_cast<std::ptrdiff_t>(m_random() % m_underWay.size());
            const QByteArray frame = m_underWay.at(static_cast<std::size_t>(which));
            m_underWay.erase(m_underWay.begin() + which);
            Q_EMIT received(frame);
        }
    }

    std::mt19937& m_random;
    LossyChannel* m_other = nullptr;
    std::vector<QByteArray> m_underWay;
    QTimer m_delivery;
    bool m_open = false;
};

void editAtRandom(crdt::Doc& doc, std::mt19937& random)
{
    const auto length = static_cast<std::uint32_t>(textOf(doc).size());
    if (length > 0 && random() % 3 == 0) {
        erase(doc, static_cast<std::uint32_t>(random() % length), 1 + random() % 4);
    } else {
        const std::u16string words[] = {u"a", u"bc", u"🙂", u"\n", u"longer words"};
        insert(doc, static_cast<std::uint32_t>(random() % (length + 1)), words[random() % 5]);
    }
}

} // namespace

class TestLossyChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoDocsBecomeEqual()
    {
        const QByteArray wanted = qgetenv("TUTTI_SEED");
        const auto seed = wanted.isEmpty() ? std::random_device{}() : wanted.toUInt();
        qInfo("TUTTI_SEED=%u", seed);
        std::mt19937 random(seed);

        auto near = std::make_unique<LossyChannel>(random);
        auto distant = std::make_unique<LossyChannel>(random);
        near->connectTo(*distant);
        const LossyChannel& line = *near;
        crdt::Doc docA = makeDoc(1);
        crdt::Doc docB = makeDoc(2);
        // Asking again and again is what heals a line like that: for what waits, and when idle.
        net::Provider::Options options;
        options.keepAlive = 10ms;
        options.resyncAfter = 5ms;
        net::Provider a(docA, std::move(near), options);
        net::Provider b(docB, std::move(distant), options);
        a.start();
        b.start();

        for (int round = 0; round < 300; ++round) {
            editAtRandom(random() % 2 == 0 ? docA : docB, random);
            for (std::uint32_t turns = random() % 4; turns > 0; --turns) {
                QCoreApplication::processEvents();
            }
        }
        QTRY_COMPARE_WITH_TIMEOUT(textOf(docA), textOf(docB), 30'000);
        QTRY_VERIFY(!docA.hasPending() && !docB.hasPending());
        QVERIFY2(line.lost > line.sent / 10, "the line was too good to show anything");
        QVERIFY(docA.getState().size() > 1);
    }
};

QTEST_GUILESS_MAIN(TestLossyChannel)
#include "tst_lossy_channel.moc"
