// SPDX-License-Identifier: MIT
#include "tests/ui/support/bound_editor.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/marker_scroll_bar.h"
#include "ui/shell/minimap.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QTest>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using namespace tutti::test;
using ui::Minimap;

/// The text in small: what is on it, and where it leads.
class TestMinimap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void isThereWhereThereIsRoom();
    void showsTheLinesAndWhatIsVisible();
    void followsScrollingAndEdits();
    void aClickGoesThere();
    void showsTheOthersAndWhatWasFound();
    void aMillionLines();
    void picture();

private:
    void setText(const QString& text)
    {
        insert(*m_text, 0, text);
        QTRY_VERIFY(!m_editor->binding()->hasPending());
    }
    /// Whether a line of the map has any ink.
    [[nodiscard]] bool hasInk(int line)
    {
        const QImage picture = m_map->grab().toImage();
        const int y = (line - m_map->firstLine()) * Minimap::kLineHeight;
        QSet<QRgb> colors;
        for (int x = 2; x < picture.width() / 2; ++x) {
            colors.insert(picture.pixel(x, y));
        }
        return colors.size() > 1;
    }

    std::unique_ptr<crdt::Doc> m_doc;
    std::optional<crdt::Text> m_text;
    std::unique_ptr<QWidget> m_window;
    ui::CodeEditor* m_editor = nullptr;
    Minimap* m_map = nullptr;
};

void TestMinimap::init()
{
    m_doc = std::make_unique<crdt::Doc>();
    m_text = m_doc->get<crdt::Text>("content");
    m_window = std::make_unique<QWidget>();
    m_editor = new ui::CodeEditor(m_window.get());
    m_editor->bind(*m_doc, *m_text);
    m_map = new Minimap(*m_editor, m_window.get());
    auto* layout = new QHBoxLayout(m_window.get());
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_map);
    m_map->setMode(ui::MinimapMode::Always);
    m_window->resize(900, 400);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestMinimap::cleanup()
{
    m_window.reset();
    m_text.reset();
    m_doc.reset();
}

void TestMinimap::isThereWhereThereIsRoom()
{
    m_map->setMode(ui::MinimapMode::Never);
    QVERIFY(!m_map->isVisible());
    m_map->setMode(ui::MinimapMode::WhereWide);
    m_map->setRoom(Minimap::kWide - 1);
    QVERIFY(!m_map->isVisible());
    m_map->setRoom(Minimap::kWide);
    QVERIFY(m_map->isVisible());
    QVERIFY(!m_map->accessibleName().isEmpty());
}

void TestMinimap::showsTheLinesAndWhatIsVisible()
{
    setText(QStringLiteral("a line of text\n\nanother one\n"));
    QTRY_VERIFY(hasInk(0));
    QCOMPARE(m_map->firstLine(), 0);
    QCOMPARE(m_map->lineCount(), 4);
    QCOMPARE(m_map->slider(), QRect(0, 0, m_map->width(), 4 * Minimap::kLineHeight));
    QVERIFY(hasInk(2));
}

void TestMinimap::followsScrollingAndEdits()
{
    setText(QStringLiteral("line\n").repeated(2'000));
    QCOMPARE(m_map->lineCount(), 200);
    QCOMPARE(m_map->firstLine(), 0);
    m_editor->markerScrollBar()->setValue(m_editor->markerScrollBar()->maximum());
    QCOMPARE(m_map->firstLine(), m_editor->blockCount() - 200);
    QVERIFY(m_map->slider().bottom() >= m_map->height() - 2 * Minimap::kLineHeight);
    m_editor->markerScrollBar()->setValue(0);
    QTRY_VERIFY(hasInk(0));
    m_text->erase(at(0), at(4)); // the first line is empty now
    QTRY_VERIFY(!hasInk(0));
    QVERIFY(hasInk(1));
}

void TestMinimap::aClickGoesThere()
{
    setText(QStringLiteral("line\n").repeated(2'000));
    QTest::mouseClick(m_map, Qt::LeftButton, {}, QPoint(20, 300)); // line 150
    const auto visible = [this](int line) {
        const QTextDocument& document = *m_editor->document();
        return document.findBlock(m_editor->firstVisiblePosition()).blockNumber() <= line
            && document.findBlock(m_editor->lastVisiblePosition()).blockNumber() >= line;
    };
    QVERIFY(visible(150));
    QVERIFY(m_editor->textCursor().position() == 0); // looks, does not move
    // taken at the slider, dragged to the end
    const QPoint grip = m_map->slider().center();
    QTest::mousePress(m_map, Qt::LeftButton, {}, grip);
    QMouseEvent move(QEvent::MouseMove, QPointF(20, 2'000), m_map->mapToGlobal(QPointF(20, 2'000)),
        Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(m_map, &move);
    QVERIFY(visible(1'999));
}

void TestMinimap::showsTheOthersAndWhatWasFound()
{
    setText(QStringLiteral("line\n").repeated(100));
    const QColor peer(0xe3, 0x26, 0x31);
    const QColor found(0x10, 0x80, 0x20);
    m_editor->markerScrollBar()->setMarkers({{0.5, peer}});
    m_editor->markerScrollBar()->setTicks({0.25}, found);
    const QImage picture = m_map->grab().toImage();
    QCOMPARE(picture.pixelColor(60, 50 * Minimap::kLineHeight), peer);
    QCOMPARE(picture.pixelColor(picture.width() - 2, 25 * Minimap::kLineHeight), found);
}

void TestMinimap::aMillionLines()
{
    setText(QStringLiteral("x\n").repeated(1'000'000));
    (void)m_map->grab();
    m_editor->markerScrollBar()->setValue(m_editor->markerScrollBar()->maximum() / 2);
    QElapsedTimer spent;
    spent.start();
    (void)m_map->grab();
    const qint64 ms = spent.elapsed();
    qInfo("a picture in %lld ms", static_cast<long long>(ms));
    QVERIFY2(ms < 200, "its cost grows with the document");
    QVERIFY(std::abs(m_map->firstLine() - 500'000) < 1'000);
}

/// Leaves pictures to be looked at, where TUTTI_PICTURES says.
void TestMinimap::picture()
{
    const QString folder = qEnvironmentVariable("TUTTI_PICTURES");
    if (folder.isEmpty()) {
        QSKIP("TUTTI_PICTURES names no folder");
    }
    QFile code(QStringLiteral(__FILE__));
    QVERIFY(code.open(QFile::ReadOnly));
    m_editor->setFileName(QStringLiteral("a.cpp"));
    setText(QString::fromUtf8(code.readAll()));
    m_editor->markerScrollBar()->setMarkers(
        {{0.2, QColor(0xe3, 0x26, 0x31)}, {0.6, QColor(0x06, 0x75, 0xe0)}});
    m_editor->markerScrollBar()->setTicks({0.1, 0.15, 0.3}, QColor(0x10, 0x80, 0x20));
    QTest::qWait(300);
    QVERIFY(m_window->grab().save(folder + QStringLiteral("/minimap-light.png")));
    m_editor->setTheme(ui::EditorTheme::darkTheme());
    QTest::qWait(300);
    QVERIFY(m_window->grab().save(folder + QStringLiteral("/minimap-dark.png")));
}

QTEST_MAIN(TestMinimap)

#include "tst_minimap.moc"
