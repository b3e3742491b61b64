// SPDX-License-Identifier: MIT
#include "app/desktop_motion.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace tutti::app {

namespace {

// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
const auto kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kPortalInterface = QStringLiteral("org.freedesktop.portal.Settings");

const auto kAppearance = QStringLiteral("org.freedesktop.appearance");
const auto kReducedMotion = QStringLiteral("reduced-motion");
const auto kGnome = QStringLiteral("org.gnome.desktop.interface");
const auto kGnomeAnimations = QStringLiteral("enable-animations");
const auto kKde = QStringLiteral("org.kde.kdeglobals.KDE");
const auto kKdeDuration = QStringLiteral("AnimationDurationFactor");

} // namespace

bool asksForLessMotion(const PortalSettings& settings)
{
    if (settings.value(kAppearance).value(kReducedMotion).toUInt() == 1) {
        return true;
    }
    const QVariant animations = settings.value(kGnome).value(kGnomeAnimations);
    if (animations.isValid() && !animations.toBool()) {
        return true;
    }
    bool isNumber = false;
    const double factor = settings.value(kKde).value(kKdeDuration).toDouble(&isNumber);
    return isNumber && factor <= 0;
}

DesktopMotion::DesktopMotion(QObject* parent)
    : QObject(parent)
{
    qDBusRegisterMetaType<PortalSettings>();
}

DesktopMotion::~DesktopMotion() = default;

void DesktopMotion::readKdeGlobals(const QString& path)
{
    if (!QFileInfo::exists(path)) {
        return;
    }
    const QSettings file(path, QSettings::IniFormat);
    const QVariant factor = file.value(QStringLiteral("KDE/") + kKdeDuration);
    if (factor.isValid()) {
        take({{kKde, {{kKdeDuration, factor}}}});
    }
}

void DesktopMotion::follow(const QDBusConnection& connection)
{
    if (!connection.isConnected()) {
        return;
    }
    // between two programs, without a bus, nobody has a name
    const QString service = connection.baseService().isEmpty() ? QString() : kPortal;
    QDBusConnection bus = connection;
    bus.connect(service, kPortalPath, kPortalInterface, QStringLiteral("SettingChanged"), this,
        SLOT(onSetting(QString, QString, QDBusVariant)));
    auto call = QDBusMessage::createMethodCall(
        service, kPortalPath, kPortalInterface, QStringLiteral("ReadAll"));
    call.setArguments({QStringList{kAppearance, kGnome, kKde}});
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<PortalSettings> reply = *watcher;
        if (reply.isValid()) { // else there is no portal, or one without settings
            take(reply.value());
        }
    });
}

void DesktopMotion::start()
{
    readKdeGlobals(QStandardPaths::locate(
        QStandardPaths::GenericConfigLocation, QStringLiteral("kdeglobals")));
    // without an address a bus would be started only to be asked
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")) {
        follow(QDBusConnection::sessionBus());
    }
}

void DesktopMotion::onSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    take({{group, {{key, value.variant()}}}});
}

void DesktopMotion::take(const PortalSettings& settings)
{
    const std::pair<QString, QString> asked[]{
        {kAppearance, kReducedMotion}, {kGnome, kGnomeAnimations}, {kKde, kKdeDuration}};
    for (const auto& [group, key] : asked) {
        const QVariant value = settings.value(group).value(key);
        if (value.isValid()) {
            m_settings[group][key] = value;
        }
    }
    const bool reduced = asksForLessMotion(m_settings);
    if (reduced != m_reduced) {
        m_reduced = reduced;
        Q_EMIT changed(reduced);
    }
}

} // namespace tutti::app
