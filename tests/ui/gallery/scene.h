// SPDX-License-Identifier: MIT
#pragma once

#include "net/connector.h"
#include "tests/ui/shell/memory_rooms.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

#include <QImage>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <span>
#include <vector>

/// What the pictures are of: a window in some state, and whatever lies over it.
namespace gallery {

class Scene;

struct State
{
    const char* id;
    const char* title;
    bool (*make)(Scene& scene); ///< false: it did not come about
};

[[nodiscard]] std::span<const State> states();

/// Rooms in this process, and real ones on this computer.
class Rooms : public MemoryRooms
{
public:
    std::unique_ptr<tutti::net::Channel> channelTo(
        const tutti::net::RoomAddress& address, const tutti::net::TokenSource& token) override
    {
        return address.host() == QStringLiteral("127.0.0.1")
            ? m_connector.channelTo(address, token)
            : MemoryRooms::channelTo(address, token);
    }

private:
    tutti::net::Connector m_connector;
};

class Scene
{
public:
    struct Look
    {
        bool dark = false;
        QSize size;
    };

    explicit Scene(const Look& look);
    ~Scene();

    [[nodiscard]] bool make(const State& state);
    /// The window, and over it the dialogs and pop-ups that are open.
    [[nodiscard]] QImage picture();

    [[nodiscard]] tutti::ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] tutti::ui::DocumentPage& page() { return *m_window->currentPage(); }
    [[nodiscard]] Rooms& rooms() { return *m_rooms; }
    [[nodiscard]] const Look& look() const { return m_look; }
    /// Opens a file of that name with that text.
    tutti::ui::DocumentPage& open(const QString& name, const QString& text);
    /// Shares the current document and has these people join it.
    [[nodiscard]] bool invite(const QStringList& names);
    [[nodiscard]] tutti::ui::MainWindow& guest(int index)
    {
        return *m_guests.at(static_cast<std::size_t>(index));
    }
    /// The last of all to be let go of.
    void keep(const std::shared_ptr<void>& thing) { m_kept.push_back(thing); }
    void show(const QImage& instead) { m_instead = instead; }

private:
    Look m_look;
    QTemporaryDir m_folder;
    std::unique_ptr<tutti::ui::Theme> m_theme;
    std::unique_ptr<Rooms> m_rooms;
    std::vector<std::shared_ptr<void>> m_kept;
    std::unique_ptr<tutti::ui::MainWindow> m_window;
    std::vector<std::unique_ptr<tutti::ui::MainWindow>> m_guests;
    QImage m_instead;
};

/// A source file as pages, as FOLDER/print-NAME.pdf; false when that cannot be written.
[[nodiscard]] bool print(const QString& folder, const QString& name);

/// The picture as somebody sees it whose eyes lack the cones for green.
[[nodiscard]] QImage withoutGreen(const QImage& picture);

} // namespace gallery
