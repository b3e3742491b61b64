// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/block_syntax.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTextCharFormat>
#include <QTextCursor>
#include <QTimer>

#include <cstdint>

class QTextDocument;

namespace KSyntaxHighlighting {
class Repository;
class Theme;
} // namespace KSyntaxHighlighting

namespace tutti::ui {

struct EditorTheme;

/// All syntax definitions and themes, shared by the whole program. Loaded at first use (some
/// 10 ms). Threads: the GUI's.
[[nodiscard]] KSyntaxHighlighting::Repository& syntaxRepository();

/// The language of a file: by its name, else by what it begins with (`#!`, XML, …). Invalid when
/// neither says anything.
[[nodiscard]] KSyntaxHighlighting::Definition detectDefinition(
    const QString& fileName, const QString& beginning);

/// How text of that format looks, as far as it is not plain.
[[nodiscard]] QTextCharFormat charFormatOf(
    const KSyntaxHighlighting::Format& format, const KSyntaxHighlighting::Theme& theme);

/// Colours a QTextDocument after a definition and a theme, and says where its comments, strings and
/// foldable regions are (BlockSyntax).
///
/// What is visible comes first: show() colours it before it is painted, by a guess where that is
/// far from what is known. The rest is looked at in slices of a few milliseconds, from the top;
/// lines nobody has seen never get formats, which are large. After an edit as many lines are done
/// again as it concerns. In documents beyond kMaxUnits only what was shown is looked at, lines
/// beyond kMaxLineUnits never.
///
/// Threads: the GUI's. Requires: the document outlives it, and has no other user data.
class Highlighter : public QObject, public KSyntaxHighlighting::AbstractHighlighter
{
    Q_OBJECT
    Q_INTERFACES(KSyntaxHighlighting::AbstractHighlighter)

public:
    static constexpr int kSliceMs = 4;
    static constexpr int kMaxUnits = 20'000'000;
    static constexpr int kMaxLineUnits = 10'000;

    explicit Highlighter(QTextDocument& document);
    ~Highlighter() override;

    /// An invalid definition means plain text.
    void setLanguage(const KSyntaxHighlighting::Definition& definition);
    /// Colours anew what is shown when the theme is another one.
    void setEditorTheme(const EditorTheme& theme);

    /// Gives lines [first, last] their colours, if they lack them. To be called before they are
    /// painted. Cost: a few milliseconds at most for a screen of lines.
    void show(const QTextBlock& first, const QTextBlock& last);
    /// Looks at everything up to this line, however long that takes.
    void lookAt(const QTextBlock& last);
    /// Somebody else has changed the formats of this line's layout, an input method for example.
    void formatsLost(const QTextBlock& block);
    /// While paused nothing is looked at but what is painted.
    void setPaused(bool paused);
    /// Whether all has been looked at that is to be.
    [[nodiscard]] bool isDone() const;

    /// Translated; "Plain Text" when there is none.
    [[nodiscard]] QString languageName() const;
    [[nodiscard]] static QStringList languages();
    [[nodiscard]] bool hasLanguage() const;
    /// How spans of this format look. Cost: O(1).
    [[nodiscard]] QTextCharFormat charFormat(std::uint16_t format) const;

Q_SIGNALS:
    /// Other things are known of lines [first, last] now, by number from 0.
    void looked(int first, int last);
    /// Everything looks different.
    void appearanceChanged();

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format& format) override;
    void applyFolding(int offset, int length, KSyntaxHighlighting::FoldingRegion region) override;

private:
    void onContentsChange(int position, int removed, int added);
    void startOver();
    void resume();
    void slice();
    /// Goes on from the frontier, for at most that long; ms < 0: to the end of `last`.
    void advance(int ms, const QTextBlock& last);
    /// Looks at one line. False when nothing can be different, by what is known of it.
    bool look(QTextBlock block, const KSyntaxHighlighting::State& begin);
    void giveFormats(QTextBlock block);
    [[nodiscard]] static BlockSyntax* data(const QTextBlock& block);
    [[nodiscard]] KSyntaxHighlighting::State stateBefore(const QTextBlock& block) const;
    [[nodiscard]] int frontier() const;
    void setFrontier(const QTextBlock& block);

    QTextDocument& m_document;
    QTextCursor m_frontier; ///< in the first line not known; null: all are
    BlockSyntax* m_line = nullptr; ///< being looked at
    QHash<std::uint16_t, KSyntaxHighlighting::Format> m_formats;
    mutable QHash<std::uint16_t, QTextCharFormat> m_charFormats;
    std::uint32_t m_generation = 1;
    QTimer m_slices;
    bool m_paused = false;
};

} // namespace tutti::ui
