// SPDX-License-Identifier: MIT
#include "tests/ui/support/files.h"
#include "ui/shell/editor_document.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tutti;
using ui::EditorDocument;

namespace {

const auto kRoot = QStringLiteral("codemirror");

crdt::Offset at(unsigned offset) { return crdt::Offset(offset); }

} // namespace

class TestEditorDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void untitled();
    void opens();
    void theFormatIsKeptWhenSaving();
    void modifiedUntilTheTextIsAsItWas();
    void aChangeOfFormatIsAChange();
    void saveAsTakesTheNewPath();
    void aFailedSaveChangesNothing();
    void aNewFile();
    void changesOnDiskAreNoticed();
    void reloadEditsOnlyWhatDiffers();
    void reloadKeepsPairsWhole();
    void aGuestsCopyNeedsNoFile();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestEditorDocument::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("file.txt"));
}

void TestEditorDocument::untitled()
{
    EditorDocument document(kRoot);
    QCOMPARE(document.name(), QStringLiteral("Untitled"));
    document.setUntitledNumber(3);
    QCOMPARE(document.name(), QStringLiteral("Untitled 3"));
    QVERIFY(document.isEmpty());
    QVERIFY(!document.isModified());
    QCOMPARE(QString::fromStdString(document.text().rootName()), kRoot);
    document.text().insert(at(0), u"x");
    QVERIFY(document.isModified());
    document.text().erase(at(0), at(1));
    QVERIFY(!document.isModified());
}

void TestEditorDocument::opens()
{
    QVERIFY(put(m_path, "one\r\ntwo\r\n"));
    const auto document = EditorDocument::open(m_path, kRoot);
    QVERIFY(document);
    QCOMPARE((*document)->content(), QStringLiteral("one\ntwo\n"));
    QCOMPARE((*document)->name(), QStringLiteral("file.txt"));
    QCOMPARE((*document)->format().lineEnd, ui::LineEnd::CrLf);
    QVERIFY(!(*document)->isModified());
    QVERIFY(!EditorDocument::open(m_folder->path(), kRoot));
}

void TestEditorDocument::theFormatIsKeptWhenSaving()
{
    QVERIFY(put(m_path, "\xEF\xBB\xBFone\r\ntwo"));
    const auto document = EditorDocument::open(m_path, kRoot);
    QVERIFY(document);
    (*document)->text().insert(at(3), u"\u00e9\n");
    QVERIFY((*document)->save());
    QCOMPARE(bytesOf(m_path), QByteArray("\xEF\xBB\xBFone\xc3\xa9\r\n\r\ntwo"));
}

void TestEditorDocument::modifiedUntilTheTextIsAsItWas()
{
    QVERIFY(put(m_path, "abc"));
    const auto document = EditorDocument::open(m_path, kRoot);
    QVERIFY(document);
    EditorDocument& it = **document;
    const QSignalSpy spy(&it, &EditorDocument::modifiedChanged);
    it.text().erase(at(1), at(1));
    QVERIFY(it.isModified());
    it.text().insert(at(1), u"x"); // as long as before, but not the same
    QVERIFY(it.isModified());
    it.text().erase(at(1), at(1));
    it.text().insert(at(1), u"b");
    QVERIFY(!it.isModified());
    QCOMPARE(spy.size(), 2);
    it.text().insert(at(3), u"d");
    QVERIFY(it.save());
    QVERIFY(!it.isModified());
    it.text().erase(at(3), at(1));
    QVERIFY(it.isModified());
}

void TestEditorDocument::aChangeOfFormatIsAChange()
{
    QVERIFY(put(m_path, "a\nb\n"));
    const auto document = EditorDocument::open(m_path, kRoot);
    QVERIFY(document);
    (*document)->setFormat({ui::LineEnd::CrLf, ui::TextEncoding::Utf8});
    QVERIFY((*document)->isModified());
    QVERIFY((*document)->save());
    QVERIFY(!(*document)->isModified());
    QCOMPARE(bytesOf(m_path), QByteArray("a\r\nb\r\n"));
}

void TestEditorDocument::saveAsTakesTheNewPath()
{
    EditorDocument document(kRoot);
    document.text().insert(at(0), u"x\n");
    const QSignalSpy spy(&document, &EditorDocument::nameChanged);
    QVERIFY(document.saveAs(m_path));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(document.path(), m_path);
    QCOMPARE(document.name(), QStringLiteral("file.txt"));
    QVERIFY(!document.isModified());
    QCOMPARE(bytesOf(m_path), QByteArray("x\n"));
}

