// SPDX-License-Identifier: MIT
#include "tests/conformance/values.h"

#include "crdt/utf.h"

#include <QByteArray>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tutti::conformance {

namespace {

crdt::Bytes toBytes(const QByteArray& array)
{
    const auto view = crdt::asBytes({array.constData(), static_cast<std::size_t>(array.size())});
    return {view.begin(), view.end()};
}

double specialNumber(const QString& name)
{
    if (name == QLatin1String("NaN")) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (name == QLatin1String("-0")) {
        return -0.0;
    }
    const double infinity = std::numeric_limits<double>::infinity();
    return name == QLatin1String("Infinity") ? infinity : -infinity;
}

} // namespace

Json Json::operator[](const QString& key) const
{
    return Json(m_value == nullptr ? nullptr : m_value->find(key.toStdString()));
}

Json Json::operator[](std::size_t index) const
{
    const crdt::Any::Array* array = m_value == nullptr ? nullptr : m_value->arrayIf();
    return Json(array == nullptr || index >= array->size() ? nullptr : &(*array)[index]);
}

QString Json::toString(const QString& otherwise) const
{
    const std::string* text = m_value == nullptr ? nullptr : m_value->stringIf();
    return text == nullptr ? otherwise : QString::fromStdString(*text);
}

int Json::toInt(int otherwise) const
{
    const double* number = m_value == nullptr ? nullptr : m_value->numberIf();
    return number == nullptr ? otherwise : static_cast<int>(*number);
}

double Json::toDouble() const
{
    const double* number = m_value == nullptr ? nullptr : m_value->numberIf();
    return number == nullptr ? 0 : *number;
}

bool Json::toBool(bool otherwise) const
{
    const bool* flag = m_value == nullptr ? nullptr : m_value->boolIf();
    return flag == nullptr ? otherwise : *flag;
}

JsonArray Json::toArray() const
{
    JsonArray elements;
    if (const crdt::Any::Array* array = m_value == nullptr ? nullptr : m_value->arrayIf()) {
        for (const crdt::Any& element : *array) {
            elements.emplace_back(&element);
        }
    }
    return elements;
}

std::u16string readString(const Json& json)
{
    if (const std::string* plain = json.any() == nullptr ? nullptr : json.any()->stringIf()) {
        return crdt::toUtf16(*plain);
    }
    std::u16string units;
    for (const Json& unit : json[QStringLiteral("$s")].toArray()) {
        units.push_back(static_cast<char16_t>(unit.toInt()));
    }
    return units;
}

std::string readWtf8(const Json& json) { return crdt::toWtf8(readString(json)); }

std::optional<crdt::Any> readValue(const Json& json)
{
    using crdt::Any;
    if (json.isUndefined()) {
        return std::nullopt;
    }
    if (json.any()->arrayIf() != nullptr) {
        Any::Array array;
        for (const Json& element : json.toArray()) {
            auto value = readValue(element);
            if (!value) {
                return std::nullopt;
            }
            array.push_back(std::move(*value));
        }
        return Any(std::move(array));
    }
    const Any::Object* tagged = json.any()->objectIf();
    if (tagged == nullptr) {
        return *json.any();
    }
    const QString tag = QString::fromStdString(tagged->front().first);
    const Json value(&tagged->front().second);
    if (tag == QLatin1String("$u")) {
        return Any();
    }
    if (tag == QLatin1String("$b")) {
        return Any(fromBase64(value));
    }
    if (tag == QLatin1String("$i")) {
        return Any::bigInt(value.toString().toLongLong());
    }
    if (tag == QLatin1String("$n")) {
        return Any(specialNumber(value.toString()));
    }
    if (tag == QLatin1String("$s")) {
        return Any(readWtf8(json));
    }
    if (tag == QLatin1String("$o")) {
        Any::Object members;
        for (const Json& member : value.toArray()) {
            auto memberValue = readValue(member[1]);
            if (!memberValue) {
                return std::nullopt;
            }
            members.emplace_back(readWtf8(member[0]), std::move(*memberValue));
        }
        return Any::object(std::move(members));
    }
    return std::nullopt;
}

