// SPDX-License-Identifier: MIT
#include "ui/editor/document_units.h"
#include "ui/editor/pending_edits.h"

#include <QTest>

#include <array>
#include <random>

using namespace tutti;
using ui::PendingEdits;
using Step = PendingEdits::Step;
using Kind = PendingEdits::Step::Kind;

namespace {

crdt::DeltaOp retain(int length)
{
    return {
        crdt::DeltaOp::Kind::Retain, crdt::Offset(static_cast<std::uint32_t>(length)), {}, {}, {}};
}

crdt::DeltaOp erase(int length)
{
    return {
        crdt::DeltaOp::Kind::Delete, crdt::Offset(static_cast<std::uint32_t>(length)), {}, {}, {}};
}

crdt::DeltaOp insert(const QString& text)
{
    return {crdt::DeltaOp::Kind::Insert, crdt::Offset(static_cast<std::uint32_t>(text.size())),
        text.toStdU16String(), {}, {}};
}

/// A document, a text ahead of it, and the difference, checked against each other.
class Model
{
public:
    explicit Model(const QString& start)
        : document(start)
        , text(start)
    { }

    void remote(const std::vector<crdt::DeltaOp>& delta)
    {
        edits.append(delta, [this](int from, int to) { return document.mid(from, to - from); });
        qsizetype at = 0;
        for (const crdt::DeltaOp& op : delta) {
            const auto length = static_cast<qsizetype>(op.length.value());
            switch (op.kind) {
            case crdt::DeltaOp::Kind::Retain:
                at += length;
                break;
            case crdt::DeltaOp::Kind::Insert:
                text.insert(at, ui::toQString(op.text));
                at += length;
                break;
            case crdt::DeltaOp::Kind::Delete:
                text.remove(at, length);
                break;
            }
        }
    }

    void local(int position, int removed, const QString& inserted)
    {
        document.replace(position, removed, inserted);
        const auto edit = edits.takeLocal(position, removed, static_cast<int>(inserted.size()));
        for (const auto& range : edit.erase) {
            text.remove(range.position, range.length);
        }
        text.insert(edit.insertAt, inserted);
    }

    [[nodiscard]] QString applied() const
    {
        QString result = document;
        int at = 0;
        for (const Step& step : edits.steps()) {
            switch (step.kind) {
            case Kind::Retain:
                at += step.length;
                break;
            case Kind::Insert:
                result.insert(at, step.text);
                at += step.length;
                break;
            case Kind::Delete:
                if (result.mid(at, step.length) != step.text) {
                    return QStringLiteral("remembered wrongly: ") + step.text;
                }
                result.remove(at, step.length);
                break;
            }
        }
        return result;
    }

    [[nodiscard]] QString oldText(int from, int to) const
    {
        return edits.oldText(from, to, [this](int a, int b) { return text.mid(a, b - a); });
    }

    QString document;
    QString text;
    PendingEdits edits;
};

} // namespace

class TestPendingEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void composes();
    void localEditFirstAtTheSamePlace();
    void insertionSurvivesLocalDeletion();
    void deletedOnBothSides();
    void positions();
    void longInsertsStayCheap();
    void manyPlaces();
    void writersWhoGoOn();
    void takenInParts();
    void random();
};

void TestPendingEdits::composes()
{
    Model model(QStringLiteral("hello world"));
    model.remote({retain(5), insert(QStringLiteral(", dear"))});
    model.remote({retain(7), erase(4), insert(QStringLiteral("old"))});
    QCOMPARE(model.applied(), QStringLiteral("hello, old world"));
    QCOMPARE(model.edits.lengthChange(), 5);
    model.remote({retain(5), erase(5)});
    QCOMPARE(model.applied(), QStringLiteral("hello world"));
    QVERIFY(model.edits.isEmpty());
}

void TestPendingEdits::localEditFirstAtTheSamePlace()
{
    Model model(QStringLiteral("ab"));
    model.remote({retain(1), insert(QStringLiteral("X"))});
    model.local(1, 0, QStringLiteral("l"));
    QCOMPARE(model.text, QStringLiteral("alXb"));
    QCOMPARE(model.applied(), model.text);
}

void TestPendingEdits::insertionSurvivesLocalDeletion()
{
    Model model(QStringLiteral("abcd"));
    model.remote({retain(2), insert(QStringLiteral("XY"))});
    model.local(1, 2, QStringLiteral("l"));
    QCOMPARE(model.text, QStringLiteral("alXYd"));
    QCOMPARE(model.applied(), model.text);
}

