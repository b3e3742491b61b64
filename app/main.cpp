// SPDX-License-Identifier: MIT
#include "app/arguments.h"
#include "app/desktop.h"
#include "net/connector.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QFileInfo>
#include <QNetworkProxyFactory>
#include <QSslCertificate>

#include <cstdio>

int main(int argc, char* argv[])
{
    // Read before there is an application: --help and mistakes need no display.
    QStringList words;
    for (int i = 1; i < argc; ++i) {
        words.append(QString::fromLocal8Bit(argv[i]));
    }
    const auto arguments = tutti::app::parseArguments(
        words, [](const QString& path) { return QFileInfo::exists(path); });
    if (!arguments) {
        std::fprintf(stderr, "tutti: %s\n", qPrintable(arguments.error()));
        return 2;
    }
    if (arguments->help) {
        std::fputs(qPrintable(tutti::app::helpText()), stdout);
        return 0;
    }
    if (arguments->version) {
        std::fputs("tutti " TUTTI_VERSION "\n", stdout);
        return 0;
    }

    if (arguments->authorityFile) {
        if (const auto read = tutti::net::readAuthorities(*arguments->authorityFile); !read) {
            std::fprintf(stderr, "tutti: %s\n", qPrintable(read.error()));
            return 2;
        }
    }

    QApplication application(argc, argv);
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    QApplication::setApplicationName(QStringLiteral("tutti"));
    QApplication::setApplicationDisplayName(QStringLiteral("Tutti"));
    QApplication::setApplicationVersion(QStringLiteral(TUTTI_VERSION));
    QApplication::setOrganizationName(QStringLiteral("tutti"));
    QGuiApplication::setDesktopFileName(QStringLiteral("tutti"));

    tutti::app::Desktop desktop(application, *arguments);
    if (!desktop.start() && arguments->files.isEmpty()) {
        return 1;
    }
    return QApplication::exec();
}
