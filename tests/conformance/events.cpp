// SPDX-License-Identifier: MIT
#include "tests/conformance/events.h"

#include "crdt/utf.h"
#include "tests/conformance/states.h"

#include <string>
#include <utility>
#include <variant>

namespace tutti::conformance {

namespace {

using crdt::Any;
using crdt::DeltaOp;

Any writeInsertion(const DeltaOp& op, bool inText)
{
    if (inText) {
        return op.values.empty() ? writeString(op.text) : writeState(op.values.front());
    }
    Any::Array values;
    for (const crdt::Value& value : op.values) {
        values.push_back(writeState(value));
    }
    return values;
}

Any writeStep(const DeltaOp& op, bool inText)
{
    const auto length = static_cast<double>(op.length.value());
    Any::Object step;
    switch (op.kind) {
    case DeltaOp::Kind::Insert:
        step.emplace_back("ins", writeInsertion(op, inText));
        break;
    case DeltaOp::Kind::Retain:
        step.emplace_back("ret", length);
        break;
    case DeltaOp::Kind::Delete:
        step.emplace_back("del", length);
        break;
    }
    if (!op.attributes.empty()) {
        step.emplace_back("a", writeAttributes(op.attributes));
    }
    return Any::object(std::move(step));
}

Any writeChange(const crdt::KeyChange& change)
{
    using Action = crdt::KeyChange::Action;
    const char* name = change.action == Action::Add ? "add"
        : change.action == Action::Update           ? "update"
                                                    : "delete";
    Any::Array written{writeString(crdt::toUtf16(change.key)), name};
    if (change.oldValue) {
        written.push_back(writeKind(*change.oldValue));
    }
    return written;
}

Any writePath(std::span<const crdt::PathStep> path)
{
    Any::Array written;
    for (const crdt::PathStep& step : path) {
        if (const auto* index = std::get_if<crdt::Offset>(&step)) {
            written.emplace_back(static_cast<double>(index->value()));
        } else {
            written.push_back(writeString(crdt::toUtf16(std::get<std::string>(step))));
        }
    }
    return written;
}

Any writeEvent(const crdt::TypeEvent& event)
{
    const bool inText = crdt::Text::accepts(event.target.kind());
    Any::Object written{{"path", writePath(event.path)}, {"type", kindName(event.target.kind())}};
    if (!event.delta.empty()) {
        Any::Array steps;
        for (const DeltaOp& op : event.delta) {
            steps.push_back(writeStep(op, inText));
        }
        written.emplace_back("delta", std::move(steps));
    }
    if (!event.keys.empty()) {
        Any::Array changes;
        for (const crdt::KeyChange& change : event.keys) {
            changes.push_back(writeChange(change));
        }
        written.emplace_back("keys", sortedByKey(std::move(changes)));
    }
    return Any::object(std::move(written));
}

} // namespace

Any::Object writeEvents(const std::string& root, std::span<const crdt::TypeEvent> events)
{
    Any::Array written;
    for (const crdt::TypeEvent& event : events) {
        written.push_back(writeEvent(event));
    }
    return {{"root", root}, {"local", events.front().local}, {"ev", std::move(written)}};
}

} // namespace tutti::conformance
