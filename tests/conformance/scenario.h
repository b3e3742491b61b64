// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/doc.h"
#include "crdt/undo_manager.h"
#include "tests/conformance/values.h"

#include <functional>
#include <memory>
#include <vector>

namespace tutti::conformance {

/// Everybody's updates of a case.
[[nodiscard]] std::vector<crdt::Bytes> readUpdates(const Json& json);

/// Applies an update as one that came from elsewhere.
[[nodiscard]] Failure applyTo(crdt::Doc& doc, crdt::BytesView update);

/// Compares bytes with base64; nothing wanted is fine.
[[nodiscard]] Failure compareBytes(const QString& what, crdt::BytesView got, const Json& wanted);

/// Compares v1, v2, sv, what is pending and the state with a record of the vectors, as far as
/// that has them. `first` is where a state "=" points to.
[[nodiscard]] Failure compareDoc(const QString& what, crdt::Doc& doc, const Json& roots,
    const Json& expect, const Json& first = {});

/// Level B: the documents of a case and its steps, carried out one after the other. Whatever a
/// step records is compared: the updates it emits, differences, merged updates, what undo did.
class Scenario
{
public:
    struct Options
    {
        /// Whether to keep what deep observers of all roots are told.
        bool recordEvents = false;
    };

    /// One client.
    struct Member
    {
        explicit Member(crdt::Doc made)
            : doc(std::move(made))
        { }
        crdt::Doc doc;
        std::unique_ptr<crdt::UndoManager> undo;
        std::vector<crdt::Subscription> subscriptions;
    };

    /// Called when that many steps are done, 0 included.
    using AfterSteps = std::function<Failure(std::size_t done)>;

    Scenario(const Json& test, std::vector<crdt::Bytes> updates, Options options);
    Scenario(const Json& test, std::vector<crdt::Bytes> updates)
        : Scenario(test, std::move(updates), Options())
    { }
    Scenario(Scenario&&) = delete;

    /// Carries out all steps and compares the documents with what is expected at the end.
    [[nodiscard]] Failure run(const AfterSteps& after = {});

    [[nodiscard]] Member& member(std::size_t index) { return *m_members.at(index); }
    /// Why it ended early; empty when it did not. Two things in Yjs are not ours: operations that
    /// cut a surrogate pair (ours take whole code points), and, where events are recorded, marks
    /// that an observer deletes by reading a text's delta (SPEC.md 10).
    [[nodiscard]] const QString& cutShort() const noexcept { return m_cutShort; }
    /// What observers were told, in the notation of the vectors.
    [[nodiscard]] const crdt::Any::Array& events() const noexcept { return m_events; }
    [[nodiscard]] const crdt::Any::Array& subdocumentEvents() const noexcept
    {
        return m_subdocuments;
    }

private:
    void watch(std::size_t index);
    [[nodiscard]] bool readingDeletedMarks() const;
    [[nodiscard]] Failure step(const Json& operation);
    [[nodiscard]] Failure carryOut(Member& member, const Json& operation);
    [[nodiscard]] Failure basic(crdt::Doc& doc, const Json& operation, bool mayThrow);
    [[nodiscard]] Failure transaction(crdt::Doc& doc, const Json& operation);
    [[nodiscard]] Failure undoOrRedo(Member& member, const QString& name, const Json& operation);
    [[nodiscard]] Failure receive(crdt::Doc& doc, const QString& name, const Json& operation);
    [[nodiscard]] Failure compareAll(const QString& when, const Json& expect);

    const Json m_test;
    const Json m_roots;
    const std::vector<crdt::Bytes> m_updates;
    const Options m_options;
    std::vector<std::unique_ptr<Member>> m_members;
    std::vector<crdt::Bytes> m_emitted; ///< in the present step
    std::size_t m_nextUpdate = 0;
    std::size_t m_done = 0;
    QString m_cutShort;
    crdt::Any::Array m_events;
    crdt::Any::Array m_subdocuments;
};

} // namespace tutti::conformance
