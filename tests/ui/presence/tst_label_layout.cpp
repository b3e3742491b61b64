// SPDX-License-Identifier: MIT
#include "ui/presence/label_layout.h"

#include <QTest>

#include <random>

using namespace tutti::ui;

namespace {

constexpr double kLine = 20;
const QRectF kView(0, 0, 400, 200);
const QSizeF kFull(80, 18);
const QSizeF kCompact(20, 18);

LabelRequest caretAt(double x, double y) { return {QRectF(x, y, 2, kLine), kFull, kCompact}; }

} // namespace

class TestLabelLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void one_data();
    void one();
    void twoOnOneLine();
    void threeAtOnePlace();
    void crowdAtTheTop();
    void manyNeverOverlap();
};

void TestLabelLayout::one_data()
{
    QTest::addColumn<QPointF>("caret");
    QTest::addColumn<QRectF>("expected");
    QTest::addColumn<bool>("below");

    QTest::newRow("above its line") << QPointF(100, 60) << QRectF(100, 42, 80, 18) << false;
    QTest::newRow("first visible line") << QPointF(100, 0) << QRectF(100, 20, 80, 18) << true;
    QTest::newRow("first line, half scrolled")
        << QPointF(100, -5) << QRectF(100, 15, 80, 18) << true;
    QTest::newRow("just room above") << QPointF(100, 18) << QRectF(100, 0, 80, 18) << false;
    QTest::newRow("would be cut off at the right")
        << QPointF(390, 60) << QRectF(320, 42, 80, 18) << false;
    QTest::newRow("left of the view") << QPointF(-30, 60) << QRectF(0, 42, 80, 18) << false;
    QTest::newRow("last line") << QPointF(0, 180) << QRectF(0, 162, 80, 18) << false;
}

void TestLabelLayout::one()
{
    QFETCH(QPointF, caret);
    QFETCH(QRectF, expected);
    QFETCH(bool, below);
    const auto places = placeLabels({caretAt(caret.x(), caret.y())}, kView);
    QCOMPARE(places.size(), 1);
    QCOMPARE(places.first().rect, expected);
    QCOMPARE(places.first().below, below);
    QVERIFY(!places.first().compact);
}

void TestLabelLayout::twoOnOneLine()
{
    // far apart: both in full
    auto places = placeLabels({caretAt(10, 60), caretAt(200, 60)}, kView);
    QVERIFY(!places.at(0).compact && !places.at(1).compact);
    // the second inside the first's label: initials, where there is room
    places = placeLabels({caretAt(100, 60), caretAt(130, 60)}, kView);
    QVERIFY(!places.at(0).compact);
    QVERIFY(places.at(1).compact);
    QVERIFY(!places.at(0).rect.intersects(places.at(1).rect));
    // the second just left of the first: its initials go left of it
    places = placeLabels({caretAt(100, 60), caretAt(95, 60)}, kView);
    QVERIFY(places.at(1).compact);
    QVERIFY(places.at(1).rect.right() <= 96);
    QCOMPARE(places.at(1).rect.top(), places.at(0).rect.top());
}

void TestLabelLayout::threeAtOnePlace()
{
    const auto places =
        placeLabels({caretAt(100, 100), caretAt(100, 100), caretAt(100, 100)}, kView);
    QVERIFY(!places.at(0).compact);
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < i; ++j) {
            QVERIFY(!places.at(i).rect.intersects(places.at(j).rect));
        }
    }
}

void TestLabelLayout::crowdAtTheTop()
{
    QList<LabelRequest> requests(8, caretAt(0, 0));
    const auto places = placeLabels(requests, kView);
    for (int i = 0; i < 8; ++i) {
        QVERIFY(places.at(i).rect.top() >= 0);
        QVERIFY(places.at(i).below);
    }
}

void TestLabelLayout::manyNeverOverlap()
{
    std::mt19937 random(20'240);
    for (int round = 0; round < 300; ++round) {
        QList<LabelRequest> requests;
        for (unsigned i = 0; i < 12; ++i) {
            requests << caretAt(
                static_cast<double>(random() % 400), static_cast<double>(random() % 10) * kLine);
        }
        const auto places = placeLabels(requests, kView);
        QCOMPARE(places.size(), requests.size());
        for (int i = 0; i < places.size(); ++i) {
            QVERIFY(places.at(i).rect.left() >= 0);
            QVERIFY(places.at(i).rect.right() <= kView.right());
            QVERIFY(places.at(i).rect.top() >= 0);
            for (int j = 0; j < i; ++j) {
                QVERIFY(!places.at(i).rect.intersects(places.at(j).rect));
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestLabelLayout)
#include "tst_label_layout.moc"
