// SPDX-License-Identifier: MIT
#include "app/lan_rooms.h"

#include "ui/shell/setting_values.h"

#include <KDNSSD/PublicService>
#include <KDNSSD/RemoteService>
#include <KDNSSD/ServiceBrowser>
#include <QHostAddress>
#include <QSysInfo>

#include <algorithm>

namespace tutti::app {

namespace {

const auto kService = QStringLiteral("_tutti._tcp");
const auto kRoom = QStringLiteral("room");
const auto kAddress = QStringLiteral("address");
const auto kUser = QStringLiteral("user");
const auto kToken = QStringLiteral("token");
/// Of a name and its value together (RFC 6763, 6.1).
constexpr qsizetype kMaxText = 240;
constexpr int kMostShown = 64;

/// Of a service's name (RFC 6763, 4.1.1): a longer one is not announced at all.
constexpr qsizetype kMaxServiceName = 63;

/// As much of it as fits, in whole characters.
QByteArray utf8Within(const QString& text, qsizetype bytes)
{
    QByteArray utf8 = text.toUtf8();
    if (utf8.size() > bytes) {
        while (bytes > 0 && (utf8.at(bytes) & 0xC0) == 0x80) {
            --bytes; // the first byte that goes is in the middle of a character
        }
        utf8.truncate(bytes);
    }
    return utf8;
}

QString shownText(const QByteArray& value)
{
    QString text = QString::fromUtf8(value.left(kMaxText)).simplified();
    text.removeIf([](QChar c) { return !c.isPrint() && !c.isSurrogate(); });
    return text;
}

} // namespace

TextRecord textRecordOf(const net::RoomAddress& address, const QString& person)
{
    return {{kRoom, address.room().toUtf8()}, {kAddress, address.host().toUtf8()},
        {kUser, utf8Within(person, kMaxText)}, {kToken, QByteArrayLiteral("required")}};
}

QString serviceNameOf(const QString& room, const QString& computer)
{
    const QString name = LanRooms::tr("%1 on %2", "a shared document, a computer");
    const QString whole = name.arg(room, computer);
    const qsizetype over = whole.toUtf8().size() - kMaxServiceName;
    if (over <= 0) {
        return whole;
    }
    // The end of a room's name is what makes it unique.
    constexpr qsizetype kUniqueEnd = 9;
    const QString end = room.right(kUniqueEnd);
    const qsizetype begin = room.chopped(end.size()).toUtf8().size();
    const QByteArray kept =
        utf8Within(room.chopped(end.size()), std::max<qsizetype>(0, begin - over));
    return QString::fromUtf8(
        utf8Within(name.arg(QString::fromUtf8(kept) + end, computer), kMaxServiceName));
}

std::optional<ui::NearbyRoom> nearbyRoomOf(
    const TextRecord& record, const QString& computer, quint16 port)
{
    const QString room = QString::fromUtf8(record.value(kRoom));
    QString host = QString::fromUtf8(record.value(kAddress));
    if (QHostAddress(host).isNull()) {
        host = computer; // a name that the system has to find
    }
    if (host.isEmpty() || room.isEmpty() || port == 0) {
        return std::nullopt;
    }
    const auto address = net::RoomAddress::make(host, port, room);
    if (!address) {
        return std::nullopt;
    }
    return ui::NearbyRoom{*address, shownText(record.value(kUser)), shownText(computer.toUtf8()),
        record.value(kToken) != "none"};
}

LanRooms::LanRooms(std::function<QString()> person)
    : m_person(std::move(person))
{ }

LanRooms::~LanRooms() = default;

void LanRooms::announce(const QString& link)
{
    const auto address = net::RoomAddress::parse(link);
    if (!address
        || !ui::SettingValues::instance().value(QStringLiteral("share/announce")).toBool()) {
        return;
    }
    auto service = std::make_unique<KDNSSD::PublicService>(
        serviceNameOf(address->room(), QSysInfo::machineHostName()), kService, address->port());
    service->setTextData(textRecordOf(*address, m_person()));
    service->publishAsync(); // where it cannot be, people use the link
    m_announced.insert_or_assign(link, std::move(service));
}

void LanRooms::withdraw(const QString& link) { m_announced.erase(link); }

void LanRooms::setLooking(bool on)
{
    if (on == (m_browser != nullptr)) {
        return;
    }
    if (!on) {
        m_browser.reset();
        m_found.clear();
        return;
    }
    m_browser = std::make_unique<KDNSSD::ServiceBrowser>(kService, true);
    connect(m_browser.get(), &KDNSSD::ServiceBrowser::serviceAdded, this, &LanRooms::gather);
    connect(m_browser.get(), &KDNSSD::ServiceBrowser::serviceRemoved, this, &LanRooms::gather);
    m_browser->startBrowse();
}

void LanRooms::gather()
{
    m_found.clear();
    const QList<KDNSSD::RemoteService::Ptr> services = m_browser->services();
    for (const KDNSSD::RemoteService::Ptr& service : services) {
        const auto room = nearbyRoomOf(service->textData(), service->hostName(), service->port());
        if (room && m_found.size() < kMostShown) {
            m_found.append(*room);
        }
    }
    Q_EMIT changed();
}

} // namespace tutti::app
