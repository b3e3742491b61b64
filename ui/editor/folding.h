// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QObject>
#include <QTextBlock>
#include <QTextCursor>

#include <optional>
#include <span>
#include <vector>

class QTextDocument;

namespace tutti::ui {

class Highlighter;

/// Hides lines that a syntax definition says belong together, behind the first of them.
///
/// A region goes from the line where it begins (its header, which stays) to the line before the
/// one that closes it, or with that one where more begins there than ends; in languages that
/// indent, to the last line that is indented deeper. What is folded stays so while the text
/// changes, whoever changes it; what comes into a folded region is hidden with it, and a header
/// whose region is gone is unfolded. Numbers of lines are from 0.
///
/// Threads: the GUI's. Requires: document and highlighter outlive it.
class Folding : public QObject
{
    Q_OBJECT

public:
    Folding(QTextDocument& document, Highlighter& highlighter);

    /// The last line hidden when this one is folded; nothing where no region begins.
    /// Cost: O(lines of the region), with what has to be looked at in them.
    [[nodiscard]] std::optional<int> regionEnd(const QTextBlock& header) const;
    /// Whether a region begins in this line. Cheap, by what is known of it and the next one.
    [[nodiscard]] bool canFold(const QTextBlock& block) const;
    [[nodiscard]] bool isFolded(const QTextBlock& header) const;
    [[nodiscard]] bool anyFolded() const noexcept { return !m_headers.empty(); }

    bool fold(const QTextBlock& header);
    bool unfold(const QTextBlock& header);
    void toggle(const QTextBlock& header);
    /// Folds every region that is in no other.
    void foldAll();
    void unfoldAll();
    /// The header of the innermost region around a line, folded or not; invalid outside of all.
    [[nodiscard]] QTextBlock headerAround(const QTextBlock& block) const;
    /// Unfolds whatever hides these lines.
    void reveal(std::span<const QTextBlock> blocks);
    /// What is folded by what is known now, after another language was chosen.
    void update();

    [[nodiscard]] QList<int> foldedLines() const;
    void setFoldedLines(const QList<int>& lines);

Q_SIGNALS:
    /// Lines were hidden or shown; said from the event loop where an edit was the cause.
    void changed();

private:
    void onContentsChange(int position, int removed, int added);
    void hide();
    [[nodiscard]] int regionEndByIndent(const QTextBlock& header) const;
    [[nodiscard]] std::vector<QTextCursor>::const_iterator place(const QTextBlock& header) const;
    void remember(const QTextBlock& header);

    QTextDocument& m_document;
    Highlighter& m_highlighter;
    std::vector<QTextCursor> m_headers; ///< at the beginnings of folded headers, in order
    int m_blocks = 0; ///< of the document, when what is to be hidden was hidden last
    bool m_telling = false; ///< the document is reporting an edit
};

} // namespace tutti::ui
