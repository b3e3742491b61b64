// SPDX-License-Identifier: MIT
#include "tests/ui/support/fixed_source.h"
#include "ui/presence/edge_chips.h"
#include "ui/presence/participants_model.h"
#include "ui/presence/presence_colors.h"
#include "ui/shell/compare_pane.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/connection_status.h"
#include "ui/shell/icons.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo_preview.h"

#include <QApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <map>

using namespace tutti;
using State = net::ProviderStatus::State;

namespace {

/// What is drawn of it, whatever the colours are: where it differs from its corner.
QImage shape(const QPixmap& pixmap)
{
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    const QRgb ground = image.pixel(0, image.height() - 1);
    QImage drawn(image.size(), QImage::Format_Grayscale8);
    drawn.setDevicePixelRatio(1);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QRgb at = image.pixel(x, y);
            const int apart = qAbs(qRed(at) - qRed(ground)) + qAbs(qGreen(at) - qGreen(ground))
                + qAbs(qBlue(at) - qBlue(ground)) + qAbs(qAlpha(at) - qAlpha(ground));
            drawn.scanLine(y)[x] = apart > 90 ? 255 : 0;
        }
    }
    return drawn;
}

QImage gray(const QPixmap& pixmap)
{
    return pixmap.toImage().convertToFormat(QImage::Format_Grayscale8);
}

} // namespace

/// Nothing is told by a colour alone: whoever sees none of them is told the same by letters, words,
/// signs or shapes.
class TestNotByColor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void badges();
    void chips();
    void connection();
    void messages();
    void differences();
    void shapesAreSeen();

private:
    std::unique_ptr<ui::Theme> m_theme;
};

void TestNotByColor::initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp); }

/// Two people of one colour differ, by their initials.
void TestNotByColor::badges()
{
    const ui::Shade shade = ui::shadeFor(ui::hueColor(2), Qt::white);
    const auto badge = [&shade](const QString& initials) {
        return gray(ui::avatarPixmap(initials, shade.label, shade.labelText, 24, 1));
    };
    const QImage ada = badge(QStringLiteral("AL"));
    QCOMPARE(badge(QStringLiteral("AL")), ada);
    QVERIFY(badge(QStringLiteral("GH")) != ada);
    QVERIFY(badge(QString()) != ada); // there are letters in it
}

/// The same at the edges, where an arrow says which way they are.
void TestNotByColor::chips()
{
    QWidget parent;
    parent.resize(200, 60);
    ui::EdgeChip chip(&parent);
    const ui::Shade shade = ui::shadeFor(ui::hueColor(2), Qt::white);
    const auto picture = [&](const QString& initials, ui::Edge edge) {
        chip.show(initials, shade, edge, 1);
        chip.resize(48, 22);
        return gray(chip.grab());
    };
    const QImage ada = picture(QStringLiteral("AL"), ui::Edge::Top);
    QCOMPARE(picture(QStringLiteral("AL"), ui::Edge::Top), ada);
    QVERIFY(picture(QStringLiteral("GH"), ui::Edge::Top) != ada);
    QVERIFY(picture(QStringLiteral("AL"), ui::Edge::Bottom) != ada);
}

