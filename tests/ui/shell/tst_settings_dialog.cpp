// SPDX-License-Identifier: MIT
#include "shown_window.h"
#include "tests/ui/support/qt_test.h"
#include "ui/editor/code_editor.h"
#include "ui/shell/actions.h"
#include "ui/shell/main_window.h"
#include "ui/shell/quick_pick.h"
#include "ui/shell/setting_table.h"
#include "ui/shell/setting_values.h"
#include "ui/shell/settings_dialog.h"
#include "ui/shell/shortcut_bindings.h"
#include "ui/shell/shortcuts_model.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_picks.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyle>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace tutti;
using ui::MainWindow;
using ui::SettingSpec;
using ui::SettingValues;
using ui::ShortcutBindings;

namespace {

QKeySequence keys(const char* text) { return QKeySequence(QString::fromLatin1(text)); }

} // namespace

/// Settings: what they may be, how they are shown, that they take effect; and the shortcuts.
class TestSettingsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void everySettingHasADefaultOfItsKind();
    void nonsenseIsNotTaken_data();
    void nonsenseIsNotTaken();
    void keptOnlyWhereItIsAnother();
    void takesEffectAtOnce();
    void motion();
    void newDocumentsHaveThem();
    void theRowsShowAndReset();
    void isSearched();
    void everythingHasAName();
    void fitsIntoANarrowWindow();
    void editorThemeIsTriedOut();

    void bindsAndKeeps();
    void takesFromOthers();
    void objects_data();
    void objects();
    void whatWasKeptButIsTakenIsLeftOut();
    void resetsAll();
    void theModel();
    void thePageSaysWhatKeysMean();
    void thePageFindsByKeys();

private:
    [[nodiscard]] ui::Actions& actions() const { return m_window->actions(); }
    [[nodiscard]] ui::CodeEditor& editor() const { return m_window->currentPage()->editor(); }
    template <typename T>
    [[nodiscard]] T* control(const char* name) const
    {
        return m_window->findChild<T*>(QString::fromLatin1(name));
    }

    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<MemoryRooms> m_rooms;
    std::unique_ptr<MainWindow> m_window;
};

