// SPDX-License-Identifier: MIT
//
// A room of the server, and what clients send it: an editor, a reader, and an honest witness. The
// input is a row of length-prefixed steps; the first byte of each says who does what (see Step).
// Whatever they send, the witness can read all it gets, and has what the room has.
#include "crdt/sync_protocol.h"
#include "net/bytes.h"
#include "net/channel.h"
#include "net/server/frame_parser.h"
#include "net/server/room.h"
#include "tests/fuzz/fuzz.h"

#include <utility>

using namespace tutti;
using namespace tutti::crdt;
using namespace tutti::crdt::fuzz;

namespace {

enum class Step : std::uint8_t {
    Editor, ///< the rest is a message from who may edit
    Reader, ///< the rest is a message from who may not
    Wire, ///< the rest is what the editor's socket brings
    EditorLeaves, ///< and comes back
    ReaderLeaves,
    Edit, ///< the witness writes something itself
    Count,
};

constexpr std::size_t kMaxMessage = 5'000;
constexpr qint64 kMaxDocument = 20'000;
constexpr std::size_t kMaxStates = 50;
/// Nobody says by chance that it is this one.
constexpr ClientId kWitness(3'141'592'653);

/// The room's end of a connection.
class FuzzChannel final : public net::Channel
{
public:
    [[nodiscard]] QString path() const override { return QStringLiteral("/room"); }
    void open() override { }
    [[nodiscard]] bool isOpen() const override { return m_open; }
    void send(const QByteArray& frame) override
    {
        if (m_open) {
            sent.push_back(frame);
        }
    }
    void close(int code, const QString& reason) override
    {
        require(code >= 1000 && code < 5000, "a close code");
        require(reason.toUtf8().size() <= 123, "a reason that fits");
        m_open = false;
    }
    void reopen() { m_open = true; }

    std::vector<QByteArray> sent;

private:
    bool m_open = true;
};

class Session
{
public:
    Session()
        : m_room(QStringLiteral("/room"), options())
        , m_doc({.clientId = kWitness, .guid = "witness"})
        , m_states(kWitness)
    {
        m_subscription = m_doc.observe([this](const TransactionEvent& event) {
            if (!m_hearing) {
                say(createUpdateMessage(event.update));
            }
        });
        m_room.enter(m_editor);
        m_room.enter(m_reader, net::Right::Read);
        m_room.enter(m_witness);
        hear();
    }

    void run(BytesView step)
    {
        if (step.empty()) {
            return;
        }
        const QByteArray rest = net::toByteArray(step.subspan(1));
        switch (static_cast<Step>(std::to_integer<unsigned>(step[0]) % unsigned(Step::Count))) {
        case Step::Editor:
            from(m_editor, rest);
            break;
        case Step::Reader:
            readerSays(rest);
            break;
        case Step::Wire:
            wire(rest);
            break;
        case Step::EditorLeaves:
            again(m_editor, net::Right::Edit);
            m_parser = net::FrameParser(kMaxMessage);
            break;
        case Step::ReaderLeaves:
            again(m_reader, net::Right::Read);
            break;
        case Step::Edit:
            edit(rest);
            break;
        case Step::Count:
            break;
        }
        hear();
    }

    void finish()
    {
        again(m_editor, net::Right::Edit);
        again(m_reader, net::Right::Read);
        hear();
        // Nobody but the witness is here, and it has said nothing about itself.
        require(m_states.states().empty(), "no ghosts");
        Doc copy({.clientId = ClientId(78), .guid = "copy"});
        require(copy.applyUpdate(ask(m_editor)).has_value(), "what a room tells can be read");
        if (m_witness.isOpen()) { // not sent away, as its document grew too large
            require(m_roomState == m_doc.getState(), "the witness has what the room has");
        }
    }

private:
    static net::Room::Options options()
    {
        net::Room::Options options;
        options.maxDocument = kMaxDocument;
        options.maxStates = kMaxStates;
        return options;
    }

    void from(FuzzChannel& channel, const QByteArray& message)
    {
        if (channel.isOpen()) {
            m_room.receive(channel, message);
        }
        channel.sent.clear();
    }

    void readerSays(const QByteArray& message)
    {
        const Bytes before = ask(m_witness);
        from(m_reader, message);
        require(ask(m_witness) == before, "a reader changes nothing");
    }

    /// In one piece and byte by byte, the parser finds the same.
    void wire(const QByteArray& bytes)
    {
        std::vector<net::FrameParser::Message> messages;
        std::vector<net::FrameParser::Message> slowly;
        net::FrameParser copy = m_parser;
        m_parser.feed(bytes, messages);
        for (const char byte : bytes) {
            copy.feed(QByteArrayView(&byte, 1), slowly);
        }
        require(m_parser.fault() == copy.fault(), "the same fault");
        require(messages.size() == slowly.size(), "as many messages");
        for (std::size_t i = 0; i < messages.size(); ++i) {
            require(messages[i].opcode == slowly[i].opcode
                    && messages[i].payload == slowly[i].payload
                    && messages[i].closeCode == slowly[i].closeCode,
                "the same messages");
            require(static_cast<std::size_t>(messages[i].payload.size()) <= kMaxMessage,
                "none above the limit");
            if (messages[i].opcode == net::Opcode::Binary) {
                from(m_editor, messages[i].payload);
            }
        }
    }

    void again(FuzzChannel& channel, net::Right right)
    {
        m_room.leave(channel);
        channel.reopen();
        m_room.enter(channel, right);
        for (const QByteArray& frame : std::exchange(channel.sent, {})) {
            if (frame.startsWith(QByteArray("\0\0", 2))) {
                Decoder decoder(net::view(frame).subspan(2));
                const auto state = decoder.readMessage();
                require(state.has_value(), "a whole question");
                m_roomState.assign(state->begin(), state->end());
            }
        }
    }

    void edit(const QByteArray& rest)
    {
        Text text = m_doc.get<Text>("t");
        const auto at = rest.isEmpty() ? 0U : static_cast<std::uint32_t>(rest[0]) & 0x7fU;
        text.insert(Offset(std::min(at, text.length().value())), u"w");
    }

    void say(const Bytes& message)
    {
        if (m_witness.isOpen()) {
            m_room.receive(m_witness, net::toByteArray(message));
        }
    }

    /// What the room answers to somebody who has nothing.
    Bytes ask(FuzzChannel& channel)
    {
        const std::vector<QByteArray> kept = std::exchange(channel.sent, {});
        if (!channel.isOpen()) {
            again(channel, net::Right::Edit);
        }
        m_room.receive(channel, QByteArray::fromHex("00000100"));
        Bytes update;
        for (const QByteArray& frame : channel.sent) {
            if (frame.startsWith(QByteArray("\0\1", 2))) {
                Decoder decoder(net::view(frame).subspan(2));
                const auto body = decoder.readMessage();
                require(body.has_value(), "a whole answer");
                update.assign(body->begin(), body->end());
            }
        }
        channel.sent = kept;
        return update;
    }

    /// The witness takes what came for it.
    void hear()
    {
        m_hearing = true;
        std::vector<QByteArray> answers;
        for (const QByteArray& frame : std::exchange(m_witness.sent, {})) {
            Decoder decoder(net::view(frame));
            const auto type = decoder.readVarUint();
            require(type.has_value(), "a message has a type");
            if (*type == std::to_underlying(MessageType::Sync)) {
                const auto outcome = handleSyncPayload(decoder, m_doc);
                require(outcome.has_value(), "what a room sends on can be applied");
                if (outcome->reply) {
                    answers.push_back(net::toByteArray(*outcome->reply));
                }
            } else {
                require(*type == std::to_underlying(MessageType::Awareness), "or about presence");
                const auto update = decoder.readMessage();
                require(update && m_states.applyUpdate(*update), "which can be read");
            }
            require(decoder.atEnd(), "one message a frame");
        }
        require(m_states.states().size() <= kMaxStates, "as many presences as may be");
        m_hearing = false;
        for (const QByteArray& answer : answers) {
            if (m_witness.isOpen()) {
                m_room.receive(m_witness, answer);
            }
        }
    }

    net::Room m_room;
    FuzzChannel m_editor;
    FuzzChannel m_reader;
    FuzzChannel m_witness;
    net::FrameParser m_parser{kMaxMessage};
    Doc m_doc;
    Awareness m_states;
    Bytes m_roomState; ///< as the room said last
    Subscription m_subscription;
    bool m_hearing = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Session session;
    for (const BytesView step : pieces(view(data, size), 64)) {
        session.run(step);
    }
    session.finish();
    return 0;
}
