// SPDX-License-Identifier: MIT
#include "ui/presence/awareness_codec.h"

#include "crdt/utf.h"
#include "ui/editor/document_units.h"
#include "ui/presence/presence_colors.h"

#include <QStringList>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace tutti::ui {

namespace {

using crdt::Any;

/// What others call themselves is shown in small labels; nobody needs more than this.
constexpr qsizetype kMaxName = 64;
constexpr qsizetype kMaxInitials = 3;
constexpr qsizetype kMaxPerson = 64;
constexpr double kMaxAsks = 1e9;

std::string utf8(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    return std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

/// A member as one line of text; empty when it is missing or no string.
QString stringMember(const Any& object, std::string_view key)
{
    const Any* member = object.find(key);
    const std::string* text = member != nullptr ? member->stringIf() : nullptr;
    if (text == nullptr) {
        return {};
    }
    QString result = toQString(crdt::toUtf16(*text)).simplified();
    result.removeIf([](QChar c) { return !c.isPrint() && !c.isSurrogate(); });
    return result;
}

QString shortened(const QString& text, qsizetype units)
{
    if (text.size() <= units) {
        return text;
    }
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(units);
    if (!finder.isAtBoundary()) {
        finder.toPreviousBoundary();
    }
    return text.left(finder.position());
}

std::optional<StickySelection> readSelection(const Any* value)
{
    if (value == nullptr) {
        return std::nullopt;
    }
    const Any* anchor = value->find("anchor");
    const Any* head = value->find("head");
    if (anchor == nullptr || head == nullptr) {
        return std::nullopt;
    }
    auto stickyAnchor = crdt::StickyIndex::fromJson(*anchor);
    auto stickyHead = crdt::StickyIndex::fromJson(*head);
    if (!stickyAnchor || !stickyHead) {
        return std::nullopt;
    }
    return StickySelection{*std::move(stickyAnchor), *std::move(stickyHead)};
}

/// Jupyter's list: the primary cursor, else the first that can be read.
std::optional<StickySelection> readCursors(const Any* value)
{
    const Any::Array* cursors = value != nullptr ? value->arrayIf() : nullptr;
    if (cursors == nullptr) {
        return std::nullopt;
    }
    std::optional<StickySelection> first;
    for (const Any& cursor : *cursors) {
        auto selection = readSelection(&cursor);
        const Any* primary = cursor.find("primary");
        const bool* isPrimary = primary != nullptr ? primary->boolIf() : nullptr;
        if (selection && isPrimary != nullptr && *isPrimary) {
            return selection;
        }
        if (!first) {
            first = std::move(selection);
        }
    }
    return first;
}

PeerUser readUser(const Any& user)
{
    PeerUser result;
    for (const std::string_view key : {"name", "display_name", "displayName", "username"}) {
        if (result.name.isEmpty()) {
            result.name = shortened(stringMember(user, key), kMaxName);
        }
    }
    // Jupyter's `name` is an account, its `display_name` what people are called
    const QString display = shortened(stringMember(user, "display_name"), kMaxName);
    if (!display.isEmpty()) {
        result.name = display;
    }
    result.initials = shortened(stringMember(user, "initials"), kMaxInitials);
    if (result.initials.isEmpty()) {
        result.initials = initialsOf(result.name);
    }
    for (const std::string_view key : {"color", "colorLight"}) {
        if (!result.color.isValid()) {
            result.color = parseCssColor(stringMember(user, key)).value_or(QColor());
        }
    }
    return result;
}

Whereabouts readWhereabouts(const Any& value)
{
    Whereabouts where;
    where.person = shortened(stringMember(value, "person"), kMaxPerson);
    const Any* here = value.find("here");
    if (const bool* isHere = here != nullptr ? here->boolIf() : nullptr) {
        where.here = *isHere;
    }
    if (const Any* top = value.find("top")) {
        if (auto sticky = crdt::StickyIndex::fromJson(*top)) {
            where.top = *std::move(sticky);
        }
    }
    const Any* asks = value.find("asks");
    if (const double* count = asks != nullptr ? asks->numberIf() : nullptr) {
        where.asks = static_cast<int>(std::clamp(*count, 0.0, kMaxAsks));
    }
    return where;
}

Any selectionToAny(const StickySelection& selection)
{
    return Any::object({{"anchor", selection.anchor.toJson()}, {"head", selection.head.toJson()}});
}

} // namespace

PeerState readPeerState(const Any& state)
{
    PeerState result;
    if (const Any* user = state.find("user")) {
        result.user = readUser(*user);
    }
    if (const Any* tutti = state.find("tutti")) {
        result.where = readWhereabouts(*tutti);
    }
    result.selection = readSelection(state.find("cursor"));
    if (!result.selection) {
        result.selection = readSelection(state.find("selection"));
    }
    if (!result.selection) {
        result.selection = readCursors(state.find("cursors"));
    }
    return result;
}

std::optional<ResolvedSelection> resolve(const StickySelection& selection, const crdt::Text& text)
{
    const auto anchor = selection.anchor.offsetIn(text);
    const auto head = selection.head.offsetIn(text);
    if (!anchor || !head) {
        return std::nullopt;
    }
    return ResolvedSelection{*anchor, *head};
}

Any userToAny(const PeerUser& user)
{
    const std::string color = utf8(user.color.name(QColor::HexRgb));
    const std::string name = utf8(user.name);
    return Any::object(
        {{"name", Any(name)}, {"color", Any(color)}, {"colorLight", Any(color + "33")},
            {"display_name", Any(name)}, {"initials", Any(utf8(user.initials))}});
}

void setSelectionIn(Any& state, const std::optional<StickySelection>& selection)
{
    if (!selection) {
        state.set("cursor", nullptr);
        state.set("selection", nullptr);
        state.set("cursors", Any(Any::Array{}));
        return;
    }
    const Any value = selectionToAny(*selection);
    Any jupyter = value;
    jupyter.set("primary", true);
    jupyter.set("empty", selection->anchor == selection->head);
    state.set("cursor", value);
    state.set("selection", value);
    Any::Array cursors;
    cursors.push_back(std::move(jupyter));
    state.set("cursors", Any(std::move(cursors)));
}

void setWhereaboutsIn(Any& state, const Whereabouts& where)
{
    Any value = Any::object();
    if (!where.person.isEmpty()) {
        value.set("person", Any(utf8(where.person)));
    }
    value.set("here", Any(where.here));
    if (where.top) {
        value.set("top", where.top->toJson());
    }
    if (where.asks > 0) {
        value.set("asks", Any(where.asks));
    }
    state.set("tutti", std::move(value));
}

QString initialsOf(const QString& name)
{
    const QStringList words = name.simplified().split(u' ', Qt::SkipEmptyParts);
    const auto firstLetter = [](const QString& word) {
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
        const qsizetype end = finder.toNextBoundary();
        return word.left(end < 0 ? word.size() : end).toUpper();
    };
    if (words.isEmpty()) {
        return {};
    }
    if (words.size() == 1) {
        return firstLetter(words.first());
    }
    return firstLetter(words.first()) + firstLetter(words.last());
}

} // namespace tutti::ui