void TestSettingsDialog::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-test"));
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void TestSettingsDialog::init()
{
    QSettings().clear();
    m_theme->setChoice(ui::ThemeChoice::Light);
    m_rooms = std::make_unique<MemoryRooms>();
    m_window = shownWindow(*m_rooms, *m_theme);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestSettingsDialog::cleanup()
{
    m_window.reset();
    m_rooms.reset();
}

void TestSettingsDialog::everySettingHasADefaultOfItsKind()
{
    QSet<QString> ids;
    for (const SettingSpec& spec : ui::settingSpecs()) {
        const QString id = QString::fromLatin1(spec.id);
        QVERIFY2(!ids.contains(id), spec.id);
        ids.insert(id);
        QVERIFY2(!spec.title().isEmpty(), spec.id);
        QCOMPARE(spec.checked(spec.fallback()), spec.fallback());
        QCOMPARE(SettingValues::instance().value(id), spec.fallback());
        if (spec.kind == SettingSpec::Kind::Choice) {
            QCOMPARE(spec.fallback().toString(), QString::fromUtf8(spec.usual));
        }
        if (spec.kind == SettingSpec::Kind::Number) {
            QVERIFY2(
                spec.minimum <= spec.fallback().toInt() && spec.fallback().toInt() <= spec.maximum,
                spec.id);
        }
    }
    QCOMPARE(ui::settingSpec(u"no such setting"), nullptr);
}

void TestSettingsDialog::nonsenseIsNotTaken_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QVariant>("value");
    QTest::newRow("too small") << QStringLiteral("editor/tabWidth") << QVariant(0);
    QTest::newRow("too large") << QStringLiteral("editor/tabWidth") << QVariant(10'000);
    QTest::newRow("no number") << QStringLiteral("editor/tabWidth")
                               << QVariant(QStringLiteral("wide"));
    QTest::newRow("neither") << QStringLiteral("view/wordWrap")
                             << QVariant(QStringLiteral("maybe"));
    QTest::newRow("unknown") << QStringLiteral("view/theme") << QVariant(QStringLiteral("purple"));
}

void TestSettingsDialog::nonsenseIsNotTaken()
{
    QFETCH(QString, id);
    QFETCH(QVariant, value);
    QSettings().setValue(id, value); // by hand
    QCOMPARE(SettingValues::instance().value(id), ui::settingSpec(id)->fallback());
}

void TestSettingsDialog::keptOnlyWhereItIsAnother()
{
    const auto id = QStringLiteral("editor/tabWidth");
    auto& values = SettingValues::instance();
    const QSignalSpy changed(&values, &SettingValues::changed);
    values.set(id, 8);
    QCOMPARE(QSettings().value(id).toInt(), 8);
    QVERIFY(!values.isDefault(id));
    values.set(id, 8);
    QCOMPARE(changed.count(), 1);
    values.reset(id);
    QVERIFY(!QSettings().contains(id));
    QCOMPARE(changed.count(), 2);
}

void TestSettingsDialog::takesEffectAtOnce()
{
    auto& values = SettingValues::instance();
    values.set(QStringLiteral("editor/tabWidth"), 8);
    QCOMPARE(editor().indentStyle().tabWidth, 8);
    values.set(QStringLiteral("editor/insertSpaces"), false);
    QVERIFY(!editor().indentStyle().spaces);
    values.set(QStringLiteral("editor/fontSize"), 20);
    QCOMPARE(editor().font().pointSize(), 20);
    values.set(QStringLiteral("view/wordWrap"), true);
    QCOMPARE(editor().lineWrapMode(), QPlainTextEdit::WidgetWidth);
    QVERIFY(actions().wordWrap->isChecked());
    actions().wordWrap->trigger();
    QVERIFY(!values.value(QStringLiteral("view/wordWrap")).toBool());
    values.set(QStringLiteral("view/theme"), QStringLiteral("dark"));
    QVERIFY(m_theme->isDark());
    QCOMPARE(editor().theme().name, QStringLiteral("Breeze Dark"));
    QVERIFY(actions().byId(u"theme2")->isChecked());
    values.set(QStringLiteral("view/darkEditorTheme"), QStringLiteral("Dracula"));
    QCOMPARE(editor().theme().name, QStringLiteral("Dracula"));
    values.set(QStringLiteral("view/theme"), QStringLiteral("light"));
    QCOMPARE(editor().theme().name, QStringLiteral("Breeze Light"));
}

/// As the desktop asks, unless the person chose; both at once, and back again.
void TestSettingsDialog::motion()
{
    auto& values = SettingValues::instance();
    const auto duration = [this] {
        return m_window->style()->styleHint(
            QStyle::SH_Widget_Animation_Duration, nullptr, m_window.get());
    };
    QApplication::setEffectEnabled(Qt::UI_General, true);
    QApplication::setEffectEnabled(Qt::UI_FadeMenu, true);
    QVERIFY(QApplication::isEffectEnabled(Qt::UI_FadeMenu));
    QApplication::setEffectEnabled(Qt::UI_AnimateCombo, false);
    QVERIFY(duration() > 0);
    m_theme->setSystemReducesMotion(true);
    QCOMPARE(duration(), 0);
    QVERIFY(!QApplication::isEffectEnabled(Qt::UI_FadeMenu));
    values.set(QStringLiteral("view/motion"), QStringLiteral("full"));
    QVERIFY(duration() > 0);
    QVERIFY(QApplication::isEffectEnabled(Qt::UI_FadeMenu));
    QVERIFY(!QApplication::isEffectEnabled(Qt::UI_AnimateCombo)); // it was off before
    m_theme->setSystemReducesMotion(false);
    values.set(QStringLiteral("view/motion"), QStringLiteral("reduced"));
    QCOMPARE(duration(), 0);
    values.set(QStringLiteral("view/motion"), QStringLiteral("system"));
    QVERIFY(duration() > 0);
}

void TestSettingsDialog::newDocumentsHaveThem()
{
    SettingValues::instance().set(QStringLiteral("editor/tabWidth"), 2);
    QCOMPARE(m_window->newDocument().editor().indentStyle().tabWidth, 2);
}

void TestSettingsDialog::theRowsShowAndReset()
{
    actions().settings->trigger();
    auto* width = control<QSpinBox>("editor/tabWidth");
    auto* reset = control<QToolButton>("editor/tabWidth/reset");
    QVERIFY(width != nullptr && reset != nullptr);
    QVERIFY(!reset->isVisible());
    width->setValue(3);
    QCOMPARE(editor().indentStyle().tabWidth, 3);
    QVERIFY(reset->isVisible());
    reset->click();
    QCOMPARE(width->value(), 4);
    QCOMPARE(editor().indentStyle().tabWidth, 4);
    QVERIFY(!reset->isVisible());

    auto* wrap = control<QCheckBox>("view/wordWrap");
    actions().wordWrap->trigger(); // from the menu, while the dialog is open
    QVERIFY(wrap->isChecked());
    auto* theme = control<QComboBox>("view/theme");
    theme->setCurrentIndex(theme->findData(QStringLiteral("dark")));
    QVERIFY(m_theme->isDark());
    actions().wordWrap->trigger();
}

void TestSettingsDialog::isSearched()
{
    actions().settings->trigger();
    auto* query = control<QLineEdit>("settingsQuery");
    QTRY_VERIFY(query->hasFocus());
    query->setText(QStringLiteral("tab width"));
    QVERIFY(control<QSpinBox>("editor/tabWidth")->isVisible());
    QVERIFY(!control<QComboBox>("view/theme")->isVisible());
    query->setText(QStringLiteral("appearance")); // a whole section
    QVERIFY(control<QComboBox>("view/theme")->isVisible());
    QVERIFY(!control<QSpinBox>("editor/tabWidth")->isVisible());
    query->clear();
    QVERIFY(control<QSpinBox>("editor/tabWidth")->isVisible());
}

void TestSettingsDialog::everythingHasAName()
{
    for (QAction* action : {actions().settings, actions().shortcuts}) {
        action->trigger();
        auto* dialog = control<QDialog>("settingsDialog");
        QVERIFY(dialog != nullptr && dialog->isVisible());
        for (const QWidget* widget : dialog->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus
                || widget->focusProxy() != nullptr
                || widget->objectName().startsWith(QStringLiteral("qt_"))
                || qobject_cast<const QAbstractItemView*>(widget->parentWidget()) != nullptr) {
                continue;
            }
            const bool named = !widget->accessibleName().isEmpty()
                || !widget->property("text").toString().isEmpty();
            QVERIFY2(named,
                qPrintable(QStringLiteral("%1 %2").arg(
                    QLatin1StringView(widget->metaObject()->className()), widget->objectName())));
        }
    }
}

