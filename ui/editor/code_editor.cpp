// SPDX-License-Identifier: MIT
#include "ui/editor/code_editor.h"

#include "ui/editor/document_units.h"
#include "ui/editor/editor_layer.h"
#include "ui/editor/folding.h"
#include "ui/editor/gutter.h"
#include "ui/editor/highlighter.h"
#include "ui/editor/marker_scroll_bar.h"
#include "ui/editor/scroll_anchor.h"

#include <KSyntaxHighlighting/Repository>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QTextBlock>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tutti::ui {

namespace {

constexpr int kCaretWidth = 2;
constexpr int kZoomStepPercent = 10;
constexpr int kSniffedUnits = 1024;
constexpr double kDefaultPointSize = 11.0;

QFont defaultFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(std::max(font.pointSizeF(), kDefaultPointSize));
    return font;
}

/// Code points in the first `units` units, as people count columns.
int codePoints(QStringView text, int units)
{
    int count = 0;
    for (int i = 0; i < units; ++i) {
        count += splitsPair(text, i) ? 0 : 1;
    }
    return count;
}

int unitsOf(QStringView text, int wanted)
{
    int units = 0;
    while (wanted > 0 && units < text.size()) {
        ++units;
        if (!splitsPair(text, units)) {
            --wanted;
        }
    }
    return units;
}

} // namespace

CodeEditor::CodeEditor(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_highlighter(std::make_unique<Highlighter>(*document()))
    , m_folding(std::make_unique<Folding>(*document(), *m_highlighter))
    , m_anchor(std::make_unique<ScrollAnchor>())
    , m_baseFont(defaultFont())
{
    // Texts have their own direction; numbers, folds and indentation are at the left in all
    // languages.
    setLayoutDirection(Qt::LeftToRight);
    m_scrollBar = new MarkerScrollBar(this);
    setVerticalScrollBar(m_scrollBar);
    m_gutter = new Gutter(*this);
    setAccessibleName(tr("Text"));
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setUndoRedoEnabled(false);
    setCursorWidth(kCaretWidth);
    viewport()->setMouseTracking(true);

    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::layOutGutter);
    connect(this, &QPlainTextEdit::updateRequest, this, &CodeEditor::updateGutter);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeEditor::onCursorMoved);
    connect(this, &QPlainTextEdit::selectionChanged, this, &CodeEditor::noteSelection);
    connect(this, &QPlainTextEdit::textChanged, this, &CodeEditor::viewChanged);

    connect(m_highlighter.get(), &Highlighter::looked, this, [this](int first, int last) {
        if (first <= m_lastPainted && last >= firstVisibleBlock().blockNumber()) {
            viewport()->update();
            m_gutter->update(); // regions may begin elsewhere
            matchBrackets();
        }
    });
    connect(m_folding.get(), &Folding::changed, this, &CodeEditor::onFoldingChanged);
    connect(m_highlighter.get(), &Highlighter::appearanceChanged, viewport(),
        [this] { viewport()->update(); });

    applyFont();
    followPalette();
}

CodeEditor::~CodeEditor()
{
    for (EditorLayer* layer : m_layers) {
        layer->m_paintedBy = nullptr;
    }
    // slots of ours must not run while QPlainTextEdit takes itself apart
    disconnect(document(), nullptr, this, nullptr);
    m_binding.reset();
    m_folding.reset();
    m_highlighter.reset();
}

// Binding

void CodeEditor::bind(crdt::Doc& doc, crdt::Text text)
{
    bindTo([&] { return std::make_unique<DocumentBinding>(doc, std::move(text), *document()); });
}

void CodeEditor::bindBeside(const CodeEditor& other)
{
    Q_ASSERT(&other != this && other.m_binding);
    bindTo([&] { return std::make_unique<DocumentBinding>(*other.m_binding, *document()); });
}

