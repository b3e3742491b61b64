// SPDX-License-Identifier: MIT
#include "ui/shell/icons.h"

#include "ui/shell/theme.h"

#include <QBuffer>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QImageReader>
#include <QPainter>
#include <QPixmapCache>

// The resources are in a static library: this pulls them in.
static void initResources() { Q_INIT_RESOURCE(tutti); }

namespace tutti::ui {

namespace {

QByteArray outline(const QString& name)
{
    static const bool initialised = (initResources(), true);
    Q_ASSERT(initialised);
    QFile file(QStringLiteral(":/tutti/icons/%1.svg").arg(name));
    const bool open = file.open(QFile::ReadOnly);
    Q_ASSERT_X(open, "icon", qUtf8Printable(name));
    return open ? file.readAll() : QByteArray();
}

QColor toneColor(IconTone tone)
{
    const ThemeColors& colors = ThemeColors::current();
    switch (tone) {
    case IconTone::Text:
        return colors.text;
    case IconTone::Muted:
        return colors.muted;
    case IconTone::Accent:
        return colors.accent;
    case IconTone::OnAccent:
        return colors.onAccent;
    case IconTone::Good:
        return colors.good;
    case IconTone::Warning:
        return colors.warning;
    case IconTone::Error:
        return colors.error;
    }
    Q_UNREACHABLE_RETURN(QColor());
}

/// Icons that say where reading goes on, or came from: they point the other way from right to left.
bool pointsOn(const QString& name)
{
    return name == QStringLiteral("right") || name == QStringLiteral("undo");
}

class OutlineEngine : public QIconEngine
{
public:
    OutlineEngine(QString name, IconTone tone)
        : m_name(std::move(name))
        , m_tone(tone)
    { }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray svg = outline(m_name);
        svg.replace("currentColor", toneColor(m_tone).name().toLatin1());
        painter->save();
        painter->setOpacity(painter->opacity() * (mode == QIcon::Disabled ? 0.4 : 1.0));
        const int side = qMin(rect.width(), rect.height());
        QRect square(0, 0, side, side);
        square.moveCenter(rect.center());
        const qreal ratio = painter->device()->devicePixelRatio();
        QBuffer buffer(&svg);
        QImageReader reader(&buffer, "svg");
        reader.setScaledSize(square.size() * ratio);
        QImage image = reader.read();
        if (pointsOn(m_name) && QGuiApplication::isRightToLeft()) {
            image.mirror(true, false);
        }
        image.setDevicePixelRatio(ratio);
        painter->drawImage(square, image);
        painter->restore();
    }

    QPixmap scaledPixmap(
        const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        const QString key =
            QStringLiteral("tutti-icon/%1/%2/%3/%4/%5x%6")
                .arg(m_name
                        + (QGuiApplication::isRightToLeft() ? QStringLiteral("-mirrored")
                                                            : QString()),
                    toneColor(m_tone).name())
                .arg(mode)
                .arg(scale)
                .arg(size.width())
                .arg(size.height());
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = QPixmap(size * scale);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            paint(&painter, QRect(QPoint(), pixmap.size()), mode, state);
            painter.end();
            pixmap.setDevicePixelRatio(scale);
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QIconEngine* clone() const override { return new OutlineEngine(m_name, m_tone); }
    QString key() const override { return QStringLiteral("tutti-outline"); }

private:
    QString m_name;
    IconTone m_tone;
};

} // namespace

QIcon icon(const QString& name, IconTone tone)
{
    return QIcon(new OutlineEngine(name, tone)); // the icon owns its engine
}

QIcon applicationIcon() { return icon(QStringLiteral("tutti")); }

} // namespace tutti::ui
