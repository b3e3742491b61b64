// SPDX-License-Identifier: MIT
#include "app/keychain.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <qt6keychain/keychain.h>

#include <utility>

namespace tutti::app {

namespace {

/// Many systems have no keychain that runs; who looks for the reason turns debugging on.
Q_LOGGING_CATEGORY(keychainLog, "tutti.app.keychain", QtWarningMsg)

/// Under which its entries are listed for the person.
const auto kService = QStringLiteral("Tutti");

/// Jobs delete themselves when they are done; until then nobody owns them.
template <typename Job>
Job* makeJob(const QString& room)
{
    auto* job = new Job(kService);
    job->setKey(room);
    job->setInsecureFallback(false);
    return job;
}

} // namespace

void Keychain::read(
    const QString& room, QObject* context, std::function<void(const QString& token)> callBack)
{
    auto* job = makeJob<QKeychain::ReadPasswordJob>(room);
    QObject::connect(job, &QKeychain::Job::finished, context,
        [job, callBack = std::move(callBack)](QKeychain::Job*) {
            if (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound) {
                qCDebug(keychainLog).noquote() << "cannot be read:" << job->errorString();
            }
            callBack(job->error() == QKeychain::NoError ? job->textData() : QString());
        });
    job->start();
}

void Keychain::write(const QString& room, const QString& token, QObject* context,
    std::function<void(const std::expected<void, QString>&)> callBack)
{
    auto* job = makeJob<QKeychain::WritePasswordJob>(room);
    job->setTextData(token);
    QObject::connect(job, &QKeychain::Job::finished, context,
        [callBack = std::move(callBack)](QKeychain::Job* done) {
            if (done->error() == QKeychain::NoError) {
                callBack({});
            } else {
                callBack(std::unexpected(QCoreApplication::translate("tutti::app::Keychain",
                    "The access token could not be kept in the keychain: %1")
                        .arg(done->errorString())));
            }
        });
    job->start();
}

void Keychain::forget(const QString& room) { makeJob<QKeychain::DeletePasswordJob>(room)->start(); }

} // namespace tutti::app
