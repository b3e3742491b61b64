// SPDX-License-Identifier: MIT
#include "ui/shell/setting_row.h"

#include "ui/shell/icons.h"
#include "ui/shell/setting_values.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>

namespace tutti::ui {

namespace {

constexpr int kControlWidth = 208;
constexpr int kControlHeight = 32;

/// A wheel that scrolls the page must not change the settings it passes.
class CalmComboBox : public QComboBox
{
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

class CalmSpinBox : public QSpinBox
{
public:
    using QSpinBox::QSpinBox;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

QStringList fixedFonts()
{
    QStringList families;
    const QStringList all = QFontDatabase::families();
    for (const QString& family : all) {
        if (QFontDatabase::isFixedPitch(family) && !QFontDatabase::isPrivateFamily(family)) {
            families.append(family);
        }
    }
    return families;
}

} // namespace

SettingRow::SettingRow(const SettingSpec& spec, QWidget* control, QWidget* parent)
    : QWidget(parent)
    , m_spec(spec)
    , m_id(QString::fromLatin1(spec.id))
    , m_control(control != nullptr ? control : makeControl())
    , m_reset(new QToolButton(this))
{
    auto* title = new QLabel(spec.title(), this);
    title->setBuddy(m_control);
    title->setWordWrap(true); // in a narrow window
    auto* help = new QLabel(spec.help(), this);
    help->setProperty("role", QStringLiteral("hint"));
    help->setWordWrap(true);
    help->setVisible(!spec.help().isEmpty());
    m_control->setObjectName(m_id);
    m_control->setAccessibleName(spec.title());
    m_control->setAccessibleDescription(spec.help());
    m_reset->setObjectName(m_id + QStringLiteral("/reset"));
    m_reset->setIcon(icon(QStringLiteral("undo")));
    m_reset->setToolTip(tr("Back to the default"));
    m_reset->setAccessibleName(tr("%1: back to the default").arg(spec.title()));
    QSizePolicy keepsItsPlace = m_reset->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keepsItsPlace);

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 8, 0, 8);
    layout->setHorizontalSpacing(16);
    layout->setVerticalSpacing(2);
    layout->setColumnStretch(0, 1);
    layout->addWidget(title, 0, 0, spec.help().isEmpty() ? Qt::AlignVCenter : Qt::AlignBottom);
    layout->addWidget(help, 1, 0, Qt::AlignTop);
    if (spec.kind == SettingSpec::Kind::Identity) {
        layout->addWidget(m_control, 2, 0, 1, 3);
        m_reset->hide();
        return;
    }
    const bool narrow = spec.kind == SettingSpec::Kind::Switch;
    m_control->setFixedWidth(narrow ? m_control->sizeHint().width() : kControlWidth);
    if (!narrow) {
        m_control->setFixedHeight(kControlHeight);
    }
    const int rows = spec.help().isEmpty() ? 1 : 2;
    layout->addWidget(m_control, 0, 1, rows, 1, Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(m_reset, 0, 2, rows, 1, Qt::AlignVCenter);

    auto& values = SettingValues::instance();
    show(values.value(m_id));
    connectControl();
    connect(
        &values, &SettingValues::changed, this, [this](const QString& id, const QVariant& value) {
            if (id == m_id) {
                show(value);
            }
        });
    connect(m_reset, &QToolButton::clicked, this, [this] {
        m_control->setFocus();
        SettingValues::instance().reset(m_id);
    });
}

QWidget* SettingRow::makeControl()
{
    switch (m_spec.kind) {
    case SettingSpec::Kind::Switch:
        return new QCheckBox(this);
    case SettingSpec::Kind::Number: {
        auto* box = new CalmSpinBox(this);
        box->setRange(m_spec.minimum, m_spec.maximum);
        return box;
    }
    case SettingSpec::Kind::Choice: {
        auto* box = new CalmComboBox(this);
        const auto options = m_spec.choices();
        for (const SettingSpec::Option& option : options) {
            box->addItem(option.title, option.id);
        }
        return box;
    }
    case SettingSpec::Kind::FixedFont: {
        auto* box = new CalmComboBox(this);
        box->addItem(tr("Default"), QString());
        const QStringList families = fixedFonts();
        for (const QString& family : families) {
            box->addItem(family, family);
            box->setItemData(box->count() - 1, QFont(family), Qt::FontRole);
        }
        return box;
    }
    case SettingSpec::Kind::Identity:
        break;
    }
    return new QWidget(this);
}

void SettingRow::connectControl()
{
    auto& values = SettingValues::instance();
    if (auto* check = qobject_cast<QCheckBox*>(m_control)) {
        connect(
            check, &QCheckBox::toggled, this, [this, &values](bool on) { values.set(m_id, on); });
    } else if (auto* number = qobject_cast<QSpinBox*>(m_control)) {
        connect(number, &QSpinBox::valueChanged, this,
            [this, &values](int value) { values.set(m_id, value); });
    } else if (auto* choice = qobject_cast<QComboBox*>(m_control)) {
        connect(choice, &QComboBox::currentIndexChanged, this,
            [this, &values, choice] { values.set(m_id, choice->currentData()); });
    }
}

void SettingRow::show(const QVariant& value)
{
    const QSignalBlocker quiet(m_control);
    if (auto* check = qobject_cast<QCheckBox*>(m_control)) {
        check->setChecked(value.toBool());
    } else if (auto* number = qobject_cast<QSpinBox*>(m_control)) {
        number->setValue(value.toInt());
    } else if (auto* choice = qobject_cast<QComboBox*>(m_control)) {
        choice->setCurrentIndex(std::max(0, choice->findData(value)));
    }
    m_reset->setVisible(!SettingValues::instance().isDefault(m_id));
}

bool SettingRow::isMeantBy(const QStringList& words) const
{
    const QString text =
        sectionTitle(m_spec.section) + QChar(u' ') + m_spec.title() + QChar(u' ') + m_spec.help();
    return std::ranges::all_of(
        words, [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace tutti::ui
