// SPDX-License-Identifier: MIT
#include "app/ctl/serve_options.h"

#include "app/ctl/input.h"
#include "app/ctl/tls_files.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace tutti::app::ctl {

namespace {

using Failure = std::unexpected<QString>;

QString tr(const char* words) { return QCoreApplication::translate("tuttictl", words); }

const char kDescription[] =
    "Hosts rooms, each a path, for any editor that speaks y-websocket.\n"
    "\n"
    "Beyond this computer it wants tokens, or --open. A client says its token in the address of\n"
    "the room: ws://HOST:PORT/ROOM?token=TOKEN (y-websocket: params: { token }). Who has none is\n"
    "sent away with close code 4401, who has a wrong one with 4403. Who may only read is told so\n"
    "by the message 2 2 \"readonly\", and what it writes is passed over.\n"
    "\n"
    "SIGHUP reads the files with tokens, certificate and key again. Who has no right to be in any\n"
    "more is sent away with 4403, who may only read from then on is told so. SIGTERM writes what\n"
    "is to be written, says goodbye (close code 1012) and ends.";

void addOptions(QCommandLineParser& parser)
{
    const auto add = [&parser](const char* name, const char* value, const char* words,
                         const char* usual = "") {
        parser.addOption({QString::fromLatin1(name), tr(words), QString::fromLatin1(value),
            QString::fromLatin1(usual)});
    };
    add("listen", "ADDRESS:PORT", "Where to listen; port 0 is any free one.", "127.0.0.1:1234");
    add("store", "DIR",
        "Keep the rooms in a folder, made when it is missing. Without, they end with the program.");
    add("token", "TOKEN", "Who has this token may read and edit; repeatable.");
    add("read-token", "TOKEN", "Who has this token may read; repeatable.");
    add("token-file", "FILE",
        "Tokens that no list of processes shows, a line each: TOKEN, edit TOKEN [ROOM], "
        "read TOKEN [ROOM]; repeatable.");
    parser.addOption({QStringLiteral("open"), tr("Let everybody in who can connect.")});
    add("tls-cert", "FILE",
        "Speak wss: the server's certificate and those up to its authority's, in PEM form.");
    add("tls-key", "FILE", "The certificate's private key, in PEM form, without a password.");
    add("allow-origin", "ORIGIN",
        "Let in pages of this origin, as https://example.org, and no others; repeatable. Programs "
        "that are no browsers need none.");
    add("max-message", "SIZE", "Largest message taken from a client (else close code 1009).",
        "64M");
    add("max-receiving", "SIZE",
        "Memory for all clients' messages that have begun and not ended; when it is used up, "
        "whoever holds most is sent away (1013). Usual: 512M, or four times --max-message.",
        "0");
    add("max-document", "SIZE",
        "Largest document (else 4413, also for a client that comes back); 0: any.", "64M");
    add("max-rate", "N",
        "Messages a second that a client may send in the long run, and ten times that at once "
        "(else 1008); 0: any.",
        "2000");
    add("max-bytes-rate", "SIZE",
        "Bytes a second that are read from a client in the long run, and four times that at once "
        "(else it is slowed down); 0: any.",
        "16M");
    add("max-clients", "N", "Clients in all (else 1013).", "10000");
    add("max-clients-per-room", "N", "Clients in one room (else 1013).", "1000");
    add("max-rooms", "N", "Rooms open at once (else 1013).", "10000");
    add("metrics", "ADDRESS:PORT", "Answer GET /metrics there, in Prometheus' text format.");
    add("log-format", "text|json",
        "Write a line an event to standard error: who joined, left, was refused, and why.");
}

std::expected<void, QString> addLimits(
    net::Server::Options& limits, const QCommandLineParser& parser)
{
    const auto value = [&parser](
                           const char* name) { return parser.value(QString::fromLatin1(name)); };
    constexpr qint64 kMostMessage = qint64{1} << 30; // what Qt takes in one piece, and some room
    const auto message = parseSize(value("max-message"));
    if (!message || *message == 0 || *message > kMostMessage) {
        return Failure(tr("--max-message wants a size up to 1G, such as 64M, not “%1”")
                .arg(value("max-message")));
    }
    const auto document = parseSize(value("max-document"));
    if (!document) {
        return Failure(
            tr("--max-document wants a size, such as 64M, not “%1”").arg(value("max-document")));
    }
    const auto receiving = parseSize(value("max-receiving"));
    if (!receiving || (*receiving != 0 && *receiving < 2 * *message)) {
        return Failure(tr("--max-receiving wants at least twice --max-message, not “%1”")
                .arg(value("max-receiving")));
    }
    limits.maxFrame = static_cast<quint64>(*message);
    limits.maxReceiving = *receiving;
    limits.maxDocument = *document;
    const auto bytesRate = parseSize(value("max-bytes-rate"));
    if (!bytesRate) {
        return Failure(tr("--max-bytes-rate wants a size, such as 16M, not “%1”")
                .arg(value("max-bytes-rate")));
    }
    limits.maxBytesRate = *bytesRate;
    struct Count
    {
        const char* name;
        int& limit;
        int least;
    };
    for (const Count& count :
        {Count{"max-rate", limits.maxRate, 0}, Count{"max-clients", limits.maxConnections, 1},
            Count{"max-clients-per-room", limits.maxConnectionsPerRoom, 1},
            Count{"max-rooms", limits.maxRooms, 1}}) {
        bool ok = false;
        const QString text = value(count.name);
        const int number = text.toInt(&ok);
        if (!ok || number < count.least) {
            return Failure(tr("--%1 wants a number from %2 on, not “%3”")
                    .arg(QString::fromLatin1(count.name))
                    .arg(count.least)
                    .arg(text));
        }
        count.limit = number;
    }
    return {};
}

std::expected<void, QString> addWatching(ServeOptions& options, const QCommandLineParser& parser)
{
    if (parser.isSet(QStringLiteral("metrics"))) {
        const auto where = parseListenAddress(parser.value(QStringLiteral("metrics")));
        if (!where) {
            return Failure(where.error());
        }
        options.metrics = *where;
    }
    const QString format = parser.value(QStringLiteral("log-format"));
    if (format == QStringLiteral("text") || format == QStringLiteral("json")) {
        options.log = format == QStringLiteral("json") ? LogFormat::Json : LogFormat::Text;
    } else if (parser.isSet(QStringLiteral("log-format"))) {
        return Failure(tr("--log-format wants text or json, not “%1”").arg(format));
    }
    return {};
}

std::expected<void, QString> addTls(ServeOptions& options, const QCommandLineParser& parser)
{
    const QString certificate = parser.value(QStringLiteral("tls-cert"));
    const QString key = parser.value(QStringLiteral("tls-key"));
    if (certificate.isEmpty() && key.isEmpty()) {
        return {};
    }
    if (certificate.isEmpty() || key.isEmpty()) {
        return Failure(tr("--tls-cert and --tls-key go together"));
    }
    auto tls = loadTls(certificate, key);
    if (!tls) {
        return Failure(tls.error());
    }
    options.tls = *std::move(tls);
    return {};
}

std::expected<void, QString> addAccess(ServeOptions& options, const QCommandLineParser& parser)
{
    for (const auto& [option, right] : {std::pair(QStringLiteral("token"), net::Right::Edit),
             std::pair(QStringLiteral("read-token"), net::Right::Read)}) {
        const QStringList tokens = parser.values(option);
        for (const QString& token : tokens) {
            if (token.isEmpty()) {
                return Failure(tr("--%1 needs a token").arg(option));
            }
            options.access.allowToken(token.toUtf8(), right);
        }
    }
    const QStringList files = parser.values(QStringLiteral("token-file"));
    for (const QString& file : files) {
        const auto content = readInput(file);
        if (!content) {
            return Failure(content.error());
        }
        if (const auto added = addTokens(options.access, *content, file); !added) {
            return added;
        }
    }
    const QStringList origins = parser.values(QStringLiteral("allow-origin"));
    for (const QString& origin : origins) {
        if (origin != QStringLiteral("null") && !origin.contains(QStringLiteral("://"))) {
            return Failure(
                tr("“%1” is not an origin: write it as in https://example.org").arg(origin));
        }
        options.access.allowOrigin(origin);
    }
    const bool open = parser.isSet(QStringLiteral("open"));
    const bool asksForToken = options.access.needsToken();
    if (open && asksForToken) {
        return Failure(tr("--open lets everybody in, a token does not: leave one of them out"));
    }
    if (!files.isEmpty() && !asksForToken) {
        return Failure(tr("There is no token in %1").arg(files.first()));
    }
    if (!open && !asksForToken && !options.where.address.isLoopback()) {
        return Failure(
            tr("Others can connect to %1: give --token TOKEN or --token-file FILE to say "
               "who may enter, or --open to let everybody in")
                .arg(options.where.address.toString()));
    }
    return {};
}

} // namespace

