// SPDX-License-Identifier: MIT
#include "ui/shell/window_session.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/document_journal.h"
#include "ui/shell/document_page.h"
#include "ui/shell/file_lock.h"
#include "ui/shell/main_window.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>
#include <QSet>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

namespace tutti::ui {

namespace {

constexpr int kWriteAfterMs = 250;
constexpr qsizetype kMaxDocuments = 1'000; // more are no session but a damaged file

QString newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

/// The ids in a session's folder, in the order of the tabs; those that the order does not know
/// come last.
QStringList idsIn(const QString& folder, const QJsonObject& window)
{
    QStringList there;
    const QStringList files = QDir(folder).entryList(QDir::Files, QDir::Name);
    for (const QString& file : files) {
        const QString id = file.section(QChar(u'.'), 0, 0);
        if (!QUuid::fromString(id).isNull() && !there.contains(id)) {
            there.append(id);
        }
    }
    QStringList ids;
    const QJsonArray order = window.value(QStringLiteral("documents")).toArray();
    for (const QJsonValue& value : order) {
        if (there.removeOne(value.toString())) {
            ids.append(value.toString());
        }
    }
    ids += there;
    return ids.first(std::min(ids.size(), kMaxDocuments));
}

QJsonObject windowIn(const QString& folder)
{
    QFile file(QDir(folder).filePath(QStringLiteral("window.json")));
    return file.open(QFile::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                      : QJsonObject();
}

} // namespace

WindowSession::WindowSession(MainWindow& window)
    : QObject(&window)
    , m_window(window)
    , m_folder(QDir(folder()).filePath(newId()))
{
    QDir().mkpath(m_folder);
    m_lock = lockedBy(m_folder);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kWriteAfterMs);
    connect(&m_timer, &QTimer::timeout, this, &WindowSession::writeWindow);
    connect(&window, &MainWindow::pageAdded, this, [this](DocumentPage& page) { watch(page); });
    connect(&window, &MainWindow::arrangementChanged, this, [this] {
        if (!m_timer.isActive()) {
            m_timer.start();
        }
    });
    const QList<DocumentPage*> pages = window.pages();
    for (DocumentPage* page : pages) {
        watch(*page);
    }
}

WindowSession::~WindowSession()
{
    if (!m_closed) {
        close(true); // whoever destroys a window without closing it wants nothing lost
    }
}

QString WindowSession::folder()
{
    return QStandardPaths::writableLocation(QStandardPaths::StateLocation)
        + QStringLiteral("/session");
}

void WindowSession::watch(DocumentPage& page)
{
    const QString id = newId();
    auto* journal = new DocumentJournal(page.document(), m_writer, QDir(m_folder).filePath(id));
    journal->setParent(&page);
    m_ids.insert(&page, id);
    m_journals.insert(&page, journal);
    CodeEditor& editor = page.editor();
    journal->setPlaceQuery([&page] { return placeIn(page); });
    const auto note = [journal] { journal->soon(); };
    connect(&editor, &QPlainTextEdit::cursorPositionChanged, journal, note);
    connect(&editor, &QPlainTextEdit::selectionChanged, journal, note);
    connect(editor.verticalScrollBar(), &QScrollBar::valueChanged, journal, note);
    connect(&editor, &CodeEditor::languageChanged, journal, note);
    connect(&editor, &CodeEditor::viewChanged, journal, note); // also: something was folded
    connect(&page, &DocumentPage::closed, this, [this, &page] { forget(page); });
    m_timer.start();
}

DocumentPlace WindowSession::placeIn(DocumentPage& page)
{
    const CodeEditor& editor = page.editor();
    const QTextCursor cursor = editor.textCursor();
    return {.caret = cursor.position(),
        .anchor = cursor.anchor(),
        .top = editor.verticalScrollBar()->value(),
        .language = editor.languageName(),
        .folds = editor.foldedLines()};
}

void WindowSession::forget(const DocumentPage& page)
{
    if (m_closed) {
        return; // it goes with the window, and comes back with the next
    }
    if (DocumentJournal* journal = m_journals.take(&page)) {
        journal->forget();
        delete journal;
    }
    m_ids.remove(&page);
    m_timer.start();
}

void WindowSession::writeWindow()
{
    QJsonArray documents;
    QString current;
    const QList<DocumentPage*> pages = m_window.pages();
    for (const DocumentPage* page : pages) {
        documents.append(m_ids.value(page));
        if (page == m_window.currentPage()) {
            current = m_ids.value(page);
        }
    }
    const QByteArray bytes = QJsonDocument(
        QJsonObject{
            {QStringLiteral("version"), kVersion},
            {QStringLiteral("geometry"), QString::fromLatin1(m_window.saveGeometry().toBase64())},
            {QStringLiteral("documents"), documents},
            {QStringLiteral("current"), current},
            {QStringLiteral("layout"), QJsonObject()},
        })
                                 .toJson(QJsonDocument::Indented);
    if (bytes != m_written) {
        m_written = bytes;
        m_writer.write(
            QDir(m_folder).filePath(QStringLiteral("window.json")), [bytes] { return bytes; });
    }
}

bool WindowSession::isKept()
{
    if (m_closed || !m_lock) {
        return false;
    }
    for (DocumentJournal* journal : std::as_const(m_journals)) {
        journal->flush();
    }
    writeWindow();
    m_writer.wait();
    return m_writer.isReliable();
}

void WindowSession::close(bool keep)
{
    if (m_closed) {
        return;
    }
    m_timer.stop();
    if (keep) {
        (void)isKept();
    }
    for (DocumentJournal* journal : std::as_const(m_journals)) {
        delete journal;
    }
    m_journals.clear();
    m_closed = true;
    if (!keep) {
        m_writer.removeFolder(m_folder);
    }
    m_writer.wait();
}

void WindowSession::restore()
{
    QStringList left;
    const QStringList there =
        QDir(folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time | QDir::Reversed);
    for (const QString& name : there) {
        const QString path = QDir(folder()).filePath(name);
        if (path != m_folder && !QUuid::fromString(name).isNull()) {
            left.append(path);
        }
    }
    for (const QString& path : std::as_const(left)) {
        const auto lock = lockedBy(path);
        if (!lock) {
            continue; // its program still runs
        }
        // What was opened is kept in our folder before theirs goes.
        if (restoreFrom(path) && isKept()) {
            m_writer.removeFolder(path);
        }
    }
    m_writer.wait();
}

bool WindowSession::restoreFrom(const QString& from)
{
    const QJsonObject window = windowIn(from);
    if (window.value(QStringLiteral("version")).toInt(kVersion) > kVersion) {
        return false; // of a newer version, which can read it again
    }
    const QString current = window.value(QStringLiteral("current")).toString();
    DocumentPage* shown = nullptr;
    const QStringList ids = idsIn(from, window);
    for (const QString& id : ids) {
        const auto saved = DocumentJournal::read(QDir(from).filePath(id));
        if (!saved) {
            continue;
        }
        DocumentPage* page = m_window.reopen(*saved);
        if (page != nullptr && id == current) {
            shown = page;
        }
    }
    const QByteArray geometry =
        QByteArray::fromBase64(window.value(QStringLiteral("geometry")).toString().toLatin1());
    if (!geometry.isEmpty()) {
        m_window.restoreGeometry(geometry);
    }
    if (shown != nullptr) {
        m_window.showPage(*shown);
    }
    return true;
}

} // namespace tutti::ui
