// SPDX-License-Identifier: MIT
#include "ui/shell/qr_code.h"

#include <QImage>
#include <QPainter>
#include <qrencode.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace tutti::ui {

namespace {

constexpr QColor kFrameColor(0xd0, 0xd3, 0xd9);

} // namespace

std::optional<QrMatrix> QrMatrix::of(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    const auto release = [](QRcode* code) { QRcode_free(code); };
    // A link as bytes: its letters are no Kanji, and case matters.
    const std::unique_ptr<QRcode, decltype(release)> code(
        QRcode_encodeData(static_cast<int>(bytes.size()),
            reinterpret_cast<const unsigned char*>(bytes.constData()), 0, QR_ECLEVEL_M));
    if (!code) {
        return std::nullopt;
    }
    const int size = code->width;
    QBitArray dark(size * size);
    for (int i = 0; i < size * size; ++i) {
        dark.setBit(i, (code->data[i] & 1) != 0); // the other bits say what a module is for
    }
    return QrMatrix(size, dark);
}

QrCodeView::QrCodeView(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("qrCode"));
    setFixedSize(kSide + 2 * kFrame, kSide + 2 * kFrame);
    hide();
}

void QrCodeView::setText(const QString& text)
{
    m_matrix = QrMatrix::of(text);
    setVisible(m_matrix.has_value());
    update();
}

void QrCodeView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), kFrameColor); // or its white edge would melt into a light window
    painter.fillRect(rect().adjusted(kFrame, kFrame, -kFrame, -kFrame), Qt::white);
    if (!m_matrix) {
        return;
    }
    const int size = m_matrix->size();
    QImage modules(size, size, QImage::Format_RGB32);
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            modules.setPixel(
                column, row, m_matrix->isDark(column, row) ? qRgb(0, 0, 0) : qRgb(255, 255, 255));
        }
    }
    // Whole pixels of the device, or edges blur and cameras have to guess.
    const double ratio = devicePixelRatioF();
    const int room = static_cast<int>(std::floor(kSide * ratio));
    const int module = std::max(room / (size + 2 * kQuietZone), 1);
    QImage code = modules.scaled(size * module, size * module); // each pixel becomes a square
    code.setDevicePixelRatio(ratio);
    const int margin = static_cast<int>(std::ceil(kFrame * ratio)) + (room - size * module) / 2;
    painter.drawImage(QPointF(margin / ratio, margin / ratio), code);
}

} // namespace tutti::ui
