// SPDX-License-Identifier: MIT
#include "tests/bench/load/swarm.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tutti::load {

namespace {

constexpr std::size_t kReadBuffer = 262'144; ///< bytes
constexpr int kBinary = 2;
constexpr int kClose = 8;
constexpr int kPing = 9;
constexpr int kPong = 10;

unsigned byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<unsigned char>(bytes[at]);
}

} // namespace

void giveUp(const std::string& why)
{
    std::fprintf(stderr, "tutti-load: %s\n", why.c_str());
    std::exit(1);
}

Swarm::Swarm(Target target)
    : m_target(target)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_buffer(kReadBuffer)
{
    if (m_epoll < 0) {
        giveUp(std::string("no epoll: ") + std::strerror(errno));
    }
}

Swarm::~Swarm()
{
    for (const auto& client : m_clients) {
        if (client->socket >= 0) {
            ::close(client->socket);
        }
    }
    ::close(m_epoll);
}

Client& Swarm::add(const std::string& room)
{
    Client& client = *m_clients.emplace_back(std::make_unique<Client>());
    client.index = m_clients.size() - 1;
    client.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_target.port);
    address.sin_addr.s_addr = htonl(m_target.address);
    sockaddr generic{};
    std::memcpy(&generic, &address, sizeof generic);
    if (client.socket < 0 || ::connect(client.socket, &generic, sizeof address) != 0) {
        giveUp(std::string("cannot connect: ") + std::strerror(errno));
    }
    const int on = 1;
    ::setsockopt(client.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(client, false, true);
    client.unsent = "GET /" + room
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    write(client);
    return client;
}

void Swarm::send(Client& client, std::string_view message) { sendFrame(client, kBinary, message); }

void Swarm::sendFrame(Client& client, int opcode, std::string_view payload)
{
    if (client.socket < 0) {
        return;
    }
    // The mask is zero, so that the payload stays as it is.
    constexpr std::string_view kMask("\0\0\0\0", 4);
    std::string& out = client.unsent;
    out += static_cast<char>(0x80 | opcode);
    if (payload.size() < 126) {
        out += static_cast<char>(0x80 | payload.size());
    } else if (payload.size() < 65'536) {
        out += static_cast<char>(0xfe);
        out += static_cast<char>(payload.size() >> 8);
        out += static_cast<char>(payload.size() & 0xff);
    } else {
        out += static_cast<char>(0xff);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out += static_cast<char>((payload.size() >> shift) & 0xff);
        }
    }
    out += kMask;
    out += payload;
    write(client);
}

void Swarm::watch(Client& client, bool writing, bool isNew)
{
    epoll_event event{};
    event.events = writing ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.data.u64 = client.index;
    ::epoll_ctl(m_epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, client.socket, &event);
}

void Swarm::write(Client& client)
{
    const bool waited = client.unsent.empty();
    const ssize_t sent = ::send(
        client.socket, client.unsent.data(), client.unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
        client.unsent.erase(0, static_cast<std::size_t>(sent));
    }
    if (waited != client.unsent.empty() || !client.unsent.empty()) {
        watch(client, !client.unsent.empty(), false);
    }
}

void Swarm::drop(Client& client)
{
    if (client.socket >= 0) {
        ::close(client.socket);
        client.socket = -1;
        client.isOpen = false;
    }
}

void Swarm::run(Clock::time_point until, const std::function<bool()>& done)
{
    std::array<epoll_event, 256> events;
    do {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        const int wait = static_cast<int>(std::clamp<long long>(left, 0, 100));
        const int count = ::epoll_wait(m_epoll, events.data(), events.size(), wait);
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events[static_cast<std::size_t>(i)];
            Client& client = *m_clients[event.data.u64];
            if ((event.events & EPOLLOUT) != 0 && client.socket >= 0) {
                write(client);
            }
            if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0 && client.socket >= 0) {
                read(client);
            }
        }
    } while (Clock::now() < until && !(done && done()));
}

void Swarm::read(Client& client)
{
    const ssize_t got = ::recv(client.socket, m_buffer.data(), m_buffer.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (got <= 0) {
        ++m_lost;
        drop(client);
        return;
    }
    client.received.append(m_buffer.data(), static_cast<std::size_t>(got));
    if (!client.isOpen) {
        const std::size_t end = client.received.find("\r\n\r\n");
        if (end == std::string::npos) {
            return;
        }
        if (!client.received.starts_with("HTTP/1.1 101")) {
            giveUp("the server says: " + client.received.substr(0, client.received.find('\r')));
        }
        client.received.erase(0, end + 4);
        client.isOpen = true;
        if (onOpen) {
            onOpen(client);
        }
    }
    handleFrames(client);
}

void Swarm::handleFrames(Client& client)
{
    std::string_view rest = client.received;
    while (rest.size() >= 2) {
        std::size_t head = 2;
        std::uint64_t size = byteAt(rest, 1) & 0x7f;
        if (size >= 126) {
            const std::size_t lengthBytes = size == 126 ? 2 : 8;
            head += lengthBytes;
            if (rest.size() < head) {
                break;
            }
            size = 0;
            for (std::size_t i = 0; i < lengthBytes; ++i) {
                size = (size << 8) | byteAt(rest, 2 + i);
            }
        }
        if (rest.size() < head + size) {
            break;
        }
        const std::string_view payload = rest.substr(head, size);
        const unsigned opcode = byteAt(rest, 0) & 0x0f;
        rest.remove_prefix(head + size);
        if (opcode == kPing) {
            sendFrame(client, kPong, payload);
        } else if (opcode == kClose) {
            ++m_lost;
            drop(client);
            return;
        } else if (opcode == kBinary && onMessage) {
            onMessage(client, payload);
            if (client.socket < 0) {
                return;
            }
        }
    }
    client.received.erase(0, client.received.size() - rest.size());
}

} // namespace tutti::load
