// SPDX-License-Identifier: MIT
#include "scene.h"

#include "ui/editor/code_editor.h"
#include "ui/presence/presence_colors.h"

#include <QApplication>
#include <QColorSpace>
#include <QFile>
#include <QListView>
#include <QPainter>
#include <QSettings>
#include <QTest>

#include <algorithm>
#include <iterator>

namespace gallery {

using namespace tutti;

Scene::Scene(const Look& look)
    : m_look(look)
{
    QSettings().clear();
    m_theme = std::make_unique<ui::Theme>(*qApp);
    m_theme->setChoice(look.dark ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light);
    m_rooms = std::make_unique<Rooms>();
    m_rooms->reached = ui::Reach::Network;
    m_window = std::make_unique<ui::MainWindow>(ui::MainWindow::Context{.rooms = *m_rooms,
        .theme = *m_theme,
        .identity = {QStringLiteral("Ada Lovelace"), ui::hueColor(6).name()}});
    m_window->resize(look.size);
    m_window->show();
    m_window->activateWindow();
    (void)QTest::qWaitForWindowActive(m_window.get());
}

Scene::~Scene()
{
    m_guests.clear();
    m_window.reset();
}

ui::DocumentPage& Scene::open(const QString& name, const QString& text)
{
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (file.open(QFile::WriteOnly)) {
        file.write(text.toUtf8());
        file.close();
    }
    return *m_window->openFile(path);
}

bool Scene::invite(const QStringList& names)
{
    const auto link = m_window->share(page());
    if (!link) {
        return false;
    }
    constexpr int kHues[]{0, 3, 8, 4, 1, 7, 2, 9, 5};
    for (const QString& name : names) {
        const int hue = kHues[m_guests.size() % std::size(kHues)];
        m_guests.push_back(std::make_unique<ui::MainWindow>(ui::MainWindow::Context{
            .rooms = *m_rooms, .theme = *m_theme, .identity = {name, ui::hueColor(hue).name()}}));
        ui::MainWindow& guest = *m_guests.back();
        guest.resize(m_look.size);
        guest.show();
        guest.join(*net::RoomAddress::parse(*link), QStringLiteral("codemirror"));
        if (!QTest::qWaitFor([&] { return !guest.currentPage()->document().isEmpty(); })) {
            return false;
        }
    }
    const auto* list = m_window->findChild<QListView*>(QStringLiteral("participantsList"));
    const bool all = QTest::qWaitFor(
        [&] { return list->model() != nullptr && list->model()->rowCount() == names.size() + 1; });
    m_window->activateWindow();
    return QTest::qWaitForWindowActive(m_window.get()) && all;
}

bool Scene::make(const State& state)
{
    const bool made = state.make(*this);
    // Highlighting, the overview and the like come a moment later.
    QTest::qWait(150);
    return made;
}

QImage Scene::picture()
{
    if (!m_instead.isNull()) {
        return m_instead;
    }
    QImage image = m_window->grab().toImage();
    const double ratio = image.devicePixelRatio();
    QList<QWidget*> above;
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget == m_window.get() || !widget->isVisible() || widget->inherits("QTipLabel")) {
            continue;
        }
        QWidget* owner = widget;
        while (owner != nullptr && owner != m_window.get()) {
            owner = owner->parentWidget();
        }
        if (owner == m_window.get()) {
            above.append(widget);
        }
    }
    // room for what is larger than the window
    QRect all(QPoint(), m_window->size());
    const auto placeOf = [&](const QWidget& widget) {
        QRect place(m_window->mapFromGlobal(widget.geometry().topLeft()), widget.size());
        if ((widget.windowFlags() & Qt::WindowType_Mask) == Qt::Dialog) {
            place.moveCenter(QRect(QPoint(), m_window->size()).center()); // as a desktop does
        }
        return place;
    };
    for (const QWidget* widget : std::as_const(above)) {
        all |= placeOf(*widget).adjusted(-1, -1, 1, 1);
    }
    QImage whole(all.size() * ratio, QImage::Format_RGB32);
    whole.setDevicePixelRatio(ratio);
    whole.fill(QColor(0x80, 0x84, 0x8a));
    QPainter painter(&whole);
    painter.drawImage(-all.topLeft(), image);
    for (QWidget* widget : std::as_const(above)) {
        const QRect place = placeOf(*widget).translated(-all.topLeft());
        painter.fillRect(place.adjusted(-1, -1, 1, 1), QColor(0, 0, 0, 90));
        painter.drawPixmap(place.topLeft(), widget->grab());
    }
    return whole;
}

QImage withoutGreen(const QImage& picture)
{
    // Machado, Oliveira and Fernandes 2009, severity 1, on linear light
    constexpr float kMatrix[3][3]{{0.367322F, 0.860646F, -0.227968F},
        {0.280085F, 0.672501F, 0.047413F}, {-0.011820F, 0.042940F, 0.968881F}};
    QImage linear = picture.convertToFormat(QImage::Format_RGBA32FPx4);
    linear.setColorSpace(QColorSpace::SRgb);
    linear.convertToColorSpace(QColorSpace::SRgbLinear);
    for (int y = 0; y < linear.height(); ++y) {
        auto* pixel = reinterpret_cast<float*>(linear.scanLine(y));
        for (int x = 0; x < linear.width(); ++x, pixel += 4) {
            float seen[3];
            for (int i = 0; i < 3; ++i) {
                seen[i] = std::clamp(
                    kMatrix[i][0] * pixel[0] + kMatrix[i][1] * pixel[1] + kMatrix[i][2] * pixel[2],
                    0.0F, 1.0F);
            }
            std::copy(std::begin(seen), std::end(seen), pixel);
        }
    }
    linear.convertToColorSpace(QColorSpace::SRgb);
    QImage result = linear.convertToFormat(QImage::Format_RGB32);
    result.setDevicePixelRatio(picture.devicePixelRatio());
    return result;
}

} // namespace gallery
