// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace tutti::ui {

/// One message above the editor, in words, with what can be done about it: never in the way of
/// typing, never a dialog. Hidden while it has nothing to say.
class InlineBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Warning, Error };
    struct Action
    {
        QString text;
        std::function<void()> run;
    };

    /// A secret that is asked for in the bar itself.
    struct Question
    {
        QString placeholder;
        QString button;
        QString remember; ///< of a box to tick; empty: without
        std::function<void(const QString& answer, bool remember)> answered;
    };

    explicit InlineBar(QWidget* parent = nullptr);

    /// Shows a message in the place of the one before. `id` names what it is about, so that
    /// clear(id) takes away this message and no other. The same message again changes the words and
    /// what the buttons do, not the buttons, so that a count-down does not take the focus off one.
    void show(
        const QString& id, Kind kind, const QString& words, const QList<Action>& actions = {});
    /// The same with a field to answer in; the answer is not shown as it is typed, and not kept.
    void ask(const QString& id, Kind kind, const QString& words, const Question& question,
        const QList<Action>& actions = {});
    void clear(const QString& id);
    [[nodiscard]] QString currentId() const { return m_id; }
    [[nodiscard]] QString words() const;

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void dismiss();
    void endQuestion();
    void showIcon();
    /// Puts the buttons beside the words, or below where that leaves the words too little.
    void arrange();

    QString m_id;
    Kind m_kind = Kind::Info;
    QLabel* m_icon;
    QLabel* m_words;
    QGridLayout* m_layout;
    QWidget* m_answers; ///< what there is to press, in a row
    QHBoxLayout* m_buttons;
    std::optional<bool> m_below; ///< whether that row is below the words
    QToolButton* m_close;
    QWidget* m_question = nullptr;
    QList<QPushButton*> m_actions;
    QList<std::function<void()>> m_runs; ///< what they do
};

} // namespace tutti::ui
