// SPDX-License-Identifier: MIT
#pragma once

#include "crdt/ids.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <expected>
#include <memory>

class QLockFile;

namespace tutti::ui {

/// A copy, on this computer's disk, of a room's text with changes in it that the room lacks: kept
/// while there is no connection, gone when all has arrived. What a crash leaves behind is offered
/// at the next start, as a copy: it is never merged into a room by itself, since that room may have
/// been made anew meanwhile.
///
/// One file a document, under XDG_STATE_HOME. Threads: the GUI's. Cost: O(document) a write.
class UnsentChanges
{
public:
    /// What a file says about itself.
    struct Description
    {
        QString name; ///< of the document
        QString link; ///< of the room, without a token
        QString textName; ///< the shared text's name
        QDateTime written;

        bool operator==(const Description&) const = default;
    };

    /// A file that an earlier run left behind.
    struct Leftover
    {
        QString path;
        Description description;
    };

    UnsentChanges();
    /// Removes the file: whoever destroys this without a crash has decided what becomes of it.
    ~UnsentChanges();
    UnsentChanges(UnsentChanges&&) = delete;

    /// Replaces the file. The error is a sentence for a person.
    [[nodiscard]] std::expected<void, QString> write(
        const Description& description, crdt::BytesView update);
    /// All has arrived.
    void remove();

    /// Files of runs that ended without tidying up, the oldest first. Files of runs that go on,
    /// and what is not one of ours, are left out.
    [[nodiscard]] static QList<Leftover> leftovers();
    /// The update a file holds. The error is a sentence for a person.
    [[nodiscard]] static std::expected<crdt::Bytes, QString> read(const QString& path);
    static void discard(const Leftover& leftover);
    [[nodiscard]] static QString folder();

private:
    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace tutti::ui
