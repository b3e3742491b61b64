// SPDX-License-Identifier: MIT
// tutti-editor-bench [--runs N] [--only-traces] [code|large|window|line|typing|carets]… [TRACE]…:
// the text area beside a bare QPlainTextEdit, in one process and turn by turn; the figures are
// medians, a ratio is ours to the bare one's. Every figure is of the GUI's thread from the event to
// the painted picture, on the platform it runs on (offscreen or a screen: QT_QPA_PLATFORM). Exit
// status 1 when a bar is missed.
#include "crdt/doc.h"
#include "tests/bench/trace.h"
#include "tests/ui/shell/shown_window.h"
#include "tests/ui/support/shared_room.h"
#include "ui/editor/code_editor.h"
#include "ui/presence/peer_tracker.h"
#include "ui/presence/presence_colors.h"
#include "ui/presence/remote_cursors.h"
#include "ui/shell/opening.h"
#include "ui/shell/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace tutti;
using test::SharedRoom;

namespace {

constexpr QSize kSize(1000, 700);
bool allMet = true;

double ms(const QElapsedTimer& clock) { return static_cast<double>(clock.nsecsElapsed()) / 1e6; }

double at(std::vector<double> values, double quantile)
{
    std::ranges::sort(values);
    const auto index = static_cast<std::size_t>(quantile * static_cast<double>(values.size()));
    return values[std::min(index, values.size() - 1)];
}

double median(const std::vector<double>& values) { return at(values, 0.5); }

void report(const char* what, double ours, double bare, double figure, double bar, const char* unit)
{
    const bool met = figure <= bar;
    allMet = allMet && met;
    std::printf("%-52s %9.2f %9.2f   %7.2f%s of at most %g  %s\n", what, ours, bare, figure, unit,
        bar, met ? "" : "MISSED");
    std::fflush(stdout);
}

/// Some C++ of that many bytes, with everything a definition has to tell apart.
QString code(int bytes)
{
    std::mt19937 random(7); // NOLINT: the same text every time
    QString text;
    text.reserve(bytes + 200);
    for (int i = 0; text.size() < bytes; ++i) {
        text += QStringLiteral("/// Part %1 of it, with a few words about what it does.\n"
                               "int part%1(const std::vector<int>& values, int limit)\n{\n"
                               "    int sum = %2; // begins with something\n"
                               "    for (const int value : values) {\n"
                               "        if (value < limit && value != 0x%3) {\n"
                               "            sum += value * %4;\n"
                               "        }\n    }\n"
                               "    log(\"part %1: \", sum);\n    return sum;\n}\n\n")
                    .arg(i)
                    .arg(random() % 1000)
                    .arg(random() % 65536, 0, 16)
                    .arg(random() % 10);
    }
    return text;
}

struct Bare
{
    QPlainTextEdit widget;

    void open(const QString& text)
    {
        widget.resize(kSize);
        widget.setLineWrapMode(QPlainTextEdit::NoWrap);
        widget.setFont(ui::CodeEditor().font());
        widget.setUndoRedoEnabled(false);
        widget.show();
        QCoreApplication::processEvents();
        widget.setPlainText(text);
        widget.viewport()->repaint();
    }
};

struct Ours
{
    crdt::Doc doc;
    ui::CodeEditor widget;

