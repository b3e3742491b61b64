// SPDX-License-Identifier: MIT
#include "crdt/doc.h"
#include "support.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace tutti::crdt;
using namespace tutti::crdt::test;

class TestSubdocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void made();
    void arrived();
    void contentTravelsApart();
    void removed();
    void destroyed();
    void placedTwice();
    void outlivingTheirDocument();
};

namespace {

/// Notes what a document tells of its subdocuments: +added -removed !loaded.
class Watch
{
public:
    explicit Watch(Doc& doc)
        : m_subscription(doc.observeSubdocuments([this](const SubdocumentsEvent& event) {
            const auto note = [this](QChar sign, std::span<const Subdocument> documents) {
                for (const Subdocument& document : documents) {
                    calls << sign + qString(document.guid());
                }
            };
            note(u'+', event.added);
            note(u'-', event.removed);
            note(u'!', event.loaded);
        }))
    { }

    QString take() { return std::exchange(calls, {}).join(u' '); }

    QStringList calls;

private:
    Subscription m_subscription;
};

Subdocument named(const char* guid, bool autoLoad = false)
{
    return Subdocument(Subdocument::Options{.guid = guid, .autoLoad = autoLoad, .meta = {}});
}

} // namespace

void TestSubdocuments::made()
{
    Doc doc = makeDoc(1);
    Watch watch(doc);
    const Subdocument sub(Subdocument::Options{
        .guid = "a", .gc = false, .autoLoad = true, .meta = Any::object({{"title", "A"}})});
    QCOMPARE(
        qString(sub.options().toJson()), uR"({"gc":false,"autoLoad":true,"meta":{"title":"A"}})"_s);
    const auto placed = doc.get<Map>("m").set("s", sub);
    QVERIFY(placed.has_value());
    QVERIFY(*placed->as<Subdocument>() == sub);
    QCOMPARE(watch.take(), u"+a !a"_s); // who makes it wants it
    QCOMPARE(doc.subdocuments().size(), std::size_t(1));
    QCOMPARE(doc.subdocumentGuids(), std::vector<std::string>{"a"});
    QVERIFY(!sub.doc().gc());
    QCOMPARE(sub.doc().clientId(), doc.clientId());
    QVERIFY(!Subdocument().guid().empty());
}

void TestSubdocuments::arrived()
{
    Doc doc = makeDoc(1);
    QVERIFY(doc.get<Array>("l").push({named("wait"), named("now", true)}));
    Doc other = makeDoc(2);
    Watch watch(other);
    QVERIFY(other.applyUpdate(doc.getUpdate()));
    QCOMPARE(watch.take(), u"+wait +now !now"_s);
    Subdocument wait = *other.get<Array>("l").get<Subdocument>(at(0));
    QVERIFY(!wait.shouldLoad() && !wait.autoLoad());
    wait.load();
    QCOMPARE(watch.take(), u"!wait"_s);
    wait.load();
    QCOMPARE(watch.take(), QString());
    QVERIFY(other.applyUpdateV2(doc.getUpdateV2()));
    QCOMPARE(watch.take(), QString());
}

void TestSubdocuments::contentTravelsApart()
{
    Doc doc = makeDoc(1);
    Subdocument sub = named("a");
    QVERIFY(doc.get<Map>("m").set("s", sub));
    sub.doc().get<Text>("t").insert(at(0), u"inside");
    const Bytes outer = doc.getUpdate();
    Doc other = makeDoc(2);
    QVERIFY(other.applyUpdate(outer));
    Subdocument theirs = *other.get<Map>("m").get<Subdocument>("s");
    QCOMPARE(theirs.guid(), sub.guid());
    QCOMPARE(theirs.doc().get<Text>("t").length(), at(0));
    QVERIFY(theirs.doc().applyUpdate(sub.doc().getUpdate()));
    QCOMPARE(qString(theirs.doc().get<Text>("t")), u"inside"_s);
}

void TestSubdocuments::removed()
{
    Doc doc = makeDoc(1);
    Watch watch(doc);
    Map map = doc.get<Map>("m");
    QVERIFY(map.set("s", named("a")));
    QVERIFY(map.set("s", named("b")));
    watch.take();
    QVERIFY(doc.subdocumentGuids() == std::vector<std::string>{"b"});
    QVERIFY(map.erase("s"));
    QVERIFY(watch.take().startsWith(u"-b"_s));
    QVERIFY(doc.subdocuments().empty());
    doc.transact({}, [&] {
        QVERIFY(map.set("s", named("c")));
        QVERIFY(map.erase("s"));
    });
    QVERIFY(!watch.take().contains(u"+c"_s));
    // With what it is in.
    QVERIFY(map.set("list", ArrayPrelim{{named("d")}}));
    watch.take();
    QVERIFY(map.erase("list"));
    QVERIFY(watch.take().startsWith(u"-d"_s));
}

void TestSubdocuments::destroyed()
{
    Doc doc = makeDoc(1);
    Watch watch(doc);
    Map map = doc.get<Map>("m");
    Subdocument sub = named("a");
    QVERIFY(map.set("s", sub));
    sub.doc().get<Text>("t").insert(at(0), u"x");
    watch.take();
    sub.destroy();
    QCOMPARE(watch.take(), u"+a -a"_s); // the same place, a fresh document
    Subdocument fresh = *map.get<Subdocument>("s");
    QVERIFY(!(fresh == sub) && !fresh.shouldLoad());
    QCOMPARE(fresh.doc().get<Text>("t").length(), at(0));
    fresh.load();
    QCOMPARE(watch.take(), u"!a"_s);
}

void TestSubdocuments::placedTwice()
{
    Doc doc = makeDoc(1);
    const Subdocument sub = named("a");
    QVERIFY(doc.get<Array>("l").push({sub, sub}));
    const auto first = *doc.get<Array>("l").get<Subdocument>(at(0));
    const auto second = *doc.get<Array>("l").get<Subdocument>(at(1));
    QVERIFY(first == sub && !(second == sub));
    QCOMPARE(second.guid(), sub.guid());
    QCOMPARE(doc.subdocuments().size(), std::size_t(2));
    QCOMPARE(doc.subdocumentGuids().size(), std::size_t(1));
}

void TestSubdocuments::outlivingTheirDocument()
{
    std::optional<Subdocument> kept;
    {
        Doc doc = makeDoc(1);
        QVERIFY(doc.get<Map>("m").set("s", named("a")));
        kept = doc.get<Map>("m").get<Subdocument>("s");
        kept->doc().get<Text>("t").insert(at(0), u"x");
    }
    QCOMPARE(qString(kept->doc().get<Text>("t")), u"x"_s);
    kept->load();
    kept->destroy();
}

QTEST_GUILESS_MAIN(TestSubdocuments)
#include "tst_subdocuments.moc"
