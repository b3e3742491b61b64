// SPDX-License-Identifier: MIT
// Which language the program speaks, and that it does: plurals, mnemonics, Qt's own words.
#include "ui/shell/actions.h"
#include "ui/shell/languages.h"
#include "ui/shell/setting_table.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeySequence>
#include <QLocale>
#include <QTest>
#include <QTranslator>

using namespace tutti::ui;

namespace {

/// Speaks a language as long as it lives.
class Speaking
{
public:
    explicit Speaking(const QString& id) { installLanguage(*QCoreApplication::instance(), id); }
    ~Speaking()
    {
        const auto installed = QCoreApplication::instance()->findChildren<QTranslator*>();
        for (QTranslator* translator : installed) {
            QCoreApplication::removeTranslator(translator);
            delete translator;
        }
    }
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;
};

QString peopleHere(int count)
{
    return QCoreApplication::translate(
        "tutti::ui::ParticipantsPanel", "%n people here", nullptr, count);
}

} // namespace

class LanguagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstThatThereIs_data()
    {
        QTest::addColumn<QStringList>("wanted");
        QTest::addColumn<QString>("id");
        QTest::newRow("none") << QStringList{} << "en";
        QTest::newRow("C") << QStringList{"C"} << "en";
        QTest::newRow("Austria") << QStringList{"de-AT", "de"} << "de";
        QTest::newRow("Swiss") << QStringList{"de-Latn-CH"} << "de";
        QTest::newRow("China") << QStringList{"zh-Hans-CN", "zh-CN", "zh"} << "zh_CN";
        QTest::newRow("Singapore") << QStringList{"zh-Hans-SG"} << "zh_CN";
        QTest::newRow("Taiwan") << QStringList{"zh-Hant-TW", "zh-TW"} << "en";
        QTest::newRow("Taiwan, then German") << QStringList{"zh-Hant-TW", "de-DE"} << "de";
        QTest::newRow("English comes before") << QStringList{"en-GB", "de-DE"} << "en";
        QTest::newRow("French, then German") << QStringList{"fr-FR", "fr", "de"} << "de";
        QTest::newRow("only French") << QStringList{"fr-FR"} << "en";
    }
    void theFirstThatThereIs()
    {
        QFETCH(QStringList, wanted);
        QTEST(languageFor(wanted), "id");
    }

    void aChosenOneComesBeforeTheSystems()
    {
        const QByteArray before = qgetenv("LANGUAGE");
        chooseLanguage(QStringLiteral("zh_CN"));
        QCOMPARE(languageFor(QLocale::system().uiLanguages()), QStringLiteral("zh_CN"));
        chooseLanguage(QStringLiteral("system")); // leaves it
        QCOMPARE(qgetenv("LANGUAGE"), QByteArray("zh_CN"));
        before.isNull() ? qunsetenv("LANGUAGE") : qputenv("LANGUAGE", before);
    }

    void theSettingHasThemAll()
    {
        const SettingSpec* spec = settingSpec(u"view/language");
        QVERIFY(spec != nullptr);
        QStringList ids;
        for (const auto& option : spec->choices()) {
            ids.append(option.id);
        }
        QStringList wanted{QStringLiteral("system")};
        for (const Language& language : languages()) {
            wanted.append(language.id);
        }
        QCOMPARE(ids, wanted);
        QCOMPARE(spec->fallback().toString(), QStringLiteral("system"));
    }

    void plurals_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("words");
        QTest::newRow("en 1") << "en" << 1 << "1 person here";
        QTest::newRow("en 2") << "en" << 2 << "2 people here";
        QTest::newRow("de 1") << "de" << 1 << "1 Person hier";
        QTest::newRow("de 0") << "de" << 0 << "0 Personen hier";
        QTest::newRow("zh 1") << "zh_CN" << 1 << "1 人在场";
        QTest::newRow("zh 5") << "zh_CN" << 5 << "5 人在场";
    }
    void plurals()
    {
        QFETCH(QString, id);
        QFETCH(int, count);
        const Speaking speaking(id);
        QTEST(peopleHere(count), "words");
    }

    void wordsOfQtAreThereToo()
    {
        QCOMPARE(QKeySequence(Qt::CTRL | Qt::Key_F).toString(QKeySequence::NativeText),
            QStringLiteral("Ctrl+F"));
        {
            const Speaking german(QStringLiteral("de"));
            QCOMPARE(QKeySequence(Qt::CTRL | Qt::Key_F).toString(QKeySequence::NativeText),
                QStringLiteral("Strg+F"));
            QCOMPARE(QKeySequence(Qt::CTRL | Qt::Key_F).toString(QKeySequence::PortableText),
                QStringLiteral("Ctrl+F"));
        }
        const Speaking chinese(QStringLiteral("zh_CN"));
        QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QStringLiteral("取消"));
    }

    void commandsAreNamedWithoutTheirMnemonics_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("open");
        QTest::addColumn<QString>("undo");
        QTest::newRow("en") << "en" << "Open" << "Undo";
        QTest::newRow("de") << "de" << "Öffnen" << "Rückgängig";
        QTest::newRow("zh_CN") << "zh_CN" << "打开" << "撤销";
    }
    void commandsAreNamedWithoutTheirMnemonics()
    {
        QFETCH(QString, id);
        const Speaking speaking(id);
        const Actions actions(nullptr);
        QTEST(plainText(actions.openFile->text()), "open");
        QTEST(plainText(actions.byId(u"undo")->text()), "undo");
    }
};

QTEST_MAIN(LanguagesTest)
#include "tst_languages.moc"