void TestSettingsDialog::fitsIntoANarrowWindow()
{
    actions().settings->trigger();
    auto* dialog = control<QDialog>("settingsDialog");
    dialog->resize(dialog->minimumSize());
    const auto* scroll = control<QScrollArea>("settingsScroll");
    QTRY_VERIFY2(scroll->widget()->width() <= scroll->viewport()->width(),
        qPrintable(QStringLiteral("%1 in %2")
                .arg(scroll->widget()->minimumSizeHint().width())
                .arg(scroll->viewport()->width())));
}

void TestSettingsDialog::editorThemeIsTriedOut()
{
    actions().editorTheme->trigger();
    auto* query = control<QLineEdit>("quickPickQuery");
    QTest::keyClicks(query, QStringLiteral("solarized light"));
    QCOMPARE(editor().theme().name, QStringLiteral("Solarized Light"));
    QTest::keyClick(query, Qt::Key_Escape);
    QCOMPARE(editor().theme().name, QStringLiteral("Breeze Light"));
    actions().editorTheme->trigger();
    QTest::keyClicks(query, QStringLiteral("solarized light"));
    QTest::keyClick(query, Qt::Key_Return);
    QCOMPARE(editor().theme().name, QStringLiteral("Solarized Light"));
    QVERIFY(!editor().theme().dark);
}

void TestSettingsDialog::bindsAndKeeps()
{
    ShortcutBindings bindings(actions());
    bindings.bind(*actions().saveAll, keys("Ctrl+Alt+F11"));
    bindings.add(*actions().saveAll, keys("Ctrl+F12, S"));
    QCOMPARE(actions().saveAll->shortcuts(),
        (QList<QKeySequence>{keys("Ctrl+Alt+F11"), keys("Ctrl+F12, S")}));
    QVERIFY(!bindings.isDefault(*actions().saveAll));
    bindings.clear(*actions().save);

    ui::Actions fresh(nullptr);
    ShortcutBindings(fresh).load();
    QCOMPARE(fresh.saveAll->shortcuts(), actions().saveAll->shortcuts());
    QVERIFY(fresh.save->shortcuts().isEmpty());
    bindings.reset(*actions().save);
    QCOMPARE(actions().save->shortcuts(), fresh.defaultShortcutsOf(*fresh.save));
    QVERIFY(!QSettings().contains(QStringLiteral("shortcuts/save")));
}

void TestSettingsDialog::takesFromOthers()
{
    ShortcutBindings bindings(actions());
    QCOMPARE(
        bindings.othersWith(keys("Ctrl+S"), *actions().saveAll), QList<QAction*>{actions().save});
    bindings.bind(*actions().saveAll, keys("Ctrl+S"));
    QVERIFY(actions().save->shortcuts().isEmpty());
    bindings.reset(*actions().save); // takes it back
    QVERIFY(actions().saveAll->shortcuts().isEmpty());
    // one stroke is the beginning of two
    bindings.bind(*actions().saveAll, keys("Ctrl+S, Ctrl+A"));
    QVERIFY(actions().save->shortcuts().isEmpty());
}

