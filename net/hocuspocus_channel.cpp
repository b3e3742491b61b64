// SPDX-License-Identifier: MIT
#include "net/hocuspocus_channel.h"

#include "crdt/encoding.h"
#include "net/bytes.h"

#include <QLoggingCategory>

#include <utility>

namespace tutti::net {

namespace {

Q_LOGGING_CATEGORY(hocuspocusLog, "tutti.net.hocuspocus")

enum class Kind : std::uint64_t {
    Sync = 0,
    Awareness = 1,
    Auth = 2,
    QueryAwareness = 3,
    SyncReply = 4,
    Stateless = 5,
    BroadcastStateless = 6,
    Close = 7,
    SyncStatus = 8,
};

enum class AuthKind : std::uint64_t { Token = 0, PermissionDenied = 1, Authenticated = 2 };

const auto kReadWrite = QStringLiteral("read-write");

QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

void writeString(crdt::Encoder& encoder, const QString& text)
{
    encoder.writeVarString(std::u16string_view(
        reinterpret_cast<const char16_t*>(text.utf16()), static_cast<std::size_t>(text.size())));
}

crdt::Encoder begin(Kind kind)
{
    crdt::Encoder encoder;
    encoder.writeVarUint(static_cast<std::uint64_t>(kind));
    return encoder;
}

} // namespace

HocuspocusChannel::HocuspocusChannel(std::shared_ptr<HocuspocusSocket> socket,
    const QString& document, Options options, QObject* parent)
    : Channel(parent)
    , m_socket(std::move(socket))
    , m_document(document)
    , m_options(std::move(options))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        if (m_phase == Phase::Closing) {
            finish({m_closeCode, QString()});
        } else {
            finish({CloseInfo::kAbnormal, tr("%1 does not answer").arg(host())});
        }
    });
}

HocuspocusChannel::~HocuspocusChannel()
{
    if (m_phase == Phase::Authenticating || m_phase == Phase::Open) {
        m_socket->send(*this, begin(Kind::Close).view());
    }
    m_socket->leave(this, CloseInfo::kGoingAway);
    m_socket->release(m_document);
}

QString HocuspocusChannel::path() const { return u'#' + m_document; }

QString HocuspocusChannel::host() const { return m_socket->host(); }

void HocuspocusChannel::open()
{
    if (m_phase != Phase::Closed) {
        return;
    }
    m_phase = Phase::Connecting;
    ++m_attempt;
    m_socket->enter(this);
}

bool HocuspocusChannel::isOpen() const { return m_phase == Phase::Open; }

void HocuspocusChannel::send(const QByteArray& frame)
{
    if (m_phase == Phase::Open) {
        m_socket->send(*this, view(frame));
    }
}

void HocuspocusChannel::sendStateless(const QString& payload)
{
    if (m_phase == Phase::Open) {
        crdt::Encoder message = begin(Kind::Stateless);
        writeString(message, payload);
        m_socket->send(*this, message.view());
    }
}

void HocuspocusChannel::close(int code, const QString& reason)
{
    if (m_phase == Phase::Closed || m_phase == Phase::Closing) {
        return;
    }
    const bool known = m_phase != Phase::Connecting; // the server may know of us
    m_phase = Phase::Closing;
    m_closeCode = code;
    m_deadline.stop();
    if (known) {
        m_socket->send(*this, begin(Kind::Close).view());
    }
    if (known && m_socket->isShared()) {
        // Its answer is waited for: a token that came before it had closed would be taken for a
        // fresh one of the connection that goes.
        m_deadline.start(m_options.closeTimeout);
    } else {
        m_socket->leave(this, code, reason);
        finishLater({code, QString()});
    }
}

qint64 HocuspocusChannel::queuedBytes() const
{
    return m_phase == Phase::Closed ? 0 : m_socket->queuedBytes();
}

void HocuspocusChannel::setExpectingBulk(bool expecting)
{
    if (m_phase == Phase::Open) {
        m_socket->setExpectingBulk(expecting);
    }
}

void HocuspocusChannel::socketOpened()
{
    if (m_phase == Phase::Connecting) {
        m_phase = Phase::Authenticating;
        askForToken();
    }
}

void HocuspocusChannel::askForToken()
{
    const auto tell = [this, attempt = m_attempt](const Token& token) {
        if (attempt != m_attempt || (m_phase != Phase::Authenticating && m_phase != Phase::Open)) {
            return;
        }
        if (!token) {
            finish({CloseInfo::kAbnormal, token.error()});
            return;
        }
        if (m_phase == Phase::Authenticating) {
            m_deadline.start(m_options.authTimeout);
        }
        crdt::Encoder message = begin(Kind::Auth);
        message.writeVarUint(static_cast<std::uint64_t>(AuthKind::Token));
        writeString(message, *token);
        m_socket->send(*this, message.view());
    };
    if (m_options.token) {
        m_options.token(this, tell);
    } else {
        tell(Token(QString())); // required, though empty
    }
}

