// SPDX-License-Identifier: MIT
// A channel of one's own: five functions and three signals are all a Provider needs.
#include "check.h"
#include "crdt/doc.h"
#include "crdt/text.h"
#include "net/provider.h"

#include <QTimer>

#include <memory>

using namespace tutti;

namespace {

/// One end of a pipe inside the process. What it promises: nothing is emitted from inside a
/// call, frames arrive whole and in order, and each open() ends with one closed().
class PipeEnd final : public net::Channel
{
public:
    void joinTo(PipeEnd& other)
    {
        m_other = &other;
        other.m_other = this;
    }
    QString path() const override { return QStringLiteral("/pipe"); }
    bool isOpen() const override { return m_open; }
    void open() override
    {
        QTimer::singleShot(0, this, [this] {
            m_open = true;
            Q_EMIT opened();
        });
    }
    void send(const QByteArray& frame) override
    {
        QTimer::singleShot(0, m_other, [other = m_other, frame] {
            if (other->m_open) {
                Q_EMIT other->received(frame);
            }
        });
    }
    void close(int code, const QString& reason) override
    {
        m_open = false;
        QTimer::singleShot(0, this, [this, code, reason] { Q_EMIT closed({code, reason, false}); });
    }

private:
    PipeEnd* m_other = nullptr;
    bool m_open = false;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    auto left = std::make_unique<PipeEnd>();
    auto right = std::make_unique<PipeEnd>();
    left->joinTo(*right);

    crdt::Doc ada;
    crdt::Doc bob;
    net::Provider adas(ada, std::move(left));
    net::Provider bobs(bob, std::move(right));
    adas.start();
    bobs.start();

    ada.get<crdt::Text>("codemirror").insert(crdt::Offset(0), u"through the pipe");
    const auto text = bob.get<crdt::Text>("codemirror");
    check(waitUntil([&] { return text.toString() == u"through the pipe"; }), "it arrives");
    return 0;
}
