// SPDX-License-Identifier: MIT
//
// JSON text as ECMAScript's JSON.stringify and JSON.parse have it: updates carry it in the
// content kinds Embed, Format and JSON, awareness in every state.
#include "crdt/any.h"
#include "crdt/detail/any_codec.h"
#include "crdt/utf.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace tutti::crdt {

namespace {

constexpr char16_t kNoUnit = 0;

void appendUnicodeEscape(std::string& out, char32_t unit)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) {
        out += kHex[(unit >> shift) & 0xF];
    }
}

/// The unit of a lone surrogate kept as three WTF-8 bytes at `at`, or kNoUnit.
char16_t loneSurrogateAt(std::string_view text, std::size_t at)
{
    if (at + 2 >= text.size() || static_cast<std::uint8_t>(text[at]) != 0xED
        || static_cast<std::uint8_t>(text[at + 1]) < 0xA0) {
        return kNoUnit;
    }
    return static_cast<char16_t>(0xD000 | ((static_cast<std::uint8_t>(text[at + 1]) & 0x3F) << 6)
        | (static_cast<std::uint8_t>(text[at + 2]) & 0x3F));
}

void appendJsonString(std::string& out, std::string_view text)
{
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<std::uint8_t>(c) < 0x20) {
                appendUnicodeEscape(out, static_cast<std::uint8_t>(c));
            } else if (const char16_t unit = loneSurrogateAt(text, i); unit != kNoUnit) {
                appendUnicodeEscape(out, unit);
                i += 2;
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

/// Number::toString: the shortest digits that read back as the same number, in plain notation
/// between 1e-7 and 1e21.
void appendNumber(std::string& out, double value)
{
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    if (value == 0) {
        out += '0'; // -0 as well
        return;
    }
    char buffer[32];
    const auto [end, error] = std::to_chars(
        buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific);
    std::string_view scientific(buffer, static_cast<std::size_t>(end - buffer));
    const std::size_t mark = scientific.find('e');
    std::string digits(1, scientific[0]);
    if (mark > 2) {
        digits += scientific.substr(2, mark - 2);
    }
    int exponent = 0;
    const char* exponentAt = scientific.data() + mark + (scientific[mark + 1] == '+' ? 2 : 1);
    std::from_chars(exponentAt, scientific.data() + scientific.size(), exponent);

    if (value < 0) {
        out += '-';
    }
    const int count = static_cast<int>(digits.size());
    const int point = exponent + 1; // where the decimal point stands among the digits
    if (count <= point && point <= 21) {
        out += digits;
        out.append(static_cast<std::size_t>(point - count), '0');
    } else if (point > 0 && point <= 21) {
        out += digits.substr(0, static_cast<std::size_t>(point));
        out += '.';
        out += digits.substr(static_cast<std::size_t>(point));
    } else if (point > -6 && point <= 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-point), '0');
        out += digits;
    } else {
        out += digits[0];
        if (count > 1) {
            out += '.';
            out += digits.substr(1);
        }
        out += exponent < 0 ? "e-" : "e+";
        out += std::to_string(std::abs(exponent));
    }
}

void appendJson(std::string& out, const Any& value)
{
    if (value.isUndefined()) {
        out += "undefined";
    } else if (value.isNull()) {
        out += "null";
    } else if (const bool* flag = value.boolIf()) {
        out += *flag ? "true" : "false";
    } else if (const double* number = value.numberIf()) {
        appendNumber(out, *number);
    } else if (const std::int64_t* big = value.bigIntIf()) {
        // JSON.stringify refuses these; for display the digits are what a person expects.
        out += std::to_string(*big);
    } else if (const std::string* text = value.stringIf()) {
        appendJsonString(out, *text);
    } else if (const Bytes* bytes = value.bytesIf()) {
        out += '{'; // how JSON.stringify shows a Uint8Array
        for (std::size_t i = 0; i < bytes->size(); ++i) {
            out += (i == 0 ? "\"" : ",\"") + std::to_string(i)
                + "\":" + std::to_string(std::to_integer<int>((*bytes)[i]));
        }
        out += '}';
    } else if (const Any::Array* array = value.arrayIf()) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            out += i == 0 ? "" : ",";
            if ((*array)[i].isUndefined()) {
                out += "null";
            } else {
                appendJson(out, (*array)[i]);
            }
        }
        out += ']';
    } else {
        out += '{';
        bool first = true;
        for (const auto& [key, member] : *value.objectIf()) {
            if (member.isUndefined()) {
                continue;
            }
            out += first ? "" : ",";
            first = false;
            appendJsonString(out, key);
            out += ':';
            appendJson(out, member);
        }
        out += '}';
    }
}

