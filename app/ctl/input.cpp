// SPDX-License-Identifier: MIT
#include "app/ctl/input.h"

#include "crdt/utf.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cstdio>
#include <string_view>

namespace tutti::app::ctl {

namespace {

QString tr(const char* words) { return QCoreApplication::translate("tuttictl", words); }

} // namespace

std::expected<QByteArray, QString> readInput(const QString& name)
{
    QFile file(name);
    const bool isStandardInput = name == QStringLiteral("-");
    if (!isStandardInput && QFileInfo(name).isDir()) {
        return std::unexpected(tr("%1 is a folder").arg(name));
    }
    const bool opened =
        isStandardInput ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened) {
        return std::unexpected(tr("Cannot read %1: %2").arg(name, file.errorString()));
    }
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return std::unexpected(tr("Cannot read %1: %2").arg(name, file.errorString()));
    }
    return bytes;
}

std::expected<std::u16string, QString> textFromFile(const QByteArray& bytes, const QString& name)
{
    std::string_view utf8(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (utf8.starts_with("\xef\xbb\xbf")) {
        utf8.remove_prefix(3);
    }
    if (!crdt::isValidUtf8(utf8)) {
        return std::unexpected(tr("%1 is not a text in UTF-8").arg(name));
    }
    std::u16string text = crdt::toUtf16(utf8);
    std::u16string lines;
    lines.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != u'\r' || i + 1 == text.size() || text[i + 1] != u'\n') {
            lines += text[i];
        }
    }
    return lines;
}

bool writeOutput(const QByteArray& bytes)
{
    const auto size = static_cast<std::size_t>(bytes.size());
    return std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0;
}

void complain(const QString& message)
{
    QString line = message.simplified();
    if (line.endsWith(u'.')) {
        line.chop(1);
    }
    std::fprintf(stderr, "tuttictl: %s\n", line.toLocal8Bit().constData());
}

} // namespace tutti::app::ctl
