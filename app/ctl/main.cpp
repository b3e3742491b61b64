// SPDX-License-Identifier: MIT
#include "app/ctl/commands.h"
#include "app/ctl/input.h"
#include "app/ctl/serve_options.h"
#include "net/connector.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QLoggingCategory>
#include <QNetworkProxyFactory>

#include <algorithm>
#include <csignal>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>

using namespace tutti::app::ctl;

namespace {

const char kOverview[] = R"(tuttictl: shared text from the command line

Usage:
  tuttictl serve [--listen ADDRESS:PORT] [--store DIR] [--token TOKEN] …
                                           host rooms; prints "listening ws://…" when ready
  tuttictl cat URL                         print the text of a room
  tuttictl put URL FILE|-                  make a room's text equal to a file's
  tuttictl append URL FILE|-               add a file's text at the end of a room's
  tuttictl watch URL                       print what happens in a room, a JSON object a line
  tuttictl inspect FILE [--json]           show what is in a Yjs update (v1)
  tuttictl store list|verify|compact DIR   the rooms that serve --store keeps
  tuttictl store export ROOM DIR           one of them as a Yjs update (v1) on standard output
  tuttictl COMMAND --help                  more about a command
  tuttictl --version

URL is ws://HOST[:PORT]/ROOM, or hocuspocus+ws://HOST[:PORT]#DOCUMENT for a Hocuspocus server; with wss
for ws, encrypted. Options of the commands that take one:
  --text NAME             the shared text's name in the room (default: codemirror)
  --timeout S             seconds to wait for the server (default: 10)
  --auth-token TOKEN      an access token; TUTTI_AUTH_TOKEN in the environment does not show in ps
  --auth-command COMMAND  prints a fresh token, run by the shell for each connection
  --ca FILE               certificates (PEM) to trust besides the system's and SSL_CERT_FILE's

Files are UTF-8; line ends are LF in a room, so CR LF becomes LF.
Exit status: 0 on success, 1 on failure, 2 when the command line is wrong.
)";

QString tr(const char* words) { return QCoreApplication::translate("tuttictl", words); }

int usage(const QString& message)
{
    complain(message + tr("; see tuttictl --help"));
    return kUsage;
}

/// One command's own command line, checked. Ends the program for --help.
class CommandLine
{
public:
    CommandLine(const QString& command, const QString& description, const QStringList& positional)
        : m_command(command)
        , m_positional(positional)
    {
        m_parser.setApplicationDescription(description);
        m_parser.addHelpOption();
        m_parser.addPositionalArgument(command, QString(), command);
        for (const QString& name : positional) {
            m_parser.addPositionalArgument(name, QString(), name);
        }
    }
    void add(const QCommandLineOption& option) { m_parser.addOption(option); }
    void addRoomOptions()
    {
        add({QStringLiteral("text"), tr("The shared text's name in the room."),
            QStringLiteral("NAME"), QStringLiteral("codemirror")});
        add({QStringLiteral("timeout"), tr("Seconds to wait for the server."), QStringLiteral("S"),
            QStringLiteral("10")});
        add({QStringLiteral("auth-token"),
            tr("An access token. In the environment variable TUTTI_AUTH_TOKEN it does not show in "
               "the list of processes."),
            QStringLiteral("TOKEN")});
        add({QStringLiteral("auth-command"),
            tr("A command for the shell that prints a fresh access token for each connection."),
            QStringLiteral("COMMAND")});
        add({QStringLiteral("ca"), tr("Certificates (PEM) to trust besides the system's."),
            QStringLiteral("FILE")});
    }
    /// The error, if there is one.
    [[nodiscard]] std::optional<QString> parse(const QStringList& arguments)
    {
        if (!m_parser.parse(arguments)) {
            QString error = m_parser.errorText();
            if (error.endsWith(u'.')) {
                error.chop(1);
            }
            return error;
        }
        if (m_parser.isSet(QStringLiteral("help"))) {
            m_parser.showHelp(kSuccess);
        }
        const qsizetype given = m_parser.positionalArguments().size() - 1;
        if (given < m_positional.size()) {
            return tr("%1 needs %2").arg(m_command, m_positional.at(given));
        }
        if (given > m_positional.size()) {
            return tr("“%1” is one argument too many for %2")
                .arg(m_parser.positionalArguments().at(m_positional.size() + 1), m_command);
        }
        return std::nullopt;
    }
    [[nodiscard]] QString argument(qsizetype index) const
    {
        return m_parser.positionalArguments().at(index + 1);
    }
    [[nodiscard]] QString value(const char* option) const
    {
        return m_parser.value(QString::fromLatin1(option));
    }
    [[nodiscard]] bool isSet(const char* option) const
    {
        return m_parser.isSet(QString::fromLatin1(option));
    }
    [[nodiscard]] std::expected<RoomArguments, QString> room() const
    {
        auto address = tutti::net::RoomAddress::parse(argument(0));
        if (!address) {
            return std::unexpected(address.error());
        }
        bool ok = false;
        const double seconds = value("timeout").toDouble(&ok);
        constexpr double kMostSeconds = 1'000'000;
        if (!ok || !(seconds > 0) || seconds > kMostSeconds) {
            return std::unexpected(
                tr("“%1” is not a number of seconds to wait").arg(value("timeout")));
        }
        const auto optional = [this](const char* option) {
            return isSet(option) ? std::optional(value(option)) : std::nullopt;
        };
        QList<QSslCertificate> authorities = tutti::net::authoritiesOfEnvironment();
        if (isSet("ca")) {
            auto given = tutti::net::readAuthorities(value("ca"));
            if (!given) {
                return std::unexpected(given.error());
            }
            authorities += *given;
        }
        return RoomArguments{*std::move(address), value("text").toStdString(),
            std::chrono::milliseconds(
                std::max<std::chrono::milliseconds::rep>(1, qRound64(seconds * 1000))),
            tutti::net::tokenFromOptions(optional("auth-token"), optional("auth-command")),
            authorities};
    }

private:
    QString m_command;
    QStringList m_positional;
    QCommandLineParser m_parser;
};

