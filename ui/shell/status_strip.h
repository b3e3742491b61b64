// SPDX-License-Identifier: MIT
#pragma once

#include "ui/shell/connection_status.h"
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

Q_SIGNALS:
    void positionClicked();
    void languageClicked();
    void lineEndPicked(tutti::ui::LineEnd lineEnd);
    void encodingPicked(tutti::ui::TextEncoding encoding);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* addButton(const char* name, const QString& purpose);

    StatusLabel* m_connection;
    QToolButton* m_position;
    QToolButton* m_encoding;
    QToolButton* m_lineEnd;
    QToolButton* m_language;
    QActionGroup* m_encodings;
    QActionGroup* m_lineEnds;
};

} // namespace tutti::ui
