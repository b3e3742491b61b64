// SPDX-License-Identifier: MIT
// Access tokens in the window: typed, remembered, refused, asked for again; rooms to be read only.
#include "crdt/text.h"
#include "net/connector.h"
#include "net/server/server.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/compare_pane.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/find_bar.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/join_dialog.h"
#include "ui/shell/main_window.h"
#include "ui/shell/room_access.h"
#include "ui/shell/theme.h"
#include "ui/shell/token_store.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::DocumentPage;

namespace {

/// A keychain in memory, which can be locked.
class Tokens : public ui::TokenStore
{
public:
    void read(const QString& room, QObject*, std::function<void(const QString&)> callBack) override
    {
        callBack(kept.value(room));
    }
    void write(const QString& room, const QString& token, QObject*,
        std::function<void(const std::expected<void, QString>&)> callBack) override
    {
        if (locked) {
            callBack(std::unexpected(QStringLiteral("The keychain is locked")));
            return;
        }
        kept.insert(room, token);
        callBack({});
    }
    void forget(const QString& room) override { kept.remove(room); }

    QHash<QString, QString> kept;
    bool locked = false;
};

/// Rooms of a server on this computer, as the program reaches them.
class Rooms : public ui::RoomService
{
public:
    std::expected<ui::HostedRoom, QString> host(const QString&, ui::Reach) override
    {
        return std::unexpected(QStringLiteral("not here"));
    }
    std::optional<ui::Reach> reach(const QString&) const override { return std::nullopt; }
    std::expected<QString, QString> setReach(const QString& link, ui::Reach) override
    {
        return link;
    }
    std::unique_ptr<net::Channel> channelTo(
        const net::RoomAddress& address, const net::TokenSource& token) override
    {
        return m_connector.channelTo(address, token);
    }
    void close(const QString&) override { }

private:
    net::Connector m_connector;
};

const QString kText = QStringLiteral("codemirror");

} // namespace

class TestRoomAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
        m_theme = std::make_unique<ui::Theme>(*qApp);
    }

    void init()
    {
        m_tokens = std::make_unique<Tokens>();
        m_server = std::make_unique<net::Server>();
        m_server->access().allowToken("good", net::Right::Edit);
        m_server->access().allowToken("visitor", net::Right::Read);
        QVERIFY(m_server->listen(QHostAddress::LocalHost, 0));
        m_address = net::RoomAddress::make(
            QStringLiteral("127.0.0.1"), m_server->port(), QStringLiteral("locked"));
        m_window = makeWindow();
    }

    void cleanup()
    {
        m_window.reset();
        m_server.reset();
    }

    void aRefusedTokenIsAskedForInTheBar()
    {
        m_window->join(*m_address, kText);
        QTRY_VERIFY(answer() != nullptr);
        QVERIFY2(bar().words().contains(QStringLiteral("token")), qPrintable(bar().words()));
        QCOMPARE(answer()->echoMode(), QLineEdit::Password);
        QVERIFY(!button()->isEnabled());

        QTest::keyClicks(answer(), QStringLiteral("wrong"));
        m_window->findChild<QCheckBox*>(QStringLiteral("inlineBarRemember"))->setChecked(true);
        QTest::keyClick(answer(), Qt::Key_Return);
        QTRY_COMPARE(state(), State::Denied);
        QTRY_VERIFY(answer() != nullptr);
        QVERIFY(answer()->text().isEmpty());
        QVERIFY(m_tokens->kept.isEmpty());

        QTest::keyClicks(answer(), QStringLiteral("good"));
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_COMPARE(state(), State::Synced);
        QVERIFY(bar().words().isEmpty());
        QVERIFY(m_tokens->kept.isEmpty()); // the box was not ticked this time
    }

    void rememberedOnceItWasTaken()
    {
        enterByDialog(QStringLiteral("good"), true);
        QTRY_COMPARE(state(), State::Synced);
        QTRY_COMPARE(m_tokens->kept.size(), 1);
        QCOMPARE(m_tokens->kept.value(m_address->toString()), QStringLiteral("good"));
        // Nothing of it is in the settings.
        QSettings settings;
        for (const QString& key : settings.allKeys()) {
            QVERIFY(!settings.value(key).toString().contains(QStringLiteral("good")));
        }
        // The next run needs no question.
        m_window = makeWindow();
        m_window->join(*m_address, kText);
        QTRY_COMPARE(state(), State::Synced);
        // What is remembered and refused is forgotten.
        m_tokens->kept[m_address->toString()] = QStringLiteral("expired");
        m_window = makeWindow();
        m_window->join(*m_address, kText);
        QTRY_VERIFY(answer() != nullptr);
        QVERIFY(m_tokens->kept.isEmpty());
    }

    void notRememberedWithoutBeingAsked()
    {
        enterByDialog(QStringLiteral("good"), false);
        QTRY_COMPARE(state(), State::Synced);
        QVERIFY(m_tokens->kept.isEmpty());
    }

    void aLockedKeychainIsSaid()
    {
        m_tokens->locked = true;
        enterByDialog(QStringLiteral("good"), true);
        QTRY_COMPARE(state(), State::Synced);
        QTRY_VERIFY(bar().words().contains(QStringLiteral("The keychain is locked")));
        QVERIFY(m_tokens->kept.isEmpty());
    }

    void aTokenGoesToNoOtherServer()
    {
        // The program was started with a token for one link; the person types another link.
        bool asked = false;
        const net::TokenSource given = [&asked](QObject*, const auto& callBack) {
            asked = true;
            callBack(net::Token(QStringLiteral("good")));
        };
        m_window->askToJoin(QStringLiteral("ws://127.0.0.1:1/elsewhere"), given);
        auto* dialog = m_window->findChild<ui::JoinDialog*>();
        dialog->findChild<QLineEdit*>(QStringLiteral("joinLink"))->setText(m_address->toString());
        dialog->findChild<QPushButton*>(QStringLiteral("joinConfirm"))->click();
        QTRY_COMPARE(state(), State::Denied);
        QVERIFY(!asked);
        m_window = makeWindow();
        m_window->join(*m_address, kText, given);
        QTRY_COMPARE(state(), State::Synced);
        QVERIFY(asked);
    }

    void readersReadOnly()
    {
        crdt::Doc doc;
        doc.get<crdt::Text>("codemirror").insert({}, u"look");
        net::Connector connector;
        net::Provider owner(
            doc, connector.channelTo(*m_address, net::fixedToken(QStringLiteral("good"))));
        owner.start();
        QTRY_COMPARE(owner.status().state, State::Synced);
        enterByDialog(QStringLiteral("visitor"), false);
        ui::CodeEditor& editor = m_window->currentPage()->editor();
        QTRY_COMPARE(editor.toPlainText(), QStringLiteral("look"));
        QTRY_VERIFY(editor.isReadOnly());
        QCOMPARE(m_window->findChild<QWidget*>(QStringLiteral("connectionStatus"))
                     ->property("text")
                     .toString(),
            QStringLiteral("View only"));
        QVERIFY2(
            bar().words().contains(QStringLiteral("not change it")), qPrintable(bar().words()));
        QTest::keyClicks(&editor, QStringLiteral("x"));
        QCOMPARE(editor.toPlainText(), QStringLiteral("look"));
    }

    void aRebuiltRoomIsTheUsersChoice()
    {
        enterByDialog(QStringLiteral("good"), false);
        QTRY_COMPARE(state(), State::Synced);
        DocumentPage& page = *m_window->currentPage();
        QTest::keyClicks(&page.editor(), QStringLiteral("one text"));
        QTRY_COMPARE(state(), State::Synced);

        // The server forgets, and somebody writes the text anew.
        const quint16 port = m_server->port();
        const auto* people = m_window->findChild<QLabel*>(QStringLiteral("participantsHeading"));
        QTRY_COMPARE(people->text(), QStringLiteral("Only you"));
        m_server.reset();
        QTRY_COMPARE(state(), State::Offline);
        QTRY_COMPARE(people->text(), QStringLiteral("Not connected")); // nobody knows
        QTest::keyClicks(&page.editor(), QStringLiteral(", longer"));
        m_server = std::make_unique<net::Server>();
        m_server->access().allowToken("good", net::Right::Edit);
        crdt::Doc doc;
        doc.get<crdt::Text>("codemirror").insert({}, u"one text");
        net::Provider other(doc, m_server->attach(m_address->path()));
        other.start();
        QTRY_COMPARE(other.status().state, State::Synced);
        QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
        page.session()->retryNow();
        QTRY_COMPARE(page.session()->status().state, State::Rebuilt);
        QCOMPARE(page.editor().toPlainText(), QStringLiteral("one text, longer"));
        QVERIFY2(page.bar().words().startsWith(
                     QStringLiteral("This room was restarted. Your unsent changes are kept.")),
            qPrintable(page.bar().words()));
        QVERIFY(page.session()->hasUnsentChanges());

        const auto press = [](DocumentPage& on, const QString& text) {
            for (auto* one : on.bar().findChildren<QPushButton*>()) {
                if (one->isVisible() && one->text() == text) {
                    one->click();
                    return true;
                }
            }
            return false;
        };
        QVERIFY(press(page, QStringLiteral("Compare")));
        DocumentPage& now = *m_window->currentPage();
        QVERIFY(&now != &page);
        QTRY_COMPARE(now.editor().toPlainText(), QStringLiteral("one text"));
        QTRY_VERIFY(now.comparison() != nullptr);
        ui::CompareView& comparison = *now.comparison();
        QVERIFY(comparison.isVisible() && !now.editor().isVisible());
        QTRY_VERIFY(comparison.height() > now.height() * 3 / 4);
        QVERIFY(now.editor().isReadOnly()); // the menu's commands would be about it
        QCOMPARE(comparison.words(), QStringLiteral("1 difference"));
        QCOMPARE(comparison.left().toPlainText(), QStringLiteral("one text, longer"));
        QCOMPARE(comparison.right().toPlainText(), QStringLiteral("one text"));
        QVERIFY2(comparison.left().accessibleName().startsWith(QStringLiteral("Your text, ")),
            qPrintable(comparison.left().accessibleName()));
        QCOMPARE(comparison.right().accessibleName(), QStringLiteral("The room on 127.0.0.1, now"));
        doc.get<crdt::Text>("codemirror").insert(crdt::Offset(8), u", longer"); // in the room
        QTRY_COMPARE(comparison.words(), QStringLiteral("The texts are the same"));

        Q_EMIT comparison.closeRequested();
        QVERIFY(now.editor().isVisible() && !comparison.isVisible());
        QVERIFY(!now.editor().isReadOnly());
        QVERIFY(press(now, QStringLiteral("Compare again")));
        QVERIFY(comparison.isVisible());
        m_window->actions().find->trigger(); // in the text
        QVERIFY(now.editor().isVisible() && now.findBar().isVisible());
        m_window->showPage(page);
        QCOMPARE(m_window->currentPage(), &page);
        QCOMPARE(page.session()->status().state, State::Rebuilt);

        QVERIFY(press(page, QStringLiteral("Rejoin")));
        QTRY_COMPARE(page.session()->status().state, State::Synced);
        QTRY_COMPARE(page.editor().toPlainText().size(), 32);
        QVERIFY(page.bar().words().isEmpty());
    }

    void anAccessThatIsGoneHasNoToken()
    {
        auto access = std::make_unique<ui::RoomAccess>(*m_address, nullptr);
        QVERIFY(!access->canRemember());
        access->enter(QStringLiteral("good"), true);
        const net::TokenSource source = access->source();
        QString got = QStringLiteral("nothing yet");
        const auto keep = [&got](const net::Token& token) { got = *token; };
        source(this, keep);
        QCOMPARE(got, QStringLiteral("good"));
        access->onAccepted();
        access->onRefused();
        access.reset();
        source(this, keep);
        QVERIFY(got.isEmpty());
    }

