// SPDX-License-Identifier: MIT
#pragma once

#include "ui/editor/text_search.h"

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace tutti::ui {

class DocumentPage;

/// Finds a text in all open documents: a field and a list of the lines it is in, at the bottom of
/// the window. The list follows what is written meanwhile, by whomever; a click or Enter goes
/// there. All matches are counted, up to kMaxShown of each document are listed.
class FindPanel : public QFrame
{
    Q_OBJECT

public:
    static constexpr std::size_t kMaxShown = 1'000;

    using Pages = std::function<QList<DocumentPage*>()>;

    /// `pages` says which documents are open.
    explicit FindPanel(Pages pages, QWidget* parent = nullptr);
    ~FindPanel() override;

    /// Shows the panel, with this text in its field if there is any, and takes the focus.
    void open(const QString& text);
    void close();
    /// To be told when documents came or went.
    void refreshPages();

Q_SIGNALS:
    void picked(tutti::ui::DocumentPage* page, const tutti::ui::TextMatch& match);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Searched
    {
        QPointer<DocumentPage> page;
        std::unique_ptr<TextSearch> search;
    };

    void applyQuery();
    void showSoon();
    void showResults();
    [[nodiscard]] QTreeWidgetItem* addDocument(const Searched& searched);
    void pick(QTreeWidgetItem* item);

    Pages m_pages;
    std::vector<Searched> m_searched;
    QLineEdit* m_query;
    QToolButton* m_matchCase;
    QToolButton* m_wholeWords;
    QToolButton* m_regularExpression;
    QLabel* m_summary;
    QTreeWidget* m_results;
    QTimer m_pause;
};

} // namespace tutti::ui
