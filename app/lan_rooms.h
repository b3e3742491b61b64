// SPDX-License-Identifier: MIT
#pragma once

#include "app/room_host.h"
#include "ui/shell/nearby_rooms.h"

#include <QByteArray>
#include <QMap>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace KDNSSD {
class PublicService;
class ServiceBrowser;
} // namespace KDNSSD

namespace tutti::app {

/// What is announced of a room, as DNS-SD's text record: `room`, `address`, `user`, `token`
/// (whether one is needed). Never the token itself.
using TextRecord = QMap<QString, QByteArray>;
[[nodiscard]] TextRecord textRecordOf(const net::RoomAddress& address, const QString& person);
/// What the service of a room is called: as long as such names may be, with the room's unique end.
[[nodiscard]] QString serviceNameOf(const QString& room, const QString& computer);
/// What such a record says, from that computer and port; nothing where it makes no sense.
[[nodiscard]] std::optional<ui::NearbyRoom> nearbyRoomOf(
    const TextRecord& record, const QString& computer, quint16 port);

/// Announces hosted rooms on this network by DNS-SD, and finds others', as `_tutti._tcp` (RFC 6763)
/// through Avahi. Where Avahi does not run nothing is announced and none is found, silently.
/// Threads: the GUI's.
class LanRooms : public ui::NearbyRooms, public RoomAnnouncer
{
    Q_OBJECT

public:
    /// `person`: how the user is called at that moment.
    explicit LanRooms(std::function<QString()> person);
    ~LanRooms() override;

    void setLooking(bool on) override;
    [[nodiscard]] QList<ui::NearbyRoom> rooms() const override { return m_found; }
    void announce(const QString& link) override;
    void withdraw(const QString& link) override;

private:
    void gather();

    std::function<QString()> m_person;
    std::unordered_map<QString, std::unique_ptr<KDNSSD::PublicService>> m_announced; ///< by link
    std::unique_ptr<KDNSSD::ServiceBrowser> m_browser;
    QList<ui::NearbyRoom> m_found;
};

} // namespace tutti::app
