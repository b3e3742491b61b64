// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/connection_status.h"
#include "ui/shell/file_conventions.h"
#include "ui/shell/text_format.h"

#include <QStatusBar>

class QActionGroup;
class QToolButton;

namespace tutti::ui {

class StatusLabel;

/// The line at the bottom: how the connection stands, in words; where the caret is; the file's
/// encoding, line ends and language.
class StatusStrip : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusStrip(QWidget* parent = nullptr);

    void setConnection(const QString& words, ConnectionMood mood);
    void setPosition(int line, int column);
    void setFormat(const TextFormat& format);
    void setLanguage(const QString& name);
    void setIndentation(const IndentStyle& style);

Q_SIGNALS:
    void positionClicked();
    void languageClicked();
    void lineEndPicked(tutti::ui::LineEnd lineEnd);
    /// To write the file in.
    void encodingPicked(tutti::ui::TextEncoding encoding);
    /// To read the file again in.
    void reopenPicked(tutti::ui::TextEncoding encoding);
    void indentationPicked(const tutti::ui::IndentStyle& style);
    void detectIndentationPicked();
    void convertIndentationPicked(const tutti::ui::IndentStyle& style);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeEncodingMenu();
    void makeIndentationMenu();
    QToolButton* addButton(const char* name, const QString& purpose);

    StatusLabel* m_connection;
    QToolButton* m_position;
    QToolButton* m_indentation;
    QToolButton* m_encoding;
    QToolButton* m_lineEnd;
    QToolButton* m_language;
    QActionGroup* m_encodings;
    QActionGroup* m_lineEnds;
    QActionGroup* m_indentations;
    IndentStyle m_style;
};

} // namespace tutti::ui