void CodeEditor::bindTo(const std::function<std::unique_ptr<DocumentBinding>()>& text)
{
    m_binding.reset();
    m_folding->unfoldAll(); // or the new text's first line would inherit what was folded
    m_autoClosed.clear();
    m_binding = text();
    connectBinding();
    if (std::exchange(m_readOnlyForWantOfText, false)) {
        setReadOnly(false);
    }
    setSelections({});
    detectLanguage();
    Q_EMIT bindingChanged();
    Q_EMIT canUndoChanged(canUndo());
    Q_EMIT canRedoChanged(canRedo());
}

void CodeEditor::unbind()
{
    if (!m_binding) {
        return;
    }
    m_binding.reset();
    if (!isReadOnly()) {
        m_readOnlyForWantOfText = true;
        setReadOnly(true);
    }
    Q_EMIT bindingChanged();
    Q_EMIT canUndoChanged(false);
    Q_EMIT canRedoChanged(false);
}

void CodeEditor::expectLines(int lines)
{
    m_expectedLines = lines;
    m_highlighter->setPaused(lines > 0);
    layOutGutter();
}

void CodeEditor::connectBinding()
{
    DocumentBinding* binding = m_binding.get();
    binding->setHoldQuery([this] { return isComposing(); });
    binding->setSelectionQuery([this] { return m_selections; });
    connect(binding, &DocumentBinding::aboutToApply, this, &CodeEditor::rememberView);
    connect(binding, &DocumentBinding::applied, this, &CodeEditor::restoreView);
    connect(binding, &DocumentBinding::locallyEdited, this, [this] {
        if (m_keepSelections == 0) { // by a QTextCursor, of which only the main caret has heard
            m_autoClosed.clear();
            const QTextCursor cursor = textCursor();
            setSelections(EditorSelection{cursor.anchor(), cursor.position()});
        }
        Q_EMIT userActed();
    });
    connect(binding, &DocumentBinding::undoAvailable, this, &CodeEditor::canUndoChanged);
    connect(binding, &DocumentBinding::redoAvailable, this, &CodeEditor::canRedoChanged);
    connect(
        binding, &DocumentBinding::selectionRestored, this, [this](const Selections& selections) {
            setSelections(selections);
            ensureCursorVisible();
        });
}

bool CodeEditor::canUndo() const { return m_binding && m_binding->canUndo(); }

bool CodeEditor::canRedo() const { return m_binding && m_binding->canRedo(); }

void CodeEditor::undo()
{
    if (m_binding && !isReadOnly()) {
        m_binding->undo();
    }
}

void CodeEditor::redo()
{
    if (m_binding && !isReadOnly()) {
        m_binding->redo();
    }
}

// Language

void CodeEditor::setFileName(const QString& fileName)
{
    m_fileName = fileName;
    detectLanguage();
}

void CodeEditor::setLanguage(const QString& name)
{
    m_chosenLanguage = name;
    detectLanguage();
}

QString CodeEditor::languageName() const { return m_highlighter->languageName(); }

QStringList CodeEditor::languages() { return Highlighter::languages(); }

void CodeEditor::detectLanguage()
{
    KSyntaxHighlighting::Definition definition;
    if (m_chosenLanguage.isEmpty()) {
        definition = detectDefinition(m_fileName, readDocument(*document(), 0, kSniffedUnits));
    } else {
        const auto definitions = syntaxRepository().definitions();
        for (const auto& candidate : definitions) {
            if (candidate.translatedName() == m_chosenLanguage
                || candidate.name() == m_chosenLanguage) {
                definition = candidate;
                break;
            }
        }
    }
    m_languageKnown = definition.isValid() || !m_chosenLanguage.isEmpty();
    const QString before = languageName();
    m_highlighter->setLanguage(definition);
    if (languageName() != before) {
        m_folding->update();
        Q_EMIT languageChanged(languageName());
    }
}

// Caret

int CodeEditor::line() const { return textCursor().blockNumber() + 1; }

int CodeEditor::column() const
{
    const QTextCursor cursor = textCursor();
    return codePoints(cursor.block().text(), cursor.positionInBlock()) + 1;
}

