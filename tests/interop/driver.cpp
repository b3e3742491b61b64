// SPDX-License-Identifier: MIT
// A Tutti editor without a window, for the tests with real browsers and servers: a Provider on a
// room, driven by JSON lines on standard input ({"do": …}), one JSON line in answer to each. It
// ends with its input.
//
//   interop_driver URL [TOKEN]
#include "crdt/doc.h"
#include "crdt/sticky_index.h"
#include "crdt/text.h"
#include "crdt/utf.h"
#include "net/connector.h"
#include "net/provider.h"

#include <QCoreApplication>
#include <QFile>
#include <QSocketNotifier>

#include <cstdio>
#include <iostream>
#include <string>
#include <unistd.h>

using namespace tutti;
using crdt::Any;

namespace {

constexpr const char* kStates[] = {"stopped", "connecting", "synchronizing", "synced", "pending",
    "offline", "failed", "denied", "rebuilt"};

class Driver
{
public:
    Driver(const net::RoomAddress& address, const net::TokenSource& token)
        : m_text(m_doc.get<crdt::Text>("codemirror"))
        , m_provider(m_doc, net::Connector().channelTo(address, token))
    {
        m_provider.start();
    }

    void obey(const std::string& line)
    {
        const auto request = Any::fromJson(line);
        const Any* action = request ? request->find("do") : nullptr;
        const std::string* name = action ? action->stringIf() : nullptr;
        Any answer = Any::object();
        if (!name) {
            answer.set("error", "not a request");
        } else if (*name == "insert") {
            m_text.insert(
                offset(*request, "at"), crdt::toUtf16(*request->find("text")->stringIf()));
        } else if (*name == "erase") {
            m_text.erase(offset(*request, "at"), offset(*request, "count"));
        } else if (*name == "present") {
            m_provider.awareness().setLocalState(state(*request));
        } else if (*name == "look") {
            answer.set("text", crdt::toUtf8(m_text.toString()));
            const net::ProviderStatus& status = m_provider.status();
            answer.set("synced", status.state == net::ProviderStatus::State::Synced);
            answer.set("state", kStates[static_cast<std::size_t>(status.state)]);
            answer.set("pending", static_cast<double>(status.pendingChanges));
            answer.set("readOnly", status.readOnly);
            answer.set("reason", status.reason.toStdString());
            answer.set("peers", peers());
        } else if (*name == "append") {
            m_text.insert(m_text.length(), crdt::toUtf16(*request->find("text")->stringIf()));
        } else if (*name == "retry") {
            m_provider.retryNow();
        } else if (*name == "rejoin") {
            m_provider.rejoin();
        } else {
            answer.set("error", "unknown request");
        }
        std::cout << answer.toJson() << std::endl;
    }

private:
    static crdt::Offset offset(const Any& request, std::string_view key)
    {
        return crdt::Offset(static_cast<std::uint32_t>(*request.find(key)->numberIf()));
    }
    /// A name and a selection, as Tutti publishes them.
    Any state(const Any& request) const
    {
        const auto end = [&](std::string_view key) {
            return crdt::StickyIndex::at(m_text, offset(request, key)).toJson();
        };
        return Any::object({{"user",
                                Any::object({{"name", *request.find("name")}, {"color", "#e32631"},
                                    {"colorLight", "#e3263133"}})},
            {"cursor", Any::object({{"anchor", end("anchor")}, {"head", end("head")}})}});
    }
    /// The others, their cursors as offsets.
    Any peers() const
    {
        Any::Array others;
        for (const auto& [client, theirs] : m_provider.awareness().states()) {
            const Any* user = theirs.find("user");
            const Any* cursor = theirs.find("cursor");
            const Any* head = cursor ? cursor->find("head") : nullptr;
            if (client == m_doc.clientId() || !user || !head) {
                continue;
            }
            const auto index = crdt::StickyIndex::fromJson(*head);
            const auto at = index ? index->offsetIn(m_text) : std::nullopt;
            const Any* name = user->find("name");
            others.push_back(Any::object({{"name", name ? *name : Any(nullptr)},
                {"head", at ? Any(static_cast<double>(at->value())) : Any(nullptr)}}));
        }
        return Any(std::move(others));
    }

    crdt::Doc m_doc;
    crdt::Text m_text;
    net::Provider m_provider;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const auto address = argc == 2 || argc == 3
        ? net::RoomAddress::parse(QString::fromLocal8Bit(argv[1]))
        : std::unexpected(QStringLiteral("usage: interop_driver URL [TOKEN]"));
    if (!address) {
        std::cerr << address.error().toStdString() << '\n';
        return 2;
    }
    Driver driver(*address,
        argc == 3 ? net::fixedToken(QString::fromLocal8Bit(argv[2])) : net::TokenSource());
    std::string buffer;
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [&] {
        char bytes[4096];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (count <= 0) {
            QCoreApplication::quit();
            return;
        }
        buffer.append(bytes, static_cast<std::size_t>(count));
        for (auto end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n')) {
            driver.obey(buffer.substr(0, end));
            buffer.erase(0, end + 1);
        }
    });
    return QCoreApplication::exec();
}
