// SPDX-License-Identifier: MIT
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_room.h"
#include "ui/editor/marker_scroll_bar.h"
#include "ui/presence/edge_chips.h"
#include "ui/presence/peer_tracker.h"
#include "ui/presence/presence_colors.h"
#include "ui/presence/remote_cursors.h"

#include <QScrollBar>
#include <QSignalSpy>

using namespace tutti;
using namespace tutti::test;
using ui::LabelMode;
using ui::PeerTracker;
using ui::RemoteCursors;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kAda = 20;
constexpr std::uint64_t kBo = 30;

crdt::ClientId id(std::uint64_t value) { return crdt::ClientId(value); }

QString lines(int count)
{
    QString text;
    for (int i = 1; i <= count; ++i) {
        text += QStringLiteral("this is line %1 of some text\n").arg(i);
    }
    return text;
}

/// A room with an editor that is shown, and the overlay on it.
struct Scene
{
    explicit Scene(const QString& content)
        : room(content)
    {
        room.editor.setTheme(ui::EditorTheme::light());
        room.editor.show();
        // or the focus comes later, and shows all labels in the middle of a test
        isReady = QTest::qWaitForWindowActive(&room.editor);
    }

    void ada(int anchor, int head)
    {
        room.publish(kAda, QStringLiteral("Ada Lovelace"), ui::hueColor(0), anchor, head);
    }
    void bo(int anchor, int head)
    {
        room.publish(kBo, QStringLiteral("Bo"), ui::hueColor(6), anchor, head);
    }
    [[nodiscard]] QList<ui::EdgeChip*> chips() const
    {
        QList<ui::EdgeChip*> shownChips;
        for (ui::EdgeChip* chip : room.editor.findChildren<ui::EdgeChip*>()) {
            if (chip->isVisible()) {
                shownChips << chip;
            }
        }
        return shownChips;
    }

    SharedRoom room;
    bool isReady = false;
    PeerTracker tracker{room.awareness, room.editor, room.clock()};
    RemoteCursors cursors{tracker};
};

} // namespace

class TestRemoteCursors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelShowsAndFades();
    void everyMoveShowsItAgain();
    void hover();
    void focusShowsAll();
    void modes();
    void labelPlaces();
    void neverTakesTheMouse();
    void caretPixels();
    void selectionPixels();
    void localSelectionIsAbove();
    void idleIsFaint();
    void chipsAndJump();
    void ticks();
    void goneAtOnce();
    void hidden();
};

void TestRemoteCursors::labelShowsAndFades()
{
    Scene scene(lines(10));
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
    scene.ada(40, 40);
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0);
    scene.room.now += 2s;
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0);
    scene.room.now += 100ms;
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.5);
    scene.room.now += 100ms;
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
    QVERIFY(!scene.cursors.labelRect(id(kAda)));
    scene.cursors.tick();
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
}

void TestRemoteCursors::everyMoveShowsItAgain()
{
    Scene scene(lines(10));
    scene.ada(40, 40);
    scene.room.now += 2100ms;
    scene.ada(41, 41);
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0);
    scene.room.now += 5s;
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
    // its edit does, too
    insert(scene.room.text, 41, QStringLiteral("x"));
    QTRY_COMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0);
}

void TestRemoteCursors::hover()
{
    Scene scene(lines(10));
    scene.ada(40, 40);
    scene.room.now += 10s;
    QWidget* view = scene.room.editor.viewport();
    const QRectF caret = scene.room.editor.caretRect(40);
    const auto moveTo = [&](double dx) {
        QTest::mouseMove(view, QPoint(qRound(caret.left() + dx), qRound(caret.center().y())));
    };
    moveTo(60);
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
    moveTo(7);
    QTRY_COMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0);
    scene.room.now += 1h;
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0); // as long as the pointer stays
    moveTo(60);
    QTRY_COMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0); // fades from here
    scene.room.now += 200ms;
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
}

void TestRemoteCursors::focusShowsAll()
{
    Scene scene(lines(10));
    scene.ada(40, 40);
    scene.bo(80, 80);
    scene.room.now += 10s;
    QFocusEvent focus(QEvent::FocusIn);
    QApplication::sendEvent(&scene.room.editor, &focus);
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0);
    QCOMPARE(scene.cursors.labelOpacity(id(kBo)), 1.0);
    scene.room.now += 2200ms;
    QCOMPARE(scene.cursors.labelOpacity(id(kBo)), 0.0);
}

