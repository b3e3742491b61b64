// SPDX-License-Identifier: MIT
#include "ui/shell/guide.h"

#include "ui/shell/actions.h"
#include "ui/shell/setting_table.h"
#include "ui/shell/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QAction>
#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextList>
#include <QTextTable>
#include <QVBoxLayout>

#include <utility>

namespace tutti::ui {

namespace {

const auto kName = QStringLiteral("guideWindow");
constexpr int kChapterLevel = 2; // of headings; the first is the title

/// As Markdown shows it letter for letter.
QString literally(const QString& text)
{
    static const QRegularExpression special(QStringLiteral(R"(([\\`*_{}\[\]<>()#+|!~-]))"));
    return QString(text).replace(special, QStringLiteral("\\\\1"));
}

QString keysOf(const QAction& action)
{
    QStringList keys;
    for (const QKeySequence& sequence : action.shortcuts()) {
        keys.append(literally(sequence.toString(QKeySequence::NativeText)));
    }
    return keys.join(QStringLiteral(", "));
}

QString commandText(const QAction& action)
{
    const QString name = QStringLiteral("**%1**").arg(literally(plainText(action.text())));
    const QString keys = keysOf(action);
    return keys.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, keys);
}

QString keyTable(const Actions& actions)
{
    QString table = QStringLiteral("| %1 | %2 |\n|---|---|\n")
                        .arg(GuideWindow::tr("Command"), GuideWindow::tr("Keys"));
    for (const QAction* action : actions.all()) {
        if (!action->shortcuts().isEmpty()) {
            table += QStringLiteral("| %1 | %2 |\n")
                         .arg(literally(plainText(action->text())), keysOf(*action));
        }
    }
    return table;
}

bool isChapter(const QTextBlock& block)
{
    return block.blockFormat().headingLevel() == kChapterLevel;
}

} // namespace

QString guideText(const Actions& actions)
{
    QFile file(QStringLiteral(":/tutti/guide/guide.md"));
    if (!file.open(QFile::ReadOnly)) {
        return {};
    }
    const QString source = QString::fromUtf8(file.readAll());
    static const QRegularExpression reference(QStringLiteral(R"(\{([A-Za-z0-9/]+)\})"));
    QString text;
    qsizetype from = 0;
    auto matches = reference.globalMatch(source);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        text += QStringView(source).sliced(from, match.capturedStart() - from);
        from = match.capturedEnd();
        const QStringView id = match.capturedView(1);
        if (const QAction* action = actions.byId(id)) {
            text += commandText(*action);
        } else if (const SettingSpec* setting = settingSpec(id)) {
            text += literally(setting->title());
        } else if (id == QLatin1StringView("keys")) {
            text += keyTable(actions);
        } else {
            text += match.capturedView();
        }
    }
    text += QStringView(source).sliced(from);
    return text;
}

GuideWindow& GuideWindow::show(const Actions& actions, QWidget& parent)
{
    auto* window = parent.findChild<GuideWindow*>(kName, Qt::FindDirectChildrenOnly);
    if (window == nullptr) {
        window = new GuideWindow(actions, parent);
    }
    window->QDialog::show();
    window->raise();
    window->activateWindow();
    return *window;
}

GuideWindow::GuideWindow(const Actions& actions, QWidget& parent)
    : QDialog(&parent)
    , m_chapters(new QListWidget(this))
    , m_query(new QLineEdit(this))
    , m_nothing(new QLabel(tr("Nothing found"), this))
    , m_page(new QTextBrowser(this))
{
    setObjectName(kName);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("User's Guide"));
    resize(900, 680);

    m_query->setObjectName(QStringLiteral("guideQuery"));
    m_query->setPlaceholderText(tr("Search the guide"));
    m_query->setAccessibleName(m_query->placeholderText());
    m_query->setClearButtonEnabled(true);
    m_query->installEventFilter(this);
    m_chapters->setObjectName(QStringLiteral("guideChapters"));
    m_chapters->setAccessibleName(tr("Chapters"));
    m_chapters->setFrameShape(QFrame::NoFrame);
    m_nothing->setProperty("role", QStringLiteral("hint"));
    m_nothing->hide();
    m_page->setAccessibleName(windowTitle());
    m_page->setFrameShape(QFrame::NoFrame);
    m_page->setOpenExternalLinks(true);
    m_page->document()->setDocumentMargin(32);

    auto* side = new QVBoxLayout;
    side->setContentsMargins(16, 16, 16, 16);
    side->setSpacing(8);
    side->addWidget(m_query);
    side->addWidget(m_nothing);
    side->addWidget(m_chapters, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(side, 1);
    layout->addWidget(m_page, 3);

    setText(guideText(actions));
    connect(m_chapters, &QListWidget::currentRowChanged, this, &GuideWindow::goToChapter);
    connect(
        m_page->verticalScrollBar(), &QScrollBar::valueChanged, this, &GuideWindow::markChapter);
    connect(m_query, &QLineEdit::textChanged, this, [this] {
        QTextCursor cursor = m_page->textCursor();
        cursor.setPosition(cursor.selectionStart()); // what is typed on narrows what was found
        m_page->setTextCursor(cursor);
        search(false);
    });
    const auto onKey = [this](QKeySequence::StandardKey key, auto then) {
        for (const QKeySequence& sequence : QKeySequence::keyBindings(key)) {
            connect(new QShortcut(sequence, this), &QShortcut::activated, this, then);
        }
    };
    onKey(QKeySequence::Find, [this] {
        m_query->setFocus();
        m_query->selectAll();
    });
    onKey(QKeySequence::FindNext, [this] { search(false); });
    onKey(QKeySequence::FindPrevious, [this] { search(true); });
    onKey(QKeySequence::ZoomIn, [this] { m_page->zoomIn(); });
    onKey(QKeySequence::ZoomOut, [this] { m_page->zoomOut(); });
    m_page->setFocus();
}

