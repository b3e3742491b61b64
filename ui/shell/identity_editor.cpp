// SPDX-License-Identifier: MIT
#include "ui/shell/identity_editor.h"

#include "ui/presence/presence_colors.h"
#include "ui/shell/theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

namespace tutti::ui {

namespace {

/// A round sample of a colour; the chosen one has a ring.
class Swatch : public QAbstractButton
{
public:
    Swatch(int hue, const QString& name, QWidget* parent)
        : QAbstractButton(parent)
        , m_hue(hue)
    {
        setCheckable(true);
        setAccessibleName(name);
        setToolTip(name);
        setFocusPolicy(Qt::ClickFocus);
        setCursor(Qt::PointingHandCursor);
    }

    [[nodiscard]] QSize sizeHint() const override { return {28, 28}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const ThemeColors& colors = ThemeColors::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF area = QRectF(rect()).marginsRemoved({2, 2, 2, 2});
        if (isChecked() || hasFocus()) {
            painter.setPen(QPen(isChecked() ? colors.text : colors.muted, 2));
            painter.drawEllipse(area.marginsRemoved({1, 1, 1, 1}));
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(hueColor(m_hue, colors.dark));
        painter.drawEllipse(area.marginsRemoved({4, 4, 4, 4}));
    }

private:
    int m_hue;
};

QString hueName(int hue)
{
    const QString names[]{IdentityEditor::tr("Red"), IdentityEditor::tr("Brown"),
        IdentityEditor::tr("Olive"), IdentityEditor::tr("Green"), IdentityEditor::tr("Teal"),
        IdentityEditor::tr("Petrol"), IdentityEditor::tr("Blue"), IdentityEditor::tr("Violet"),
        IdentityEditor::tr("Magenta"), IdentityEditor::tr("Plum")};
    static_assert(std::size(names) == kHueCount);
    return names[hue];
}

} // namespace

IdentityEditor::IdentityEditor(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_colors(new QButtonGroup(this))
{
    m_name->setObjectName(QStringLiteral("identityName"));
    m_name->setAccessibleName(tr("Your name"));
    m_name->setPlaceholderText(tr("Your name"));
    m_name->setMaxLength(64);

    auto* swatches = new QHBoxLayout;
    swatches->setSpacing(4);
    for (int hue = 0; hue < kHueCount; ++hue) {
        auto* swatch = new Swatch(hue, hueName(hue), this);
        swatch->setObjectName(QStringLiteral("identityColor%1").arg(hue));
        m_colors->addButton(swatch, hue);
        swatches->addWidget(swatch);
    }
    swatches->addStretch(1);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_name);
    layout->addLayout(swatches);

    connect(m_name, &QLineEdit::textChanged, this, &IdentityEditor::nameTyped);
    connect(m_name, &QLineEdit::editingFinished, this, &IdentityEditor::announce);
    // Tab goes to the chosen one, arrows go from one to the next.
    connect(m_colors, &QButtonGroup::idToggled, this, [this](int hue, bool on) {
        m_colors->button(hue)->setFocusPolicy(on ? Qt::StrongFocus : Qt::ClickFocus);
    });
    connect(m_colors, &QButtonGroup::idClicked, this, [this](int) {
        m_ownColor.clear();
        announce();
    });
}

void IdentityEditor::setIdentity(const Identity& identity)
{
    const QSignalBlocker blocker(m_name);
    m_name->setText(identity.name);
    const QColor color(identity.color);
    const int hue = nearestHue(color);
    m_ownColor = hueColor(hue) == color ? QString() : identity.color;
    m_colors->button(hue)->setChecked(true);
}

Identity IdentityEditor::identity() const
{
    const int hue = qMax(0, m_colors->checkedId());
    return {m_name->text().trimmed(), m_ownColor.isEmpty() ? hueColor(hue).name() : m_ownColor};
}

void IdentityEditor::announce()
{
    if (const Identity now = identity(); !now.name.isEmpty()) {
        Q_EMIT edited(now);
    }
}

} // namespace tutti::ui
