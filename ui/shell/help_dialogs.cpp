// SPDX-License-Identifier: MIT
#include "ui/shell/help_dialogs.h"

#include "ui/shell/icons.h"
#include "ui/shell/wrapped_label.h"

#include <QCoreApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace tutti::ui {

namespace {

class Help
{
    Q_DECLARE_TR_FUNCTIONS(tutti::ui::Help)
};

QDialog* dialog(const QString& title, const char* name, QWidget* parent)
{
    auto* result = new QDialog(parent);
    result->setObjectName(QLatin1StringView(name));
    result->setAttribute(Qt::WA_DeleteOnClose);
    result->setWindowTitle(title);
    auto* layout = new QVBoxLayout(result);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(16);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    return result;
}

void addClose(QDialog& to)
{
    auto* row = new QHBoxLayout;
    auto* close = new QPushButton(Help::tr("Close"), &to);
    close->setDefault(true);
    row->addStretch(1);
    row->addWidget(close);
    static_cast<QVBoxLayout*>(to.layout())->addLayout(row);
    QObject::connect(close, &QPushButton::clicked, &to, &QDialog::accept);
}

} // namespace

void showAbout(QWidget* parent)
{
    QDialog* window = dialog(Help::tr("About Tutti"), "aboutDialog", parent);
    auto* logo = new QLabel(window);
    logo->setPixmap(applicationIcon().pixmap(QSize(64, 64), window->devicePixelRatioF()));
    auto* name =
        new QLabel(QStringLiteral("Tutti %1").arg(QCoreApplication::applicationVersion()), window);
    name->setProperty("role", QStringLiteral("title"));
    auto* words = new WrappedLabel(window);
    words->setFixedWidth(416);
    words->setText(Help::tr(
        "An editor in which several people write in the same file at once.\n"
        "It speaks Yjs, so browsers can join too. No account, no service.\n\n"
        "Free software under the MIT licence. Built with Qt and KDE Syntax Highlighting."));
    auto* text = new QVBoxLayout;
    text->setSpacing(8);
    text->addWidget(name);
    text->addWidget(words);
    auto* row = new QHBoxLayout;
    row->setSpacing(24);
    row->addWidget(logo, 0, Qt::AlignTop);
    row->addLayout(text);
    static_cast<QVBoxLayout*>(window->layout())->addLayout(row);
    addClose(*window);
    window->open();
}

} // namespace tutti::ui
