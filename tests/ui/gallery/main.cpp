// SPDX-License-Identifier: MIT
// tutti-gallery FOLDER NAME [--dark] [--narrow] [--right-to-left] [--deuteranopia] [--language ID]
//               [STATE…]
// tutti-gallery --list
//
// Pictures of every state of the window, as FOLDER/STATE-NAME.png, and pages as they are printed,
// as FOLDER/print-NAME.pdf; or the states and what they are, in lines. How many pixels a point has
// is up to QT_SCALE_FACTOR. tests/ui/gallery/run calls it for each look and makes a page of all.
#include "scene.h"
#include "ui/shell/languages.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>

#include <cstdio>

int main(int argc, char* argv[])
{
    QStringList words;
    for (int i = 1; i < argc; ++i) {
        words.append(QString::fromLocal8Bit(argv[i]));
    }
    const bool dark = words.removeAll(QStringLiteral("--dark")) > 0;
    if (words == QStringList(QStringLiteral("--list"))) {
        for (const gallery::State& state : gallery::states()) {
            std::printf("%s\t%s\n", state.id, state.title);
        }
        return 0;
    }
    const bool mirrored = words.removeAll(QStringLiteral("--right-to-left")) > 0;
    const bool deuteranopia = words.removeAll(QStringLiteral("--deuteranopia")) > 0;
    const bool narrow = words.removeAll(QStringLiteral("--narrow")) > 0;
    QString language = QStringLiteral("en");
    if (const qsizetype at = words.indexOf(QStringLiteral("--language"));
        at >= 0 && at + 1 < words.size()) {
        language = words.at(at + 1);
        words.remove(at, 2);
    }
    if (words.size() < 2) {
        std::fputs("usage: tutti-gallery FOLDER NAME [--dark] [--narrow] [--right-to-left] "
                   "[--deuteranopia] [--language ID] [STATE…]\n",
            stderr);
        return 2;
    }
    const QString folder = words.takeFirst();
    const QString name = words.takeFirst();
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QCoreApplication::setApplicationName(QStringLiteral("tutti"));
    QCoreApplication::setOrganizationName(QStringLiteral("tutti-gallery"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TUTTI_VERSION));
    tutti::ui::chooseLanguage(language);
    QApplication application(argc, argv);
    tutti::ui::installLanguage(application, language);
    if (mirrored) {
        QApplication::setLayoutDirection(Qt::RightToLeft);
    }
    QDir().mkpath(folder);

    int failed = 0;
    if (words.isEmpty() && !dark && !narrow && !gallery::print(folder, name)) {
        std::fputs("tutti-gallery: cannot print\n", stderr);
        ++failed;
    }
    for (const gallery::State& state : gallery::states()) {
        const QString id = QString::fromLatin1(state.id);
        if (!words.isEmpty() && !words.contains(id)) {
            continue;
        }
        gallery::Scene scene({.dark = dark, .size = narrow ? QSize(480, 560) : QSize(1120, 720)});
        if (!scene.make(state)) {
            std::fprintf(stderr, "tutti-gallery: %s did not come about\n", state.id);
            ++failed;
        }
        const QString path = QStringLiteral("%1/%2-%3.png").arg(folder, id, name);
        QImage picture = scene.picture();
        if (deuteranopia) {
            picture = gallery::withoutGreen(picture);
        }
        if (!picture.save(path)) {
            std::fprintf(stderr, "tutti-gallery: cannot write %s\n", qPrintable(path));
            return 1;
        }
    }
    return failed == 0 ? 0 : 1;
}