crdt::Any writeString(std::u16string_view units)
{
    if (crdt::isWellFormed(units)) {
        return crdt::toUtf8(units);
    }
    crdt::Any::Array numbers;
    for (const char16_t unit : units) {
        numbers.emplace_back(static_cast<int>(unit));
    }
    return crdt::Any::object({{"$s", std::move(numbers)}});
}

crdt::Any sortedByKey(crdt::Any::Array pairs)
{
    std::ranges::stable_sort(pairs, {}, [](const crdt::Any& pair) {
        const crdt::Any::Array* parts = pair.arrayIf();
        return parts == nullptr || parts->empty() ? std::string() : parts->front().toJson();
    });
    return pairs;
}

crdt::Any writeValue(const crdt::Any& value)
{
    using crdt::Any;
    const auto tagged = [](const char* tag, Any content) {
        return Any::object({{tag, std::move(content)}});
    };
    if (value.isUndefined()) {
        return tagged("$u", 1);
    }
    if (const crdt::Bytes* bytes = value.bytesIf()) {
        return tagged("$b", toBase64(*bytes).toStdString());
    }
    if (const std::int64_t* number = value.bigIntIf()) {
        return tagged("$i", std::to_string(*number));
    }
    if (const std::string* text = value.stringIf()) {
        return writeString(crdt::toUtf16(*text));
    }
    if (const double* number = value.numberIf()) {
        if (std::isnan(*number)) {
            return tagged("$n", "NaN");
        }
        if (std::isinf(*number)) {
            return tagged("$n", *number > 0 ? "Infinity" : "-Infinity");
        }
        return *number == 0 && std::signbit(*number) ? tagged("$n", "-0") : value;
    }
    if (const Any::Array* array = value.arrayIf()) {
        Any::Array written;
        for (const Any& element : *array) {
            written.push_back(writeValue(element));
        }
        return written;
    }
    if (const Any::Object* object = value.objectIf()) {
        Any::Array members;
        for (const auto& [key, member] : *object) {
            members.emplace_back(Any::Array{writeString(crdt::toUtf16(key)), writeValue(member)});
        }
        return tagged("$o", sortedByKey(std::move(members)));
    }
    return value;
}

crdt::ClientId readClient(const Json& json)
{
    return crdt::ClientId(static_cast<std::uint64_t>(json.toDouble()));
}

crdt::Bytes fromBase64(const Json& json)
{
    return toBytes(QByteArray::fromBase64(json.toString().toLatin1()));
}

crdt::Bytes fromHex(const QString& hex) { return toBytes(QByteArray::fromHex(hex.toLatin1())); }

QString toBase64(crdt::BytesView bytes)
{
    return QString::fromLatin1(QByteArray(
        reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
            .toBase64());
}

QString toHex(crdt::BytesView bytes)
{
    return QString::fromLatin1(QByteArray(
        reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
            .toHex());
}

void Report::add(const QString& file, const QString& id, const Failure& failure)
{
    if (!failure) {
        ++m_passed;
        return;
    }
    ++m_failed;
    QString why = *failure;
    why.replace(QLatin1Char('\n'), QLatin1Char(' '));
    if (!m_verbose && why.size() > 240) {
        why = why.first(240) + QStringLiteral("…");
    }
    QTextStream(stdout) << file << " " << id << ": " << why << "\n";
}

void runKinds(const Run& run, std::span<const Kind> kinds)
{
    for (const auto& [name, check] : kinds) {
        const QString kind = QLatin1String(name);
        if (!run.selection.has(kind)) {
            continue;
        }
        const JsonArray cases = run.content[kind].toArray();
        for (std::size_t i = 0; i < cases.size(); ++i) {
            run.report.add(run.file, QStringLiteral("%1-%2").arg(kind).arg(i), check(cases[i]));
        }
    }
}

} // namespace tutti::conformance
