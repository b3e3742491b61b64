// SPDX-License-Identifier: MIT
// An editor with two remote users, light and dark, at 1x and 2x, as PNG files to be looked at.
#include "tests/ui/support/qt_test.h"
#include "tests/ui/support/shared_room.h"
#include "ui/presence/local_presence.h"
#include "ui/presence/peer_tracker.h"
#include "ui/presence/presence_colors.h"
#include "ui/presence/remote_cursors.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSet>

using namespace tutti;
using namespace tutti::test;

namespace {

const QString kCode = QStringLiteral(R"(// Two people in one file.
#include <algorithm>
#include <string_view>
#include <vector>

/// Positions of a word in a text, left to right.
std::vector<std::size_t> occurrences(std::string_view text, std::string_view word)
{
    std::vector<std::size_t> found;
    if (word.empty()) {
        return found;
    }
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        found.push_back(at);
    }
    return found;
}

int main()
{
    const auto found = occurrences("to be or not to be", "be");
    return std::ssize(found) == 2 ? 0 : 1;
}
)");

QImage render(QWidget& widget, double ratio)
{
    QImage image(widget.size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::magenta);
    widget.render(&image);
    return image;
}

} // namespace

class TestPresenceRendering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pictures_data();
    void pictures();
};

void TestPresenceRendering::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("ratio");
    QTest::newRow("light-1x") << false << 1;
    QTest::newRow("light-2x") << false << 2;
    QTest::newRow("dark-1x") << true << 1;
    QTest::newRow("dark-2x") << true << 2;
}

void TestPresenceRendering::pictures()
{
    QFETCH(bool, dark);
    QFETCH(int, ratio);
    SharedRoom room(kCode + QString(60, u'\n') + QStringLiteral("// the end\n"));
    const ui::EditorTheme theme = dark ? ui::EditorTheme::darkTheme() : ui::EditorTheme::light();
    room.editor.setTheme(theme);
    room.editor.setFileName(QStringLiteral("occurrences.cpp"));
    room.editor.resize(820, 520);
    ui::PeerTracker tracker(room.awareness, room.editor, room.clock());
    ui::RemoteCursors cursors(tracker);
    ui::LocalPresence local(room.awareness, room.editor);
    local.setUser(QStringLiteral("Me"), ui::hueColor(6));
    room.editor.show();
    QVERIFY(QTest::qWaitForWindowExposed(&room.editor));

    const auto place = [](const char* text) {
        return static_cast<int>(kCode.indexOf(QLatin1String(text)));
    };
    setCaret(room.editor, place("return found;"));
    room.publish(20, QStringLiteral("Ada Lovelace"), ui::hueColor(0),
        place("std::vector<std::size_t> found;"), place("text.find(word, at"));
    room.publish(
        30, QStringLiteral("Bo"), ui::hueColor(3), place("left to right"), place("left to right"));
    room.publish(40, QStringLiteral("Chi Nguyen"), ui::hueColor(7), 0, 0);
    room.publish(50, QStringLiteral("Dora"), ui::hueColor(1), static_cast<int>(kCode.size()) + 62,
        static_cast<int>(kCode.size()) + 62);
    QTRY_VERIFY(cursors.labelRect(crdt::ClientId(20)).has_value());
    QCoreApplication::processEvents();

    const QImage image = render(room.editor, ratio);
    QDir().mkpath(QStringLiteral(TUTTI_PICTURES));
    const QString file =
        QStringLiteral(TUTTI_PICTURES "/editor-%1.png").arg(QLatin1String(QTest::currentDataTag()));
    QVERIFY(image.save(file));

    // Not only a picture: the peers' shades are in it, at their carets.
    const QPoint origin = room.editor.viewport()->mapTo(&room.editor, QPoint());
    for (const std::uint64_t client : {20, 30, 40}) {
        const ui::Peer* peer = tracker.find(crdt::ClientId(client));
        const QRectF caret = room.editor.caretRect(*peer->caret).translated(origin);
        const QColor seen(
            image.pixel(qRound((caret.left() - 1) * ratio), qRound(caret.center().y() * ratio)));
        QCOMPARE(seen.rgb(), ui::shadeFor(peer->color, theme.background).caret.rgb());
    }
}

QTEST_MAIN(TestPresenceRendering)
#include "tst_presence_rendering.moc"