void GuideWindow::setText(const QString& markdown)
{
    m_page->setMarkdown(markdown);
    setSpacing();
    drawLines();
    listChapters();
    m_page->moveCursor(QTextCursor::Start);
}

/// Markdown has no distances, and Qt's are narrow.
void GuideWindow::setSpacing()
{
    for (QTextBlock block = m_page->document()->begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const bool isCode = format.hasProperty(QTextFormat::BlockCodeFence);
        if (format.headingLevel() > 0) {
            format.setTopMargin(format.headingLevel() == kChapterLevel ? 28 : 0);
            format.setBottomMargin(8);
        } else if (!isCode && !QTextCursor(block).currentTable()) {
            format.setTopMargin(0);
            format.setBottomMargin(block.textList() != nullptr ? 4 : 12);
            format.setLineHeight(130, QTextBlockFormat::ProportionalHeight);
        }
        QTextCursor(block).setBlockFormat(format);
    }
}

/// Of the tables, in the theme's colour.
void GuideWindow::drawLines()
{
    for (QTextFrame* frame : m_page->document()->rootFrame()->childFrames()) {
        if (auto* table = qobject_cast<QTextTable*>(frame)) {
            QTextTableFormat format = table->format();
            format.setBorder(1);
            format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setBorderBrush(ThemeColors::current().border);
            format.setBorderCollapse(true);
            format.setCellSpacing(0);
            format.setCellPadding(6);
            format.setBottomMargin(16);
            table->setFormat(format);
        }
    }
}

void GuideWindow::listChapters()
{
    const QSignalBlocker quiet(m_chapters);
    for (QTextBlock block = m_page->document()->begin(); block.isValid(); block = block.next()) {
        if (isChapter(block)) {
            auto* item = new QListWidgetItem(block.text(), m_chapters);
            item->setData(Qt::UserRole, block.position());
        }
    }
}

void GuideWindow::goToChapter(int row)
{
    if (row < 0) {
        return;
    }
    const QTextBlock block =
        m_page->document()->findBlock(m_chapters->item(row)->data(Qt::UserRole).toInt());
    m_page->setTextCursor(QTextCursor(block));
    const QSignalBlocker quiet(m_chapters);
    m_page->verticalScrollBar()->setValue(
        static_cast<int>(m_page->document()->documentLayout()->blockBoundingRect(block).top()));
    m_chapters->setCurrentRow(row); // also at the end, where it cannot be scrolled to the top
}

/// In the list, the chapter one reads.
void GuideWindow::markChapter()
{
    if (m_chapters->signalsBlocked()) {
        return;
    }
    const int top = m_page->cursorForPosition({0, m_page->viewport()->height() / 3}).position();
    int row = -1;
    while (row + 1 < m_chapters->count()
        && m_chapters->item(row + 1)->data(Qt::UserRole).toInt() <= top) {
        ++row;
    }
    const QSignalBlocker quiet(m_chapters);
    m_chapters->setCurrentRow(row);
}

void GuideWindow::search(bool backward)
{
    const QString words = m_query->text();
    const QTextDocument::FindFlags flags =
        backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    bool found = words.isEmpty() || m_page->find(words, flags);
    if (!found) { // around the end
        const QTextCursor before = m_page->textCursor();
        m_page->moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
        found = m_page->find(words, flags);
        if (!found) {
            m_page->setTextCursor(before);
        }
    }
    m_nothing->setVisible(!found);
}

void GuideWindow::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        drawLines();
    }
}

bool GuideWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_query && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            search(key->modifiers().testFlag(Qt::ShiftModifier));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace tutti::ui
