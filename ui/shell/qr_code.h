// SPDX-License-Identifier: MIT
#pragma once

#include <QBitArray>
#include <QString>
#include <QWidget>

#include <optional>

namespace tutti::ui {

/// The modules of a QR code, row by row, without the quiet zone; true is dark.
class QrMatrix
{
public:
    /// Medium error correction, in the smallest size that has room. Nothing for an empty text and
    /// for one that fits into no QR code (over 2,331 bytes of UTF-8).
    [[nodiscard]] static std::optional<QrMatrix> of(const QString& text);

    /// Modules on a side: 21, 25 … 177.
    [[nodiscard]] int size() const noexcept { return m_size; }
    /// Requires: 0 <= column, row < size().
    [[nodiscard]] bool isDark(int column, int row) const
    {
        return m_dark.at(row * m_size + column);
    }
    bool operator==(const QrMatrix&) const = default;

private:
    QrMatrix(int size, const QBitArray& dark)
        : m_size(size)
        , m_dark(dark)
    { }

    int m_size;
    QBitArray m_dark;
};

/// Shows a text as a QR code, to be read by a camera: black on white in every theme, with the quiet
/// zone the standard asks for, each module a whole number of the screen's pixels.
class QrCodeView : public QWidget
{
    Q_OBJECT

public:
    /// What the standard (ISO/IEC 18004) wants to be empty around it, in modules.
    static constexpr int kQuietZone = 4;
    static constexpr int kSide = 160; ///< of the white square
    static constexpr int kFrame = 1; ///< of the thin line around it

    explicit QrCodeView(QWidget* parent = nullptr);

    /// What cannot be shown is not: then the widget hides.
    void setText(const QString& text);
    [[nodiscard]] const std::optional<QrMatrix>& matrix() const noexcept { return m_matrix; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<QrMatrix> m_matrix;
};

} // namespace tutti::ui