    void open(const QString& text, const QString& name)
    {
        widget.resize(kSize);
        widget.show();
        widget.setFileName(name);
        QCoreApplication::processEvents();
        auto shared = doc.get<crdt::Text>("content");
        shared.insert(crdt::Offset(0), ui::toStdView(text));
        widget.bind(doc, shared);
        widget.viewport()->repaint();
    }
};

template <typename Editor, typename... Args>
double timeToOpen(std::unique_ptr<Editor>& editor, const Args&... args)
{
    editor = std::make_unique<Editor>();
    // showing the window is not what is measured
    QElapsedTimer clock;
    clock.start();
    editor->open(args...);
    return ms(clock);
}

/// The longest turn of the event loop until nothing is left to be done.
double longestTurn(int turns)
{
    double longest = 0;
    for (int i = 0; i < turns; ++i) {
        QElapsedTimer clock;
        clock.start();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        longest = std::max(longest, ms(clock));
    }
    return longest;
}

/// From a key to the painted picture.
std::vector<double> typing(QPlainTextEdit& widget, int keys)
{
    std::vector<double> times;
    for (int i = 0; i < keys; ++i) {
        QElapsedTimer clock;
        clock.start();
        QTest::sendKeyEvent(QTest::Click, &widget, Qt::Key_A, QStringLiteral("a"), Qt::NoModifier);
        widget.viewport()->repaint();
        times.push_back(ms(clock));
        QCoreApplication::processEvents();
    }
    return times;
}

void openCode(int runs)
{
    const QString text = code(1'000'000);
    std::vector<double> ours;
    std::vector<double> bare;
    double longest = 0;
    for (int i = 0; i < runs; ++i) {
        std::unique_ptr<Bare> b;
        std::unique_ptr<Ours> o;
        bare.push_back(timeToOpen(b, text));
        b.reset();
        ours.push_back(timeToOpen(o, text, QStringLiteral("a.cpp")));
        longest = std::max(longest, longestTurn(400));
    }
    report("1 MB of C++: text painted, ms", median(ours), median(bare), median(ours) / median(bare),
        1.2, "x");
    report("  the rest coloured: longest turn of the loop, ms", longest, 0, longest, 8, " ms");
}

QString millionLines()
{
    QString text;
    for (int i = 0; i < 1'000'000; ++i) {
        text += QStringLiteral("%1 a line of fifty bytes, as in a log, or so\n").arg(i, 6);
    }
    return text;
}

void openLarge(int runs)
{
    const QString text = millionLines();
    std::vector<double> ours;
    std::vector<double> bare;
    std::vector<double> oursTyping;
    std::vector<double> bareTyping;
    for (int i = 0; i < runs; ++i) {
        {
            std::unique_ptr<Bare> b;
            bare.push_back(timeToOpen(b, text));
            b->widget.moveCursor(QTextCursor::Start);
            test::setCaret(b->widget, static_cast<int>(text.size()) / 2);
            bareTyping = typing(b->widget, 300);
        }
        std::unique_ptr<Ours> o;
        ours.push_back(timeToOpen(o, text, QStringLiteral("a.log")));
        test::setCaret(o->widget, static_cast<int>(text.size()) / 2);
        oursTyping = typing(o->widget, 300);
    }
    report("50 MB, a million lines: text painted, ms", median(ours), median(bare),
        median(ours) / median(bare), 1.3, "x");
    report("  a key in it, p99, ms", at(oursTyping, 0.99), at(bareTyping, 0.99),
        at(oursTyping, 0.99) - at(bareTyping, 0.99), 8, " ms more");
}

/// The same file by the window: read in another thread, shown in slices.
void openInWindow(int runs)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.log"));
    {
        QFile file(path);
        if (!file.open(QFile::WriteOnly)) {
            allMet = false;
            return;
        }
        file.write(millionLines().toUtf8());
    }
    QStandardPaths::setTestModeEnabled(true);
    ui::Theme theme(*qApp);
    MemoryRooms rooms;
    std::vector<double> ours;
    std::vector<double> bare;
    std::vector<double> turns;
    double longest = 0;
    for (int i = 0; i < runs; ++i) {
        {
            std::unique_ptr<Bare> b;
            QElapsedTimer clock;
            clock.start();
            QFile file(path);
            (void)file.open(QFile::ReadOnly);
            const QString text = QString::fromUtf8(file.readAll());
            const double read = ms(clock);
            bare.push_back(read + timeToOpen(b, text));
        }
        const auto window = shownWindow(rooms, theme);
        window->resize(kSize);
        QCoreApplication::processEvents();
        QElapsedTimer clock;
        clock.start();
        ui::DocumentPage* page = window->openFile(path);
        longest = std::max(longest, ms(clock));
        while (ui::Opening::of(*page) != nullptr) {
            QElapsedTimer turn;
            turn.start();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            turns.push_back(ms(turn));
            longest = std::max(longest, turns.back());
        }
        page->editor().viewport()->repaint();
        ours.push_back(ms(clock));
    }
    report("50 MB by the window, from its file: all shown, ms", median(ours), median(bare),
        median(ours) / median(bare), 1.3, "x");
    report("  longest turn of the loop meanwhile, ms", longest, 0, longest, 100, " ms");
    std::printf("  a turn, p99, ms %53.2f\n", at(turns, 0.99));
}

