// SPDX-License-Identifier: MIT
#include "ui/shell/settings_page.h"

#include "ui/shell/identity_editor.h"
#include "ui/shell/setting_row.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace tutti::ui {

SettingsPage::SettingsPage(QWidget* parent)
    : QWidget(parent)
    , m_query(new QLineEdit(this))
    , m_scroll(new QScrollArea(this))
    , m_nothing(new QLabel(tr("No setting matches"), this))
{
    m_query->setObjectName(QStringLiteral("settingsQuery"));
    m_query->setPlaceholderText(tr("Search settings"));
    m_query->setAccessibleName(tr("Search settings"));
    m_query->setClearButtonEnabled(true);
    m_nothing->setProperty("role", QStringLiteral("hint"));
    m_nothing->hide();

    auto* body = new QWidget(m_scroll);
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins(24, 0, 16, 16);
    rows->setSpacing(0);
    QLabel* heading = nullptr;
    const SettingSpec* before = nullptr;
    for (const SettingSpec& spec : settingSpecs()) {
        if (before == nullptr || before->section != spec.section) {
            heading = new QLabel(sectionTitle(spec.section), body);
            heading->setProperty("role", QStringLiteral("title"));
            heading->setContentsMargins(0, 16, 0, 4);
            m_headings.append(heading);
            rows->addWidget(heading);
        }
        before = &spec;
        QWidget* control = nullptr;
        if (spec.kind == SettingSpec::Kind::Identity) {
            m_identity = new IdentityEditor(body);
            connect(m_identity, &IdentityEditor::edited, this, &SettingsPage::identityEdited);
            control = m_identity;
        }
        auto* row = new SettingRow(spec, control, body);
        rows->addWidget(row);
        m_sections[heading].append(row);
    }
    rows->addStretch(1);
    m_scroll->setObjectName(QStringLiteral("settingsScroll"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(body);

    auto* top = new QVBoxLayout;
    top->setContentsMargins(24, 16, 24, 0);
    top->addWidget(m_query);
    top->addWidget(m_nothing);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_scroll, 1);
    connect(m_query, &QLineEdit::textChanged, this, &SettingsPage::narrow);
}

void SettingsPage::setIdentity(const Identity& identity)
{
    if (m_identity != nullptr) {
        m_identity->setIdentity(identity);
    }
}

void SettingsPage::narrow(const QString& typed)
{
    const QStringList words = typed.split(QChar(u' '), Qt::SkipEmptyParts);
    bool any = false;
    for (QLabel* heading : std::as_const(m_headings)) {
        bool anyHere = false;
        for (SettingRow* row : std::as_const(m_sections[heading])) {
            const bool meant = row->isMeantBy(words);
            row->setVisible(meant);
            anyHere = anyHere || meant;
        }
        heading->setVisible(anyHere);
        any = any || anyHere;
    }
    m_nothing->setVisible(!any);
}

} // namespace tutti::ui
