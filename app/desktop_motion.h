// SPDX-License-Identifier: MIT
#pragma once

#include <QMap>
#include <QObject>
#include <QVariantMap>

class QDBusConnection;
class QDBusVariant;

namespace tutti::app {

/// Settings as the desktop's portal gives them: by namespace, then by key.
using PortalSettings = QMap<QString, QVariantMap>;

/// Whether these ask for as little motion as can be. Any of them does: reduced-motion of
/// org.freedesktop.appearance is 1, GNOME's animations are off, or KDE's take no time.
[[nodiscard]] bool asksForLessMotion(const PortalSettings& settings);

/// Whether the desktop asks programs to move as little as can be, from its settings portal and from
/// KDE's file of settings; it is followed while the program runs. Where there is neither, nothing
/// is asked for. Threads: the GUI's. Nothing waits for an answer.
class DesktopMotion : public QObject
{
    Q_OBJECT

public:
    explicit DesktopMotion(QObject* parent = nullptr);
    ~DesktopMotion() override;

    [[nodiscard]] bool isReduced() const noexcept { return m_reduced; }

    /// Reads the one setting there that is about this. A file that is not there says nothing.
    void readKdeGlobals(const QString& path);
    /// Asks the portal, and hears of what changes there. The connection is the session's bus, or
    /// one straight to whoever speaks for the portal.
    void follow(const QDBusConnection& connection);
    /// Both, on this desktop.
    void start();

Q_SIGNALS:
    void changed(bool reduced);

private Q_SLOTS:
    void onSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(const PortalSettings& settings);

    PortalSettings m_settings; ///< only those that are asked for
    bool m_reduced = false;
};

} // namespace tutti::app
