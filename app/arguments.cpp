// SPDX-License-Identifier: MIT
#include "app/arguments.h"

#include "net/room_address.h"
#include "ui/shell/room_link.h"

#include <QRegularExpression>
#include <QUrl>

namespace tutti::app {

namespace {

using Failure = std::unexpected<QString>;

Failure fail(const QString& words) { return Failure(words); }

FileArgument fileArgument(
    const QString& word, const std::function<bool(const QString&)>& fileExists)
{
    static const QRegularExpression place(
        QStringLiteral("^(?<path>.+?):(?<line>[1-9]\\d{0,8})(:(?<column>[1-9]\\d{0,8}))?:?$"));
    if (const auto match = place.match(word); match.hasMatch() && !fileExists(word)) {
        return {match.captured(u"path"), match.capturedView(u"line").toInt(),
            match.capturedView(u"column").toInt()};
    }
    return {word};
}

std::expected<void, QString> setListen(Arguments& arguments, const QString& value)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(\\[(?<six>[^\\]]+)\\]|(?<four>[^:]+)):(?<port>\\d{1,5})$"));
    const auto match = pattern.match(value);
    QString address = match.captured(u"six") + match.captured(u"four");
    if (address == QStringLiteral("localhost")) {
        address = QStringLiteral("127.0.0.1");
    }
    const int port = match.capturedView(u"port").toInt();
    QHostAddress parsed;
    if (!match.hasMatch() || !parsed.setAddress(address) || port > 0xFFFF) {
        return fail(
            QStringLiteral("--listen wants ADDRESS:PORT, such as 127.0.0.1:0, not %1").arg(value));
    }
    arguments.listenAddress = parsed;
    arguments.listenPort = static_cast<quint16>(port);
    return {};
}

std::expected<void, QString> setOption(
    Arguments& arguments, const QString& option, const QString& value)
{
    static const QRegularExpression color(QStringLiteral("^#[0-9a-fA-F]{6}$"));
    if (option == QStringLiteral("--listen")) {
        return setListen(arguments, value);
    }
    if (option == QStringLiteral("--color")) {
        if (!color.match(value).hasMatch()) {
            return fail(QStringLiteral("--color wants #rrggbb, not %1").arg(value));
        }
        arguments.color = value.toLower();
        return {};
    }
    if (option == QStringLiteral("--auth-token")) {
        arguments.authToken = value;
        return {};
    }
    const QString trimmed = value.trimmed();
    if (trimmed.isEmpty()) {
        return fail(QStringLiteral("%1 wants a %2")
                .arg(option,
                    option == QStringLiteral("--auth-command") ? QStringLiteral("command")
                        : option == QStringLiteral("--ca")     ? QStringLiteral("file")
                                                               : QStringLiteral("name")));
    }
    if (option == QStringLiteral("--auth-command")) {
        arguments.authCommand = trimmed;
    } else if (option == QStringLiteral("--ca")) {
        arguments.authorityFile = value;
    } else if (option == QStringLiteral("--name")) {
        arguments.name = trimmed;
    } else {
        arguments.textName = trimmed;
    }
    return {};
}

bool takesValue(const QString& option)
{
    static const QStringList options{QStringLiteral("--listen"), QStringLiteral("--name"),
        QStringLiteral("--color"), QStringLiteral("--text"), QStringLiteral("--auth-token"),
        QStringLiteral("--auth-command"), QStringLiteral("--ca")};
    return options.contains(option);
}

bool setFlag(Arguments& arguments, const QString& option)
{
    if (option == QStringLiteral("--share")) {
        arguments.share = true;
    } else if (option == QStringLiteral("--new")) {
        arguments.newWindow = true;
    } else if (option == QStringLiteral("--wait")) {
        arguments.wait = true;
    } else if (option == QStringLiteral("--help") || option == QStringLiteral("-h")) {
        arguments.help = true;
    } else if (option == QStringLiteral("--version") || option == QStringLiteral("-v")) {
        arguments.version = true;
    } else {
        return false;
    }
    return true;
}

} // namespace

