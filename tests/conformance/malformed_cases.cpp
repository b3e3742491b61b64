// SPDX-License-Identifier: MIT
#include "crdt/doc.h"
#include "tests/conformance/values.h"

namespace tutti::conformance {

namespace {

Failure check(const Json& test)
{
    const bool isV2 = test[QStringLiteral("v")].toInt() == 2;
    const auto applyTo = [isV2](crdt::Doc& doc, const crdt::Bytes& update) {
        return isV2 ? doc.applyUpdateV2(update) : doc.applyUpdate(update);
    };
    // The id Yjs had when it made the vectors, so that "own client id" means the same.
    crdt::Doc doc({.clientId = crdt::ClientId(4242424242), .guid = {}, .gc = true});
    const Json base = test[QStringLiteral("base")];
    if (!base.isUndefined() && !doc.applyUpdate(fromBase64(base))) {
        return QStringLiteral("the base update is refused");
    }
    const crdt::Bytes before = doc.getUpdate();
    const auto applied = applyTo(doc, fromBase64(test[QStringLiteral("u")]));
    const crdt::Bytes after = doc.getUpdate();
    const QString need = test[QStringLiteral("need")].toString();
    if (!applied && after != before) {
        return QStringLiteral("refused, but the document changed");
    }
    if (need == QLatin1String("reject") && applied) {
        return QStringLiteral("should be refused");
    }
    if (need == QLatin1String("accept")) {
        if (!applied) {
            return QStringLiteral("should be applied: %1")
                .arg(QString::fromStdString(applied.error().message));
        }
        const Json wanted = test[QStringLiteral("yjs")][QStringLiteral("v1")];
        if (!wanted.isUndefined() && toBase64(after) != wanted.toString()) {
            return QStringLiteral("applied, gives %1, wanted %2")
                .arg(toBase64(after), wanted.toString());
        }
    }
    return std::nullopt;
}

} // namespace

void runMalformed(const Run& run)
{
    const JsonArray cases = run.content[QStringLiteral("cases")].toArray();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const QString version = QStringLiteral("v%1").arg(cases[i][QStringLiteral("v")].toInt());
        if (run.selection.has(version)) {
            run.report.add(run.file,
                QStringLiteral("%1-%2-%3 %4")
                    .arg(version, cases[i][QStringLiteral("kind")].toString())
                    .arg(i)
                    .arg(cases[i][QStringLiteral("name")].toString()),
                check(cases[i]));
        }
    }
}

} // namespace tutti::conformance
