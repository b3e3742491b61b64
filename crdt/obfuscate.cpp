// SPDX-License-Identifier: MIT
//
// Yjs's createObfuscator: each struct's content is replaced by something that tells its number.
#include "crdt/any.h"
#include "crdt/detail/struct_stream.h"
#include "crdt/detail/type_table.h"
#include "crdt/detail/wire.h"
#include "crdt/encoding.h"
#include "crdt/update.h"

#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace tutti::crdt::detail {

namespace {

class Obfuscator
{
public:
    Obfuscator(const ObfuscatorOptions& options, ValueCodec codec)
        : m_options(options)
        , m_codec(codec)
    { }

    /// The struct with other content; views live until the next call.
    WireStruct hide(const WireStruct& source)
    {
        WireStruct result = source;
        if (!source.isItem()) {
            return result;
        }
        m_content.clear();
        if (hideContent(source, result)) {
            result.content = m_content.view();
        }
        if (source.hasParentSub && !source.parentSub.empty()) {
            result.parentSub = renamed(m_mapKeys, source.parentSub, number());
        }
        ++m_count;
        return result;
    }

private:
    using Names = std::map<std::string, std::string, std::less<>>;

    /// The name given to `name` when it was first met, or the fresh one.
    static std::string_view renamed(Names& names, std::string_view name, std::string fresh)
    {
        const auto known = names.find(name);
        return known != names.end()
            ? known->second
            : names.emplace(std::string(name), std::move(fresh)).first->second;
    }
    [[nodiscard]] std::string number() const { return std::to_string(m_count); }
    [[nodiscard]] Any numberValue() const { return static_cast<double>(m_count); }

    /// What stands for a format's value. JavaScript's Map finds values that are no objects again.
    Any hiddenValue(const Any& value)
    {
        if (value.isNull()) {
            return value;
        }
        const Any fresh = Any::object({{"i", numberValue()}});
        if (value.objectIf() != nullptr || value.arrayIf() != nullptr
            || value.bytesIf() != nullptr) {
            return fresh;
        }
        Encoder key;
        const double* numeric = value.numberIf();
        (numeric != nullptr && *numeric == 0 ? Any(0) : value).encode(key); // 0 and -0 are one
        const BytesView bytes = key.view();
        std::string known(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return m_values.try_emplace(std::move(known), fresh).first->second;
    }

    /// Whether there is new content in m_content.
    bool hideContent(const WireStruct& source, WireStruct& result)
    {
        Reader content(source.content);
        switch (source.kind) {
        case Kind::String:
            // Only this is looked at when a String is written.
            m_text.assign(
                static_cast<std::size_t>(source.length), static_cast<char>('0' + m_count % 10));
            result.utf8 = m_text;
            return false;
        case Kind::Any:
        case Kind::Json:
            m_content.writeVarUint(source.length);
            for (std::uint64_t i = 0; i < source.length; ++i) {
                if (source.kind == Kind::Any) {
                    numberValue().encode(m_content);
                } else {
                    m_content.writeVarString(std::string_view(number()));
                }
            }
            return true;
        case Kind::Binary: {
            const std::byte byte{static_cast<std::uint8_t>(m_count)};
            m_content.writeMessage({&byte, 1});
            return true;
        }
        case Kind::Embed:
            writeValue(m_content, Any::object(), m_codec);
            return true;
        case Kind::Format:
            if (m_options.formatting) {
                const std::string_view key = readText(content, m_codec);
                m_content.writeVarString(renamed(m_formatKeys, key, number()));
                writeValue(m_content, hiddenValue(readValue(content, m_codec)), m_codec);
                return true;
            }
            return false;
        case Kind::Type: {
            const auto ref = static_cast<TypeRef>(content.varUint());
            if (m_options.xml && (ref == TypeRef::XmlElement || ref == TypeRef::XmlHook)) {
                m_content.writeVarUint(static_cast<std::uint64_t>(ref));
                m_content.writeVarString(renamed(m_nodeNames, readText(content, m_codec),
                    (ref == TypeRef::XmlElement ? "node-" : "hook-") + number()));
                return true;
            }
            return false;
        }
        case Kind::Doc:
            if (m_options.subdocuments) {
                m_content.writeVarString(std::string_view(number()));
                Any::object().encode(m_content);
                return true;
            }
            return false;
        case Kind::Deleted:
        case Kind::Gc:
        case Kind::Skip:
            break;
        }
        return false;
    }

    const ObfuscatorOptions& m_options;
    ValueCodec m_codec;
    std::uint64_t m_count = 0; ///< items met so far
    Names m_mapKeys;
    Names m_nodeNames;
    Names m_formatKeys;
    std::map<std::string, Any> m_values; ///< by their bytes
    Encoder m_content;
    std::string m_text;
};

} // namespace

Result<Bytes> obfuscateWire(BytesView update, const ObfuscatorOptions& options, ValueCodec codec)
{
    Result<UpdateOutline> outline = outlineUpdate(update, codec);
    if (!outline) {
        return std::unexpected(outline.error());
    }
    Obfuscator obfuscator(options, codec);
    BlockWriter writer(codec);
    for (StructReader reader(update, *outline, StructReader::Skips::Show);
        reader.current() != nullptr; reader.advance()) {
        writer.write(obfuscator.hide(*reader.current()), 0);
    }
    return writer.finish(std::move(outline->deletions));
}

} // namespace tutti::crdt::detail