std::expected<ServeOptions, QString> parseServeOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(tr(kDescription));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("serve"), QString(), QStringLiteral("serve"));
    addOptions(parser);
    if (!parser.parse(arguments)) {
        QString error = parser.errorText();
        if (error.endsWith(u'.')) {
            error.chop(1);
        }
        return Failure(error);
    }
    ServeOptions options;
    options.arguments = arguments;
    options.hasFiles =
        parser.isSet(QStringLiteral("token-file")) || parser.isSet(QStringLiteral("tls-cert"));
    if (parser.isSet(QStringLiteral("help"))) {
        options.help = parser.helpText();
        return options;
    }
    const QStringList positional = parser.positionalArguments();
    if (positional.size() > 1) {
        return Failure(tr("“%1” is one argument too many for serve").arg(positional.at(1)));
    }
    const auto where = parseListenAddress(parser.value(QStringLiteral("listen")));
    if (!where) {
        return Failure(where.error());
    }
    options.where = *where;
    if (parser.isSet(QStringLiteral("store"))) {
        options.storeFolder = parser.value(QStringLiteral("store"));
        if (options.storeFolder->isEmpty()) {
            return Failure(tr("--store needs a folder"));
        }
    }
    for (const auto& done : {addLimits(options.limits, parser), addAccess(options, parser),
             addWatching(options, parser), addTls(options, parser)}) {
        if (!done) {
            return Failure(done.error());
        }
    }
    return options;
}

