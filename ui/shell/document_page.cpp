// SPDX-License-Identifier: MIT
#include "ui/shell/document_page.h"

#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/shell/compare_view.h"
#include "ui/shell/document_place.h"
#include "ui/shell/find_bar.h"
#include "ui/shell/inline_bar.h"
#include "ui/shell/minimap.h"
#include "ui/shell/room_access.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace tutti::ui {

namespace {

using State = net::ProviderStatus::State;

const auto kConnectionBar = QStringLiteral("connection");
const auto kReadOnlyBar = QStringLiteral("readOnlyFile");
const auto kViewOnlyBar = QStringLiteral("viewOnly");
const auto kFollowBar = QStringLiteral("follow");
const auto kComparisonBar = QStringLiteral("comparison");
constexpr int kPatienceMs = 600;
constexpr int kTextPlace = 1; ///< in the page, behind the bar

} // namespace

DocumentPage::DocumentPage(std::unique_ptr<EditorDocument> document, QWidget* parent)
    : DocumentPage(std::make_shared<OpenDocument>(std::move(document)), parent)
{
    if (!this->document().isOpening()) {
        tellLineEnds();
    }
}

DocumentPage::DocumentPage(DocumentPage& other, QWidget* parent)
    : DocumentPage(other.m_open, parent)
{
    DocumentPlace::in(other.editor()).restoreIn(*m_editor);
}

DocumentPage::DocumentPage(std::shared_ptr<OpenDocument> open, QWidget* parent)
    : QWidget(parent)
    , m_open(std::move(open))
    , m_bar(new InlineBar(this))
    , m_editor(new CodeEditor(this))
    , m_find(new FindBar(*m_editor, this))
    , m_minimap(new Minimap(*m_editor, this))
    , m_columnMarker(*m_editor)
    , m_spelling(*m_editor)
{
    m_editor->setObjectName(QStringLiteral("editor"));
    m_editor->setHandlesCommandKeys(false); // the window has them as actions
    m_editor->setAccessibleName(tr("Text"));
    m_editor->setFrameShape(QFrame::NoFrame);
    m_open->addView(*m_editor);
    m_editor->setFileName(document().name());

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    auto* text = new QHBoxLayout;
    text->setSpacing(0);
    text->addWidget(m_editor, 1);
    text->addWidget(m_minimap);
    layout->addLayout(text, 1);
    layout->addWidget(m_find);
    setFocusProxy(m_editor);

    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &DocumentPage::showConnection);
    connect(&document(), &EditorDocument::modifiedChanged, this, &DocumentPage::titleChanged);
    connect(&document(), &EditorDocument::nameChanged, this, [this] {
        m_editor->setFileName(document().name());
        followConventions();
        if (!document().isFileReadOnly() && m_bar->currentId() == kReadOnlyBar) {
            m_open->allowEditing(); // there is another file now
        }
        Q_EMIT titleChanged();
    });
    connect(m_open.get(), &OpenDocument::sessionChanged, this, &DocumentPage::onSessionChanged);
    connect(
        m_open.get(), &OpenDocument::editingAllowed, this, [this] { m_bar->clear(kReadOnlyBar); });
    connect(m_open.get(), &OpenDocument::indentationChosen, this, &DocumentPage::followConventions);
    connect(m_editor, &CodeEditor::contextMenuMade, this,
        [this](QMenu* menu, int position) { m_spelling.addTo(*menu, position); });
    if (!document().isOpening()) {
        followFile();
    }
    if (session() != nullptr) {
        watchSession();
        showConnection();
    }
}

void DocumentPage::followFile()
{
    followConventions();
    if (document().isFileReadOnly() && !m_open->isEditingAllowed()) {
        m_editor->setReadOnly(true);
        m_bar->show(kReadOnlyBar, InlineBar::Kind::Info,
            tr("%1 is read-only: you may not write this file.").arg(document().name()),
            {{tr("Edit anyway"), [this] { m_open->allowEditing(); }},
                {tr("Save as…"), [this] { Q_EMIT saveAsRequested(); }}});
    }
}