/// A parser of exactly RFC 8259's grammar. It keeps what is open on a stack of its own: hostile
/// depth costs memory in proportion, and no stack.
class JsonParser
{
public:
    explicit JsonParser(std::string_view json) noexcept
        : m_json(json)
    { }

    Result<Any> parse()
    {
        Any value = parseValue();
        skipSpace();
        if (m_error == nullptr && m_at != m_json.size()) {
            m_error = "text follows the JSON value";
        }
        if (m_error != nullptr) {
            return tutti::crdt::fail(ErrorCode::Malformed, m_error);
        }
        return value;
    }

private:
    /// An array or object that is not closed yet.
    struct Open
    {
        bool isObject = false;
        Any::Array array;
        detail::ObjectBuilder members;
        std::string key; ///< of the member whose value comes next
    };

    void error(const char* why)
    {
        if (m_error == nullptr) {
            m_error = why;
            m_at = m_json.size();
        }
    }
    [[nodiscard]] char peek() const { return m_at < m_json.size() ? m_json[m_at] : '\0'; }
    bool take(std::string_view literal)
    {
        if (!m_json.substr(m_at).starts_with(literal)) {
            return false;
        }
        m_at += literal.size();
        return true;
    }
    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            ++m_at;
        }
    }

    Any parseValue()
    {
        while (m_error == nullptr) {
            Any value;
            skipSpace();
            if (peek() == '{' || peek() == '[') {
                if (!open()) {
                    continue;
                }
                value = close(); // it is empty
            } else {
                value = parseScalar();
            }
            // The value may be the last of what is open, and that in turn.
            for (;;) {
                if (m_open.empty() || m_error != nullptr) {
                    return value;
                }
                add(std::move(value));
                skipSpace();
                if (!take(m_open.back().isObject ? "}" : "]")) {
                    break;
                }
                value = close();
            }
            if (!take(",")) {
                error(m_open.back().isObject ? "a JSON object is not closed"
                                             : "a JSON array is not closed");
            } else if (m_open.back().isObject) {
                parseKey();
            }
        }
        return {};
    }

    /// Goes into an array or object. True when it is empty and its end was passed.
    bool open()
    {
        if (m_open.size() >= Any::kMaxDepth) {
            error("JSON is nested too deeply");
            return false;
        }
        m_open.emplace_back().isObject = peek() == '{';
        ++m_at;
        skipSpace();
        if (take(m_open.back().isObject ? "}" : "]")) {
            return true;
        }
        if (m_open.back().isObject) {
            parseKey();
        }
        return false;
    }
    void parseKey()
    {
        skipSpace();
        if (peek() != '"') {
            error("a JSON object lacks a key");
            return;
        }
        m_open.back().key = parseString();
        skipSpace();
        if (!take(":")) {
            error("a JSON object lacks a colon");
        }
    }
    void add(Any value)
    {
        Open& top = m_open.back();
        if (top.isObject) {
            top.members.set(std::move(top.key), std::move(value));
        } else {
            top.array.push_back(std::move(value));
        }
    }
    Any close()
    {
        Open& top = m_open.back();
        Any value = top.isObject ? Any::object(top.members.take()) : Any(std::move(top.array));
        m_open.pop_back();
        return value;
    }

    Any parseScalar()
    {
        if (peek() == '"') {
            return parseString();
        }
        if (take("null")) {
            return nullptr;
        }
        if (take("true")) {
            return true;
        }
        if (take("false")) {
            return false;
        }
        return parseNumber();
    }

    char16_t parseHex4()
    {
        std::uint16_t unit = 0;
        const std::string_view digits = m_json.substr(m_at, 4);
        const auto [end, status] =
            std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
        if (digits.size() != 4 || status != std::errc{} || end != digits.data() + 4) {
            error("a JSON escape is broken");
            return 0;
        }
        m_at += 4;
        return unit;
    }

    /// Appends an escaped unit; two escapes that form a pair become one code point, a lone
    /// half stays as three WTF-8 bytes.
    void appendEscapedUnit(std::string& out)
    {
        const char16_t unit = parseHex4();
        if (isHighSurrogate(unit) && m_json.substr(m_at).starts_with("\\u")) {
            const std::size_t before = m_at;
            m_at += 2;
            const char16_t low = parseHex4();
            if (isLowSurrogate(low)) {
                const char16_t pair[] = {unit, low};
                out += toUtf8({pair, 2});
                return;
            }
            if (m_error != nullptr) {
                return;
            }
            m_at = before;
        }
        if (isHighSurrogate(unit) || isLowSurrogate(unit)) {
            out += static_cast<char>(0xED);
            out += static_cast<char>(0x80 | ((unit >> 6) & 0x3F));
            out += static_cast<char>(0x80 | (unit & 0x3F));
        } else {
            out += toUtf8({&unit, 1});
        }
    }

    std::string parseString()
    {
        std::string out;
        ++m_at;
        for (;;) {
            if (m_at >= m_json.size()) {
                error("a JSON string is not closed");
                return out;
            }
            const char c = m_json[m_at++];
            if (c == '"') {
                return out;
            }
            if (static_cast<std::uint8_t>(c) < 0x20) {
                error("a JSON string holds a control character");
                return out;
            }
            if (c != '\\') {
                out += c;
                continue;
            }
            constexpr std::string_view kEscapes = "\"\\/bfnrt";
            constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
            const char escape = peek();
            ++m_at;
            if (escape == 'u') {
                appendEscapedUnit(out);
            } else if (const std::size_t which = kEscapes.find(escape);
                escape != '\0' && which != std::string_view::npos) {
                out += kMeanings[which];
            } else {
                error("a JSON escape is broken");
            }
        }
    }

    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    void skipDigits()
    {
        if (!isDigit(peek())) {
            error("a JSON value is broken");
        }
        while (isDigit(peek())) {
            ++m_at;
        }
    }

    /// Whether a number other than zero is 1 or more, whatever its sign.
    static bool isHuge(std::string_view digits)
    {
        const std::size_t mark = std::min(digits.find_first_of("eE"), digits.size());
        const std::string_view mantissa = digits.substr(0, mark);
        const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mark));
        const auto first = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
        std::string_view exponent = digits.substr(std::min(mark + 1, digits.size()));
        exponent.remove_prefix(exponent.starts_with('+') ? 1 : 0);
        std::int64_t power = 0;
        const auto [end, status] =
            std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
        if (status == std::errc::result_out_of_range) {
            return !exponent.starts_with('-');
        }
        constexpr std::int64_t kFar = std::int64_t{1} << 40;
        return point - first + (first < point ? -1 : 0) + std::clamp(power, -kFar, kFar) >= 0;
    }

    Any parseNumber()
    {
        const std::size_t start = m_at;
        take("-");
        if (!take("0")) {
            skipDigits();
        }
        if (take(".")) {
            skipDigits();
        }
        if (take("e") || take("E")) {
            if (!take("+")) {
                take("-");
            }
            skipDigits();
        }
        if (m_error != nullptr) {
            return {};
        }
        double value = 0;
        const std::string_view digits = m_json.substr(start, m_at - start);
        const auto [end, status] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (status == std::errc::result_out_of_range) {
            // Too large or too small for a double: JavaScript gives infinity or zero. (strtod
            // would ask the locale what a decimal point is.)
            value = isHuge(digits) ? std::numeric_limits<double>::infinity() : 0.0;
            value = digits.starts_with('-') ? -value : value;
        }
        return value;
    }

    std::string_view m_json;
    std::size_t m_at = 0;
    const char* m_error = nullptr;
    std::vector<Open> m_open;
};

} // namespace

std::string Any::toJson() const
{
    std::string out;
    appendJson(out, *this);
    return out;
}

Result<Any> Any::fromJson(std::string_view json)
{
    // WTF-8 is for strings that come out; what goes in is a text, so a lone surrogate is an escape.
    if (!isValidUtf8(json)) {
        return fail(ErrorCode::Malformed, "this is not valid UTF-8");
    }
    return JsonParser(json).parse();
}

} // namespace tutti::crdt