void openLongLine(int runs)
{
    const QString text = QStringLiteral("0123456789abcdef ").repeated(1'000'000 / 17);
    std::vector<double> ours;
    std::vector<double> bare;
    std::vector<double> oursTyping;
    std::vector<double> bareTyping;
    for (int i = 0; i < runs; ++i) {
        std::unique_ptr<Bare> b;
        std::unique_ptr<Ours> o;
        bare.push_back(timeToOpen(b, text));
        bareTyping = typing(b->widget, 5);
        b.reset();
        ours.push_back(timeToOpen(o, text, QStringLiteral("a.json")));
        oursTyping = typing(o->widget, 5);
    }
    report("a line of 1 MB: text painted, ms", median(ours), median(bare),
        median(ours) / median(bare), 1.3, "x");
    report("  a key in it, ms", median(oursTyping), median(bareTyping),
        median(oursTyping) / median(bareTyping), 1.5, "x");
}

/// Peers that move and write, and a user who types.
void sharedTyping()
{
    SharedRoom room(code(200'000));
    room.editor.resize(kSize);
    room.editor.setFileName(QStringLiteral("a.cpp"));
    ui::PeerTracker tracker(room.awareness, room.editor, room.clock());
    ui::RemoteCursors cursors(tracker);
    room.editor.show();
    QCoreApplication::processEvents();
    test::setCaret(room.editor, 2'000);
    room.editor.ensureCursorVisible();

    crdt::Doc peer;
    (void)peer.applyUpdate(room.doc.getUpdate());
    auto theirs = peer.get<crdt::Text>("content");
    std::vector<crdt::Bytes> updates;
    const auto subscription = peer.observe([&updates](const crdt::TransactionEvent& event) {
        updates.emplace_back(event.update.begin(), event.update.end());
    });
    std::mt19937 random(3); // NOLINT
    std::vector<double> times;
    QElapsedTimer second;
    second.start();
    int edits = 0;
    int moves = 0;
    for (int key = 0; key < 600; ++key) {
        // 200 edits a second in the same screens, 20 carets that move 10 times a second each
        while (edits < second.elapsed() / 5) {
            theirs.insert(test::at(static_cast<int>(random() % 6'000)), u"x");
            (void)room.doc.applyUpdate(updates.back());
            updates.clear();
            ++edits;
        }
        while (moves < second.elapsed() / 5) {
            const int caret = static_cast<int>(random() % 6'000);
            room.publish(100 + static_cast<std::uint64_t>(moves % 20),
                QStringLiteral("Peer %1").arg(moves % 20), ui::hueColor(moves % 10), caret, caret);
            ++moves;
        }
        const auto one = typing(room.editor, 1);
        times.push_back(one.front());
        QTest::qWait(5);
    }
    report("a key while 20 peers write 200 edits a second, p99, ms", at(times, 0.99), 0,
        at(times, 0.99), 16, " ms");
}

void repaintWithPeers(int runs)
{
    SharedRoom room(code(200'000));
    room.editor.resize(kSize);
    room.editor.setFileName(QStringLiteral("a.cpp"));
    ui::PeerTracker tracker(room.awareness, room.editor, room.clock());
    ui::RemoteCursors cursors(tracker);
    room.editor.show();
    QCoreApplication::processEvents();
    const auto repaint = [&room, runs] {
        std::vector<double> times;
        for (int i = 0; i < 40 * runs; ++i) {
            QElapsedTimer clock;
            clock.start();
            room.editor.viewport()->repaint();
            times.push_back(ms(clock));
        }
        return median(times);
    };
    longestTurn(200);
    const double none = repaint();
    for (int i = 0; i < 100; ++i) {
        const int caret = i * 13; // all of them in view
        room.publish(100 + static_cast<std::uint64_t>(i), QStringLiteral("Peer %1").arg(i),
            ui::hueColor(i % 10), caret, caret + i % 20);
    }
    longestTurn(200);
    const double labelled = repaint();
    room.now += std::chrono::seconds(10); // the labels have gone
    room.publish(100, QStringLiteral("Peer 0"), ui::hueColor(0), 100'000, 100'000);
    longestTurn(200);
    const double hundred = repaint();
    std::printf("  with all their labels shown, ms %41.2f\n", labelled);
    report("a repaint with 100 carets in view, ms", hundred, none, hundred / none, 2, "x");
}

/// An update for each step of a trace.
std::vector<crdt::Bytes> updatesOf(const bench::Trace& trace)
{
    std::vector<crdt::Bytes> updates;
    crdt::Doc writer;
    const auto subscription = writer.observe([&updates](const crdt::TransactionEvent& event) {
        updates.emplace_back(event.update.begin(), event.update.end());
    });
    auto text = writer.get<crdt::Text>("content");
    for (const bench::Step& step : trace.steps) {
        const crdt::Transaction transaction = writer.transact();
        for (const bench::Patch& patch : step.patches) {
            if (patch.erased > 0) {
                text.erase(crdt::Offset(patch.position), crdt::Offset(patch.erased));
            }
            if (!patch.inserted.empty()) {
                text.insert(crdt::Offset(patch.position), patch.inserted);
            }
        }
    }
    return updates;
}

/// The same edits in a QTextDocument of nobody's, in one block.
double bareEdits(const bench::Trace& trace)
{
    QTextDocument document;
    QElapsedTimer clock;
    clock.start();
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    for (const bench::Step& step : trace.steps) {
        for (const bench::Patch& patch : step.patches) {
            cursor.setPosition(static_cast<int>(patch.position));
            cursor.setPosition(
                static_cast<int>(patch.position + patch.erased), QTextCursor::KeepAnchor);
            cursor.insertText(ui::toQString(patch.inserted));
        }
    }
    cursor.endEditBlock();
    return ms(clock);
}

/// Updates that come one by one, as fast as the program takes them.
void remoteUpdates(const bench::Trace& trace, int runs)
{
    const std::vector<crdt::Bytes> updates = updatesOf(trace);
    std::vector<double> ours;
    std::vector<double> bare;
    std::vector<double> ratios;
    double longest = 0;
    for (int i = 0; i < runs; ++i) {
        bare.push_back(bareEdits(trace));
        Ours opened;
        opened.open({}, QStringLiteral("a.tex"));
        QElapsedTimer clock;
        clock.start();
        std::size_t next = 0;
        while (next < updates.size() || opened.widget.binding()->hasPending()) {
            QElapsedTimer turn;
            turn.start();
            // half a frame of what a socket hands over
            for (; next < updates.size() && turn.elapsed() < 8; ++next) {
                (void)opened.doc.applyUpdate(updates[next]);
            }
            QCoreApplication::processEvents();
            longest = std::max(longest, ms(turn));
        }
        opened.widget.viewport()->repaint();
        ours.push_back(ms(clock));
        ratios.push_back(ours.back() / bare.back());
        if (opened.widget.binding()->plainText().toStdU16String() != trace.end) {
            std::puts("the text is not what it should be");
            allMet = false;
        }
    }
    const auto name = std::to_string(updates.size()) + " updates into an open editor, ms";
    report(name.c_str(), median(ours), median(bare), median(ratios), 2, "x");
    report("  longest turn of the loop meanwhile, ms", longest, 0, longest, 100, " ms");
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    int runs = 3;
    if (const auto at = arguments.indexOf(QStringLiteral("--runs")); at >= 0) {
        runs = std::max(arguments.value(at + 1).toInt(), 1);
        arguments.remove(at, 2);
    }
    const bool onlyTraces = arguments.removeOne(QStringLiteral("--only-traces"));
    std::printf("%-52s %9s %9s\n", "", "Tutti", "bare");
    const std::pair<QString, std::function<void()>> parts[]{
        {QStringLiteral("code"), [runs] { openCode(runs); }},
        {QStringLiteral("large"), [runs] { openLarge(runs); }},
        {QStringLiteral("window"), [runs] { openInWindow(runs); }},
        {QStringLiteral("line"), [runs] { openLongLine(runs); }},
        {QStringLiteral("typing"), sharedTyping},
        {QStringLiteral("carets"), [runs] { repaintWithPeers(runs); }},
    };
    QStringList asked;
    for (const auto& [name, run] : parts) {
        if (arguments.removeOne(name)) {
            asked << name;
        }
    }
    for (const auto& [name, run] : parts) {
        if (asked.contains(name) || (asked.isEmpty() && !onlyTraces)) {
            run();
        }
    }
    for (const QString& path : std::as_const(arguments)) {
        const auto trace = bench::readTrace(path.toStdString());
        if (!trace) {
            std::fprintf(stderr, "%s cannot be read\n", qPrintable(path));
            return 2;
        }
        remoteUpdates(*trace, runs);
    }
    return allMet ? 0 : 1;
}