void TestEditorDocument::aFailedSaveChangesNothing()
{
    EditorDocument document(kRoot);
    document.text().insert(at(0), u"x\n");
    const auto saved = document.saveAs(m_folder->filePath(QStringLiteral("none/file.txt")));
    QVERIFY(!saved);
    QVERIFY(document.path().isEmpty());
    QVERIFY(document.isModified());
    QCOMPARE(document.content(), QStringLiteral("x\n"));
}

void TestEditorDocument::aNewFile()
{
    const auto document = EditorDocument::forNewFile(m_path, kRoot);
    QCOMPARE(document->path(), m_path);
    QVERIFY(!document->isModified());
    QVERIFY(!document->changedOnDisk());
    QVERIFY(put(m_path, "somebody was faster"));
    QVERIFY(document->changedOnDisk());
}

void TestEditorDocument::changesOnDiskAreNoticed()
{
    QVERIFY(put(m_path, "1\n"));
    const auto document = EditorDocument::open(m_path, kRoot);
    QVERIFY(document);
    QVERIFY(!(*document)->changedOnDisk());
    (*document)->text().insert(at(0), u"0");
    QVERIFY((*document)->save());
    QVERIFY(!(*document)->changedOnDisk());
    QVERIFY(put(m_path, "other\n"));
    QVERIFY((*document)->changedOnDisk());
}

void TestEditorDocument::reloadEditsOnlyWhatDiffers()
{
    QVERIFY(put(m_path, "one two three\n"));
    const auto document = EditorDocument::open(m_path, kRoot);
    QVERIFY(document);
    std::vector<crdt::DeltaOp> delta;
    const auto watch = (*document)->text().observe([&](const crdt::TypeEvent& event) {
        delta.assign(event.delta.begin(), event.delta.end());
    });
    QVERIFY(put(m_path, "one 2 three\r\n"));
    QVERIFY((*document)->reload());
    QCOMPARE((*document)->content(), QStringLiteral("one 2 three\n"));
    QCOMPARE((*document)->format().lineEnd, ui::LineEnd::CrLf);
    QVERIFY(!(*document)->isModified());
    QVERIFY(!(*document)->changedOnDisk());
    std::uint32_t touched = 0;
    for (const crdt::DeltaOp& op : delta) {
        touched += op.kind == crdt::DeltaOp::Kind::Retain ? 0 : op.length.value();
    }
    QCOMPARE(touched, 4u); // "two" out, "2" in

    delta.clear();
    QVERIFY((*document)->reload());
    QVERIFY(delta.empty()); // nothing differs, nothing is written
}

void TestEditorDocument::reloadKeepsPairsWhole()
{
    // the two differ in one half of the pair only: in the second, then in the first
    QVERIFY(put(m_path, QStringLiteral("a\U0001F642b").toUtf8()));
    const auto document = EditorDocument::open(m_path, kRoot);
    QVERIFY(document);
    for (const auto& text : {QStringLiteral("a\U0001F643b"), QStringLiteral("a\U0001F243b"),
             QStringLiteral("a\U0001F242b"), QStringLiteral("a\U0001F642b")}) {
        QVERIFY(put(m_path, text.toUtf8()));
        QVERIFY((*document)->reload());
        QCOMPARE((*document)->content(), text);
    }
}

void TestEditorDocument::aGuestsCopyNeedsNoFile()
{
    EditorDocument document(kRoot);
    document.setRoom(QStringLiteral("notes.md"));
    QCOMPARE(document.name(), QStringLiteral("notes.md"));
    document.text().insert(at(0), u"from the room");
    QVERIFY(!document.isModified()); // the room has it
    QVERIFY(document.saveAs(m_path));
    document.text().insert(at(0), u"more ");
    QVERIFY(document.isModified()); // now there is a file that lacks it
    document.setRoom({});
    QVERIFY(document.isModified());

    EditorDocument left(kRoot);
    left.setRoom(QStringLiteral("notes.md"));
    left.text().insert(at(0), u"x");
    left.setRoom({}); // left: nobody else keeps it now
    QVERIFY(left.isModified());
    QCOMPARE(left.name(), QStringLiteral("notes.md"));
}

QTEST_GUILESS_MAIN(TestEditorDocument)
#include "tst_editor_document.moc"
