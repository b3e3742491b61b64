// SPDX-License-Identifier: MIT
#include "ui/shell/undo_preview.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/document_binding.h"
#include "ui/editor/document_units.h"
#include "ui/shell/theme.h"
#include "ui/shell/wrapped_label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tutti::ui {

namespace {

using Kind = PreviewPlace::Kind;
using Piece = crdt::ChangeLog::Piece;

constexpr int kMaxLines = 8; ///< of the preview; more are scrolled to
constexpr double kStrike = 1.5; ///< the line's width

int positionOf(const Piece& piece) { return static_cast<int>(piece.at.value()); }

int lengthIn(const Piece& piece)
{
    return piece.kind == Piece::Kind::Goes ? static_cast<int>(piece.text.size()) : 0;
}

void addPart(QList<PreviewPlace::Part>& parts, Kind kind, const QString& text)
{
    if (text.isEmpty()) {
        return;
    }
    if (!parts.isEmpty() && parts.last().kind == kind) {
        parts.last().text += text;
    } else {
        parts.append({kind, text});
    }
}

} // namespace

QList<PreviewPlace> previewPlaces(const QTextDocument& document, const std::vector<Piece>& pieces)
{
    QList<PreviewPlace> places;
    const int end = documentLength(document);
    const auto lineEnd = [end](const QTextBlock& block) {
        return std::min(block.position() + block.length() - 1, end);
    };
    int shown = 0; // up to where the text has been given
    QTextBlock last; // the last line of the current place
    for (const Piece& piece : pieces) {
        const int from = std::min(positionOf(piece), end);
        const int to = std::min(from + lengthIn(piece), end);
        const QTextBlock first = document.findBlock(from);
        if (last.isValid() && first.blockNumber() <= last.blockNumber() + 1) {
            addPart(places.last().parts, Kind::Stays, readText(document, shown, from));
        } else {
            if (last.isValid()) {
                addPart(places.last().parts, Kind::Stays, readText(document, shown, lineEnd(last)));
            }
            places.emplace_back(first.blockNumber() + 1, QList<PreviewPlace::Part>());
            addPart(places.last().parts, Kind::Stays, readText(document, first.position(), from));
        }
        if (piece.kind == Piece::Kind::Goes) {
            addPart(places.last().parts, Kind::Goes, readText(document, from, to));
        } else {
            addPart(places.last().parts, Kind::Returns, toQString(piece.text));
        }
        shown = to;
        last = document.findBlock(to);
    }
    if (last.isValid()) {
        addPart(places.last().parts, Kind::Stays, readText(document, shown, lineEnd(last)));
    }
    return places;
}