void TestPendingEdits::deletedOnBothSides()
{
    Model model(QStringLiteral("abcdef"));
    model.remote({retain(1), erase(3)});
    QCOMPARE(model.oldText(0, 6), QStringLiteral("abcdef"));
    model.local(2, 3, QString());
    QCOMPARE(model.text, QStringLiteral("af"));
    QCOMPARE(model.applied(), model.text);
    QCOMPARE(model.edits.lengthChange(), -1);
}

void TestPendingEdits::positions()
{
    PendingEdits edits;
    edits.append(std::vector{retain(2), insert(QStringLiteral("XYZ")), retain(2), erase(2)},
        [](int, int) { return QStringLiteral("ef"); });
    using Stay = PendingEdits::Stay;
    QCOMPARE(edits.toText(1), 1);
    QCOMPARE(edits.toText(2, Stay::Before), 2);
    QCOMPARE(edits.toText(2, Stay::After), 5);
    QCOMPARE(edits.toText(4), 7);
    QCOMPARE(edits.toText(5), 7); // inside what goes
    QCOMPARE(edits.toText(6), 7);
    QCOMPARE(edits.toText(8), 9);
    QCOMPARE(edits.toDocument(1), 1);
    QCOMPARE(edits.toDocument(3), 2); // inside what comes
    QCOMPARE(edits.toDocument(6), 3);
    QCOMPARE(edits.toDocument(9), 8);
}

void TestPendingEdits::longInsertsStayCheap()
{
    // typing into a long insert from elsewhere must not copy all of it at each key
    Model model(QString{});
    const QString word = QStringLiteral("lorem ipsum dolor sit amet ");
    for (int i = 0; i < 2'000; ++i) {
        const int at = static_cast<int>(model.text.size() / 2);
        model.remote({retain(at), insert(word)});
    }
    QCOMPARE(model.applied(), model.text);
    for (const Step& step : model.edits.steps()) {
        QVERIFY(step.length <= 8192);
    }
}

