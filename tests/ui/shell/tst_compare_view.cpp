// SPDX-License-Identifier: MIT
#include "crdt/text.h"
#include "tests/ui/support/fixed_source.h"
#include "ui/shell/compare_pane.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/editor_document.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

// The QTRY_ macros of Qt 6.8 convert inside.
#pragma GCC diagnostic ignored "-Wconversion"

using namespace tutti;
using ui::ComparePane;
using ui::CompareView;

namespace {

/// A view of two texts, and the sources behind it.
struct Shown
{
    Shown(const QString& ours, const QString& theirs)
        : left(new FixedSource(QStringLiteral("Ada, 14:02"), ours))
        , right(new FixedSource(QStringLiteral("Grace, 15:30"), theirs))
        , view(std::unique_ptr<ui::TextSource>(left), std::unique_ptr<ui::TextSource>(right))
    {
        view.resize(800, 300);
        view.show();
    }
    FixedSource* left;
    FixedSource* right;
    CompareView view;
};

/// What the margin says of each row: its number and sign, or nothing.
QString margin(const ComparePane& pane)
{
    QStringList rows;
    for (std::size_t i = 0; i < pane.rows().size(); ++i) {
        const int line = pane.rows()[i].line;
        rows << (line < 0 ? QStringLiteral("/") : QString::number(line + 1))
                + pane.sign(static_cast<int>(i));
    }
    return rows.join(u' ');
}

QString numbered(int from, int to)
{
    QString text;
    for (int i = from; i < to; ++i) {
        text += QStringLiteral("line %1\n").arg(i);
    }
    return text;
}

} // namespace

