// SPDX-License-Identifier: MIT
//
// sync.json: messages, handshakes and the framing around them.
#include "crdt/doc.h"
#include "crdt/encoding.h"
#include "crdt/sync_protocol.h"
#include "tests/conformance/operations.h"
#include "tests/conformance/values.h"

#include <algorithm>
#include <utility>

namespace tutti::conformance {

namespace {

/// Nobody's id in the vectors.
constexpr crdt::ClientId kObserver{4242424242};

using crdt::Bytes;
using crdt::Doc;

Failure compare(const QString& what, const Bytes& got, const Json& wanted)
{
    return toBase64(got) == wanted.toString()
        ? Failure()
        : QStringLiteral("%1: got %2, wanted %3").arg(what, toBase64(got), wanted.toString());
}

Failure checkMessages(const Json& test)
{
    Doc doc({.clientId = kObserver, .guid = {}, .gc = true});
    if (!doc.applyUpdate(fromBase64(test[QStringLiteral("v1")]))) {
        return QStringLiteral("the document is refused");
    }
    const auto reply = crdt::createSyncReply(doc, crdt::asBytes(std::string_view("\0", 1)));
    const Bytes present = fromHex(QStringLiteral("010500027b7d"));
    const std::pair<const char*, Bytes> messages[] = {{"sv", doc.getState()},
        {"step1", crdt::createSyncMessage(doc)}, {"step2full", reply.value_or(Bytes())},
        {"update", crdt::createUpdateMessage(fromBase64(test[QStringLiteral("lastUpdate")]))},
        {"awareness", crdt::createAwarenessMessage(present)}};
    for (const auto& [name, message] : messages) {
        const QString key = QLatin1String(name);
        if (const Failure failure = compare(key, message, test[key])) {
            return failure;
        }
    }
    return std::nullopt;
}

/// Two documents that know different updates ask each other, every message compared.
class Handshake
{
public:
    explicit Handshake(const Json& test)
        : m_test(test)
        , m_a(make(kObserver, test[QStringLiteral("a")]))
        , m_b(make(crdt::ClientId(4242424243), test[QStringLiteral("b")]))
    { }

    Failure run()
    {
        if (const Failure failure = ask(m_a, m_b)) {
            return QStringLiteral("A asks: %1").arg(*failure);
        }
        if (const Failure failure = ask(m_b, m_a)) {
            return QStringLiteral("B asks: %1").arg(*failure);
        }
        if (const Failure failure = compare(
                QStringLiteral("A's end"), m_a.getUpdate(), m_test[QStringLiteral("endA")])) {
            return failure;
        }
        return compare(QStringLiteral("B's end"), m_b.getUpdate(), m_test[QStringLiteral("endB")]);
    }

private:
    Doc make(crdt::ClientId id, const Json& known) const
    {
        Doc doc = makeDoc(id, {}, m_test[QStringLiteral("roots")]);
        for (const Json& index : known.toArray()) {
            static_cast<void>(doc.applyUpdate(fromBase64(
                m_test[QStringLiteral("updates")][static_cast<std::size_t>(index.toInt())])));
        }
        return doc;
    }

    Failure ask(Doc& asking, Doc& asked)
    {
        const Bytes question = crdt::createSyncMessage(asking);
        if (const Failure failure = compareNext(question)) {
            return failure;
        }
        const auto outcome = crdt::handleSyncMessage(question, asked);
        if (!outcome || !outcome->reply) {
            return QStringLiteral("no answer");
        }
        if (const Failure failure = compareNext(*outcome->reply)) {
            return failure;
        }
        const auto answered = crdt::handleSyncMessage(*outcome->reply, asking);
        return answered && !answered->reply ? Failure() : QStringLiteral("the answer is refused");
    }

    Failure compareNext(const Bytes& message)
    {
        return compare(QStringLiteral("message %1").arg(m_next), message,
            m_test[QStringLiteral("wire")][std::exchange(m_next, m_next + 1)][1]);
    }

    const Json& m_test;
    Doc m_a;
    Doc m_b;
    std::size_t m_next = 0;
};

Failure checkHandshake(const Json& test) { return Handshake(test).run(); }

Failure checkAuth(const Json& test)
{
    const std::string reason = test[QStringLiteral("reason")].toString().toStdString();
    const Bytes message = crdt::createPermissionDenied(reason);
    if (const Failure failure =
            compare(QStringLiteral("denied"), message, test[QStringLiteral("m")])) {
        return failure;
    }
    crdt::Decoder decoder(message);
    if (decoder.readVarUint().value_or(0) != std::to_underlying(crdt::MessageType::Auth)) {
        return QStringLiteral("the message type is wrong");
    }
    const auto read = crdt::readPermissionDenied(decoder);
    return read && *read == reason ? Failure() : QStringLiteral("reads back wrong");
}

Failure checkStream(const Json& test)
{
    const Bytes payload = fromBase64(test[QStringLiteral("payload")]);
    const Bytes framed = crdt::writeMessage(payload);
    if (const Failure failure =
            compare(QStringLiteral("framed"), framed, test[QStringLiteral("framed")])) {
        return failure;
    }
    const auto read = crdt::readMessage(framed);
    return read && std::ranges::equal(*read, payload) ? Failure()
                                                      : QStringLiteral("reads back wrong");
}

/// What y-protocols swallows where it applies an update is an error here: the caller decides.
Failure checkError(const Json& test)
{
    Doc doc;
    const Bytes payload = fromHex(test[QStringLiteral("syncMessage")].toString());
    crdt::Decoder decoder(payload);
    const bool refused = !crdt::handleSyncPayload(decoder, doc);
    const bool wanted =
        !test[QStringLiteral("err")].isUndefined() || !test[QStringLiteral("caught")].isUndefined();
    return refused == wanted ? Failure() : QStringLiteral("is taken: %1").arg(!refused);
}

} // namespace

void runSync(const Run& run)
{
    const Kind kinds[] = {{"messages", checkMessages}, {"handshakes", checkHandshake},
        {"auth", checkAuth}, {"streams", checkStream}, {"errors", checkError}};
    runKinds(run, kinds);
}

} // namespace tutti::conformance
