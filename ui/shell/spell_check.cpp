// SPDX-License-Identifier: MIT
#include "ui/shell/spell_check.h"

#include "ui/editor/block_syntax.h"
#include "ui/editor/code_editor.h"
#include "ui/editor/document_units.h"
#include "ui/editor/highlighter.h"

#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/Theme>
#include <QElapsedTimer>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QTextBlock>

#include <algorithm>

namespace tutti::ui {

namespace {

constexpr double kWave = 2.0; ///< half a wave, in pixels
constexpr int kGuessUnits = 4'000;

/// Definitions of texts that are written to be read.
constexpr const char* kProse[]{"Markdown", "LaTeX", "reStructuredText", "AsciiDoc", "Org Mode",
    "HTML", "MediaWiki", "Textile", "Email", "BBCode", "Txt2tags", "DocBook", "Git Commit",
    "SubRip Subtitles", "Typst", "R Markdown"};

/// Scripts whose words have no blanks between them.
bool isUnspaced(char32_t letter)
{
    switch (QChar::script(letter)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

bool isApostrophe(QChar unit) { return unit == u'\'' || unit == QChar(0x2019); }

/// Whether a piece between blanks is an address, a path or a name in code.
bool isNoProse(QStringView piece)
{
    return piece.contains(u'@') || piece.contains(u"://") || piece.contains(u'\\')
        || piece.contains(u'_') || piece.contains(u"::") || piece.startsWith(u"www.")
        || piece.contains(u'`') || piece.count(u'/') > 1 || piece.startsWith(u'/')
        || piece.startsWith(u'#') || piece.startsWith(u'$');
}

} // namespace

std::vector<TextMatch> spelledWords(const QString& line)
{
    std::vector<TextMatch> words;
    const auto size = std::min<qsizetype>(line.size(), SpellCheck::kMaxLineUnits);
    for (qsizetype piece = 0; piece < size;) {
        qsizetype pieceEnd = piece;
        while (pieceEnd < size && !line.at(pieceEnd).isSpace()) {
            ++pieceEnd;
        }
        const bool skip = isNoProse(QStringView(line).sliced(piece, pieceEnd - piece));
        for (qsizetype i = piece; !skip && i < pieceEnd;) {
            if (!line.at(i).isLetter() && !line.at(i).isSurrogate()) {
                ++i;
                continue;
            }
            const qsizetype start = i;
            bool wanted = true;
            int capitals = 0;
            while (i < pieceEnd) {
                const QChar unit = line.at(i);
                const bool joins = isApostrophe(unit) && i > start && i + 1 < pieceEnd
                    && line.at(i + 1).isLetter();
                if (!unit.isLetterOrNumber() && !unit.isMark() && !unit.isSurrogate() && !joins) {
                    break;
                }
                wanted = wanted && !unit.isNumber() && !unit.isSurrogate()
                    && !isUnspaced(unit.unicode());
                capitals += unit.isUpper() && i > start ? 1 : 0;
                ++i;
            }
            const bool dotted = i + 1 < pieceEnd && line.at(i) == u'.' && line.at(i + 1).isLetter();
            const bool behindDigit = start > piece && line.at(start - 1).isNumber();
            const bool behindDot = start > piece + 1 && line.at(start - 1) == u'.'
                && line.at(start - 2).isLetterOrNumber();
            if (wanted && capitals == 0 && i - start > 1 && !dotted && !behindDigit && !behindDot) {
                words.push_back({static_cast<int>(start), static_cast<int>(i - start)});
            }
        }
        piece = pieceEnd + 1;
    }
    return words;
}

SpellCheck::SpellCheck(CodeEditor& editor, QObject* parent)
    : QObject(parent)
    , m_editor(editor)
{
    editor.addLayer(this);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &SpellCheck::start);
    connect(&m_slices, &QTimer::timeout, this, &SpellCheck::slice);
    const auto later = [this] {
        if (m_mode != SpellCheckMode::Off && !m_delay.isActive()) {
            m_delay.start();
        }
    };
    connect(&editor, &CodeEditor::viewChanged, this, later);
    connect(&editor, &CodeEditor::languageChanged, this, later);
    connect(&editor, &CodeEditor::caretMoved, this, later); // a word may be complete now
}

void SpellCheck::setMode(SpellCheckMode mode)
{
    if (m_mode != mode) {
        m_mode = mode;
        m_dictionary = nullptr;
        m_slices.stop();
        m_editor.viewport()->update();
        if (mode != SpellCheckMode::Off) {
            m_delay.start();
        }
    }
}

void SpellCheck::setLanguage(const QString& language)
{
    if (m_language != language) {
        m_language = language;
        m_dictionary = nullptr;
        m_delay.start();
    }
}

bool SpellCheck::isProse() const
{
    static const QSet<QString> prose = [] {
        QSet<QString> names;
        for (const char* name : kProse) {
            const auto definition = syntaxRepository().definitionForName(QString::fromLatin1(name));
            if (definition.isValid()) {
                names.insert(definition.translatedName());
            }
        }
        names.insert(CodeEditor::languages().constFirst()); // plain text
        return names;
    }();
    return prose.contains(m_editor.languageName());
}

/// Finds a dictionary, when there is something to look at, and looks.
void SpellCheck::start()
{
    if (m_mode == SpellCheckMode::Off || (m_mode == SpellCheckMode::Prose && !isProse())) {
        m_dictionary = nullptr;
        m_editor.viewport()->update();
        return;
    }
    if (visibleWords().empty()) {
        return;
    }
    if (!m_dictionary) {
        m_dictionary = SpellDictionary::forLanguage(m_language.isEmpty()
                ? SpellDictionary::guessLanguage(readDocument(*m_editor.document(), 0, kGuessUnits))
                : m_language);
        if (!m_dictionary) {
            return; // silently: the settings say that there is none
        }
        connect(m_dictionary, &SpellDictionary::changed, m_editor.viewport(),
            qOverload<>(&QWidget::update), Qt::UniqueConnection);
    }
    m_slices.start(0);
}

void SpellCheck::slice()
{
    if (!m_dictionary) {
        m_slices.stop();
        return;
    }
    QElapsedTimer spent;
    spent.start();
    const std::vector<TextMatch> words = visibleWords();
    for (const TextMatch& place : words) {
        const QString word = readDocument(*m_editor.document(), place.start, place.end());
        if (!m_dictionary->remembered(word)) {
            if (spent.elapsed() >= kSliceMs) {
                return; // goes on when others had their turn
            }
            m_dictionary->look(word);
        }
    }
    m_slices.stop();
    m_editor.viewport()->update();
}

void SpellCheck::wordsOf(const QTextBlock& block, std::vector<TextMatch>& words) const
{
    const bool plain = m_editor.languageName() == CodeEditor::languages().constFirst();
    const BlockSyntax* syntax = plain ? nullptr : BlockSyntax::of(block);
    if (!plain && syntax == nullptr) {
        return; // not looked at yet; it is painted again when it is
    }
    for (TextMatch word : spelledWords(block.text())) {
        const auto isIn = [&word](const BlockSyntax::Span& span) {
            return span.spelled && word.start >= span.offset
                && word.end() <= span.offset + span.length;
        };
        if (plain || std::any_of(syntax->spans.begin(), syntax->spans.end(), isIn)) {
            word.start += block.position();
            words.push_back(word);
        }
    }
}

std::vector<TextMatch> SpellCheck::visibleWords() const
{
    std::vector<TextMatch> words;
    const int last = m_editor.lastPaintedBlock().position();
    for (QTextBlock block = m_editor.document()->findBlock(m_editor.firstVisiblePosition());
        block.isValid() && block.position() <= last; block = block.next()) {
        if (block.isVisible()) {
            wordsOf(block, words);
        }
    }
    return words;
}

std::vector<TextMatch> SpellCheck::misspelled(int from, int to) const
{
    std::vector<TextMatch> result;
    if (!m_dictionary) {
        return result;
    }
    std::vector<TextMatch> words;
    const QTextDocument& document = *m_editor.document();
    for (QTextBlock block = document.findBlock(from); block.isValid() && block.position() <= to;
        block = block.next()) {
        wordsOf(block, words);
    }
    const int caret = m_editor.textCursor().position();
    for (const TextMatch& word : words) {
        if (word.end() < from || word.start > to
            || (caret == word.end() && m_editor.hasFocus())) { // being written
            continue;
        }
        if (m_dictionary->remembered(readDocument(document, word.start, word.end())) == false) {
            result.push_back(word);
        }
    }
    return result;
}

void SpellCheck::paintAboveText(QPainter& painter, const QRect& dirty)
{
    if (!m_dictionary) {
        return;
    }
    const QTextBlock last = m_editor.lastPaintedBlock();
    const std::vector<TextMatch> words =
        misspelled(m_editor.firstVisiblePosition(), last.position() + last.length());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor::fromRgba(m_editor.theme().syntaxTheme().editorColor(
                            KSyntaxHighlighting::Theme::SpellChecking)),
        1.2));
    for (const TextMatch& word : words) {
        const QList<QRectF> rects = m_editor.selectionRects(word.start, word.end());
        for (const QRectF& rect : rects) {
            if (!rect.intersects(dirty)) {
                continue;
            }
            const double low = rect.bottom() - 1;
            QPainterPath wave(QPointF(rect.left(), low));
            bool up = true;
            for (double x = rect.left() + kWave; x <= rect.right(); x += kWave) {
                wave.lineTo(x, up ? low - kWave : low);
                up = !up;
            }
            painter.drawPath(wave);
        }
    }
}

