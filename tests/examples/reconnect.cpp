// SPDX-License-Identifier: MIT
// A channel that breaks and comes back: writing goes on meanwhile, and the two sides merge.
#include "check.h"
#include "crdt/doc.h"
#include "crdt/text.h"
#include "net/memory_channel.h"
#include "net/provider.h"
#include "net/reconnect_policy.h"

#include <QLoggingCategory>

using namespace tutti;
using namespace std::chrono_literals;
using State = net::ProviderStatus::State;

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QLoggingCategory::setFilterRules(QStringLiteral("tutti.*=false")); // losses are expected here

    // The policy itself is pure: each wait is random below a ceiling that doubles up to a limit.
    net::ReconnectPolicy policy({100ms, 30s}, [] { return 0.5; });
    check(
        policy.next() == 50ms && policy.next() == 100ms && policy.next() == 200ms, "it backs off");
    for (int i = 0; i < 100; ++i) {
        static_cast<void>(policy.next());
    }
    check(policy.next() == 15s, "but not for ever");
    policy.reset();
    check(policy.next() == 50ms, "and starts over after a success");

    auto [left, right] = net::MemoryChannel::makePair();
    net::Channel& line = *right;
    crdt::Doc ada;
    crdt::Doc bob;
    crdt::Text adasText = ada.get<crdt::Text>("codemirror");
    crdt::Text bobsText = bob.get<crdt::Text>("codemirror");
    net::Provider::Options options;
    options.policy = net::ReconnectPolicy({100ms, 1s}, [] { return 0.9; });
    net::Provider adas(ada, std::move(left), options);
    net::Provider bobs(bob, std::move(right), options);
    adas.start();
    bobs.start();
    adasText.insert(crdt::Offset(0), u"together ");
    check(waitUntil([&] { return adas.status().state == State::Synced; }), "in sync");

    for (int loss = 1; loss <= 5; ++loss) {
        line.close(net::CloseInfo::kAbnormal, QStringLiteral("pulled the plug"));
        check(waitUntil([&] { return adas.status().state == State::Offline; }), "offline");
        adasText.insert(adasText.length(), u"a");
        bobsText.insert(crdt::Offset(0), u"b");
        check(adas.status().pendingChanges > 0, "Ada's change waits");
        check(waitUntil([&] {
            return adas.status().state == State::Synced && bobs.status().state == State::Synced;
        }),
            "connected again, all changes synced");
        check(adasText.toString() == bobsText.toString(), "both have both changes");
    }
    check(adasText.toString() == u"bbbbbtogether aaaaa", "nothing lost, nothing doubled");
    return 0;
}