void DocumentPage::tellLineEnds()
{
    if (document().hadMixedLineEnds()) {
        m_bar->show(QStringLiteral("lineEnds"), InlineBar::Kind::Info,
            tr("The lines of %1 end in different ways. When you save, all will end with %2.")
                .arg(document().name(), lineEndName(document().format().lineEnd)));
    }
}

void DocumentPage::fileOpened()
{
    m_editor->setReadOnly(false);
    followFile();
    tellLineEnds();
}

DocumentPage::~DocumentPage() { release(); }

void DocumentPage::activate() { m_open->setActiveView(*m_editor); }

void DocumentPage::release()
{
    document().disconnect(this);
    m_open->disconnect(this);
    if (session() != nullptr) {
        session()->disconnect(this);
    }
    m_open->removeView(*m_editor);
    m_editor->unbind();
}

void DocumentPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (!isComparing()) {
        m_minimap->setRoom(width());
    }
}

void DocumentPage::followConventions()
{
    m_columnMarker.setColumn(document().config().maxLineLength.value_or(m_usualMarker));
    if (const auto& chosen = m_open->chosenIndentation()) {
        m_editor->setIndentStyle(*chosen);
        Q_EMIT indentationChanged();
        return;
    }
    constexpr int kSniffedUnits = 256 * 1024;
    const QString beginning = readText(*m_editor->document(), 0, kSniffedUnits);
    m_editor->setIndentStyle(indentationFor(document().config(), beginning, m_usualIndentation));
    Q_EMIT indentationChanged();
}

void DocumentPage::setUsualConventions(const IndentStyle& indentation, int markerColumn)
{
    m_usualIndentation = indentation;
    m_usualMarker = markerColumn;
    followConventions();
}

void DocumentPage::setIndentation(const IndentStyle& style) { m_open->chooseIndentation(style); }

void DocumentPage::detectIndentation() { m_open->chooseIndentation(std::nullopt); }

void DocumentPage::convertIndentation(const IndentStyle& style)
{
    EditPlan plan;
    plan.edits = indentationEdits(document().content(), m_editor->indentStyle(), style);
    PositionMap map(plan.edits);
    plan.after = m_editor->selections().mapped([&map](const EditorSelection& selection) {
        const int start = map(selection.start(), Side::After);
        return selection.withEnds(start, map(selection.end(), Side::After));
    });
    if (!plan.isEmpty()) {
        m_editor->apply(plan);
    }
    setIndentation(style);
}

void DocumentPage::reopenAs(TextEncoding encoding)
{
    const auto id = QStringLiteral("reopen");
    const auto reopen = [this, encoding, id] {
        if (const auto done = document().reload(encoding)) {
            m_bar->clear(id);
        } else {
            m_bar->show(id, InlineBar::Kind::Error, done.error().words);
        }
    };
    if (document().path().isEmpty()) {
        m_bar->show(
            id, InlineBar::Kind::Info, tr("There is no file yet that could be read again."));
    } else if (document().isModified()) {
        m_bar->show(id, InlineBar::Kind::Warning,
            tr("Reading %1 again as %2 discards what you have not saved.")
                .arg(document().name(), encodingName(encoding)),
            {{tr("Read again"), reopen}});
    } else {
        reopen();
    }
}

void DocumentPage::startSession(std::unique_ptr<net::Channel> channel, DocumentSession::Role role,
    const QString& link, const Identity& identity, std::unique_ptr<RoomAccess> access)
{
    activate();
    m_open->startSession(std::move(channel), role, link, identity, std::move(access));
}

void DocumentPage::endSession() { m_open->endSession(); }

void DocumentPage::onSessionChanged()
{
    if (session() != nullptr) {
        watchSession();
    } else {
        m_patience.stop();
        m_bar->clear(kConnectionBar);
        m_bar->clear(kViewOnlyBar);
        m_bar->clear(kFollowBar);
    }
    Q_EMIT sessionChanged();
    Q_EMIT connectionChanged();
}

