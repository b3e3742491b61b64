// SPDX-License-Identifier: MIT
#include "app/desktop_motion.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusServer>
#include <QDBusVariant>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using tutti::app::DesktopMotion;
using tutti::app::PortalSettings;

/// Speaks for a desktop's settings portal.
class FakePortal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    PortalSettings settings;
    QStringList asked;

public Q_SLOTS:
    tutti::app::PortalSettings ReadAll(const QStringList& namespaces)
    {
        asked = namespaces;
        return settings;
    }

Q_SIGNALS:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

/// Whether a desktop asks for less motion, and that the program hears of it.
class TestDesktopMotion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settings_data();
    void settings();
    void kdeGlobals_data();
    void kdeGlobals();
    void portal();
    void withoutPortal();
};

void TestDesktopMotion::settings_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<bool>("reduced");
    const auto appearance = QStringLiteral("org.freedesktop.appearance");
    const auto gnome = QStringLiteral("org.gnome.desktop.interface");
    const auto kde = QStringLiteral("org.kde.kdeglobals.KDE");
    const auto motion = QStringLiteral("reduced-motion");
    const auto animations = QStringLiteral("enable-animations");
    const auto factor = QStringLiteral("AnimationDurationFactor");
    QTest::newRow("nothing is said")
        << appearance << QStringLiteral("contrast") << QVariant(1U) << false;
    QTest::newRow("no preference") << appearance << motion << QVariant(0U) << false;
    QTest::newRow("reduced") << appearance << motion << QVariant(1U) << true;
    QTest::newRow("of the future") << appearance << motion << QVariant(7U) << false;
    QTest::newRow("GNOME moves") << gnome << animations << QVariant(true) << false;
    QTest::newRow("GNOME does not") << gnome << animations << QVariant(false) << true;
    QTest::newRow("KDE moves") << kde << factor << QVariant(QStringLiteral("0.5")) << false;
    QTest::newRow("KDE does not") << kde << factor << QVariant(QStringLiteral("0")) << true;
    QTest::newRow("KDE does not, a number") << kde << factor << QVariant(0.0) << true;
    QTest::newRow("not a number") << kde << factor << QVariant(QStringLiteral("fast")) << false;
}

void TestDesktopMotion::settings()
{
    QFETCH(const QString, group);
    QFETCH(const QString, key);
    QFETCH(const QVariant, value);
    QFETCH(const bool, reduced);
    QCOMPARE(tutti::app::asksForLessMotion({{group, {{key, value}}}}), reduced);
    PortalSettings more{{group, {{key, value}}}};
    more[QStringLiteral("org.gnome.desktop.interface")][QStringLiteral("enable-animations")] =
        false;
    QCOMPARE(tutti::app::asksForLessMotion(more), true); // one of them is enough
}

void TestDesktopMotion::kdeGlobals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("reduced");
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("instant") << QByteArray("[KDE]\nAnimationDurationFactor=0\n") << true;
    QTest::newRow("slow") << QByteArray("[KDE]\nAnimationDurationFactor=2\n") << false;
    QTest::newRow("another group") << QByteArray("[General]\nAnimationDurationFactor=0\n") << false;
}

void TestDesktopMotion::kdeGlobals()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, reduced);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("kdeglobals"));
    if (!text.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly) && file.write(text) == text.size());
    }
    DesktopMotion motion;
    motion.readKdeGlobals(path);
    QCOMPARE(motion.isReduced(), reduced);
}

void TestDesktopMotion::portal()
{
    DesktopMotion motion;
    QSignalSpy changes(&motion, &DesktopMotion::changed);
    FakePortal portal;
    portal.settings[QStringLiteral("org.gnome.desktop.interface")]
                   [QStringLiteral("enable-animations")] = false;
    QDBusServer server;
    if (!server.isConnected()) {
        QSKIP(qPrintable(QStringLiteral("no D-Bus here: ") + server.lastError().message()));
    }
    server.setAnonymousAuthenticationAllowed(true);
    connect(&server, &QDBusServer::newConnection, this, [&portal](QDBusConnection connection) {
        connection.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
            QDBusConnection::ExportAllContents);
    });
    const auto name = QStringLiteral("to the portal");
    motion.follow(QDBusConnection::connectToPeer(server.address(), name));
    QTRY_VERIFY(motion.isReduced());
    QVERIFY(portal.asked.contains(QStringLiteral("org.freedesktop.appearance")));
    Q_EMIT portal.SettingChanged(QStringLiteral("org.gnome.desktop.interface"),
        QStringLiteral("enable-animations"), QDBusVariant(true));
    QTRY_VERIFY(!motion.isReduced());
    Q_EMIT portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"),
        QStringLiteral("color-scheme"), QDBusVariant(1U)); // about something else
    Q_EMIT portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"),
        QStringLiteral("reduced-motion"), QDBusVariant(1U));
    QTRY_VERIFY(motion.isReduced());
    QCOMPARE(changes.size(), 3);
    QDBusConnection::disconnectFromPeer(name);
}

void TestDesktopMotion::withoutPortal()
{
    DesktopMotion motion;
    motion.follow(QDBusConnection(QStringLiteral("there is no such connection")));
    QVERIFY(!motion.isReduced());
}

QTEST_GUILESS_MAIN(TestDesktopMotion)
#include "tst_desktop_motion.moc"