QString agoText(std::chrono::milliseconds age)
{
    const auto seconds = static_cast<int>(age.count() / 1'000);
    if (seconds < 10) {
        return UndoPreview::tr("just now");
    }
    if (seconds < 60) {
        return UndoPreview::tr("%n seconds ago", nullptr, seconds);
    }
    if (seconds < 3'600) {
        return UndoPreview::tr("%n minutes ago", nullptr, seconds / 60);
    }
    return UndoPreview::tr("%n hours ago", nullptr, seconds / 3'600);
}

UndoPreview::UndoPreview(CodeEditor& editor, PeerChanges& changes,
    const PeerChanges::Change& change, const QString& name, QWidget* parent)
    : QFrame(parent)
    , m_editor(&editor)
    , m_changes(&changes)
    , m_change(change)
    , m_name(name)
    , m_title(new WrappedLabel(this))
    , m_hint(new WrappedLabel(this))
    , m_text(new QTextEdit(this))
    , m_undo(new QPushButton(tr("&Undo Change"), this))
{
    setObjectName(QStringLiteral("undoPreview"));
    setProperty("role", QStringLiteral("find")); // a panel beneath the text, as the find bar is
    setAttribute(Qt::WA_DeleteOnClose);
    m_title->setObjectName(QStringLiteral("undoPreviewTitle"));
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_hint->setObjectName(QStringLiteral("undoPreviewHint"));
    m_hint->setProperty("role", QStringLiteral("hint"));
    m_text->setObjectName(QStringLiteral("undoPreviewText"));
    m_text->setProperty("role", QStringLiteral("card"));
    m_text->setAccessibleName(tr("What would change"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTabChangesFocus(true);
    m_undo->setObjectName(QStringLiteral("undoPreviewUndo"));
    m_undo->setProperty("primary", true);
    m_undo->setProperty("compact", true);
    auto* cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("undoPreviewCancel"));
    cancel->setProperty("compact", true);

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_hint);
    m_answers = new QHBoxLayout;
    m_answers->setSpacing(8);
    m_answers->addWidget(m_undo, 0, Qt::AlignTop);
    m_answers->addWidget(cancel, 0, Qt::AlignTop);
    m_answers->addStretch(1);
    m_top = new QBoxLayout(QBoxLayout::LeftToRight);
    m_top->setSpacing(8);
    m_top->addLayout(words, 1);
    m_top->addLayout(m_answers);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->setSpacing(8);
    layout->addLayout(m_top);
    layout->addWidget(m_text);

    connect(m_undo, &QPushButton::clicked, this, &UndoPreview::takeBack);
    connect(cancel, &QPushButton::clicked, this, &UndoPreview::close);
    connect(&editor, &QPlainTextEdit::textChanged, this, &UndoPreview::refreshLater);
    connect(&editor, &CodeEditor::bindingChanged, this, &UndoPreview::close);
    connect(&editor, &QObject::destroyed, this, &UndoPreview::close);
    editor.addLayer(this);
    refresh();
    QAccessibleAnnouncementEvent said(&editor, m_title->text());
    QAccessible::updateAccessibility(&said);
}

void UndoPreview::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    // below the words where there would be too little left for these
    constexpr int kWords = 280;
    m_top->setDirection(width() < m_answers->sizeHint().width() + kWords ? QBoxLayout::TopToBottom
                                                                         : QBoxLayout::LeftToRight);
}

UndoPreview::~UndoPreview()
{
    if (m_editor) {
        m_editor->viewport()->update();
    }
}

void UndoPreview::detach()
{
    m_changes = nullptr;
    close();
}

QString UndoPreview::words() const
{
    return m_title->text() + QChar(u'\n') + m_hint->text() + QChar(u'\n') + m_text->toPlainText();
}

QString UndoPreview::title() const
{
    return tr("Undo what %1 changed last, %2?", "name, how long ago")
        .arg(m_name, agoText(m_changes->ageOf(m_change)));
}

void UndoPreview::refreshLater()
{
    // The pieces are of the shared text; the document follows it in a moment.
    if (!std::exchange(m_refreshScheduled, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_refreshScheduled = false;
                refresh();
            },
            Qt::QueuedConnection);
    }
}

void UndoPreview::refresh()
{
    if (m_isClosed || m_changes == nullptr || !m_editor || m_editor->binding() == nullptr) {
        return;
    }
    m_editor->binding()->flush();
    if (m_editor->binding()->hasPending()) { // an input method composes
        return;
    }
    m_pieces = m_changes->log().effectOf(m_change);
    const bool canUndo = !m_pieces.empty() && !m_editor->isReadOnly();
    m_title->setText(title());
    setAccessibleName(m_title->text());
    m_hint->setText(m_pieces.empty()
            ? tr("Nothing is left of it: others have changed or undone it meanwhile.")
            : tr("What is struck out goes, what is underlined comes back. What others wrote "
                 "stays, and you can undo this again."));
    m_undo->setEnabled(canUndo);
    m_text->setVisible(!m_pieces.empty());
    showPlaces(previewPlaces(*m_editor->document(), m_pieces));
    m_editor->viewport()->update();
}

void UndoPreview::showPlaces(const QList<PreviewPlace>& places)
{
    const ThemeColors& colors = ThemeColors::current();
    QTextCharFormat stays;
    stays.setForeground(colors.text);
    QTextCharFormat goes = stays;
    goes.setBackground(colors.errorBack);
    goes.setFontStrikeOut(true);
    QTextCharFormat returns = stays;
    returns.setBackground(colors.infoBack);
    returns.setFontUnderline(true);
    QTextCharFormat number = stays;
    number.setForeground(colors.muted);

    m_text->clear();
    m_text->setFont(m_editor->font());
    QTextCursor cursor(m_text->document());
    cursor.beginEditBlock();
    int room = kMaxUnits;
    int left = static_cast<int>(places.size());
    for (const PreviewPlace& place : places) {
        if (room <= 0) {
            break;
        }
        if (!cursor.atStart()) {
            cursor.insertBlock();
        }
        cursor.insertText(tr("Line %1").arg(place.line) + QStringLiteral("  "), number);
        for (const PreviewPlace::Part& part : place.parts) {
            const QTextCharFormat& format = part.kind == Kind::Goes ? goes
                : part.kind == Kind::Returns                        ? returns
                                                                    : stays;
            QString text = part.text.left(room);
            room -= static_cast<int>(text.size());
            if (text.size() < part.text.size()) {
                text += QChar(u'…');
            }
            if (part.kind != Kind::Stays) { // else a line break would not be seen
                text.replace(u'\n', QStringLiteral("↵\n"));
            }
            cursor.insertText(text, format);
        }
        --left;
    }
    if (left > 0) {
        cursor.insertBlock();
        cursor.insertText(tr("… and in %n more places", nullptr, left), number);
    }
    cursor.endEditBlock();
    m_text->moveCursor(QTextCursor::Start);
    fitHeight();
}

