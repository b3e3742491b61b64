// SPDX-License-Identifier: MIT
#include "ui/shell/shortcuts_page.h"

#include "ui/shell/actions.h"
#include "ui/shell/shortcut_bindings.h"
#include "ui/shell/shortcuts_model.h"
#include "ui/shell/wrapped_label.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace tutti::ui {

namespace {

constexpr int kKeysWidth = 176; ///< for what the empty field asks for

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt
        || key == Qt::Key_Meta || key == Qt::Key_AltGr || key == Qt::Key_unknown;
}

void setRole(QLabel& label, const QString& role)
{
    label.setProperty("role", role);
    label.style()->unpolish(&label);
    label.style()->polish(&label);
}

} // namespace

ShortcutsPage::ShortcutsPage(ShortcutBindings& bindings, QWidget* parent)
    : QWidget(parent)
    , m_bindings(bindings)
    , m_model(new ShortcutsModel(bindings, this))
    , m_query(new QLineEdit(this))
    , m_byKeys(new QToolButton(this))
    , m_list(new QTreeView(this))
    , m_name(new WrappedLabel(this))
    , m_keys(new QKeySequenceEdit(this))
    , m_bind(new QPushButton(tr("Assign"), this))
    , m_add(new QPushButton(tr("Add"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_reset(new QPushButton(tr("Reset"), this))
    , m_words(new WrappedLabel(this))
    , m_resetAll(new QPushButton(tr("Reset All…"), this))
    , m_resetYes(new QPushButton(tr("Reset All"), this))
    , m_resetNo(new QPushButton(tr("Keep Mine"), this))
{
    m_query->setObjectName(QStringLiteral("shortcutsQuery"));
    m_query->setClearButtonEnabled(true);
    m_query->installEventFilter(this);
    m_byKeys->setObjectName(QStringLiteral("shortcutsByKeys"));
    m_byKeys->setCheckable(true);
    m_byKeys->setProperty("framed", true);
    m_byKeys->setText(tr("By keys"));
    m_byKeys->setToolTip(tr("Press keys to see what they do"));
    m_list->setObjectName(QStringLiteral("shortcutsList"));
    m_list->setAccessibleName(tr("Commands and their keys"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setEditTriggers(QTreeView::NoEditTriggers);
    m_list->header()->setSectionsMovable(false);
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_list->header()->resizeSection(ShortcutsModel::Command, 240);
    m_list->header()->resizeSection(ShortcutsModel::Menu, 160);
    m_name->setProperty("role", QStringLiteral("title"));
    m_keys->setObjectName(QStringLiteral("shortcutKeys"));
    m_keys->setAccessibleName(tr("New keys"));
    m_keys->setMaximumSequenceLength(2);
    m_keys->setMinimumWidth(kKeysWidth);
    m_keys->setClearButtonEnabled(true);
    m_bind->setObjectName(QStringLiteral("shortcutBind"));
    m_bind->setProperty("primary", true);
    m_add->setObjectName(QStringLiteral("shortcutAdd"));
    m_add->setToolTip(tr("Keep the keys it has, too"));
    m_remove->setObjectName(QStringLiteral("shortcutRemove"));
    m_remove->setToolTip(tr("No keys at all"));
    m_reset->setObjectName(QStringLiteral("shortcutReset"));
    m_reset->setToolTip(tr("Back to the default"));
    m_words->setObjectName(QStringLiteral("shortcutWords"));
    m_words->setMinimumHeight(2 * m_words->fontMetrics().lineSpacing());
    m_words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_resetAll->setObjectName(QStringLiteral("shortcutsResetAll"));
    m_resetYes->setObjectName(QStringLiteral("shortcutsResetYes"));
    for (QPushButton* button :
        {m_bind, m_add, m_remove, m_reset, m_resetAll, m_resetYes, m_resetNo}) {
        button->setAutoDefault(false);
    }

    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_query, 1);
    top->addWidget(m_byKeys);
    auto* title = new QHBoxLayout;
    title->addWidget(m_name, 1);
    title->addWidget(m_resetAll);
    title->addWidget(m_resetNo);
    title->addWidget(m_resetYes);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_keys, 1);
    row->addWidget(m_bind);
    row->addWidget(m_add);
    auto* below = new QHBoxLayout;
    below->setSpacing(8);
    below->addWidget(m_words, 1);
    below->addWidget(m_remove, 0, Qt::AlignTop);
    below->addWidget(m_reset, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_list, 1);
    layout->addSpacing(4);
    layout->addLayout(title);
    layout->addLayout(row);
    layout->addLayout(below);

    QWidget* before = m_list;
    for (QWidget* next : std::initializer_list<QWidget*>{
             m_resetAll, m_resetNo, m_resetYes, m_keys, m_bind, m_add, m_remove, m_reset}) {
        setTabOrder(before, next);
        before = next;
    }

    connect(m_query, &QLineEdit::textChanged, this, &ShortcutsPage::narrow);
    connect(m_byKeys, &QToolButton::toggled, this, &ShortcutsPage::listenForKeys);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &ShortcutsPage::showCurrent);
    connect(m_list, &QTreeView::activated, m_keys, [this] { m_keys->setFocus(); });
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutsPage::showWhatKeysMean);
    connect(m_bind, &QPushButton::clicked, this, [this] { bindCurrent(false); });
    connect(m_add, &QPushButton::clicked, this, [this] { bindCurrent(true); });
    connect(m_remove, &QPushButton::clicked, this, [this] { m_bindings.clear(*current()); });
    connect(m_reset, &QPushButton::clicked, this, [this] { m_bindings.reset(*current()); });
    connect(m_resetAll, &QPushButton::clicked, this, [this] { askToResetAll(true); });
    connect(m_resetNo, &QPushButton::clicked, this, [this] { askToResetAll(false); });
    connect(m_resetYes, &QPushButton::clicked, this, [this] {
        m_bindings.resetAll();
        askToResetAll(false);
    });
    connect(&bindings, &ShortcutBindings::changed, this, &ShortcutsPage::showWhatKeysMean);
    listenForKeys(false);
    askToResetAll(false);
    narrow();
}

void ShortcutsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_list->doItemsLayout(); // the height of its rows was asked for before there was a style
}

