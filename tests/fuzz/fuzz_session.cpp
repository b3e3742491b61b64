// SPDX-License-Identifier: MIT
//
// A session: updates from anywhere, edits, undo and an honest peer, in any order. The input is a
// row of length-prefixed steps; the first byte of each says what it does (see Step).
#include "crdt/undo_manager.h"
#include "tests/fuzz/fuzz.h"

#include <optional>

using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

namespace {

enum class Step : std::uint8_t {
    Apply, ///< the rest is an update
    Insert, ///< position (2 bytes), UTF-16 units
    Erase, ///< position (2 bytes), length (1 byte)
    Undo,
    Redo,
    StopCapturing,
    ClearUndo,
    Transaction, ///< opens one, or ends the open one
    Exchange, ///< with the peer, both ways
    PeerInsert, ///< as Insert, by the peer
    PeerErase,
    ApplyV2, ///< as Apply, in the other format
    Count,
};

class Session
{
public:
    explicit Session(bool gc)
        : m_doc(seededDoc(gc))
        , m_peer({.clientId = ClientId(77), .guid = "peer", .gc = gc})
        , m_text(m_doc.get<Text>("t"))
        , m_peerText(m_peer.get<Text>("t"))
        , m_mirror(m_doc)
        , m_undo(m_doc, {m_text}, options())
    { }

    void run(BytesView step)
    {
        if (step.empty()) {
            return;
        }
        const BytesView rest = step.subspan(1);
        switch (static_cast<Step>(std::to_integer<unsigned>(step[0]) % unsigned(Step::Count))) {
        case Step::Apply:
            apply(rest, Format::V1);
            break;
        case Step::ApplyV2:
            apply(rest, Format::V2);
            break;
        case Step::Insert:
            insert(m_text, rest);
            break;
        case Step::Erase:
            erase(m_text, rest);
            break;
        case Step::Undo:
            if (!m_open) {
                m_undo.undo();
            }
            break;
        case Step::Redo:
            if (!m_open) {
                m_undo.redo();
            }
            break;
        case Step::StopCapturing:
            m_undo.stopCapturing();
            break;
        case Step::ClearUndo:
            m_undo.clear();
            break;
        case Step::Transaction:
            if (m_open) {
                m_open.reset();
            } else {
                m_open.emplace(m_doc.transact());
            }
            break;
        case Step::Exchange:
            exchange();
            break;
        case Step::PeerInsert:
            insert(m_peerText, rest);
            break;
        case Step::PeerErase:
            erase(m_peerText, rest);
            break;
        case Step::Count:
            break;
        }
        if (!m_open) {
            m_mirror.check();
            storeOf(m_doc).graph.check();
        }
    }

    void finish()
    {
        m_open.reset();
        m_mirror.check();
        exchange();
        checkRoundTrip(m_doc);
        while (m_undo.undo()) { }
        while (m_undo.redo()) { }
        m_mirror.check();
        checkRoundTrip(m_doc);
    }

private:
    static UndoManager::Options options()
    {
        return {.captureTimeout = UndoManager::Milliseconds(1'000'000'000),
            .now = [] { return UndoManager::Milliseconds(1); }};
    }

    static std::uint32_t byteAt(BytesView bytes, std::size_t at)
    {
        return at < bytes.size() ? std::to_integer<std::uint32_t>(bytes[at]) : 0;
    }

    void apply(BytesView update, Format format)
    {
        const Sight before = Sight::of(m_doc);
        const auto applied =
            format == Format::V1 ? m_doc.applyUpdate(update) : m_doc.applyUpdateV2(update);
        if (!applied) {
            require(Sight::of(m_doc) == before, "a refused update leaves no trace");
        }
        m_waited = m_waited || m_doc.hasPending();
        m_foreign = true;
    }

    static void insert(Text& text, BytesView rest)
    {
        const std::uint32_t at = byteAt(rest, 0) | byteAt(rest, 1) << 8;
        std::u16string units;
        for (std::size_t i = 2; i < rest.size() && units.size() < 4000; i += 2) {
            units += static_cast<char16_t>(byteAt(rest, i) | byteAt(rest, i + 1) << 8);
        }
        text.insert(Offset(at), units);
    }

    static void erase(Text& text, BytesView rest)
    {
        text.erase(Offset(byteAt(rest, 0) | byteAt(rest, 1) << 8), Offset(byteAt(rest, 2)));
    }

    void exchange()
    {
        if (m_open) {
            return;
        }
        const auto forPeer = m_doc.getUpdate(m_peer.getState());
        require(forPeer && m_peer.applyUpdate(*forPeer), "the peer takes what the Doc writes");
        const auto forDoc = m_peer.getUpdate(m_doc.getState());
        require(forDoc && m_doc.applyUpdate(*forDoc), "the Doc takes what the peer writes");
        storeOf(m_peer).graph.check();
        if (!m_waited) { // what waits may have been told differently to the two
            require(m_doc.getState() == m_peer.getState(), "both know the same");
            require(m_foreign || m_text.toString() == m_peerText.toString(),
                "both have the same text, as long as all are honest");
        }
    }

    Doc m_doc;
    Doc m_peer;
    Text m_text;
    Text m_peerText;
    Mirror m_mirror;
    UndoManager m_undo;
    std::optional<Transaction> m_open;
    bool m_waited = false;
    bool m_foreign = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Session session(size == 0 || (data[size / 2] & 1) == 0);
    for (const BytesView step : pieces(view(data, size), 64)) {
        session.run(step);
    }
    session.finish();
    return 0;
}