void TestPendingEdits::manyPlaces()
{
    // far more steps than one chunk holds, made in no order, then taken away again
    Model model(QString(6'000, u'.'));
    std::mt19937 random(4'711);
    for (int i = 0; i < 3'000; ++i) {
        const int at = static_cast<int>(random() % static_cast<std::size_t>(model.text.size()));
        if (i % 3 == 2) {
            model.remote(
                {retain(at), erase(std::min(3, static_cast<int>(model.text.size()) - at))});
        } else {
            model.remote({retain(at), insert(QStringLiteral("ab"))});
        }
    }
    QVERIFY(model.edits.steps().size() > 2'000);
    QCOMPARE(model.applied(), model.text);
    model.local(100, 3'000, QStringLiteral("local"));
    QCOMPARE(model.applied(), model.text);
    model.remote({retain(50), erase(static_cast<int>(model.text.size()) - 60)});
    QCOMPARE(model.applied(), model.text);
    QCOMPARE(model.oldText(0, static_cast<int>(model.document.size())), model.document);
}

void TestPendingEdits::writersWhoGoOn()
{
    // two who type, take back and go elsewhere, in a text with more steps than a chunk holds, and
    // a user who edits now and then
    Model model(QString(4'000, u'.'));
    std::mt19937 random(42);
    const auto pick = [&random](qsizetype below) {
        return static_cast<int>(random() % static_cast<unsigned>(std::max<qsizetype>(below, 1)));
    };
    for (int i = 0; i < 600; ++i) {
        model.remote({retain(pick(model.text.size())), insert(QStringLiteral("|"))});
    }
    std::array<int, 2> carets{10, 3'000};
    for (int i = 0; i < 4'000; ++i) {
        const std::size_t who = static_cast<std::size_t>(i / 7) % 2;
        int& caret = carets[who];
        caret = std::min(caret, static_cast<int>(model.text.size()));
        const int before = static_cast<int>(model.text.size());
        switch (pick(20)) {
        case 0:
            caret = pick(model.text.size());
            break;
        case 1:
        case 2:
        case 3:
        case 4: {
            const int gone = std::min(caret, pick(3) + 1);
            caret -= gone;
            model.remote({retain(caret), erase(gone)});
            break;
        }
        case 5: // to the right of the caret
            model.remote({retain(caret), erase(std::min(2, before - caret))});
            break;
        case 6:
            caret = std::max(caret - 2, 0); // into what was just written
            break;
        default:
            model.remote({retain(caret), insert(QString(QChar(u'a' + pick(26))))});
            ++caret;
            break;
        }
        int& other = carets[1 - who];
        if (other > caret) {
            other += static_cast<int>(model.text.size()) - before;
        }
        other = std::max(other, 0);
        if (i % 97 == 0) {
            model.local(pick(model.document.size() - 3), pick(3), QStringLiteral("local"));
        }
        if (i % 20 == 0) {
            QCOMPARE(model.applied(), model.text);
            QCOMPARE(model.document.size() + model.edits.lengthChange(), model.text.size());
        }
    }
    QCOMPARE(model.applied(), model.text);
    QCOMPARE(model.oldText(0, static_cast<int>(model.document.size())), model.document);
}

void TestPendingEdits::takenInParts()
{
    std::mt19937 random(7);
    const auto pick = [&random](qsizetype below) {
        return static_cast<int>(random() % static_cast<unsigned>(std::max<qsizetype>(below, 1)));
    };
    for (int round = 0; round < 200; ++round) {
        Model model(QStringLiteral("0123456789").repeated(5));
        const int edits = 1 + pick(12);
        for (int i = 0; i < edits; ++i) {
            const int at = pick(model.text.size());
            if (pick(3) == 0) {
                model.remote({retain(at),
                    erase(std::min<int>(pick(9) + 1, static_cast<int>(model.text.size()) - at))});
            } else {
                model.remote({retain(at), insert(QStringLiteral("abcde").repeated(pick(4) + 1))});
            }
        }
        while (!model.edits.isEmpty()) {
            Model first(model.document);
            const qint64 waiting = model.edits.insertedUnits();
            const int units = 1 + pick(9);
            first.edits = model.edits.takeFirst(units);
            QVERIFY(first.edits.insertedUnits() <= units);
            QCOMPARE(first.edits.insertedUnits() + model.edits.insertedUnits(), waiting);
            QCOMPARE(first.document.size() + first.edits.lengthChange(), first.applied().size());
            model.document = first.applied();
            QCOMPARE(model.applied(), model.text);
            QCOMPARE(model.document.size() + model.edits.lengthChange(), model.text.size());
            if (pick(3) == 0 && !model.document.isEmpty()) { // the user goes on meanwhile
                model.local(pick(model.document.size()), 0, QStringLiteral("LOCAL"));
                QCOMPARE(model.applied(), model.text);
            }
        }
        QCOMPARE(model.document, model.text);
    }
    // an emoji comes as a whole
    PendingEdits emoji;
    emoji.append(std::vector{insert(QStringLiteral(u"a\U0001F600b"))}, {});
    QCOMPARE(emoji.takeFirst(2).insertedUnits(), 3);
}

void TestPendingEdits::random()
{
    bool given = false;
    const int seed = qEnvironmentVariableIntValue("TUTTI_TEST_SEED", &given);
    const unsigned used = given ? static_cast<unsigned>(seed) : std::random_device{}();
    qInfo("TUTTI_TEST_SEED=%u", used);
    std::mt19937 random(used);
    const auto pick = [&random](qsizetype below) {
        return static_cast<int>(random() % static_cast<unsigned>(std::max<qsizetype>(below, 1)));
    };
    const auto word = [&] {
        QString result;
        for (int i = pick(5) + 1; i > 0; --i) {
            result += QChar(u'a' + pick(26));
        }
        return result;
    };
    for (int round = 0; round < 300; ++round) {
        Model model(word() + word() + word());
        for (int step = 0; step < 60; ++step) {
            if (pick(3) != 0) {
                std::vector<crdt::DeltaOp> delta;
                int left = static_cast<int>(model.text.size());
                for (int i = pick(4); i >= 0; --i) {
                    const int kept = pick(left + 1);
                    if (kept > 0) {
                        delta.push_back(retain(kept));
                    }
                    left -= kept;
                    const int gone = pick(2) == 0 ? std::min(left, pick(4)) : 0;
                    if (gone > 0) {
                        delta.push_back(erase(gone));
                    }
                    left -= gone;
                    if (pick(2) == 0) {
                        delta.push_back(insert(word()));
                    }
                }
                model.remote(delta);
            } else {
                const QString before = model.document;
                const int at = pick(before.size() + 1);
                const int removed = std::min(pick(5), static_cast<int>(before.size()) - at);
                QCOMPARE(model.oldText(at, at + removed), before.mid(at, removed));
                model.local(at, removed, pick(3) == 0 ? QString() : word());
            }
            QCOMPARE(model.applied(), model.text);
            QCOMPARE(model.document.size() + model.edits.lengthChange(), model.text.size());
            QCOMPARE(model.oldText(0, static_cast<int>(model.document.size())), model.document);
            for (int position = 0; position <= model.document.size(); ++position) {
                const int there = model.edits.toText(position);
                QVERIFY(there >= 0 && there <= model.text.size());
                QVERIFY(model.edits.toText(position, PendingEdits::Stay::After) >= there);
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestPendingEdits)
#include "tst_pending_edits.moc"
