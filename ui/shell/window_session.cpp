// SPDX-License-Identifier: MIT
#include "ui/shell/window_session.h"

#include "ui/editor/code_editor.h"
#include "ui/shell/document_journal.h"
#include "ui/shell/document_page.h"
#include "ui/shell/file_lock.h"
#include "ui/shell/main_window.h"
#include "ui/shell/pane_area.h"

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
constexpr int kMaxDepth = 16; // of panes in panes
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

/// Whether a tab in such a layout is a further view of its document, which keeps a place of its
/// own.
bool isFurtherView(const QJsonObject& tab) { return tab.contains(QStringLiteral("caret")); }

/// The ids of the documents that such a layout shows more than once.
QSet<QString> shownTwice(const QJsonObject& layout, int depth = 0)
{
    QSet<QString> ids;
    const QJsonArray tabs = layout.value(QStringLiteral("tabs")).toArray();
    for (const QJsonValue& value : tabs) {
        if (const QJsonObject tab = value.toObject(); isFurtherView(tab)) {
            ids.insert(tab.value(QStringLiteral("document")).toString());
        }
    }
    const QJsonArray parts = layout.value(QStringLiteral("parts")).toArray();
    for (qsizetype i = 0; depth < kMaxDepth && i < parts.size(); ++i) {
        ids += shownTwice(parts.at(i).toObject(), depth + 1);
    }
    return ids;
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
    connect(&window, &MainWindow::arrangementChanged, this, &WindowSession::writeSoon);
    const QList<DocumentPage*> pages = window.views();
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

void WindowSession::writeSoon()
{
    if (!m_timer.isActive()) {
        m_timer.start();
    }
}

void WindowSession::watch(DocumentPage& page)
{
    EditorDocument& document = page.document();
    DocumentJournal* journal = m_kept.value(&document).journal;
    if (journal == nullptr) {
        const QString id = newId();
        journal = new DocumentJournal(document, m_writer, QDir(m_folder).filePath(id));
        journal->setParent(this);
        m_kept.insert(&document, {id, journal});
        journal->setPlaceQuery([this, &document] {
            const DocumentPage* first = firstViewOf(document);
            return first != nullptr ? DocumentPlace::in(first->editor()) : DocumentPlace();
        });
    }
    CodeEditor& editor = page.editor();
    const auto note = [this, journal] {
        journal->soon();
        if (m_window.panes().isSplit()) {
            writeSoon(); // it has the places in further views
        }
    };
    connect(&editor, &CodeEditor::selectionsChanged, journal, note);
    connect(editor.verticalScrollBar(), &QScrollBar::valueChanged, journal, note);
    connect(&editor, &CodeEditor::languageChanged, journal, note);
    connect(&editor, &CodeEditor::viewChanged, journal, note); // also: something was folded
    connect(&page, &DocumentPage::closed, this, [this, &page] { forget(page); });
    writeSoon();
}

DocumentPage* WindowSession::firstViewOf(const EditorDocument& document) const
{
    const QList<DocumentPage*> views = m_window.views();
    const auto first = std::ranges::find_if(
        views, [&document](const DocumentPage* page) { return &page->document() == &document; });
    return first != views.end() ? *first : nullptr;
}

QString WindowSession::idOf(const DocumentPage& page) const
{
    return m_kept.value(&page.document()).id;
}

void WindowSession::forget(const DocumentPage& page)
{
    if (m_closed) {
        return; // it goes with the window, and comes back with the next
    }
    if (page.isOnlyView()) {
        if (DocumentJournal* journal = m_kept.take(&page.document()).journal) {
            journal->forget();
            delete journal;
        }
    }
    writeSoon();
}

QJsonObject WindowSession::toJson(const PaneLayout& layout) const
{
    if (!layout.parts.empty()) {
        QJsonArray sizes;
        QJsonArray parts;
        for (const int size : layout.sizes) {
            sizes.append(size);
        }
        for (const PaneLayout& part : layout.parts) {
            parts.append(toJson(part));
        }
        return {{QStringLiteral("split"),
                    layout.orientation == Qt::Vertical ? QStringLiteral("vertical")
                                                       : QStringLiteral("horizontal")},
            {QStringLiteral("sizes"), sizes}, {QStringLiteral("parts"), parts}};
    }
    QJsonArray tabs;
    for (const DocumentPage* page : layout.pages) {
        QJsonObject tab{{QStringLiteral("document"), idOf(*page)}};
        if (firstViewOf(page->document()) != page) {
            DocumentPlace::in(page->editor()).writeTo(tab);
        }
        tabs.append(tab);
    }
    return {{QStringLiteral("tabs"), tabs}, {QStringLiteral("current"), layout.current},
        {QStringLiteral("active"), layout.active}};
}

PaneLayout WindowSession::layoutFrom(
    const QJsonObject& object, QHash<QString, DocumentPage*>& pages, int depth)
{
    PaneLayout layout;
    if (depth < kMaxDepth) {
        const QJsonArray parts = object.value(QStringLiteral("parts")).toArray();
        for (const QJsonValue& part : parts) {
            layout.parts.push_back(layoutFrom(part.toObject(), pages, depth + 1));
        }
    }
    if (object.value(QStringLiteral("split")).toString() == QStringLiteral("vertical")) {
        layout.orientation = Qt::Vertical;
    }
    for (const QJsonValue& size : object.value(QStringLiteral("sizes")).toArray()) {
        layout.sizes.append(size.toInt());
    }
    const QJsonArray tabs = object.value(QStringLiteral("tabs")).toArray();
    for (const QJsonValue& value : tabs) {
        const QJsonObject tab = value.toObject();
        const auto known = pages.find(tab.value(QStringLiteral("document")).toString());
        if (known == pages.end()) {
            continue; // it could not be opened any more
        }
        DocumentPage* page = *known;
        if (isFurtherView(tab) && m_window.views().size() < kMaxDocuments) {
            page = &m_window.addView(*page, m_window.panes().activePane());
            DocumentPlace::from(tab).restoreIn(page->editor());
        }
        layout.pages.append(page);
    }
    layout.current = object.value(QStringLiteral("current")).toInt();
    layout.active = object.value(QStringLiteral("active")).toBool();
    return layout;
}

void WindowSession::writeWindow()
{
    QJsonArray documents;
    QString current;
    const QList<DocumentPage*> pages = m_window.pages();
    for (const DocumentPage* page : pages) {
        documents.append(idOf(*page));
        if (page == m_window.currentPage()) {
            current = idOf(*page);
        }
    }
    PaneArea& panes = m_window.panes();
    const QByteArray bytes = QJsonDocument(
        QJsonObject{
            {QStringLiteral("version"), kVersion},
            {QStringLiteral("geometry"), QString::fromLatin1(m_window.saveGeometry().toBase64())},
            {QStringLiteral("documents"), documents},
            {QStringLiteral("current"), current},
            {QStringLiteral("layout"),
                panes.isSplit() ? toJson(panes.arrangement()) : QJsonObject()},
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
    for (const Kept& kept : std::as_const(m_kept)) {
        kept.journal->flush();
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
    for (const Kept& kept : std::as_const(m_kept)) {
        delete kept.journal;
    }
    m_kept.clear();
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
    QHash<QString, DocumentPage*> opened;
    const QStringList ids = idsIn(from, window);
    const QSet<QString> twice = shownTwice(window.value(QStringLiteral("layout")).toObject());
    for (const QString& id : ids) {
        const auto saved = DocumentJournal::read(QDir(from).filePath(id));
        if (!saved) {
            continue;
        }
        if (DocumentPage* page = m_window.reopen(*saved, twice.contains(id))) {
            opened.insert(id, page);
            if (id == current) {
                shown = page;
            }
        }
    }
    // One that turned out to be empty gave its place to the next.
    const QList<DocumentPage*> there = m_window.views();
    opened.removeIf([&there](auto entry) { return !there.contains(*entry); });
    const QByteArray geometry =
        QByteArray::fromBase64(window.value(QStringLiteral("geometry")).toString().toLatin1());
    if (!geometry.isEmpty()) {
        m_window.restoreGeometry(geometry);
    }
    if (shown != nullptr && there.contains(shown)) {
        m_window.showPage(*shown);
    }
    const QJsonObject layout = window.value(QStringLiteral("layout")).toObject();
    if (layout.contains(QStringLiteral("parts"))) {
        m_window.panes().arrange(layoutFrom(layout, opened));
    }
    return true;
}

} // namespace tutti::ui