int roomCommand(CommandLine& line, const QStringList& arguments,
    const std::function<int(const RoomArguments&)>& run)
{
    line.addRoomOptions();
    if (const auto error = line.parse(arguments)) {
        return usage(*error);
    }
    const auto room = line.room();
    if (!room) {
        return usage(room.error());
    }
    return run(*room);
}

int storeCommand(const QStringList& arguments)
{
    const QString what = arguments.value(2);
    const QString dir = QStringLiteral("DIR");
    struct OfFolder
    {
        QLatin1StringView name;
        const char* description;
        int (*run)(const QString&);
    };
    constexpr OfFolder kOfFolder[] = {
        {QLatin1StringView("list"),
            "Lists the rooms of a store: updates, bytes, last change, path; tabs between them.",
            runStoreList},
        {QLatin1StringView("verify"), "Checks every entry of a store.", runStoreVerify},
        {QLatin1StringView("compact"), "Replaces the updates of every room by one.",
            runStoreCompact}};
    QStringList rest = arguments;
    rest.removeAt(1); // `store list DIR` is parsed as `list DIR`
    for (const OfFolder& command : kOfFolder) {
        if (what == command.name) {
            CommandLine line(what, tr(command.description), {dir});
            const auto error = line.parse(rest);
            return error ? usage(*error) : command.run(line.argument(0));
        }
    }
    if (what == QStringLiteral("export")) {
        CommandLine line(what,
            tr("Writes all of a room as one Yjs update (v1) to standard output."),
            {QStringLiteral("ROOM"), dir});
        const auto error = line.parse(rest);
        return error ? usage(*error) : runStoreExport(line.argument(0), line.argument(1));
    }
    return usage(tr("store needs one of list, verify, export and compact"));
}

int dispatch(const QStringList& arguments)
{
    if (arguments.size() < 2) {
        return usage(tr("No command given"));
    }
    const QString command = arguments.at(1);
    const QString url = QStringLiteral("URL");
    const QString file = QStringLiteral("FILE");
    if (command == QStringLiteral("--help") || command == QStringLiteral("-h")
        || command == QStringLiteral("help")) {
        return writeOutput(kOverview) ? kSuccess : kFailure;
    }
    if (command == QStringLiteral("--version") || command == QStringLiteral("-v")) {
        return writeOutput("tuttictl " TUTTI_VERSION "\n") ? kSuccess : kFailure;
    }
    if (command == QStringLiteral("cat")) {
        CommandLine line(command, tr("Prints the text of a room."), {url});
        return roomCommand(line, arguments, runCat);
    }
    if (command == QStringLiteral("watch")) {
        CommandLine line(command,
            tr("Prints what happens in a room, a JSON object a line, until it is interrupted: "
               "text (a delta; the first holds what is there), awareness (null: has left), "
               "synced, offline."),
            {url});
        return roomCommand(line, arguments, runWatch);
    }
    if (command == QStringLiteral("put")) {
        CommandLine line(command,
            tr("Makes a room's text equal to a file's, with as few changes as possible, and "
               "returns when the server has them."),
            {url, file});
        return roomCommand(line, arguments,
            [&line](const RoomArguments& room) { return runPut(room, line.argument(1)); });
    }
    if (command == QStringLiteral("append")) {
        CommandLine line(command,
            tr("Adds a file's text at the end of a room's, and returns when the server has it."),
            {url, file});
        return roomCommand(line, arguments,
            [&line](const RoomArguments& room) { return runAppend(room, line.argument(1)); });
    }
    if (command == QStringLiteral("serve")) {
        const auto options = parseServeOptions(arguments);
        if (!options) {
            return usage(options.error());
        }
        if (options->help) {
            return writeOutput(options->help->toUtf8()) ? kSuccess : kFailure;
        }
        return runServe(*options);
    }
    if (command == QStringLiteral("store")) {
        return storeCommand(arguments);
    }
    if (command == QStringLiteral("inspect")) {
        CommandLine line(command,
            tr("Shows what is in a Yjs update (v1): clients, clocks, structs, deletes."), {file});
        line.add({QStringLiteral("json"), tr("As one JSON object.")});
        if (const auto error = line.parse(arguments)) {
            return usage(*error);
        }
        return runInspect(line.argument(0), line.isSet("json"));
    }
    return usage(tr("“%1” is not a command").arg(command));
}

} // namespace

int main(int argc, char** argv)
{
    // A reader that goes away is an error to be reported, not a death.
    std::signal(SIGPIPE, SIG_IGN);
    // Nor is a file that may not grow any more; writing to it fails instead.
    std::signal(SIGXFSZ, SIG_IGN);
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tuttictl"));
    // One plain line on standard error is ours to write; QT_LOGGING_RULES brings the rest back.
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    QLoggingCategory::setFilterRules(QStringLiteral("tutti.*=false"));
    return dispatch(app.arguments());
}
