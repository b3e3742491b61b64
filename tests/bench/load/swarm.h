// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tutti::load {

using Clock = std::chrono::steady_clock;

/// Where a server is.
struct Target
{
    std::uint32_t address = 0; ///< IPv4, host order
    std::uint16_t port = 0;
};

/// One WebSocket client.
struct Client
{
    int socket = -1;
    std::size_t index = 0;
    bool isOpen = false; ///< the handshake is done
    std::string received; ///< not yet a whole frame
    std::string unsent;
};

/// Many WebSocket clients in one thread, which look at what they get as little as possible: so that
/// the server is measured and not its guests. Linux.
///
/// Errors end the program with a sentence: there is nothing to measure any more.
class Swarm
{
public:
    explicit Swarm(Target target);
    ~Swarm();
    Swarm(const Swarm&) = delete;
    Swarm& operator=(const Swarm&) = delete;

    /// Called with the payload of each binary message.
    std::function<void(Client&, std::string_view)> onMessage;
    std::function<void(Client&)> onOpen;

    /// Connects one more client to a room.
    Client& add(const std::string& room);
    void send(Client& client, std::string_view message);
    void drop(Client& client);
    /// Handles what comes until then, or until `done` says so; at least once.
    void run(Clock::time_point until, const std::function<bool()>& done = {});

    [[nodiscard]] std::vector<std::unique_ptr<Client>>& clients() noexcept { return m_clients; }
    /// Clients that the server closed.
    [[nodiscard]] std::size_t lost() const noexcept { return m_lost; }

private:
    void read(Client& client);
    void handleFrames(Client& client);
    void write(Client& client);
    void sendFrame(Client& client, int opcode, std::string_view payload);
    void watch(Client& client, bool writing, bool isNew);

    Target m_target;
    int m_epoll = -1;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::vector<char> m_buffer;
    std::size_t m_lost = 0;
};

/// Says why on standard error and exits with 1.
[[noreturn]] void giveUp(const std::string& why);

} // namespace tutti::load