private:
    using State = net::ProviderStatus::State;

    std::unique_ptr<ui::MainWindow> makeWindow()
    {
        auto window = std::make_unique<ui::MainWindow>(ui::MainWindow::Context{.rooms = m_rooms,
            .theme = *m_theme,
            .tokens = m_tokens.get(),
            .identity = {QStringLiteral("Ada"), QStringLiteral("#0675e0")}});
        window->show();
        return window;
    }
    void enterByDialog(const QString& token, bool remember)
    {
        m_window->askToJoin(m_address->toString());
        auto* dialog = m_window->findChild<ui::JoinDialog*>();
        QVERIFY(dialog != nullptr);
        auto* box = dialog->findChild<QCheckBox*>(QStringLiteral("joinRemember"));
        QVERIFY(!box->isEnabled());
        QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("joinToken")), token);
        QVERIFY(box->isEnabled());
        box->setChecked(remember);
        dialog->findChild<QPushButton*>(QStringLiteral("joinConfirm"))->click();
    }
    [[nodiscard]] ui::InlineBar& bar() { return m_window->currentPage()->bar(); }
    [[nodiscard]] QLineEdit* answer()
    {
        for (auto* field : bar().findChildren<QLineEdit*>(QStringLiteral("inlineBarAnswer"))) {
            if (field->isVisible()) {
                return field;
            }
        }
        return nullptr;
    }
    [[nodiscard]] QPushButton* button()
    {
        return bar().findChild<QPushButton*>(QStringLiteral("inlineBarAnswered"));
    }
    [[nodiscard]] State state() { return m_window->currentPage()->session()->status().state; }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<Tokens> m_tokens;
    Rooms m_rooms;
    std::unique_ptr<net::Server> m_server;
    std::expected<net::RoomAddress, QString> m_address = std::unexpected(QString());
    std::unique_ptr<ui::MainWindow> m_window;
};

QTEST_MAIN(TestRoomAccess)
#include "tst_room_access.moc"