void DocumentPage::watchSession()
{
    DocumentSession& session = *this->session();
    connect(&session, &DocumentSession::changed, this, &DocumentPage::onConnectionChanged);
    const Follow& follow = session.viewOf(*m_editor).follow();
    connect(&follow, &Follow::started, this, [this] { m_bar->clear(kFollowBar); });
    connect(&follow, &Follow::ended, this, &DocumentPage::onFollowEnded);
    if (access() != nullptr) {
        connect(access(), &RoomAccess::notRemembered, this, [this](const QString& reason) {
            m_bar->show(QStringLiteral("keychain"), InlineBar::Kind::Warning,
                tr("%1. You will be asked for it again.").arg(reason));
        });
    }
    connect(&session, &DocumentSession::firstSynced, this, [this] {
        if (this->session()->role() == DocumentSession::Role::Guest) {
            m_editor->setFileName(document().name()); // now there are first lines to look at
            followConventions();
        }
    });
}

void DocumentPage::followNext()
{
    if (session() != nullptr && !session()->viewOf(*m_editor).follow().next()) {
        m_bar->show(
            kFollowBar, InlineBar::Kind::Info, tr("Nobody else is here whom you could follow."));
    }
}

void DocumentPage::onFollowEnded(Follow::End end, const QString& name)
{
    // Without a connection it is not they who went, and that has a message of its own.
    if (end == Follow::End::LeaderLeft && session() != nullptr
        && session()->status().isConnected()) {
        m_bar->show(kFollowBar, InlineBar::Kind::Info,
            tr("%1 has left, so you follow nobody now. This is where they were last.").arg(name));
    }
}

void DocumentPage::setComparison(std::unique_ptr<CompareView> comparison)
{
    delete m_comparison;
    m_comparison = comparison.release();
    box()->insertWidget(kTextPlace, m_comparison, 1);
    const auto dress = [this] { m_comparison->setAppearance(m_editor->theme(), m_editor->font()); };
    connect(m_editor, &CodeEditor::themeChanged, m_comparison, dress);
    connect(m_editor, &CodeEditor::zoomChanged, m_comparison, dress);
    connect(m_comparison, &CompareView::closeRequested, this, [this] { showComparison(false); });
    m_find->installEventFilter(this);
    dress();
    showComparison(true);
}

QVBoxLayout* DocumentPage::box() const { return static_cast<QVBoxLayout*>(layout()); }

bool DocumentPage::isComparing() const
{
    return m_comparison != nullptr && !m_comparison->isHidden();
}

void DocumentPage::showComparison(bool on)
{
    m_comparison->setVisible(on);
    m_editor->setVisible(!on);
    box()->setStretch(kTextPlace + 1, on ? 0 : 1); // or it would have room while it is empty
    if (on) {
        m_minimap->hide();
    } else {
        m_minimap->setRoom(width());
    }
    // The window's commands are about the editor, also while nobody sees it.
    m_editor->setReadOnly(on || (session() != nullptr && !session()->viewOnlyReason().isEmpty()));
    QWidget* const shown = on ? static_cast<QWidget*>(m_comparison) : m_editor;
    setFocusProxy(shown);
    shown->setFocus();
    if (on) {
        m_find->hide();
        m_bar->clear(kComparisonBar);
    } else {
        m_bar->show(kComparisonBar, InlineBar::Kind::Info,
            tr("This is the room's text. What you write here goes to everybody in it."),
            {{tr("Compare again"), [this] { showComparison(true); }}});
    }
}

bool DocumentPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_find && event->type() == QEvent::Show && isComparing()) {
        showComparison(false); // what is found is in the text
    }
    return QWidget::eventFilter(watched, event);
}

ConnectionFacts DocumentPage::facts() const
{
    return session() != nullptr ? session()->facts() : ConnectionFacts{};
}

DocumentPage::Concern DocumentPage::closeConcern(bool textIsKept) const
{
    if (document().isModified() && !textIsKept) {
        return Concern::UnsavedChanges;
    }
    if (session() != nullptr && document().isRoomCopy() && session()->hasUnsentChanges()) {
        return Concern::UnsentChanges;
    }
    if (session() != nullptr && session()->role() == DocumentSession::Role::Host
        && session()->status().peers > 0) {
        return Concern::OthersPresent;
    }
    return Concern::None;
}

