// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QString>

class QLabel;
class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace tutti::ui {

class Actions;

/// The user's guide as Markdown. It is resources/guide/guide.md, in which {ID} stands for the
/// command or the setting of that id: here it has its name as the menus show it, with the keys it
/// has now. {keys} is a table of all commands that have keys.
[[nodiscard]] QString guideText(const Actions& actions);

/// The user's guide to read: chapters, a search, letters of any size. Not modal: one reads it
/// beside the text one tries it out in. Threads: the GUI's.
class GuideWindow : public QDialog
{
    Q_OBJECT

public:
    /// Shows it, or brings the one to the front that is open already.
    static GuideWindow& show(const Actions& actions, QWidget& parent);

    [[nodiscard]] QListWidget& chapters() noexcept { return *m_chapters; }
    [[nodiscard]] QLineEdit& query() noexcept { return *m_query; }
    [[nodiscard]] QTextBrowser& page() noexcept { return *m_page; }

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    GuideWindow(const Actions& actions, QWidget& parent);
    void setText(const QString& markdown);
    void setSpacing();
    void drawLines();
    void listChapters();
    void goToChapter(int row);
    void markChapter();
    void search(bool backward);

    QListWidget* m_chapters;
    QLineEdit* m_query;
    QLabel* m_nothing;
    QTextBrowser* m_page;
};

} // namespace tutti::ui
