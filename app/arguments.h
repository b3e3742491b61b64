// SPDX-License-Identifier: MIT
#pragma once

#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>

#include <expected>
#include <functional>
#include <optional>

/// The command line of the desktop program. Pure: nothing is opened, printed or asked.
namespace tutti::app {

struct FileArgument
{
    QString path;
    int line = 0; ///< from 1; 0: not said
    int column = 0; ///< from 1; 0: not said

    bool operator==(const FileArgument&) const = default;
};

struct Arguments
{
    QList<FileArgument> files;
    /// Rooms to join (RoomAddress), as they were given.
    QStringList links;
    bool share = false;
    /// A window of its own: neither what earlier ones left nor a program that runs already.
    bool newWindow = false;
    /// To end when what was opened is closed again, as who calls an $EDITOR expects it.
    bool wait = false;
    /// Standard input is to be read into an untitled document.
    bool standardInput = false;
    /// Where to host; nothing: as far as the user has chosen in the window, on any free port.
    std::optional<QHostAddress> listenAddress;
    quint16 listenPort = 0;
    std::optional<QString> name;
    /// `#rrggbb`, small letters.
    std::optional<QString> color;
    /// The root text's name in rooms; y-websocket editors agree on this default.
    QString textName = QStringLiteral("codemirror");
    /// For the rooms to join.
    std::optional<QString> authToken;
    /// For the shell; its output is a token, a fresh one for each connection.
    std::optional<QString> authCommand;
    /// Certificates to trust besides the system's.
    std::optional<QString> authorityFile;
    /// Says something about the program as a whole, which one that runs already cannot take over.
    [[nodiscard]] bool needOwnProgram() const noexcept
    {
        return newWindow || share || listenAddress || name || color || authorityFile;
    }
    bool help = false;
    bool version = false;
};

/// Reads what follows the program's name. `fileExists` decides what `a:1` means: a file of that
/// name, or line 1 of `a`. Errors: one plain line for standard error.
[[nodiscard]] std::expected<Arguments, QString> parseArguments(
    const QStringList& words, const std::function<bool(const QString&)>& fileExists);

/// What `--help` prints, newline at the end.
[[nodiscard]] QString helpText();

} // namespace tutti::app
