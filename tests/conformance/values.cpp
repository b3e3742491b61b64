// SPDX-License-Identifier: MIT
#include "tests/conformance/values.h"

#include "crdt/utf.h"

#include <QByteArray>
#include <QTextStream>

#include <limits>

namespace tutti::conformance {

namespace {

crdt::Bytes toBytes(const QByteArray& array)
{
    const auto view = crdt::asBytes({array.constData(), static_cast<std::size_t>(array.size())});
    return {view.begin(), view.end()};
}

/// UTF-8 that keeps lone surrogates as three bytes, as Any does. JSON escapes are the one way
/// to write them.
std::string wtf8(const Json& json)
{
    if (const std::string* plain = json.any()->stringIf()) {
        return *plain;
    }
    QString escaped = QStringLiteral("\"");
    for (const char16_t unit : readString(json)) {
        escaped += QStringLiteral("\\u%1").arg(static_cast<uint>(unit), 4, 16, QLatin1Char('0'));
    }
    escaped += QLatin1Char('"');
    const auto value = crdt::Any::fromJson(escaped.toStdString());
    return value ? *value->stringIf() : std::string();
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
        return Any(wtf8(json));
    }
    if (tag == QLatin1String("$o")) {
        Any::Object members;
        for (const Json& member : value.toArray()) {
            auto memberValue = readValue(member[1]);
            if (!memberValue) {
                return std::nullopt;
            }
            members.emplace_back(wtf8(member[0]), std::move(*memberValue));
        }
        return Any::object(std::move(members));
    }
    return std::nullopt;
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

} // namespace tutti::conformance
