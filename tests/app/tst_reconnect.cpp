// SPDX-License-Identifier: MIT
#include "app/room_host.h"
#include "net/provider.h"
#include "net/server/server.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"
#include "ui/shell/unsent_changes.h"

#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::MainWindow;

/// A window in a room whose server goes away and comes back, over real sockets.
class TestReconnect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editsOfBothSidesMeetAgain();
    void aServerThatWasNeverThere();
};

namespace {

QString words(const MainWindow& window)
{
    return window.findChild<QWidget*>(QStringLiteral("connectionStatus"))
        ->property("text")
        .toString();
}

qsizetype filesKept()
{
    return QDir(ui::UnsentChanges::folder()).entryList({QStringLiteral("*.unsent")}).size();
}

} // namespace

void TestReconnect::editsOfBothSidesMeetAgain()
{
    net::Server server;
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    const quint16 port = server.port();
    const auto address =
        net::RoomAddress::make(QStringLiteral("127.0.0.1"), port, QStringLiteral("room"));
    QVERIFY(address);
    crdt::Doc other; // somebody who shows no presence, and whose connection never breaks
    auto text = other.get<crdt::Text>("codemirror");
    text.insert({}, u"hello");
    net::Provider provider(other, server.attach(address->path()));
    provider.start();
    QTRY_COMPARE(provider.status().state, net::ProviderStatus::State::Synced);

    app::RoomHost rooms(QHostAddress::LocalHost, 0);
    ui::Theme theme(*qApp);
    MainWindow window({.rooms = rooms,
        .theme = theme,
        .identity = {QStringLiteral("Ada"), QStringLiteral("#0675e0")}});
    window.show();
    ui::DocumentPage& page = window.join(*address, QStringLiteral("codemirror"));
    QTRY_COMPARE(page.editor().toPlainText(), QStringLiteral("hello"));
    QTRY_COMPARE(words(window), QStringLiteral("Connected: 1 person, all changes synced"));
    QCOMPARE(filesKept(), 0);

    server.close();
    QTRY_VERIFY(words(window).startsWith(QStringLiteral(
        "Offline: you can keep editing. Changes are saved on this computer. Retrying")));
    QTRY_VERIFY(page.bar().isVisible());
    QTest::keyClick(&page.editor(), Qt::Key_End);
    QTest::keyClicks(&page.editor(), QStringLiteral("!"));
    text.insert({}, u"oh ");
    QCOMPARE(page.editor().toPlainText(), QStringLiteral("hello!"));
    QCOMPARE(page.closeConcern(), ui::DocumentPage::Concern::UnsentChanges);

    // what a crash would leave holds the change within two seconds
    QCOMPARE(filesKept(), 1);
    const QDir folder(ui::UnsentChanges::folder());
    const QString file =
        folder.filePath(folder.entryList({QStringLiteral("*.unsent")}).constFirst());
    const auto kept = [&] {
        const auto update = ui::UnsentChanges::read(file);
        crdt::Doc copy;
        return update && copy.applyUpdate(*update)
            && copy.get<crdt::Text>("codemirror").toString() == u"hello!";
    };
    QTRY_VERIFY_WITH_TIMEOUT(kept(), 2000);

    QVERIFY(server.listen(QHostAddress::LocalHost, port));
    if (auto* retry = page.bar().findChild<QPushButton*>(QStringLiteral("inlineBarAction0"))) {
        QTest::mouseClick(retry, Qt::LeftButton);
    }
    QTRY_COMPARE(page.editor().toPlainText(), QStringLiteral("oh hello!"));
    QTRY_VERIFY(text.toString() == u"oh hello!");
    QTRY_COMPARE(
        words(window), QStringLiteral("Reconnected: merged 1 of your and 1 others' changes"));
    QTRY_VERIFY(!page.bar().isVisible());
    QCOMPARE(filesKept(), 0);
    QCOMPARE(page.closeConcern(), ui::DocumentPage::Concern::None);
    QTest::keyClicks(&page.editor(), QStringLiteral("?"));
    QTRY_COMPARE(words(window), QStringLiteral("Connected: 1 person, all changes synced"));
}

void TestReconnect::aServerThatWasNeverThere()
{
    app::RoomHost rooms(QHostAddress::LocalHost, 0);
    ui::Theme theme(*qApp);
    MainWindow window({.rooms = rooms,
        .theme = theme,
        .identity = {QStringLiteral("Ada"), QStringLiteral("#0675e0")}});
    window.show();
    ui::DocumentPage& page =
        window.join(*net::RoomAddress::parse(QStringLiteral("ws://127.0.0.1:1/x")),
            QStringLiteral("codemirror"));
    QTRY_VERIFY(page.bar().isVisible());
    QVERIFY2(page.bar().words().startsWith(QStringLiteral("127.0.0.1:1 could not be reached: ")),
        qPrintable(page.bar().words()));
    QVERIFY(!words(window).contains(QStringLiteral("saved"))); // there is nothing to save
    QVERIFY(window.close());
}

QTEST_MAIN(TestReconnect)
#include "tst_reconnect.moc"
