// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

/// tuttictl as its users run it.
namespace tutti::net::test {

/// How a run of tuttictl ended.
struct Outcome
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs tuttictl to its end, our own event loop going on meanwhile.
inline Outcome run(const QStringList& arguments, const QByteArray& input = {})
{
    QProcess process;
    process.start(QStringLiteral(TUTTICTL), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000)) {
        process.kill();
        process.waitForFinished();
        return {-2, process.readAllStandardOutput(), process.readAllStandardError()};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -3,
        process.readAllStandardOutput(), process.readAllStandardError()};
}

/// A file with that content, always the same one of the folder; its path.
inline QString fileIn(const QTemporaryDir& folder, const QByteArray& content)
{
    QFile out(folder.filePath(QStringLiteral("file")));
    if (!out.open(QIODevice::WriteOnly)) {
        qFatal("cannot write");
    }
    out.write(content);
    return out.fileName();
}

/// What tuttictl says when something is wrong.
inline bool isOnePlainLine(const QByteArray& text)
{
    return text.startsWith("tuttictl: ") && text.endsWith('\n') && text.count('\n') == 1;
}

} // namespace tutti::net::test
