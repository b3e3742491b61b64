// SPDX-License-Identifier: MIT
#include "app/keychain.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using tutti::app::Keychain;

/// Where there is no keychain at all, which is what a test can bring about everywhere.
class TestKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        QVERIFY(m_home.isValid());
        qputenv("XDG_CONFIG_HOME", m_home.path().toLocal8Bit());
        qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit());
        qputenv("HOME", m_home.path().toLocal8Bit());
    }

    void nothingIsRememberedAnywhereElse()
    {
        Keychain keychain;
        std::optional<bool> kept;
        QString words;
        keychain.write(QStringLiteral("ws://h/room"), QStringLiteral("secret-token"), this,
            [&](const std::expected<void, QString>& done) {
                kept = done.has_value();
                words = done ? QString() : done.error();
            });
        QTRY_VERIFY_WITH_TIMEOUT(kept, 20'000);
        QVERIFY(!*kept);
        QVERIFY2(words.contains(QStringLiteral("keychain")), qPrintable(words));
        QVERIFY(!words.contains(QStringLiteral("secret-token")));
        std::optional<QString> read;
        keychain.read(
            QStringLiteral("ws://h/room"), this, [&](const QString& token) { read = token; });
        QTRY_VERIFY_WITH_TIMEOUT(read, 20'000);
        QVERIFY(read->isEmpty());
        QVERIFY(QSettings().allKeys().isEmpty());
        QVERIFY(QDir(m_home.path()).entryList(QDir::Files | QDir::NoDotAndDotDot).isEmpty());
    }

    void whoAskedMayBeGone()
    {
        Keychain keychain;
        auto* context = new QObject;
        bool called = false;
        keychain.read(
            QStringLiteral("ws://h/room"), context, [&](const QString&) { called = true; });
        delete context;
        keychain.forget(QStringLiteral("ws://h/room"));
        std::optional<QString> later;
        keychain.read(
            QStringLiteral("ws://h/room"), this, [&](const QString& token) { later = token; });
        QTRY_VERIFY_WITH_TIMEOUT(later, 20'000);
        QVERIFY(!called);
    }

private:
    QTemporaryDir m_home;
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
