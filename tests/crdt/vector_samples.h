// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/any.h"
#include "tests/crdt/support.h"

#include <QFile>

#include <cstddef>
#include <limits>
#include <vector>

namespace tutti::crdt::test {

/// An update of the conformance vectors: the case and its bytes, in format v1.
struct Sample
{
    QString name;
    Bytes update;
};

/// The final updates of a set of vectors, of all kinds of content; none when it cannot be read.
inline std::vector<Sample> readSamples(
    const QString& file, std::size_t largest = std::numeric_limits<std::size_t>::max())
{
    QFile vectors(QStringLiteral(TUTTI_TEST_DATA "/vectors/") + file);
    if (!vectors.open(QIODevice::ReadOnly)) {
        return {};
    }
    const auto json = Any::fromJson(vectors.readAll().toStdString());
    std::vector<Sample> samples;
    if (!json || json->find("cases") == nullptr) {
        return samples;
    }
    for (const Any& test : *json->find("cases")->arrayIf()) {
        const Any* expected = test.find("expect");
        const Any* v1 = expected == nullptr ? nullptr : (*expected->arrayIf())[0].find("v1");
        if (v1 != nullptr) {
            const QByteArray raw =
                QByteArray::fromBase64(QByteArray::fromStdString(*v1->stringIf()));
            if (static_cast<std::size_t>(raw.size()) <= largest) {
                samples.push_back({qString(*test.find("id")->stringIf()), fromHex(raw.toHex())});
            }
        }
    }
    return samples;
}

} // namespace tutti::crdt::test
