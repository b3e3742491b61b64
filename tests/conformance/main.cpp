// SPDX-License-Identifier: MIT
//
// tutti-conformance FILE…: runs conformance vectors against the core.
#include "tests/conformance/values.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTextStream>

namespace {

using namespace tutti::conformance;

using Runner = void (*)(const Run&);

Runner runnerFor(const QString& kind)
{
    if (kind == QLatin1String("lib0")) {
        return runLib0;
    }
    if (kind == QLatin1String("documents") || kind == QLatin1String("fuzz")
        || kind == QLatin1String("undo")) {
        return runDocuments;
    }
    if (kind == QLatin1String("events")) {
        return runEvents;
    }
    if (kind == QLatin1String("malformed")) {
        return runMalformed;
    }
    if (kind == QLatin1String("updates")) {
        return runUpdates;
    }
    if (kind == QLatin1String("sync")) {
        return runSync;
    }
    if (kind == QLatin1String("awareness")) {
        return runAwareness;
    }
    if (kind == QLatin1String("compat")) {
        return runCompat;
    }
    if (kind == QLatin1String("relpos")) {
        return runRelativePositions;
    }
    if (kind == QLatin1String("snapshots")) {
        return runSnapshots;
    }
    return nullptr;
}

/// Every case of a file there is no runner for counts as failed.
void runUnknown(const Run& run)
{
    const auto* lists = run.content.any()->objectIf();
    for (const auto& [name, list] : *lists) {
        const JsonArray cases = Json(&list).toArray();
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const QString id = cases[i][QStringLiteral("id")].toString(
                QStringLiteral("%1-%2").arg(QString::fromStdString(name)).arg(i));
            run.report.add(run.file, id, QStringLiteral("this kind of case cannot be run yet"));
        }
    }
}

bool runFile(const QString& path, const Selection& selection, Report& report)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        QTextStream(stderr) << "cannot read " << path << ": " << file.errorString() << "\n";
        return false;
    }
    const auto document = tutti::crdt::Any::fromJson(file.readAll().toStdString());
    if (!document || !document->isObject()) {
        QTextStream(stderr) << path << " is not a file of vectors: "
                            << (document ? "no object" : document.error().message.c_str()) << "\n";
        return false;
    }
    const Run run{QFileInfo(path).baseName(), Json(&*document), selection, report};
    const Runner runner = runnerFor(run.content[QStringLiteral("kind")].toString());
    (runner == nullptr ? runUnknown : runner)(run);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Runs conformance vectors. A line per failing case; the last line counts."));
    parser.addHelpOption();
    parser.addPositionalArgument(
        QStringLiteral("FILE"), QStringLiteral("a file of vectors (JSON)"));
    const QCommandLineOption only(QStringLiteral("only"),
        QStringLiteral("Run only these categories (comma-separated)."), QStringLiteral("LIST"));
    const QCommandLineOption skip(QStringLiteral("skip"),
        QStringLiteral("Leave these categories out."), QStringLiteral("LIST"));
    const QCommandLineOption verbose(
        QStringLiteral("verbose"), QStringLiteral("Do not shorten the reasons."));
    parser.addOptions({only, skip, verbose});
    parser.process(application);
    if (parser.positionalArguments().isEmpty()) {
        QTextStream(stderr) << "name at least one file of vectors\n";
        return 2;
    }
    const auto list = [&parser](const QCommandLineOption& option) {
        return parser.value(option).split(QLatin1Char(','), Qt::SkipEmptyParts);
    };
    const Selection selection{list(only), list(skip)};
    Report report(parser.isSet(verbose));
    bool readable = true;
    for (const QString& path : parser.positionalArguments()) {
        readable = runFile(path, selection, report) && readable;
    }
    for (const auto& [reason, count] : report.notes().asKeyValueRange()) {
        QTextStream(stdout) << "level B of " << count << " cases ends early: " << reason << "\n";
    }
    QTextStream(stdout) << report.passed() << " passed, " << report.failed() << " failed\n";
    return readable && report.failed() == 0 ? 0 : 1;
}
