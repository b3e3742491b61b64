// SPDX-License-Identifier: MIT
#pragma once

#include "app/ctl/listen_address.h"

#include <QByteArray>
#include <QObject>
#include <QTcpServer>

#include <expected>
#include <functional>

class QTcpSocket;

namespace tutti::app::ctl {

/// Answers `GET /metrics` over HTTP/1.1, and nothing else. Few may ask at once, none may ask for
/// long or at length, and each connection is for one answer.
///
/// Threads: one, with an event loop.
class MetricsEndpoint final : public QObject
{
    Q_OBJECT

public:
    /// `text` makes the answer.
    explicit MetricsEndpoint(std::function<QByteArray()> text, QObject* parent = nullptr);

    /// The error is one sentence for a person.
    [[nodiscard]] std::expected<void, QString> listen(const ListenAddress& where);
    [[nodiscard]] quint16 port() const { return m_listener.serverPort(); }

private:
    void onNewConnection();
    void onReadyRead(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const QByteArray& status, const QByteArray& text);

    std::function<QByteArray()> m_text;
    int m_open = 0;
    QTcpServer m_listener; ///< last: the sockets that die with it report to the others
};

} // namespace tutti::app::ctl
