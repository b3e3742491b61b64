// SPDX-License-Identifier: MIT
#include "ui/editor/editor_theme.h"
#include "ui/editor/highlighter.h"
#include "ui/shell/text_export.h"

#include <KSyntaxHighlighting/Repository>
#include <QElapsedTimer>
#include <QFile>
#include <QPdfWriter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>

using namespace tutti::ui;

namespace {

ExportSource source(const QString& text)
{
    return {.text = text,
        .title = QStringLiteral("a <file>.cpp"),
        .definition = syntaxRepository().definitionForName(QStringLiteral("C++")),
        .font = QFont(QStringLiteral("monospace")),
        .tabWidth = 4};
}

} // namespace

/// Pages and web pages of a text.
class TestTextExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aWebPageHoldsTheTextAndItsColours();
    void pagesBreak();
    void saysWhyNot();
    void leavesNothingBehindWhenStopped_data();
    void leavesNothingBehindWhenStopped();
    void theEventLoopRunsMeanwhile();
    void picture();

private:
    [[nodiscard]] QString at(const char* name) const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }
    [[nodiscard]] QByteArray bytes(const char* name) const
    {
        QFile file(at(name));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] std::unique_ptr<PageExport> pdf(const QString& text, const char* name) const
    {
        auto file = std::make_unique<QSaveFile>(at(name));
        auto writer = std::make_unique<QPdfWriter>(file.get());
        return std::make_unique<PageExport>(source(text), std::move(writer), std::move(file));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTextExport::aWebPageHoldsTheTextAndItsColours()
{
    const QString text = QStringLiteral("// a & b\nint x = \"<\u00e9>\";\n\n\tif (x) { }\n");
    HtmlExport job(source(text), at("a.html"));
    QSignalSpy finished(&job, &TextExport::finished);
    job.start();
    QVERIFY(finished.isEmpty()); // later
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().first().toString(), QString());
    const QString html = QString::fromUtf8(bytes("a.html"));
    QVERIFY(html.contains(QStringLiteral("<title>a &lt;file&gt;.cpp</title>")));
    const QString comment = QColor::fromRgba(
        EditorTheme::light().syntaxTheme().textColor(KSyntaxHighlighting::Theme::Comment))
                                .name();
    QVERIFY2(html.contains(QStringLiteral("color:%1").arg(comment)), qPrintable(html));
    QTextDocument shown; // what a browser makes of it
    shown.setHtml(html.mid(html.indexOf(QStringLiteral("<pre"))));
    QCOMPARE(shown.toPlainText().trimmed(), text.trimmed());
}

void TestTextExport::pagesBreak()
{
    QString text;
    for (int i = 0; i < 400; ++i) {
        text += QStringLiteral("int number%1 = %1; // a line\n").arg(i);
    }
    const auto job = pdf(text, "a.pdf");
    QSignalSpy finished(job.get(), &TextExport::finished);
    job->start();
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().first().toString(), QString());
    QVERIFY(job->pages() >= 5 && job->pages() <= 10);
    const QByteArray written = bytes("a.pdf");
    QVERIFY(written.startsWith("%PDF-"));
    QCOMPARE(written.count("/Type /Page\n"), job->pages());

    // one line that fills more than a page
    const auto longLine = pdf(QStringLiteral("word ").repeated(8'000), "b.pdf");
    QSignalSpy done(longLine.get(), &TextExport::finished);
    longLine->start();
    QVERIFY(done.wait());
    QVERIFY(longLine->pages() > 2);
}

void TestTextExport::saysWhyNot()
{
    HtmlExport job(source(QStringLiteral("x")), at("no/such/folder.html"));
    QSignalSpy finished(&job, &TextExport::finished);
    job.start();
    QVERIFY(finished.wait());
    QVERIFY(!finished.first().first().toString().isEmpty());
    const auto pages = pdf(QStringLiteral("x"), "no/such/folder.pdf");
    QSignalSpy done(pages.get(), &TextExport::finished);
    pages->start();
    QVERIFY(done.wait());
    QVERIFY(!done.first().first().toString().isEmpty());
}

void TestTextExport::leavesNothingBehindWhenStopped_data()
{
    QTest::addColumn<bool>("html");
    QTest::newRow("HTML") << true;
    QTest::newRow("PDF") << false;
}

void TestTextExport::leavesNothingBehindWhenStopped()
{
    QFETCH(const bool, html);
    const QString text = QStringLiteral("int x = 1; // and so on\n").repeated(20'000);
    std::unique_ptr<TextExport> job = html
        ? std::unique_ptr<TextExport>(std::make_unique<HtmlExport>(source(text), at("a")))
        : pdf(text, "a");
    QSignalSpy progressed(job.get(), &TextExport::progressed);
    job->start();
    QVERIFY(progressed.wait());
    job->cancel();
    job.reset();
    QVERIFY(!QFile::exists(at("a")));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestTextExport::theEventLoopRunsMeanwhile()
{
    const QString text = QStringLiteral("int x = 1; // and so on\n").repeated(20'000);
    HtmlExport job(source(text), at("a.html"));
    QSignalSpy finished(&job, &TextExport::finished);
    QSignalSpy progressed(&job, &TextExport::progressed);
    job.start();
    int turns = 0;
    qint64 longest = 0;
    while (finished.isEmpty()) {
        QElapsedTimer turn;
        turn.start();
        QCoreApplication::processEvents();
        longest = std::max(longest, turn.elapsed());
        ++turns;
    }
    qInfo("%d turns, the longest %lld ms", turns, static_cast<long long>(longest));
    QVERIFY(progressed.size() > 3);
}

/// Leaves a page to be looked at, where TUTTI_PICTURES says.
void TestTextExport::picture()
{
    const QString folder = qEnvironmentVariable("TUTTI_PICTURES");
    if (folder.isEmpty()) {
        QSKIP("TUTTI_PICTURES names no folder");
    }
    QFile code(QStringLiteral(__FILE__));
    QVERIFY(code.open(QFile::ReadOnly));
    const auto job = pdf(QString::fromUtf8(code.readAll()), "a.pdf");
    QSignalSpy finished(job.get(), &TextExport::finished);
    job->start();
    QVERIFY(finished.wait());
    QFile::remove(folder + QStringLiteral("/export.pdf"));
    QVERIFY(QFile::copy(at("a.pdf"), folder + QStringLiteral("/export.pdf")));
}

QTEST_MAIN(TestTextExport)

#include "tst_text_export.moc"
