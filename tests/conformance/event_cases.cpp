// SPDX-License-Identifier: MIT
//
// events.json: what deep observers of all roots are told, in order, locally and remotely.
#include "tests/conformance/scenario.h"
#include "tests/conformance/states.h"

#include <algorithm>

namespace tutti::conformance {

namespace {

using crdt::Any;

Failure check(const Json& test, const Run& run)
{
    Scenario scenario(test, {}, {.recordEvents = true});
    if (Failure failure = scenario.run()) {
        return failure;
    }
    const QString reason = scenario.cutShort();
    if (!reason.isEmpty()) {
        run.report.note(reason);
    }
    const Any wanted = normalized(test[QStringLiteral("events")]);
    const Any::Array& got = scenario.events();
    const Any::Array& expected = *wanted.arrayIf();
    for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i) {
        if (Failure failure =
                compareWritten(QStringLiteral("event %1").arg(i), got[i], expected[i])) {
            return failure;
        }
    }
    return got.size() == expected.size() || !reason.isEmpty()
        ? Failure()
        : QStringLiteral("%1 events, wanted %2").arg(got.size()).arg(expected.size());
}

} // namespace

void runEvents(const Run& run)
{
    for (const Json& test : run.content[QStringLiteral("cases")].toArray()) {
        if (run.selection.has(test[QStringLiteral("sub")].toString())) {
            run.report.add(run.file, test[QStringLiteral("id")].toString(), check(test, run));
        }
    }
}

} // namespace tutti::conformance
