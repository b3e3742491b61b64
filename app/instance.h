// SPDX-License-Identifier: MIT
#pragma once

#include "app/arguments.h"

#include <QByteArray>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

class KDSingleApplication;

/// One program a user and a state folder: a second `tutti` hands over what it was asked for and
/// ends. Two users, or two homes (as tests have them), never meet.
namespace tutti::app {

/// What one program asks of another.
struct Request
{
    QList<FileArgument> files; ///< absolute
    QStringList links;
    std::optional<QString> text; ///< for an untitled document
    QString textName;
    QString authToken;
    QString authCommand;
    bool wait = false; ///< say when what was opened is closed
    QString replyTo; ///< a local socket's name
    QByteArray activation; ///< what the desktop gave to bring a window to the front

    [[nodiscard]] static Request from(const Arguments& arguments);
    [[nodiscard]] QByteArray toMessage() const;
    /// Nothing where it is no request of ours.
    [[nodiscard]] static std::optional<Request> fromMessage(const QByteArray& message);
};

/// The answers of the program that runs to one that asked: lines `error WORDS`, `handled`,
/// `closed`. Threads: the GUI's.
class Answer : public QObject
{
    Q_OBJECT

public:
    explicit Answer(const QString& replyTo, QObject* parent);

    void error(const QString& words);
    void handled();
    /// The last one.
    void closed();

private:
    void line(const QString& text);

    QLocalSocket m_socket;
};

/// Whether this program is the one that runs, and what others ask of it.
class Instance : public QObject
{
    Q_OBJECT

public:
    /// Requires: an application with its names.
    Instance();
    ~Instance() override;

    [[nodiscard]] bool isFirst() const;
    /// Hands the request to the first one; the application then ends with the status that comes of
    /// it. Requires: not the first.
    void ask(Request request);

Q_SIGNALS:
    /// To the first one.
    void asked(const tutti::app::Request& request);

private:
    void onAnswer(QLocalSocket& socket);
    void finish(int status);

    std::unique_ptr<KDSingleApplication> m_single;
    QLocalServer m_answers;
    QTimer m_patience;
    bool m_wait = false;
    bool m_finished = false;
    int m_status = 0;
};

} // namespace tutti::app
