// SPDX-License-Identifier: MIT
//
// keychain_check store|find|forget|missing ROOM [TOKEN]: one step of tests/interop/keychain/run,
// each in a process of its own, as the program's runs are. Prints what happened; the exit status
// says whether that is what was asked for.
#include "app/keychain.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

using tutti::app::Keychain;

namespace {

constexpr std::chrono::seconds kPatience{20};

void end(bool right, const QString& words)
{
    std::printf("%s\n", qPrintable(words));
    QCoreApplication::exit(right ? 0 : 1);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString step = arguments.value(1);
    const QString room = arguments.value(2);
    const QString token = arguments.value(3);
    Keychain keychain;
    const auto read = [&](const QString& wanted) {
        keychain.read(room, &application, [wanted](const QString& found) {
            end(found == wanted,
                found.isEmpty() ? QStringLiteral("nothing is kept") : QStringLiteral("found"));
        });
    };
    QTimer::singleShot(kPatience, &application,
        [] { end(false, QStringLiteral("the keychain does not answer")); });
    QTimer::singleShot(0, &application, [&] {
        if (step == QStringLiteral("store")) {
            keychain.write(room, token, &application, [](const std::expected<void, QString>& done) {
                end(done.has_value(), done ? QStringLiteral("kept") : done.error());
            });
        } else if (step == QStringLiteral("find")) {
            read(token);
        } else if (step == QStringLiteral("missing")) {
            read(QString());
        } else if (step == QStringLiteral("forget")) {
            keychain.forget(room);
            read(QString()); // asked after it, answered after it
        } else {
            end(false, QStringLiteral("usage: keychain_check store|find|forget|missing ROOM"));
        }
    });
    return QCoreApplication::exec();
}