void SpellCheck::addTo(QMenu& menu, int position)
{
    std::vector<TextMatch> here = misspelled(position, position);
    if (here.empty() || !m_dictionary) {
        return;
    }
    const TextMatch place = here.front();
    const QString word = readDocument(*m_editor.document(), place.start, place.end());
    QAction* before = menu.actions().value(0);
    const auto add = [&](const QString& text, auto action) {
        auto* item = new QAction(text, &menu);
        connect(item, &QAction::triggered, this, action);
        menu.insertAction(before, item);
        return item;
    };
    if (!m_editor.isReadOnly()) {
        const QStringList suggestions = m_dictionary->suggestions(word).mid(0, kMaxSuggestions);
        for (const QString& suggestion : suggestions) {
            QString text = suggestion;
            text.replace(u'&', QStringLiteral("&&"));
            QAction* item = add(
                text, [this, place, word, suggestion] { replaceWord(place, word, suggestion); });
            QFont bold = item->font();
            bold.setBold(true);
            item->setFont(bold);
        }
        if (suggestions.isEmpty()) {
            add(tr("No suggestions"), [] { })->setEnabled(false);
        }
        menu.insertSeparator(before);
    }
    add(tr("Add “%1” to the Dictionary").arg(word), [this, word] { m_dictionary->add(word); });
    add(tr("Ignore “%1”").arg(word), [this, word] { m_dictionary->ignore(word); });
    menu.insertSeparator(before);
}

void SpellCheck::replaceWord(const TextMatch& word, const QString& before, const QString& after)
{
    // others may have written while the menu was open
    if (readDocument(*m_editor.document(), word.start, word.end()) != before) {
        return;
    }
    EditPlan plan;
    plan.edits.push_back({word.start, word.length, after});
    plan.after = EditorSelection::at(word.start + static_cast<int>(after.size()));
    m_editor.apply(plan);
}

} // namespace tutti::ui