void TestRemoteCursors::modes()
{
    Scene scene(lines(10));
    scene.ada(40, 40);
    scene.cursors.setLabelMode(LabelMode::Never);
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
    scene.cursors.setLabelMode(LabelMode::Always);
    scene.room.now += 1h;
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0);
    scene.cursors.setLabelMode(LabelMode::Activity);
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
}

void TestRemoteCursors::labelPlaces()
{
    Scene scene(lines(10));
    scene.ada(0, 0); // first visible line: beneath it
    scene.bo(100, 100);
    const auto ada = scene.cursors.labelRect(id(kAda));
    const auto bo = scene.cursors.labelRect(id(kBo));
    QVERIFY(ada && bo);
    QVERIFY(ada->top() >= scene.room.editor.caretRect(0).bottom() - 1);
    QVERIFY(bo->bottom() <= scene.room.editor.caretRect(100).top() + 1);
    QVERIFY(!ada->intersects(*bo));
    // at the right edge it moves to the left
    scene.room.editor.resize(260, 300);
    const int endOfLine = 28;
    scene.ada(endOfLine, endOfLine);
    const auto shifted = scene.cursors.labelRect(id(kAda));
    QVERIFY(shifted);
    QVERIFY(shifted->right() <= scene.room.editor.viewport()->width());
}

void TestRemoteCursors::neverTakesTheMouse()
{
    Scene scene(lines(10));
    scene.ada(100, 100);
    const QRectF label = *scene.cursors.labelRect(id(kAda));
    setCaret(scene.room.editor, 0);
    QTest::mouseClick(scene.room.editor.viewport(), Qt::LeftButton, {}, label.center().toPoint());
    // the click went through to the line the label covers
    QCOMPARE(scene.room.editor.line(), 3);
}

void TestRemoteCursors::caretPixels()
{
    Scene scene(lines(10));
    scene.ada(100, 100);
    scene.room.now += 10s;
    const QRect caret = scene.room.editor.caretRect(100).toRect();
    const QImage image = scene.room.editor.viewport()->grab().toImage();
    const QRgb expected = ui::hueColor(0).rgb();
    const double ratio = image.devicePixelRatio();
    const auto pixel = [&](int x, int y) {
        return image.pixel(qRound(x * ratio), qRound(y * ratio));
    };
    for (int y = caret.top() + 5; y <= caret.bottom() - 1; ++y) {
        QCOMPARE(pixel(caret.left() - 1, y), expected); // two pixels, the whole line
        QCOMPARE(pixel(caret.left(), y), expected);
    }
    QVERIFY(pixel(caret.left() - 3, caret.center().y()) != expected);
    QVERIFY(pixel(caret.left() + 2, caret.center().y()) != expected);
    QCOMPARE(pixel(caret.left() + 2, caret.top()), expected); // the dot
    QCOMPARE(pixel(caret.left() - 3, caret.top()), expected);
}

void TestRemoteCursors::selectionPixels()
{
    Scene scene(QStringLiteral("        \n        \nx"));
    setCaret(scene.room.editor, 18); // the current line is elsewhere
    scene.ada(2, 12);
    scene.room.now += 10s;
    const QImage image = scene.room.editor.viewport()->grab().toImage();
    const auto at = [&](int position) {
        const QPointF middle = scene.room.editor.caretRect(position).center() + QPointF(4, 0);
        return QColor(image.pixel((middle * image.devicePixelRatio()).toPoint()));
    };
    const QColor background = scene.room.editor.theme().background;
    QCOMPARE(at(0).rgb(), background.rgb());
    QVERIFY(at(4) != background);
    QVERIFY(at(10) != background);
    QCOMPARE(at(14).rgb(), background.rgb());
    // about 22 % of the peer's colour over the background
    const QColor full = ui::hueColor(0);
    const double share =
        double(background.green() - at(4).green()) / double(background.green() - full.green());
    QVERIFY2(share > 0.20 && share < 0.25, qPrintable(QString::number(share)));
}