std::optional<qint64> parseSize(const QString& text)
{
    QString digits = text.toUpper();
    int shift = 0;
    for (const auto& [unit, bits] :
        {std::pair(u'K', 10), std::pair(u'M', 20), std::pair(u'G', 30)}) {
        if (digits.endsWith(unit)) {
            digits.chop(1);
            shift = bits;
            break;
        }
    }
    bool ok = false;
    const qint64 number = digits.toLongLong(&ok);
    constexpr qint64 kMost = qint64{1} << 50;
    if (!ok || number < 0 || digits.startsWith(u'+') || number > kMost >> shift) {
        return std::nullopt;
    }
    return number << shift;
}

std::expected<void, QString> addTokens(
    net::AccessPolicy& policy, const QByteArray& content, const QString& name)
{
    int number = 0;
    for (const QByteArray& line : content.split('\n')) {
        ++number;
        const QByteArray plain = line.simplified();
        if (plain.isEmpty() || plain.startsWith('#')) {
            continue;
        }
        const QList<QByteArray> words = plain.split(' ');
        if (words.size() == 1) {
            policy.allowToken(words[0], net::Right::Edit);
            continue;
        }
        const bool edits = words[0] == "edit";
        if (words.size() > 3 || (!edits && words[0] != "read")) {
            return Failure(
                tr("Line %1 of %2 is not a token: write TOKEN, edit TOKEN [ROOM] or read "
                   "TOKEN [ROOM]")
                    .arg(number)
                    .arg(name));
        }
        QString room = QString::fromLatin1(words.value(2)); // encoded, as on the wire
        if (!room.isEmpty() && !room.startsWith(u'/')) {
            room.prepend(u'/');
        }
        policy.allowToken(words[1], edits ? net::Right::Edit : net::Right::Read, room);
    }
    return {};
}

} // namespace tutti::app::ctl