void TestSettingsDialog::objects_data()
{
    QTest::addColumn<bool>("may");
    QTest::newRow("A") << false;
    QTest::newRow("Shift+A") << false;
    QTest::newRow("Return") << false;
    QTest::newRow("Tab") << false;
    QTest::newRow("Ctrl+Right") << false;
    QTest::newRow("Alt+F") << false;
    QTest::newRow("Ctrl+F9") << true;
    QTest::newRow("Ctrl+K, A") << true;
    QTest::newRow("Ctrl+Alt+A") << true;
}

void TestSettingsDialog::objects()
{
    const ShortcutBindings bindings(actions());
    const QString objection = bindings.objectionTo(keys(QTest::currentDataTag()));
    QTEST(objection.isEmpty(), "may");
}

void TestSettingsDialog::whatWasKeptButIsTakenIsLeftOut()
{
    QSettings().setValue(QStringLiteral("shortcuts/saveAll"),
        QStringLiteral(
            "Ctrl+S; Ctrl+F9; A; Ctrl+Alt+F11")); // by hand: one is Save's, one is writing
    ui::Actions fresh(nullptr);
    ShortcutBindings(fresh).load();
    QCOMPARE(
        fresh.saveAll->shortcuts(), (QList<QKeySequence>{keys("Ctrl+F9"), keys("Ctrl+Alt+F11")}));
    QVERIFY(!fresh.save->shortcuts().isEmpty());
}

void TestSettingsDialog::resetsAll()
{
    ShortcutBindings bindings(actions());
    bindings.bind(*actions().saveAll, keys("Ctrl+S"));
    bindings.bind(*actions().save, keys("Ctrl+N"));
    bindings.resetAll();
    for (const QAction* action : actions().all()) {
        QVERIFY2(bindings.isDefault(*action), qPrintable(action->objectName()));
    }
    QSettings settings;
    settings.beginGroup(QStringLiteral("shortcuts"));
    QVERIFY(settings.childKeys().isEmpty());
}

void TestSettingsDialog::theModel()
{
    ShortcutBindings bindings(actions());
    ui::ShortcutsModel model(bindings);
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), int(actions().all().size()));
    model.showNamed(QStringLiteral("theme dark"));
    QCOMPARE(model.rowCount(), 1);
    model.showBoundTo(keys("Ctrl+S"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.action(0), actions().save);
    QCOMPARE(model.index(0, ui::ShortcutsModel::Menu).data().toString(), QStringLiteral("File"));
    bindings.add(*actions().save, keys("Ctrl+F9"));
    QCOMPARE(model.index(0, ui::ShortcutsModel::Keys).data().toString(),
        QStringLiteral("Ctrl+S or Ctrl+F9"));
}

void TestSettingsDialog::thePageSaysWhatKeysMean()
{
    actions().shortcuts->trigger();
    auto* query = control<QLineEdit>("shortcutsQuery");
    QTRY_VERIFY(query->hasFocus());
    QTest::keyClicks(query, QStringLiteral("save all"));
    auto* edit = control<QKeySequenceEdit>("shortcutKeys");
    auto* bind = control<QPushButton>("shortcutBind");
    auto* words = control<QLabel>("shortcutWords");
    QVERIFY(!bind->isEnabled());
    edit->setKeySequence(keys("A"));
    QVERIFY(!bind->isEnabled());
    QVERIFY2(words->text().contains(QStringLiteral("writing")), qPrintable(words->text()));
    edit->setKeySequence(keys("Ctrl+S"));
    QVERIFY(bind->isEnabled());
    QCOMPARE(bind->text(), QStringLiteral("Take Over"));
    QVERIFY2(words->text().contains(QStringLiteral("“Save”")), qPrintable(words->text()));
    bind->click();
    QCOMPARE(actions().saveAll->shortcuts(), QList<QKeySequence>{keys("Ctrl+S")});
    QVERIFY(actions().save->shortcuts().isEmpty());
    control<QPushButton>("shortcutReset")->click();
    QVERIFY(actions().saveAll->shortcuts().isEmpty());
    control<QPushButton>("shortcutsResetAll")->click();
    QVERIFY(actions().save->shortcuts().isEmpty()); // asked, not done
    control<QPushButton>("shortcutsResetYes")->click();
    QCOMPARE(actions().save->shortcut(), keys("Ctrl+S"));
}

void TestSettingsDialog::thePageFindsByKeys()
{
    actions().shortcuts->trigger();
    auto* byKeys = control<QToolButton>("shortcutsByKeys");
    byKeys->click();
    auto* query = control<QLineEdit>("shortcutsQuery");
    QTRY_VERIFY(query->hasFocus());
    QTest::keyClick(query, Qt::Key_S, Qt::ControlModifier);
    auto* list = control<QTreeView>("shortcutsList");
    QCOMPARE(list->model()->rowCount(), 1);
    QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("Save"));
    byKeys->click();
    QCOMPARE(list->model()->rowCount(), int(actions().all().size()));
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settings_dialog.moc"