void ShortcutsPage::narrow()
{
    if (!m_byKeys->isChecked()) {
        m_model->showNamed(m_query->text());
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
    showCurrent();
}

void ShortcutsPage::listenForKeys(bool on)
{
    const QString words = on ? tr("Press the keys you look for") : tr("Search commands");
    m_query->clear();
    m_query->setReadOnly(on);
    m_query->setPlaceholderText(words);
    m_query->setAccessibleName(words);
    m_query->setFocus();
    narrow();
}

bool ShortcutsPage::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey =
        event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_query || !isKey) {
        return QWidget::eventFilter(watched, event);
    }
    auto* key = static_cast<QKeyEvent*>(event);
    if (!m_byKeys->isChecked()) {
        if (event->type() == QEvent::KeyPress && key->key() == Qt::Key_Down) {
            m_list->setFocus();
            return true;
        }
        return QWidget::eventFilter(watched, event);
    }
    const bool moves = key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab;
    const bool plain = key->modifiers() == Qt::NoModifier;
    if (moves || (plain && key->key() == Qt::Key_Escape)) {
        return QWidget::eventFilter(watched, event); // out of here, with the keyboard alone
    }
    event->accept();
    if (event->type() == QEvent::KeyPress && !isModifier(key->key())) {
        const QKeySequence keys(key->keyCombination());
        m_query->setText(keys.toString(QKeySequence::NativeText));
        m_model->showBoundTo(keys);
        m_list->setCurrentIndex(m_model->index(0, 0));
        showCurrent();
    }
    return true;
}

QAction* ShortcutsPage::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? m_model->action(index.row()) : nullptr;
}

void ShortcutsPage::showCurrent()
{
    const QAction* action = current();
    m_name->setText(action != nullptr ? plainText(action->text()) : tr("No command matches"));
    m_keys->clear();
    m_keys->setEnabled(action != nullptr);
    showWhatKeysMean();
}

void ShortcutsPage::showWhatKeysMean()
{
    const QAction* action = current();
    const QKeySequence keys = m_keys->keySequence();
    const QString objection = keys.isEmpty() ? QString() : m_bindings.objectionTo(keys);
    const bool usable = action != nullptr && !keys.isEmpty() && objection.isEmpty();
    const QList<QAction*> others =
        usable ? m_bindings.othersWith(keys, *action) : QList<QAction*>();
    m_bind->setEnabled(usable);
    m_bind->setText(others.isEmpty() ? tr("Assign") : tr("Take Over"));
    m_add->setEnabled(usable && !action->shortcuts().isEmpty());
    m_remove->setEnabled(action != nullptr && !action->shortcuts().isEmpty());
    m_reset->setEnabled(action != nullptr && !m_bindings.isDefault(*action));
    QString words;
    if (!objection.isEmpty()) {
        words = objection;
    } else if (!others.isEmpty()) {
        QStringList names;
        for (const QAction* other : others) {
            names.append(tr("“%1”").arg(plainText(other->text())));
        }
        words = tr("%1 is used by %2. Taking it over leaves that without it.")
                    .arg(keys.toString(QKeySequence::NativeText),
                        names.join(tr(", ", "between names of commands")));
    } else if (usable) {
        words = tr("%1 is free.").arg(keys.toString(QKeySequence::NativeText));
    } else if (action != nullptr) {
        words = tr("Click into the field and press the new keys, up to two strokes.");
    }
    setRole(*m_words,
        objection.isEmpty() && others.isEmpty() ? QStringLiteral("hint") : QStringLiteral("error"));
    m_words->setText(words);
}

void ShortcutsPage::bindCurrent(bool besides)
{
    QAction& action = *current();
    const QKeySequence keys = m_keys->keySequence();
    m_keys->clear();
    besides ? m_bindings.add(action, keys) : m_bindings.bind(action, keys);
    m_list->setFocus();
}

void ShortcutsPage::askToResetAll(bool ask)
{
    m_resetAll->setVisible(!ask);
    m_resetYes->setVisible(ask);
    m_resetNo->setVisible(ask);
    if (ask) {
        m_name->setText(tr("All shortcuts back to the defaults?"));
        m_resetNo->setFocus();
    } else {
        showCurrent();
    }
}

} // namespace tutti::ui
