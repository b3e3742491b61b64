// SPDX-License-Identifier: MIT
#include "app/system_user.h"

#include <QTemporaryFile>
#include <QTest>

using namespace tutti::app;

class TestSystemUser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gitConfiguration_data();
    void gitConfiguration();
    void thereIsAlwaysAName();
};

void TestSystemUser::gitConfiguration_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QByteArray("[user]\n\tname = Ada Lovelace\n\temail = a@b\n")
                           << QStringLiteral("Ada Lovelace");
    QTest::newRow("quoted") << QByteArray("[user]\nname=\"Grace Hopper\"\n")
                            << QStringLiteral("Grace Hopper");
    QTest::newRow("later") << QByteArray("[core]\n name = no\n[ USER ]\n  Name = Zoé\n")
                           << QStringLiteral("Zoé");
    QTest::newRow("another section")
        << QByteArray("[user]\nemail = x\n[credential]\nname = no\n") << QString();
    QTest::newRow("a subsection") << QByteArray("[user \"work\"]\nname = no\n") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestSystemUser::gitConfiguration()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QString, name);
    QTemporaryFile configuration;
    QVERIFY(configuration.open() && configuration.write(file) == file.size());
    configuration.close();
    QCOMPARE(gitUserName(configuration.fileName()), name);
}

void TestSystemUser::thereIsAlwaysAName()
{
    QVERIFY(!systemUserName().isEmpty());
    QVERIFY(gitUserName(QStringLiteral("/nowhere/config")).isEmpty());
}

QTEST_GUILESS_MAIN(TestSystemUser)
#include "tst_system_user.moc"