std::expected<Arguments, QString> parseArguments(
    const QStringList& words, const std::function<bool(const QString&)>& fileExists)
{
    Arguments arguments;
    static const QRegularExpression place(
        QStringLiteral("^\\+(?<line>[1-9]\\d{0,8})(:(?<column>[1-9]\\d{0,8}))?$"));
    bool optionsEnded = false;
    QString pendingPlace; // of the next file
    FileArgument pending;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString& word = words[i];
        if (optionsEnded || !word.startsWith(QChar(u'-'))) {
            const QString link = ui::plainRoomLink(word);
            const bool isLink = net::RoomAddress::looksLikeOne(link) || ui::isTuttiLink(link);
            const auto at = place.match(word);
            if (!optionsEnded && isLink) {
                const QUrl url(link, QUrl::StrictMode);
                if (ui::isTuttiLink(link) || !url.isValid() || url.host().isEmpty()) {
                    return fail(QStringLiteral("not a link to a room: %1").arg(word));
                }
                arguments.links.append(link);
            } else if (!optionsEnded && at.hasMatch()) {
                pendingPlace = word;
                pending.line = at.capturedView(u"line").toInt();
                pending.column = at.capturedView(u"column").toInt();
            } else if (word.isEmpty()) {
                return fail(QStringLiteral("a file's name cannot be empty"));
            } else {
                const QUrl url(word);
                FileArgument file = !optionsEnded && url.isLocalFile()
                    ? FileArgument{url.toLocalFile()}
                    : fileArgument(word, fileExists);
                if (!pendingPlace.isEmpty()) {
                    file.line = pending.line;
                    file.column = pending.column;
                    pendingPlace.clear();
                }
                arguments.files.append(file);
            }
            continue;
        }
        if (word == QStringLiteral("-")) {
            arguments.standardInput = true;
            continue;
        }
        if (word == QStringLiteral("--")) {
            optionsEnded = true;
            continue;
        }
        const qsizetype equals = word.indexOf(QChar(u'='));
        const QString option = word.first(equals < 0 ? word.size() : equals);
        if (takesValue(option)) {
            if (equals < 0 && i + 1 == words.size()) {
                return fail(QStringLiteral("%1 wants a value").arg(option));
            }
            const QString value = equals < 0 ? words[++i] : word.sliced(equals + 1);
            if (auto set = setOption(arguments, option, value); !set) {
                return fail(set.error());
            }
        } else if (equals >= 0 || !setFlag(arguments, option)) {
            return fail(QStringLiteral("unknown option %1 (try --help)").arg(word));
        }
    }
    if (!pendingPlace.isEmpty()) {
        return fail(QStringLiteral("%1 wants a file after it").arg(pendingPlace));
    }
    return arguments;
}

QString helpText()
{
    return QStringLiteral(
        "Usage: tutti [FILE[:LINE[:COLUMN]] | +LINE FILE | -]... [LINK]... [OPTION]...\n"
        "An editor in which several people write in the same file at once.\n"
        "\n"
        "  --new                  a window of its own, without what was open last time\n"
        "  --wait                 end when the files are closed again, as an EDITOR does\n"
        "  --share                host the files (or a new one), print a link to each\n"
        "  --listen ADDRESS:PORT  where to host; port 0 takes any that is free\n"
        "                         (default: for people on your network, or only this\n"
        "                         computer, as chosen in Share; any free port)\n"
        "  --name NAME            the name the others see; joins links without asking\n"
        "  --color #rrggbb        the colour the others see\n"
        "  --text NAME            the name of the text in the room (default: codemirror)\n"
        "  --auth-token TOKEN     an access token for the rooms to join; in the\n"
        "                         environment as TUTTI_AUTH_TOKEN, ps does not show it\n"
        "  --auth-command COMMAND a command for the shell that prints a fresh token\n"
        "  --ca FILE              certificates (PEM) to trust besides the system's\n"
        "  -h, --help             show this and end\n"
        "  -v, --version          show the version and end\n"
        "\n"
        "Links: ws://HOST:PORT/ROOM, hocuspocus+ws://HOST:PORT#DOCUMENT; or with wss;\n"
        "tutti://HOST:PORT/ROOM?via=wss is a link to click on. A - stands for standard\n"
        "input. Files after -- may start with a dash. Where Tutti runs already, it opens\n"
        "them there, unless there is an option about you or about where to host.\n");
}

} // namespace tutti::app
