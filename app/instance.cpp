// SPDX-License-Identifier: MIT
#include "app/instance.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QUuid>
#include <kdsingleapplication.h>

#include <cstdio>

namespace tutti::app {

namespace {

constexpr int kVersion = 1;
constexpr int kPatienceMs = 10'000; ///< for the first answer
constexpr int kSendingMs = 5'000;

/// Of the user and of the folder that the program keeps its state in.
QString instanceName()
{
    const QByteArray state =
        QStandardPaths::writableLocation(QStandardPaths::StateLocation).toUtf8();
    return QStringLiteral("tutti-")
        + QString::fromLatin1(
            QCryptographicHash::hash(state, QCryptographicHash::Sha256).toHex().first(16));
}

void complain(const QString& words)
{
    std::fputs(qUtf8Printable(QStringLiteral("tutti: %1\n").arg(words)), stderr);
}

} // namespace

Request Request::from(const Arguments& arguments)
{
    Request request;
    for (FileArgument file : arguments.files) {
        file.path = QFileInfo(file.path).absoluteFilePath();
        request.files.append(file);
    }
    request.links = arguments.links;
    request.textName = arguments.textName;
    request.authToken = arguments.authToken.value_or(QString());
    request.authCommand = arguments.authCommand.value_or(QString());
    request.wait = arguments.wait;
    return request;
}

QByteArray Request::toMessage() const
{
    QJsonArray filesJson;
    for (const FileArgument& file : files) {
        filesJson.append(QJsonArray{file.path, file.line, file.column});
    }
    QJsonObject object{
        {QStringLiteral("version"), kVersion},
        {QStringLiteral("files"), filesJson},
        {QStringLiteral("links"), QJsonArray::fromStringList(links)},
        {QStringLiteral("textName"), textName},
        {QStringLiteral("token"), authToken},
        {QStringLiteral("tokenCommand"), authCommand},
        {QStringLiteral("wait"), wait},
        {QStringLiteral("replyTo"), replyTo},
        {QStringLiteral("activation"), QString::fromUtf8(activation)},
    };
    if (text) {
        object.insert(QStringLiteral("text"), *text);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<Request> Request::fromMessage(const QByteArray& message)
{
    const QJsonObject object = QJsonDocument::fromJson(message).object();
    if (object.value(QStringLiteral("version")).toInt() != kVersion) {
        return std::nullopt;
    }
    const auto string = [&object](const char* key) {
        return object.value(QLatin1StringView(key)).toString();
    };
    Request request;
    const QJsonArray filesJson = object.value(QStringLiteral("files")).toArray();
    for (const QJsonValue& value : filesJson) {
        const QJsonArray file = value.toArray();
        request.files.append({file.at(0).toString(), file.at(1).toInt(), file.at(2).toInt()});
    }
    const QJsonArray linksJson = object.value(QStringLiteral("links")).toArray();
    for (const QJsonValue& link : linksJson) {
        request.links.append(link.toString());
    }
    if (object.contains(QStringLiteral("text"))) {
        request.text = string("text");
    }
    request.textName = string("textName");
    request.authToken = string("token");
    request.authCommand = string("tokenCommand");
    request.wait = object.value(QStringLiteral("wait")).toBool();
    request.replyTo = string("replyTo");
    request.activation = string("activation").toUtf8();
    return request;
}

Answer::Answer(const QString& replyTo, QObject* parent)
    : QObject(parent)
{
    connect(&m_socket, &QLocalSocket::disconnected, this, &QObject::deleteLater);
    m_socket.connectToServer(replyTo);
}

void Answer::line(const QString& text)
{
    QString oneLine = text;
    oneLine.replace(QChar(u'\n'), QChar(u' '));
    m_socket.write(oneLine.toUtf8() + '\n');
    m_socket.flush();
}

void Answer::error(const QString& words) { line(QStringLiteral("error ") + words); }

void Answer::handled() { line(QStringLiteral("handled")); }

void Answer::closed()
{
    line(QStringLiteral("closed"));
    m_socket.waitForBytesWritten(1'000); // it may be the program's last act
    m_socket.disconnectFromServer();
}

Instance::Instance()
    : m_single(std::make_unique<KDSingleApplication>(
          instanceName(), KDSingleApplication::Option::IncludeUsernameInSocketName))
{
    connect(m_single.get(), &KDSingleApplication::messageReceived, this,
        [this](const QByteArray& message) {
            if (const auto request = Request::fromMessage(message)) {
                Q_EMIT asked(*request);
            }
        });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        complain(QStringLiteral("the Tutti that runs does not answer; --new opens another window"));
        finish(1);
    });
}

Instance::~Instance() = default;

bool Instance::isFirst() const { return m_single->isPrimaryInstance(); }

void Instance::ask(Request request)
{
    m_wait = request.wait;
    m_answers.setSocketOptions(QLocalServer::UserAccessOption);
    request.replyTo =
        QStringLiteral("tutti-answer-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    connect(&m_answers, &QLocalServer::newConnection, this, [this] {
        QLocalSocket* socket = m_answers.nextPendingConnection();
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onAnswer(*socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            onAnswer(*socket);
            if (!m_finished) {
                complain(QStringLiteral("the Tutti that ran has ended"));
                finish(1);
            }
        });
        onAnswer(*socket);
    });
    if (!m_answers.listen(request.replyTo)) {
        complain(m_answers.errorString());
        finish(1);
        return;
    }
    request.replyTo = m_answers.fullServerName();
    m_patience.start(kPatienceMs);
    if (!m_single->sendMessageWithTimeout(request.toMessage(), kSendingMs)) {
        complain(QStringLiteral("the Tutti that runs does not answer; --new opens another window"));
        finish(1);
    }
}

void Instance::onAnswer(QLocalSocket& socket)
{
    while (socket.canReadLine()) {
        m_patience.stop();
        const QString line = QString::fromUtf8(socket.readLine()).trimmed();
        if (line.startsWith(QStringLiteral("error "))) {
            complain(line.sliced(6));
            m_status = 1;
        } else if (line == QStringLiteral("closed")
            || (line == QStringLiteral("handled") && !m_wait)) {
            finish(m_status);
        }
    }
}

void Instance::finish(int status)
{
    if (!m_finished) {
        m_finished = true;
        // also where the application's loop has not begun yet
        QMetaObject::invokeMethod(
            qApp, [status] { QCoreApplication::exit(status); }, Qt::QueuedConnection);
    }
}

} // namespace tutti::app