class TestCompareView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAndSigns()
    {
        Shown shown(QStringLiteral("one\ntwo\nthree words\nfour"),
            QStringLiteral("one\nthree birds\nfour\nfive"));
        ComparePane& left = shown.view.left();
        ComparePane& right = shown.view.right();
        QCOMPARE(left.toPlainText(), QStringLiteral("one\ntwo\nthree words\nfour\n"));
        QCOMPARE(right.toPlainText(), QStringLiteral("one\n\nthree birds\nfour\nfive"));
        QCOMPARE(margin(left), QStringLiteral("1 2\u2212 3\u2212 4 /"));
        QCOMPARE(margin(right), QStringLiteral("1 / 2+ 3 4+"));
        QCOMPARE(left.rows()[2].inside.size(), 1U);
        QCOMPARE(left.toPlainText().split(u'\n')[2].sliced(left.rows()[2].inside[0].first),
            QStringLiteral("words"));
        QVERIFY(left.rows()[1].inside.empty()); // all of it
        QCOMPARE(left.accessibleName(), QStringLiteral("Ada, 14:02"));
        QCOMPARE(right.accessibleName(), QStringLiteral("Grace, 15:30"));
        QVERIFY(left.isReadOnly() && right.isReadOnly());
        QCOMPARE(shown.view.words(), QStringLiteral("2 differences"));
    }

    void words_data()
    {
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << QStringLiteral("a\nb\nc")
                              << QStringLiteral("The texts are the same");
        QTest::newRow("one") << QStringLiteral("a\nc") << QStringLiteral("1 difference");
        QTest::newRow("two") << QStringLiteral("x\nb\ny") << QStringLiteral("2 differences");
    }
    void words()
    {
        QFETCH(const QString, right);
        const Shown shown(QStringLiteral("a\nb\nc"), right);
        QTEST(shown.view.words(), "words");
    }

    void goesFromOneToTheNext()
    {
        QString right = numbered(0, 300);
        right.replace(QStringLiteral("line 100\n"), QStringLiteral("line C\n"));
        right.replace(QStringLiteral("line 200\n"), QString());
        right += QStringLiteral("end");
        Shown shown(numbered(0, 300), right);
        CompareView& view = shown.view;
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.right().setFocus();
        const QStringList expected{QStringLiteral("Difference 1 of 3"),
            QStringLiteral("Difference 2 of 3"), QStringLiteral("Difference 3 of 3"),
            QStringLiteral("Difference 1 of 3")};
        const QList<int> rows{100, 200, 300, 100};
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(&view.right(), Qt::Key_F7);
            QCOMPARE(view.words(), expected[i]);
            QCOMPARE(view.right().row(), rows[i]);
            QCOMPARE(view.left().row(), rows[i]);
            const int top = view.right().verticalScrollBar()->value();
            QVERIFY2(top < rows[i] && top > rows[i] - 30, QByteArray::number(top).constData());
            QCOMPARE(view.left().verticalScrollBar()->value(), top);
        }
        QTest::keyClick(&view.right(), Qt::Key_F7, Qt::ShiftModifier);
        QCOMPARE(view.words(), QStringLiteral("Difference 3 of 3"));
        view.goToPrevious();
        QCOMPARE(view.words(), QStringLiteral("Difference 2 of 3"));
    }

    void scrollsTogether()
    {
        Shown shown(numbered(0, 300), numbered(50, 300) + QString(300, u'x'));
        CompareView& view = shown.view;
        view.left().verticalScrollBar()->setValue(40);
        QCOMPARE(view.right().verticalScrollBar()->value(), 40);
        view.right().verticalScrollBar()->setValue(90);
        QCOMPARE(view.left().verticalScrollBar()->value(), 90);
        // One long line on the right: both have a bar below, or the rows would part at the end.
        QCOMPARE(view.left().viewport()->height(), view.right().viewport()->height());
        QCOMPARE(view.left().verticalScrollBar()->maximum(),
            view.right().verticalScrollBar()->maximum());
    }

    /// Edits show, and what one reads stays where it is.
    void followsEdits()
    {
        Shown shown(numbered(0, 300), numbered(0, 300));
        CompareView& view = shown.view;
        view.right().verticalScrollBar()->setValue(100);
        QTextCursor cursor(view.right().document()->findBlockByNumber(120));
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        view.right().setTextCursor(cursor);
        const int top = view.right().verticalScrollBar()->value();
        QSignalSpy compared(&view, &CompareView::compared);
        QString edited = numbered(0, 300);
        edited.replace(QStringLiteral("line 10\n"), QStringLiteral("line 10\nnew\n"));
        for (int i = 0; i < 50; ++i) {
            shown.right->set(edited); // as fast as somebody types
        }
        QTRY_COMPARE(view.words(), QStringLiteral("1 difference"));
        QCOMPARE(compared.size(), 1);
        QCOMPARE(view.right().verticalScrollBar()->value(), top + 1); // the same lines are seen
        QCOMPARE(view.left().verticalScrollBar()->value(), top + 1);
        QCOMPARE(view.right().textCursor().selectedText(), QStringLiteral("line 120"));
        shown.left->set(edited);
        QTRY_COMPARE(view.words(), QStringLiteral("The texts are the same"));
        QCOMPARE(view.left().toPlainText(), edited);

        view.hide();
        shown.left->set(QStringLiteral("nobody looks"));
        QTest::qWait(0);
        view.show();
        QTRY_COMPARE(
            view.left().toPlainText().section(u'\n', 0, 0), QStringLiteral("nobody looks"));
    }

    void copiesLinesOnly()
    {
        Shown shown(QStringLiteral("a\nb\nc"), QStringLiteral("a\nc"));
        ComparePane& right = shown.view.right();
        QCOMPARE(right.toPlainText(), QStringLiteral("a\n\nc"));
        right.selectAll();
        right.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\nc"));
    }

    void aDocumentThatIsClosed()
    {
        auto document = std::make_unique<ui::EditorDocument>(QStringLiteral("codemirror"));
        document->text().insert({}, u"kept");
        CompareView view(std::make_unique<ui::DocumentSource>(
                             *document, [](QTime) { return QStringLiteral("Your text"); }),
            std::make_unique<FixedSource>(QStringLiteral("Other"), QStringLiteral("kept too")));
        view.show();
        QCOMPARE(view.words(), QStringLiteral("1 difference"));
        document->text().insert(crdt::Offset(4), u" too");
        QTRY_COMPARE(view.words(), QStringLiteral("The texts are the same"));
        document.reset();
        view.goToNext();
        QCOMPARE(view.left().toPlainText(), QStringLiteral("kept too"));
    }
};

QTEST_MAIN(TestCompareView)
#include "tst_compare_view.moc"
