// SPDX-License-Identifier: MIT
#include "app/arguments.h"
#include "app/desktop.h"
#include "app/instance.h"
#include "net/connector.h"
#include "ui/shell/file_io.h"
#include "ui/shell/languages.h"
#include "ui/shell/main_window.h"
#include "ui/shell/settings.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QNetworkProxyFactory>
#include <QSslCertificate>

#include <cstdio>
#include <expected>
#include <memory>
#include <optional>

namespace {

std::expected<QString, QString> readStandardInput()
{
    QFile input;
    if (!input.open(stdin, QFile::ReadOnly)) {
        return std::unexpected(input.errorString());
    }
    const QByteArray bytes = input.readAll();
    if (bytes.size() > tutti::ui::kMaxFileSize) {
        return std::unexpected(QStringLiteral("standard input is too large"));
    }
    const auto text = tutti::ui::decodeText(bytes);
    if (!text) {
        return std::unexpected(QStringLiteral("standard input is not text"));
    }
    return text->text;
}

} // namespace

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

    // Where the settings are; one of them has to be known before there is an application.
    QApplication::setApplicationName(QStringLiteral("tutti"));
    QApplication::setOrganizationName(QStringLiteral("tutti"));
    tutti::ui::chooseLanguage(tutti::ui::Settings::language());

    QApplication application(argc, argv);
    tutti::ui::installLanguage(application);
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    QApplication::setApplicationDisplayName(QStringLiteral("Tutti"));
    QApplication::setApplicationVersion(QStringLiteral(TUTTI_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("tutti"));

    std::optional<QString> input;
    if (arguments->standardInput) {
        if (auto read = readStandardInput()) {
            input = *std::move(read);
        } else {
            std::fprintf(stderr, "tutti: %s\n", qPrintable(read.error()));
            return 1;
        }
    }

    // The one that runs does it, if there is one. Who waits and is the first has a window of its
    // own, and leaves being the first to the next.
    auto instance = arguments->newWindow ? nullptr : std::make_unique<tutti::app::Instance>();
    if (instance && !instance->isFirst() && !arguments->needOwnProgram()) {
        auto request = tutti::app::Request::from(*arguments);
        request.text = input;
        request.activation = qgetenv("XDG_ACTIVATION_TOKEN");
        instance->ask(std::move(request));
        return QApplication::exec();
    }
    if (instance && (!instance->isFirst() || arguments->wait)) {
        instance.reset();
    }
    auto own = *arguments;
    own.newWindow = !instance;

    tutti::app::Desktop desktop(application, own, input);
    if (instance) {
        QObject::connect(instance.get(), &tutti::app::Instance::asked, &application,
            [&desktop](const tutti::app::Request& request) { desktop.handle(request); });
    }
    if (!desktop.start() && arguments->files.isEmpty()) {
        return 1;
    }
    return QApplication::exec();
}