void CodeEditor::goTo(int line, int column)
{
    const QTextBlock block =
        document()->findBlockByNumber(std::clamp(line, 1, std::max(blockCount(), 1)) - 1);
    const int units = unitsOf(block.text(), std::max(column, 1) - 1);
    QTextCursor cursor = textCursor();
    cursor.setPosition(block.position() + units);
    setTextCursor(cursor);
    centerCursor();
}

void CodeEditor::onCursorMoved()
{
    noteSelection();
    matchBrackets();
    if (const QTextBlock block = textCursor().block(); !block.isVisible()) {
        m_folding->reveal({&block, 1});
    }
    if (!m_composingAt.isNull() && m_composingAt.block() != textCursor().block()) {
        endComposition(); // the program took the caret elsewhere
    }
    const int oldLine = std::exchange(m_lastLine, line());
    const int oldColumn = std::exchange(m_lastColumn, column());
    if (oldLine != m_lastLine) {
        m_autoClosed.clear();
        viewport()->update();
        m_gutter->update();
    }
    if (oldLine != m_lastLine || oldColumn != m_lastColumn) {
        Q_EMIT caretMoved(m_lastLine, m_lastColumn);
    }
}

// Appearance

void CodeEditor::setIndentStyle(const IndentStyle& style)
{
    m_indent = {std::max(style.width, 1), std::max(style.tabWidth, 1), style.spaces};
    applyFont();
}

void CodeEditor::setBaseFont(const QFont& font)
{
    m_baseFont = font;
    applyFont();
}

void CodeEditor::setZoomPercent(int percent)
{
    percent = std::clamp(percent, kMinimumZoomPercent, kMaximumZoomPercent);
    if (percent != m_zoomPercent) {
        m_zoomPercent = percent;
        applyFont();
        Q_EMIT zoomChanged(percent);
    }
}

void CodeEditor::zoomInOneStep() { setZoomPercent(m_zoomPercent + kZoomStepPercent); }

void CodeEditor::zoomOutOneStep() { setZoomPercent(m_zoomPercent - kZoomStepPercent); }

void CodeEditor::resetZoom() { setZoomPercent(100); }

void CodeEditor::applyFont()
{
    QFont font = m_baseFont;
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(font.pointSizeF() * m_zoomPercent / 100.0);
    } else {
        font.setPixelSize(std::max(font.pixelSize() * m_zoomPercent / 100, 1));
    }
    setFont(font);
    m_gutter->setFont(font);
    setTabStopDistance(QFontMetricsF(font).horizontalAdvance(u' ') * m_indent.tabWidth);
    layOutGutter();
    Q_EMIT viewChanged();
}

void CodeEditor::setTheme(const EditorTheme& theme)
{
    m_themeFixed = true;
    m_theme = theme;
    applyTheme();
}

void CodeEditor::followPalette()
{
    if (!m_themeFixed) {
        m_theme = EditorTheme::forPalette(QGuiApplication::palette());
        applyTheme();
    }
}

void CodeEditor::applyTheme()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Base, m_theme.background);
    colors.setColor(QPalette::Text, m_theme.text);
    colors.setColor(QPalette::Highlight, m_theme.selection);
    colors.setColor(QPalette::HighlightedText, m_theme.selectedText);
    setPalette(colors);
    viewport()->setPalette(colors); // a style sheet that changed gave it one of its own
    m_highlighter->setEditorTheme(m_theme);
    viewport()->update();
    m_gutter->update();
    Q_EMIT themeChanged();
}

// Layers

void CodeEditor::addLayer(EditorLayer* layer)
{
    m_layers.push_back(layer);
    layer->m_paintedBy = this;
    viewport()->update();
}

void CodeEditor::removeLayer(EditorLayer* layer)
{
    std::erase(m_layers, layer);
    layer->m_paintedBy = nullptr;
    viewport()->update();
}

} // namespace tutti::ui