void UndoPreview::fitHeight()
{
    const int line = QFontMetrics(m_text->font()).lineSpacing();
    const int frame =
        2 * m_text->frameWidth() + static_cast<int>(2 * m_text->document()->documentMargin());
    const int lines = std::clamp(m_text->document()->blockCount(), 1, kMaxLines);
    m_text->setFixedHeight(lines * line + frame + 4);
    m_text->setLineWrapMode(QTextEdit::NoWrap);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void UndoPreview::paintBelowText(QPainter& painter, const QRect& dirty)
{
    if (m_refreshScheduled) {
        return; // the places are of a text that is not there any more
    }
    const ThemeColors& colors = ThemeColors::current();
    for (const Piece& piece : m_pieces) {
        if (piece.kind == Piece::Kind::Goes) {
            const int from = positionOf(piece);
            const QList<QRectF> rects = m_editor->selectionRects(from, from + lengthIn(piece));
            for (const QRectF& rect : rects) {
                if (rect.intersects(dirty)) {
                    painter.fillRect(rect, colors.errorBack);
                }
            }
        }
    }
}

void UndoPreview::paintAboveText(QPainter& painter, const QRect& dirty)
{
    if (m_refreshScheduled) {
        return;
    }
    const ThemeColors& colors = ThemeColors::current();
    for (const Piece& piece : m_pieces) {
        const int from = positionOf(piece);
        if (piece.kind == Piece::Kind::Returns) {
            const QRectF caret = m_editor->caretRect(from);
            if (caret.intersects(dirty)) { // a wedge between two letters
                painter.fillRect(
                    QRectF(caret.left() - 1, caret.top(), 2, caret.height()), colors.accent);
                painter.fillRect(QRectF(caret.left() - 4, caret.bottom() - 2, 8, 2), colors.accent);
            }
            continue;
        }
        painter.setPen(QPen(colors.error, kStrike));
        const QList<QRectF> rects = m_editor->selectionRects(from, from + lengthIn(piece));
        for (const QRectF& rect : rects) {
            if (rect.intersects(dirty)) {
                painter.drawLine(QPointF(rect.left(), rect.center().y()),
                    QPointF(rect.right(), rect.center().y()));
            }
        }
    }
}

void UndoPreview::takeBack()
{
    if (m_changes == nullptr || !m_editor || m_editor->binding() == nullptr
        || m_editor->isReadOnly()) {
        return;
    }
    if (m_editor->binding()->takeBack(m_changes->log(), m_change)) {
        QAccessibleAnnouncementEvent said(m_editor, tr("What %1 changed is undone.").arg(m_name));
        QAccessible::updateAccessibility(&said);
        Q_EMIT takenBack(m_name);
        close();
    } else {
        refresh();
    }
}

void UndoPreview::close()
{
    if (std::exchange(m_isClosed, true)) {
        return;
    }
    m_pieces.clear();
    const bool hadFocus = isAncestorOf(focusWidget()) || m_undo->hasFocus() || m_text->hasFocus();
    hide();
    if (m_editor) {
        m_editor->removeLayer(this);
        m_editor->viewport()->update();
        if (hadFocus) {
            m_editor->setFocus();
        }
    }
    Q_EMIT closed();
    deleteLater();
}

void UndoPreview::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        auto* button = qobject_cast<QPushButton*>(focusWidget());
        if (button != nullptr) {
            button->click();
        }
    } else {
        QFrame::keyPressEvent(event);
    }
}

void UndoPreview::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        refreshLater();
    }
    QFrame::changeEvent(event);
}

} // namespace tutti::ui