void TestRemoteCursors::localSelectionIsAbove()
{
    Scene scene(QStringLiteral("                \nx"));
    scene.ada(0, 12);
    scene.room.now += 10s;
    setCaret(scene.room.editor, 4, 8);
    const QImage image = scene.room.editor.viewport()->grab().toImage();
    const QPointF middle = scene.room.editor.caretRect(6).center() + QPointF(3, 0);
    QCOMPARE(image.pixel((middle * image.devicePixelRatio()).toPoint()),
        scene.room.editor.palette().color(QPalette::Highlight).rgb());
}

void TestRemoteCursors::idleIsFaint()
{
    Scene scene(lines(10));
    scene.ada(100, 100);
    scene.room.now += 61s;
    scene.tracker.refresh();
    const QRect caret = scene.room.editor.caretRect(100).toRect();
    const QImage image = scene.room.editor.viewport()->grab().toImage();
    const QColor color = image.pixel(
        (QPointF(caret.left(), caret.center().y()) * image.devicePixelRatio()).toPoint());
    const QColor full = ui::hueColor(0);
    const QColor background = scene.room.editor.theme().background;
    const double share =
        double(background.green() - color.green()) / double(background.green() - full.green());
    QVERIFY2(share > 0.45 && share < 0.55, qPrintable(QString::number(share)));
}

void TestRemoteCursors::chipsAndJump()
{
    Scene scene(lines(300));
    scene.ada(5'000, 5'000);
    scene.bo(10, 10);
    QTRY_COMPARE(scene.chips().size(), 1); // Bo is in view
    QVERIFY(
        scene.chips().first()->accessibleName().contains(QStringLiteral("Ada Lovelace is below")));
    const QRect view = scene.room.editor.viewport()->geometry();
    QVERIFY(scene.chips().first()->y() > view.center().y());

    QSignalSpy jumped(&scene.cursors, &RemoteCursors::jumpedTo);
    const int caretBefore = scene.room.editor.textCursor().position();
    QTest::mouseClick(scene.chips().first(), Qt::LeftButton);
    QCOMPARE(jumped.count(), 1);
    QVERIFY(
        view.translated(-view.topLeft()).intersects(scene.room.editor.caretRect(5'000).toRect()));
    QCOMPARE(scene.room.editor.textCursor().position(), caretBefore); // only the view went there
    QTRY_VERIFY(scene.chips().size() == 1
        && scene.chips().first()->accessibleName().contains(QStringLiteral("Bo is above")));
    QVERIFY(scene.chips().first()->y() < view.center().y());
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 1.0);
}

void TestRemoteCursors::ticks()
{
    Scene scene(lines(300));
    scene.ada(0, 0);
    scene.bo(static_cast<int>(lines(300).size()), static_cast<int>(lines(300).size()));
    const auto* bar = scene.room.editor.markerScrollBar();
    QTRY_COMPARE(bar->markers().size(), 2);
    QCOMPARE(bar->markers().at(0).place, 0.0);
    QCOMPARE(bar->markers().at(1).place, 1.0);
    QCOMPARE(bar->markers().at(0).color, ui::hueColor(0));
}

void TestRemoteCursors::goneAtOnce()
{
    Scene scene(lines(300));
    scene.ada(5'000, 5'000);
    QTRY_COMPARE(scene.chips().size(), 1);
    scene.room.leave(kAda);
    QTRY_COMPARE(scene.chips().size(), 0);
    QVERIFY(scene.room.editor.markerScrollBar()->markers().isEmpty());
    QCOMPARE(scene.cursors.labelOpacity(id(kAda)), 0.0);
}

void TestRemoteCursors::hidden()
{
    Scene scene(lines(300));
    scene.ada(40, 90);
    const QImage with = scene.room.editor.viewport()->grab().toImage();
    scene.cursors.setVisible(false);
    const QImage without = scene.room.editor.viewport()->grab().toImage();
    QVERIFY(with != without);
    QVERIFY(!scene.cursors.labelRect(id(kAda)));
}

QTEST_MAIN(TestRemoteCursors)
#include "tst_remote_cursors.moc"
