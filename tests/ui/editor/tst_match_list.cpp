// SPDX-License-Identifier: MIT
#include "ui/editor/match_list.h"

#include <QTest>

#include <algorithm>
#include <random>

using tutti::ui::MatchList;
using tutti::ui::TextMatch;

namespace {

/// What MatchList does, in a plain vector.
struct Plain
{
    std::vector<TextMatch> matches;

    void replace(int from, int to, const std::vector<TextMatch>& found)
    {
        std::erase_if(matches, [&](const TextMatch& m) { return m.start >= from && m.start < to; });
        matches.insert(matches.end(), found.begin(), found.end());
        std::sort(matches.begin(), matches.end(),
            [](const TextMatch& a, const TextMatch& b) { return a.start < b.start; });
    }
    void edit(int position, int removed, int added)
    {
        if (removed == added) {
            return;
        }
        std::erase_if(matches,
            [&](const TextMatch& m) { return m.start < position + removed && m.end() > position; });
        for (TextMatch& m : matches) {
            m.start += m.start >= position + removed ? added - removed : 0;
        }
    }
    [[nodiscard]] std::vector<TextMatch> touching(int from, int to) const
    {
        std::vector<TextMatch> found;
        std::copy_if(matches.begin(), matches.end(), std::back_inserter(found),
            [&](const TextMatch& m) { return m.start <= to && m.end() >= from; });
        return found;
    }
};

} // namespace

/// The list of matches against a vector.
class TestMatchList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behavesLikeAVector();
};

void TestMatchList::behavesLikeAVector()
{
    const auto seed = qEnvironmentVariableIsSet("TUTTI_SEED")
        ? static_cast<unsigned>(qEnvironmentVariableIntValue("TUTTI_SEED"))
        : std::random_device()();
    qInfo("TUTTI_SEED=%u", seed);
    std::mt19937 random(seed);
    const auto below = [&random](
                           int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    int length = 60'000;
    MatchList list;
    Plain plain;
    for (int step = 0; step < 250; ++step) {
        const int from = below(length);
        if (below(3) == 0) {
            const int removed = std::min(below(200), length - from);
            const int added = below(200);
            list.edit(from, removed, added);
            plain.edit(from, removed, added);
            length += added - removed;
        } else {
            const int to = std::min(from + 1 + below(step < 20 ? 30'000 : 500), length);
            std::vector<TextMatch> found;
            for (int at = from; at < to;) {
                const int size = below(6);
                found.push_back({at, size});
                at += std::max(size, 1) + below(4);
            }
            list.replace(from, to, found);
            plain.replace(from, to, found);
        }
        QVERIFY(list.all() == plain.matches);
        QCOMPARE(list.size(), plain.matches.size());
        const int at = below(length);
        const auto first = std::find_if(plain.matches.begin(), plain.matches.end(),
            [&](const TextMatch& m) { return m.start >= at; });
        QCOMPARE(list.firstFrom(at), static_cast<std::size_t>(first - plain.matches.begin()));
        if (first != plain.matches.end()) {
            QVERIFY(list.at(list.firstFrom(at)) == *first);
            QVERIFY(list.indexOf(*first).has_value());
        }
        QVERIFY(!list.indexOf({at, 1'000'000}));
        QVERIFY(list.touching(at, at + 100) == plain.touching(at, at + 100));
    }
    list.clear();
    QVERIFY(list.isEmpty());
}

QTEST_GUILESS_MAIN(TestMatchList)

#include "tst_match_list.moc"
