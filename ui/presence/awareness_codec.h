// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "crdt/sticky_index.h"
#include "crdt/text.h"

#include <QColor>
#include <QString>

#include <optional>

/// Awareness states as Yjs editors write them. Pure functions.
namespace tutti::ui {

/// How somebody calls and colours themselves.
struct PeerUser
{
    QString name; ///< may be empty: then the reader makes one up
    QString initials; ///< as published (Jupyter), else made from the name
    QColor color; ///< invalid when none was published

    bool operator==(const PeerUser&) const = default;
};

/// A caret and the other end of its selection.
struct StickySelection
{
    crdt::StickyIndex anchor;
    crdt::StickyIndex head;

    bool operator==(const StickySelection&) const = default;
};

/// What Tutti says of itself besides, in a member of its own, `tutti`, which others ignore:
/// `{person, here, top, asks}`. All of it may be missing.
struct Whereabouts
{
    /// Random, and the same in all rooms one window is in; so that somebody can be followed from
    /// one into another without either room being told of the other. Empty: not known.
    QString person;
    /// Whether they look at this document, and not at another one.
    bool here = true;
    /// The beginning of the first line they see.
    std::optional<crdt::StickyIndex> top;
    /// How often they have asked everybody to come to where they are.
    int asks = 0;

    bool operator==(const Whereabouts&) const = default;
};

/// One state, as far as it concerns us.
struct PeerState
{
    PeerUser user;
    std::optional<StickySelection> selection;
    Whereabouts where;

    bool operator==(const PeerState&) const = default;
};

/// A selection in units of the text.
struct ResolvedSelection
{
    crdt::Offset anchor;
    crdt::Offset head;

    bool operator==(const ResolvedSelection&) const = default;
};

/// Reads any editor's state: `cursor`, `selection` or the primary (else the first) of `cursors`;
/// `name`, `display_name` or `username`; colours of all kinds. What makes no sense is left out.
[[nodiscard]] PeerState readPeerState(const crdt::Any& state);

/// Where a selection is in this text; nothing when it names another type or units not here.
[[nodiscard]] std::optional<ResolvedSelection> resolve(
    const StickySelection& selection, const crdt::Text& text);

/// The `user` member: name, color, colorLight; display_name and initials for Jupyter.
[[nodiscard]] crdt::Any userToAny(const PeerUser& user);
/// Puts a selection into a state as `cursor`, `selection` and `cursors`; nothing takes all three
/// away (null, as y-prosemirror does).
void setSelectionIn(crdt::Any& state, const std::optional<StickySelection>& selection);

/// Puts whereabouts into a state, as `tutti`.
void setWhereaboutsIn(crdt::Any& state, const Whereabouts& where);

/// One or two letters for a name: first letters of the first and the last word, upper case.
[[nodiscard]] QString initialsOf(const QString& name);

} // namespace tutti::ui
