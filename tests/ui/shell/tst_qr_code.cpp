// SPDX-License-Identifier: MIT
#include "tests/ui/support/qt_test.h"
#include "ui/shell/qr_code.h"

#include <QImage>
#include <QPalette>
#include <qrencode.h>

#include <memory>

using namespace tutti;
using ui::QrCodeView;
using ui::QrMatrix;

namespace {

const auto kLink = QStringLiteral("ws://192.168.1.20:4321/notes-md-a1b2c3d4");

/// What a view paints on a screen of so many pixels to the unit.
QImage painted(QrCodeView& view, double ratio)
{
    QImage image(view.size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::magenta);
    view.render(&image);
    return image;
}

bool isDark(const QImage& image, int x, int y) { return qGray(image.pixel(x, y)) < 128; }

} // namespace

class TestQrCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asTheLibraryHasIt();
    void hasTheThreeCorners();
    void whatDoesNotFit();
    void anotherTextIsAnotherCode();
    void isDrawnCrisp_data();
    void isDrawnCrisp();
};

void TestQrCode::asTheLibraryHasIt()
{
    const auto matrix = QrMatrix::of(kLink);
    QVERIFY(matrix);
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(kLink.toUtf8().constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    QVERIFY(code != nullptr);
    QCOMPARE(matrix->size(), code->width);
    for (int row = 0; row < code->width; ++row) {
        for (int column = 0; column < code->width; ++column) {
            QCOMPARE(
                matrix->isDark(column, row), (code->data[row * code->width + column] & 1) == 1);
        }
    }
}

void TestQrCode::hasTheThreeCorners()
{
    const auto matrix = QrMatrix::of(kLink);
    QVERIFY(matrix);
    QCOMPARE((matrix->size() - 17) % 4, 0);
    const auto isFinder = [&](int left, int top) {
        for (int y = 0; y < 7; ++y) {
            for (int x = 0; x < 7; ++x) {
                const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
                if (matrix->isDark(left + x, top + y) != (ring != 2)) {
                    return false;
                }
            }
        }
        return true;
    };
    const int last = matrix->size() - 7;
    QVERIFY(isFinder(0, 0));
    QVERIFY(isFinder(last, 0));
    QVERIFY(isFinder(0, last));
    QVERIFY(!isFinder(last, last));
}

void TestQrCode::whatDoesNotFit()
{
    QVERIFY(!QrMatrix::of({}));
    QVERIFY(QrMatrix::of(QString(2'331, u'a')));
    QVERIFY(!QrMatrix::of(QString(2'332, u'a')));
    QrCodeView view;
    view.setText(QString(3'000, u'a'));
    QVERIFY(view.isHidden());
}

void TestQrCode::anotherTextIsAnotherCode()
{
    QrCodeView view;
    view.setText(kLink);
    QVERIFY(view.isVisible());
    const auto before = view.matrix();
    view.setText(kLink + QStringLiteral("5"));
    QVERIFY(view.matrix() != before);
    view.setText(kLink);
    QVERIFY(view.matrix() == before);
}

void TestQrCode::isDrawnCrisp_data()
{
    QTest::addColumn<double>("ratio");
    QTest::newRow("1") << 1.0;
    QTest::newRow("1.5") << 1.5;
    QTest::newRow("2") << 2.0;
}

void TestQrCode::isDrawnCrisp()
{
    QFETCH(double, ratio);
    QrCodeView view;
    QPalette dark;
    dark.setColor(QPalette::Window, Qt::black);
    view.setPalette(dark); // the theme is no business of the code's
    view.setText(kLink);
    const QImage image = painted(view, ratio);

    // The upper left module is dark: what is before it is the quiet zone.
    int margin = 0;
    while (margin < image.width() && !isDark(image, margin, margin)) {
        ++margin;
    }
    const int size = view.matrix()->size();
    int across = 0; // the upper edge of the upper left finder: seven dark modules, then a light one
    while (isDark(image, margin + across, margin)) {
        ++across;
    }
    QCOMPARE(across % 7, 0);
    const int module = across / 7;
    QVERIFY(module >= 2);
    const int frame = static_cast<int>(std::ceil(QrCodeView::kFrame * ratio));
    QVERIFY(margin >= frame + QrCodeView::kQuietZone * module);
    QVERIFY(image.width() - frame - margin - size * module >= QrCodeView::kQuietZone * module);
    QVERIFY(image.pixel(0, 0) != qRgb(255, 255, 255) && !isDark(image, 0, 0)); // thin and light
    for (int y = frame; y < image.height() - frame; ++y) {
        for (int x = frame; x < image.width() - frame; ++x) {
            const int column = x < margin ? -1 : (x - margin) / module;
            const int row = y < margin ? -1 : (y - margin) / module;
            const bool inside = column >= 0 && column < size && row >= 0 && row < size;
            const QRgb expected =
                inside && view.matrix()->isDark(column, row) ? qRgb(0, 0, 0) : qRgb(255, 255, 255);
            if (image.pixel(x, y) != expected) { // QCOMPARE for each would take long
                QFAIL(qPrintable(QStringLiteral("a wrong pixel at %1, %2").arg(x).arg(y)));
            }
        }
    }
}

QTEST_MAIN(TestQrCode)
#include "tst_qr_code.moc"