bool DocumentPage::isPristine() const
{
    return document().path().isEmpty() && document().isEmpty() && session() == nullptr
        && m_bar->currentId().isEmpty();
}

void DocumentPage::onConnectionChanged()
{
    Q_EMIT connectionChanged();
    const State state = session()->status().state;
    if (state == State::Offline && m_bar->currentId() != kConnectionBar) {
        if (!m_patience.isActive()) {
            m_patience.start();
        }
        return;
    }
    if (state != State::Offline) {
        m_patience.stop();
    }
    showConnection();
}

void DocumentPage::showConnection()
{
    if (session() == nullptr) {
        return;
    }
    const ConnectionFacts facts = session()->facts();
    const net::ProviderStatus& status = *facts.provider;
    const auto retry = [this] { session()->retryNow(); };
    const auto given = [&] { // up, and what that means for the text
        return document().isEmpty()
            ? connectionWords(facts) + QChar(u'.')
            : tr("%1. Your text is still here, and stays editable.").arg(connectionWords(facts));
    };
    QList<InlineBar::Action> keeping;
    if (!document().isEmpty()) {
        keeping.append({tr("Save a copy…"), [this] { Q_EMIT saveAsRequested(); }});
    }
    switch (status.state) {
    case State::Offline: {
        QString words = connectionWords(facts);
        if (!session()->wasSynced() && !status.reason.isEmpty()) {
            words = tr("%1 could not be reached: %2.").arg(status.host, status.reason) + QChar(u' ')
                + words;
        }
        m_bar->show(kConnectionBar, InlineBar::Kind::Warning, words, {{tr("Retry now"), retry}});
        break;
    }
    case State::Denied:
        if (access() != nullptr) {
            m_bar->ask(kConnectionBar, InlineBar::Kind::Error, given(),
                {.placeholder = tr("Access token"),
                    .button = tr("Try again"),
                    .remember = access()->canRemember() ? tr("Remember") : QString(),
                    .answered =
                        [this, retry](const QString& token, bool remember) {
                            access()->enter(token, remember);
                            retry();
                        }},
                keeping);
            break;
        }
        [[fallthrough]];
    case State::Failed:
        m_bar->show(kConnectionBar, InlineBar::Kind::Error, given(),
            QList<InlineBar::Action>{{tr("Try again"), retry}} + keeping);
        break;
    case State::Rebuilt:
        m_bar->show(kConnectionBar, InlineBar::Kind::Warning,
            connectionWords(facts) + QChar(u' ')
                + tr("It has another text now. Rejoining puts that and yours together; what is in "
                     "both is there twice then."),
            {{tr("Compare"), [this] { Q_EMIT compareRequested(); }},
                {tr("Save a copy…"), [this] { Q_EMIT saveAsRequested(); }},
                {tr("Rejoin"), [this] { session()->rejoin(); }}});
        break;
    case State::Connecting:
        break; // after "Retry now" the message stays until something came of it
    case State::Stopped:
    case State::Synchronizing:
    case State::Synced:
    case State::Pending:
        m_bar->clear(kConnectionBar);
        break;
    }
    if (!session()->viewOnlyReason().isEmpty() && status.isConnected()) {
        m_bar->show(kViewOnlyBar, InlineBar::Kind::Info, session()->viewOnlyReason());
    } else {
        m_bar->clear(kViewOnlyBar);
    }
}

QString documentNameForRoom(const QString& room)
{
    static const QRegularExpression randomEnd(
        QStringLiteral("^(.+)-[a-z0-9]{8}$"), QRegularExpression::CaseInsensitiveOption);
    const QString last = room.section(QChar(u'/'), -1, -1, QString::SectionSkipEmpty);
    const auto match = randomEnd.match(last);
    return match.hasMatch() ? match.captured(1) : last;
}

} // namespace tutti::ui
