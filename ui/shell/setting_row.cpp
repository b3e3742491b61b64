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
constexpr int kWidestControl = 320;
constexpr int kRoomForWords = 200; ///< beside the control; it goes below before they get less
constexpr int kGap = 16;
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
    , m_layout(new QGridLayout(this))
    , m_title(new QLabel(spec.title(), this))
    , m_help(new QLabel(spec.help(), this))
    , m_control(control != nullptr ? control : makeControl())
    , m_reset(new QToolButton(this))
{
    m_title->setBuddy(m_control);
    m_title->setWordWrap(true); // in a narrow window
    m_help->setProperty("role", QStringLiteral("hint"));
    m_help->setWordWrap(true);
    m_help->setVisible(!spec.help().isEmpty());
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

    m_layout->setContentsMargins(0, 8, 0, 8);
    m_layout->setHorizontalSpacing(kGap);
    m_layout->setVerticalSpacing(2);
    m_layout->setColumnStretch(0, 1);
    m_layout->addWidget(m_title, 0, 0, spec.help().isEmpty() ? Qt::AlignVCenter : Qt::AlignBottom);
    m_layout->addWidget(m_help, 1, 0, Qt::AlignTop);
    if (spec.kind == SettingSpec::Kind::Identity) {
        m_layout->addWidget(m_control, 2, 0, 1, 3);
        m_reset->hide();
        return;
    }
    const bool narrow = spec.kind == SettingSpec::Kind::Switch;
    m_control->setFixedWidth(narrow ? m_control->sizeHint().width() : controlWidth());
    if (!narrow) {
        m_control->setFixedHeight(kControlHeight);
    }
    arrange();

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

int SettingRow::controlWidth() const
{
    // choices are words, which are longer in some languages; fonts have names
    return m_spec.kind == SettingSpec::Kind::Choice
        ? std::clamp(m_control->sizeHint().width(), kControlWidth, kWidestControl)
        : kControlWidth;
}

void SettingRow::arrange()
{
    if (m_spec.kind == SettingSpec::Kind::Identity) {
        return;
    }
    const int beside = m_control->width() + m_reset->sizeHint().width() + 2 * kGap;
    const bool below = m_spec.kind != SettingSpec::Kind::Switch && width() - beside < kRoomForWords;
    if (below == m_below) { // a layout that changes asks for this again
        return;
    }
    m_below = below;
    m_layout->removeWidget(m_control);
    m_layout->removeWidget(m_reset);
    if (below) {
        m_layout->addWidget(m_control, 2, 0, Qt::AlignLeading);
        m_layout->addWidget(m_reset, 2, 2, Qt::AlignVCenter);
    } else {
        const int rows = m_help->isHidden() ? 1 : 2;
        m_layout->addWidget(m_control, 0, 1, rows, 1, Qt::AlignTrailing | Qt::AlignVCenter);
        m_layout->addWidget(m_reset, 0, 2, rows, 1, Qt::AlignVCenter);
    }
}

QSize SettingRow::minimumSizeHint() const
{
    const QSize hint = QWidget::minimumSizeHint();
    // as with the control below, wherever it is now
    return m_below.has_value()
        ? QSize(m_control->width() + kGap + m_reset->sizeHint().width(), hint.height())
        : hint;
}

void SettingRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
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