void HocuspocusChannel::socketReceived(const QByteArray& message)
{
    crdt::Decoder decoder(view(message));
    const auto kind = decoder.readVarUint();
    if (!kind) {
        return;
    }
    if (m_phase == Phase::Closing) {
        if (static_cast<Kind>(*kind) == Kind::Close) {
            finish({m_closeCode, QString()});
        }
        return;
    }
    if (m_phase != Phase::Authenticating && m_phase != Phase::Open) {
        return;
    }
    switch (static_cast<Kind>(*kind)) {
    case Kind::Sync:
    case Kind::SyncReply:
        // A server that wants no token may do without the receipt for it.
        authenticated(kReadWrite);
        if (m_phase == Phase::Open) {
            Q_EMIT received('\0' + toByteArray(decoder.rest()));
        }
        return;
    case Kind::Awareness:
    case Kind::QueryAwareness:
        if (m_phase == Phase::Open) {
            Q_EMIT received(message);
        }
        return;
    case Kind::Auth:
        readAuth(decoder.rest());
        return;
    case Kind::Stateless:
    case Kind::BroadcastStateless:
        if (const auto payload = decoder.readVarString(); payload && m_phase == Phase::Open) {
            Q_EMIT stateless(toQString(*payload));
        }
        return;
    case Kind::Close: {
        const QString reason = toQString(decoder.readVarString().value_or(std::string_view()));
        finish({CloseInfo::kNormal,
            reason.isEmpty() ? tr("%1 closed the document").arg(host())
                             : tr("%1 closed the document: %2").arg(host(), reason)});
        return;
    }
    case Kind::SyncStatus:
        if (const auto taken = decoder.readVarUint(); taken && m_phase == Phase::Open) {
            Q_EMIT acknowledged(*taken == 1);
        }
        return;
    }
    qCDebug(
        hocuspocusLog, "ignored a message of type %llu", static_cast<unsigned long long>(*kind));
}

void HocuspocusChannel::readAuth(crdt::BytesView payload)
{
    crdt::Decoder decoder(payload);
    const auto kind = decoder.readVarUint();
    if (!kind) {
        return;
    }
    switch (static_cast<AuthKind>(*kind)) {
    case AuthKind::Token:
        askForToken();
        return;
    case AuthKind::PermissionDenied: {
        const QString reason = toQString(decoder.readVarString().value_or(std::string_view()));
        // What the server says when its hook gave no reason.
        const bool plain = reason.isEmpty() || reason == QStringLiteral("permission-denied");
        finish({CloseInfo::kForbidden,
            plain ? tr("Permission denied") : tr("Permission denied: %1").arg(reason), true, true});
        return;
    }
    case AuthKind::Authenticated: {
        const auto scope = decoder.readVarString();
        authenticated(scope ? toQString(*scope) : kReadWrite);
        return;
    }
    }
}

void HocuspocusChannel::authenticated(const QString& scope)
{
    if (m_phase != Phase::Authenticating) {
        return;
    }
    m_deadline.stop();
    m_phase = Phase::Open;
    Q_EMIT opened();
    if (m_phase == Phase::Open) {
        crdt::Encoder message = begin(Kind::Auth);
        message.writeVarUint(static_cast<std::uint64_t>(AuthKind::Authenticated));
        writeString(message, scope);
        Q_EMIT received(toByteArray(message.view()));
    }
}

void HocuspocusChannel::socketClosed(const CloseInfo& info)
{
    if (m_phase == Phase::Closing) {
        finish({m_closeCode, QString()});
        return;
    }
    CloseInfo mine = info;
    mine.terminal = info.code == CloseInfo::kTooBig || info.denied;
    finish(mine);
}

void HocuspocusChannel::finish(const CloseInfo& info)
{
    if (m_phase == Phase::Closed) {
        return;
    }
    m_phase = Phase::Closed;
    m_deadline.stop();
    m_socket->leave(this);
    Q_EMIT closed(info);
}

void HocuspocusChannel::finishLater(const CloseInfo& info)
{
    QMetaObject::invokeMethod(
        this,
        [this, info, attempt = m_attempt] {
            if (attempt == m_attempt) {
                finish(info);
            }
        },
        Qt::QueuedConnection);
}

} // namespace tutti::net
