// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/editor_layer.h"
#include "ui/editor/match_list.h"
#include "ui/shell/spell_dictionary.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <vector>

class QMenu;
class QTextBlock;

namespace tutti::ui {

class CodeEditor;

/// Where spelling is looked at. Prose at first: what people write to be read. In code names and
/// abbreviations would be marked all over, so there it is on for those who ask for it, and then
/// only where the syntax definition says that there is prose: comments and strings.
enum class SpellCheckMode { Off, Prose, Everywhere };

/// The words of a line worth a look: without names, addresses, numbers and abbreviations, and of
/// scripts that dictionaries are made for. In UTF-16 units of the line.
[[nodiscard]] std::vector<TextMatch> spelledWords(const QString& line);

/// Marks misspelled words in what is visible, and offers others for them. What is not visible is
/// never looked at: nothing has to follow edits, whoever makes them. A word one is just writing is
/// let be.
///
/// Threads: the GUI's. Cost: of a paint, the visible words once in a hash; words that are new are
/// looked up in slices of kSliceMs after it.
class SpellCheck : public QObject, public EditorLayer
{
    Q_OBJECT

public:
    static constexpr int kSliceMs = 4;
    static constexpr int kDelayMs = 250;
    static constexpr int kMaxLineUnits = 10'000;
    static constexpr int kMaxSuggestions = 6;

    explicit SpellCheck(CodeEditor& editor, QObject* parent = nullptr);

    void setMode(SpellCheckMode mode);
    /// As SpellDictionary::languages() has it; empty: what the text is in.
    void setLanguage(const QString& language);
    /// Null where nothing is looked at, also for want of a dictionary.
    [[nodiscard]] SpellDictionary* dictionary() const noexcept { return m_dictionary; }

    /// The misspelled words known in [from, to], in document positions.
    [[nodiscard]] std::vector<TextMatch> misspelled(int from, int to) const;
    /// Puts what can be done about the word there before everything else in a menu.
    void addTo(QMenu& menu, int position);

    void paintAboveText(QPainter& painter, const QRect& dirty) override;

private:
    void start();
    void slice();
    [[nodiscard]] bool isProse() const;
    void wordsOf(const QTextBlock& block, std::vector<TextMatch>& words) const;
    [[nodiscard]] std::vector<TextMatch> visibleWords() const;
    void replaceWord(const TextMatch& word, const QString& before, const QString& after);

    CodeEditor& m_editor;
    SpellCheckMode m_mode = SpellCheckMode::Off;
    QString m_language;
    QPointer<SpellDictionary> m_dictionary;
    QTimer m_delay;
    QTimer m_slices;
};

} // namespace tutti::ui
