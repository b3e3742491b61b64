// SPDX-License-Identifier: MIT
#include "net/access_token.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <memory>
#include <utility>

namespace tutti::net {

namespace {

constexpr std::chrono::seconds kCommandTimeout{60};

class Words
{
    Q_DECLARE_TR_FUNCTIONS(tutti::net::Token)
};

} // namespace

TokenSource fixedToken(const QString& token)
{
    return [token](QObject*, const std::function<void(const Token&)>& callBack) {
        callBack(Token(token));
    };
}

TokenSource tokenFromCommand(const QString& command)
{
    return [command](QObject* context, std::function<void(const Token&)> callBack) {
        auto* process = new QProcess(context);
        auto* limit = new QTimer(process);
        // Several signals may end it; the first one answers.
        const auto answer = [process, waiting = std::make_shared<bool>(true),
                                callBack = std::move(callBack)](const Token& token) {
            if (std::exchange(*waiting, false)) {
                process->kill();
                process->deleteLater();
                callBack(token);
            }
        };
        QObject::connect(
            process, &QProcess::errorOccurred, process, [answer](QProcess::ProcessError error) {
                if (error == QProcess::FailedToStart) {
                    answer(std::unexpected(
                        Words::tr("The command for the access token cannot be run")));
                }
            });
        QObject::connect(process, &QProcess::finished, process,
            [process, answer](int status, QProcess::ExitStatus how) {
                QString token = QString::fromUtf8(process->readAllStandardOutput());
                while (token.endsWith(u'\n') || token.endsWith(u'\r')) {
                    token.chop(1);
                }
                if (how != QProcess::NormalExit || status != 0) {
                    answer(std::unexpected(
                        Words::tr("The command for the access token failed with status %1")
                            .arg(status)));
                } else if (token.isEmpty()) {
                    answer(std::unexpected(
                        Words::tr("The command for the access token printed nothing")));
                } else {
                    answer(Token(token));
                }
            });
        QObject::connect(limit, &QTimer::timeout, process, [answer] {
            answer(std::unexpected(Words::tr("The command for the access token takes too long")));
        });
        // What it complains about is for the person at the terminal.
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->setStandardInputFile(QProcess::nullDevice());
        limit->setSingleShot(true);
        limit->start(kCommandTimeout);
        process->start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command});
    };
}

TokenSource tokenFromOptions(
    const std::optional<QString>& token, const std::optional<QString>& command)
{
    if (command) {
        return tokenFromCommand(*command);
    }
    if (token) {
        return fixedToken(*token);
    }
    const QString inherited = qEnvironmentVariable("TUTTI_AUTH_TOKEN");
    return inherited.isEmpty() ? TokenSource() : fixedToken(inherited);
}

} // namespace tutti::net