/// Each state has words of its own, whatever the figures in them are; moods have shapes.
void TestNotByColor::connection()
{
    std::map<QString, State> said;
    for (const State state : {State::Connecting, State::Synchronizing, State::Synced,
             State::Pending, State::Offline, State::Failed, State::Rebuilt}) {
        net::ProviderStatus status;
        status.state = state;
        status.reason = QStringLiteral("why");
        ui::ConnectionFacts facts;
        facts.provider = status;
        const QString words = ui::connectionWords(facts);
        QVERIFY(!words.isEmpty());
        const bool isNew =
            said.emplace(QString(words).remove(QRegularExpression(QStringLiteral("\\d+"))), state)
                .second;
        QVERIFY2(isNew, qPrintable(words));
    }
    QVERIFY(!said.contains(ui::connectionWords({})));

    using Mood = ui::ConnectionMood;
    std::map<QString, QImage> shapes;
    for (const Mood mood :
        {Mood::Local, Mood::Busy, Mood::Good, Mood::Sending, Mood::Offline, Mood::Problem}) {
        const QString name = ui::moodIcon(mood);
        if (!name.isEmpty() && !shapes.contains(name)) {
            const QImage drawn = shape(ui::icon(name).pixmap(QSize(32, 32), 1));
            for (const auto& [other, known] : shapes) {
                QVERIFY2(drawn != known, qPrintable(name + QStringLiteral(" = ") + other));
            }
            shapes.emplace(name, drawn);
        }
    }
    const auto differ = [](Mood a, Mood b) { return ui::moodIcon(a) != ui::moodIcon(b); };
    QVERIFY(differ(Mood::Good, Mood::Offline));
    QVERIFY(differ(Mood::Good, Mood::Problem));
    QVERIFY(differ(Mood::Good, Mood::Sending));
    QVERIFY(differ(Mood::Good, Mood::Local));
    QVERIFY(differ(Mood::Offline, Mood::Sending));
}

/// News, a warning and an error have icons of different shapes.
void TestNotByColor::messages()
{
    QWidget parent;
    parent.resize(400, 80);
    ui::InlineBar bar(&parent);
    QList<QImage> shapes;
    for (const auto kind :
        {ui::InlineBar::Kind::Info, ui::InlineBar::Kind::Warning, ui::InlineBar::Kind::Error}) {
        bar.show(QStringLiteral("test"), kind, QStringLiteral("Words."));
        QImage drawn;
        for (const QLabel* label : bar.findChildren<QLabel*>()) {
            drawn = label->pixmap().isNull() ? drawn : shape(label->pixmap());
        }
        QVERIFY(!drawn.isNull());
        QVERIFY(!shapes.contains(drawn));
        shapes += drawn;
    }
}

/// What one side lacks has a − and what the other has a +.
void TestNotByColor::differences()
{
    ui::CompareView view(
        std::make_unique<FixedSource>(QStringLiteral("Ada"), QStringLiteral("a\nb\nc\n")),
        std::make_unique<FixedSource>(QStringLiteral("Grace"), QStringLiteral("a\nB\nc\n")));
    view.resize(600, 300);
    view.show();
    QList<ui::ComparePane*> panes = view.findChildren<ui::ComparePane*>();
    QCOMPARE(panes.size(), 2);
    std::ranges::sort(panes, {},
        [&view](const ui::ComparePane* pane) { return pane->mapTo(&view, QPoint()).x(); });
    const auto signsOf = [&panes](int i) {
        QString signs;
        for (int row = 0; row < static_cast<int>(panes.at(i)->rows().size()); ++row) {
            signs += panes.at(i)->sign(row);
        }
        return signs;
    };
    // compared in another thread
    QVERIFY(QTest::qWaitFor([&] { return !signsOf(0).isEmpty(); }));
    QCOMPARE(signsOf(0), QString(QChar(0x2212)));
    QCOMPARE(signsOf(1), QStringLiteral("+"));
}

/// The means of this test see what they are to see.
void TestNotByColor::shapesAreSeen()
{
    using ui::IconTone;
    const auto drawn = [](const char* name, IconTone tone) {
        return shape(ui::icon(QLatin1StringView(name), tone).pixmap(QSize(32, 32), 1));
    };
    QVERIFY(drawn("info", IconTone::Text) != drawn("warning", IconTone::Text));
    QPixmap red(8, 8);
    red.fill(Qt::red);
    QPixmap blue(8, 8);
    blue.fill(Qt::blue);
    QCOMPARE(shape(red), shape(blue)); // colours are no shape
}

QTEST_MAIN(TestNotByColor)
#include "tst_not_by_color.moc"
