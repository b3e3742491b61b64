#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_translations.py LUPDATE ROOT SCRATCH: whether every translation is complete and fits.

Runs lupdate as the target update_translations does, on copies in the folder SCRATCH, and complains
about strings that are missing from a file or gone from the sources, about what is not translated,
and about translations whose placeholders, mnemonics, plural forms, line breaks, outer blanks, last
sign or quotation marks are not those of the source. Exits 1 when there is something to say.

check_translations.py --self-check: that each of these mistakes is found.
"""
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

FORMS = {"de": 2, "zh_CN": 1, "en_US": 2}
# What may stand at the end for what stands at the end of the source.
ENDS = {"…": "…", ":": ":：", ".": ".。", "?": "?？", "!": "!！"}


def placeholders(text):
    return sorted(re.findall(r"%L?(?:\d+|n)", text))


def mnemonics(text):
    return len(re.findall(r"&", text.replace("&&", "")))


def blanks(text):
    return re.match(r"\s*", text).group(), re.search(r"\s*$", text).group()


def last_sign(text):
    text = text.rstrip()
    for sign, same in ENDS.items():
        if text and text[-1] in same:
            return sign
    return ""


def faults(source, forms, language, plural):
    """What is wrong with a translation, a phrase each."""
    if plural and len(forms) != FORMS[language]:
        yield "has %d plural forms, not %d" % (len(forms), FORMS[language])
    if not any(forms):
        return
    for form in forms:
        if not form:
            yield "has an empty form"
            continue
        # a form for one may spell the number out
        one = plural and form is forms[0] and len(forms) > 1
        wanted = placeholders(source)
        given = placeholders(form)
        if given != wanted and not (one and given == [p for p in wanted if p not in ("%n", "%Ln")]):
            yield "has other placeholders"
        if mnemonics(form) != mnemonics(source):
            yield "has a mnemonic more or less"
        if language == "zh_CN" and mnemonics(form) == 1 and not re.search(r"\(&[A-Z0-9]\)", form):
            yield "has its mnemonic not behind, as in (&F)"
        if form.count("\n") != source.count("\n"):
            yield "has other line breaks"
        if blanks(source) != blanks(form) and source.strip() != ",":
            yield "begins or ends with other blanks"
        if last_sign(form) != last_sign(source):
            yield "ends with another sign"
        if re.findall(r"</?\w+", form) != re.findall(r"</?\w+", source):
            yield "has other tags"
        if language == "de" and ('"' in form or "”" in form or form.count("„") != source.count("“")):
            yield "has other quotation marks than „…“"
        if language == "zh_CN" and form.count("“") != source.count("“"):
            yield "has other quotation marks than “…”"


def messages(root):
    """(context, source, comment) -> message"""
    found = {}
    for context in root.iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment"))
            found[key] = message
    return found


def complaints(name, written, fresh):
    """About the file's XML, beside what lupdate has made of a copy."""
    language = written.get("language")
    known = messages(written)
    wanted = messages(fresh)
    for key in wanted:
        if key not in known:
            yield "%s: %s: “%s” is missing" % (name, key[0], key[1])
    for key, message in known.items():
        where = "%s: %s: “%s” " % (name, key[0], key[1])
        if key not in wanted:
            yield where + "is not in the sources any more"
            continue
        translation = message.find("translation")
        if translation.get("type") is not None:
            yield where + "is " + translation.get("type")
        plural = message.get("numerus") == "yes"
        forms = [f.text or "" for f in translation.iter("numerusform")]
        if not plural:
            forms = [translation.text or ""]
        if not any(forms):
            yield where + "has no translation"
        for fault in faults(key[1], forms, language, plural):
            yield where + fault + ": " + " | ".join(forms)


def lupdate(program, root, arguments):
    done = subprocess.run(
        [program, "-silent", "-no-obsolete", "-locations", "none", "-source-language", "en_US",
         "-no-recursive", os.path.join(root, "app"),
         "-recursive", os.path.join(root, "ui"), os.path.join(root, "net"), "-I", root]
        + arguments,
        check=True, stderr=subprocess.PIPE, text=True)
    # A string whose context lupdate does not know is not found again at run time.
    return [line for line in done.stderr.splitlines()
            if "lacks Q_OBJECT" in line or "without context" in line]


def main(program, root, scratch):
    folder = os.path.join(root, "resources", "translations")
    shutil.rmtree(scratch, ignore_errors=True)
    os.makedirs(scratch)
    names = ["tutti_de.ts", "tutti_zh_CN.ts", "tutti_en.ts"]
    copies = [shutil.copy(os.path.join(folder, name), scratch) for name in names]
    said = lupdate(program, root, ["-ts"] + copies[:2])
    lupdate(program, root, ["-target-language", "en_US", "-pluralonly", "-ts", copies[2]])
    for name, copy in zip(names, copies):
        written = ET.parse(os.path.join(folder, name)).getroot()
        said += complaints(name, written, ET.parse(copy).getroot())
    for name in ["qt_de.ts", "qt_zh_CN.ts"]:
        written = ET.parse(os.path.join(folder, name)).getroot()
        said += complaints(name, written, written)
    print("\n".join(said))
    return 1 if said else 0


def self_check():
    def file(language, body):
        return ET.fromstring(
            '<TS version="2.1" language="%s"><context><name>C</name>%s</context></TS>'
            % (language, body))

    def one(source, translation, attributes=""):
        return ("<message><source>%s</source><translation%s>%s</translation></message>"
                % (source, attributes, translation))

    def several(*forms):
        return ('<message numerus="yes"><source>%%n lines</source><translation>%s</translation>'
                "</message>" % "".join("<numerusform>%s</numerusform>" % f for f in forms))

    cases = [
        ("is unfinished", "de", one("Open", "Offen", ' type="unfinished"')),
        ("no translation", "de", one("Open", "")),
        ("placeholders", "de", one("%1 of %2", "%1 von %1")),
        ("placeholders", "de", one("%1", "eins")),
        ("mnemonic", "de", one("&amp;Open", "Öffnen")),
        ("not behind", "zh_CN", one("&amp;Open", "&amp;O打开")),
        ("another sign", "de", one("Open…", "Öffnen")),
        ("another sign", "de", one("Name:", "Name")),
        ("line breaks", "de", one("a\nb", "a b")),
        ("blanks", "de", one(" or ", "oder")),
        ("tags", "de", one("&lt;b&gt;x&lt;/b&gt;", "x")),
        ("„…“", "de", one("“%1”", "“%1”")),
        ("plural forms", "de", several("%n Zeilen")),
        ("plural forms", "zh_CN", several("%n 行", "%n 行")),
        ("an empty form", "de", several("%n Zeile", "")),
    ]
    missed = 0
    for wanted, language, body in cases:
        root = file(language, body)
        said = list(complaints("x.ts", root, root))
        if not any(wanted in line for line in said):
            print("not found: %s in %s; said: %s" % (wanted, body, said))
            missed += 1
    for language, body in [("de", one("“%1” …", "„%1“ …")), ("zh_CN", one("&amp;Open…", "打开(&amp;O)…")),
                           ("de", several("eine Zeile", "%n Zeilen"))]:
        root = file(language, body)
        said = list(complaints("x.ts", root, root))
        if said:
            print("is right, but said: %s" % said)
            missed += 1
    here = file("de", one("Open", "Öffnen"))
    there = file("de", one("Close", "Schließen"))
    said = list(complaints("x.ts", here, there))
    if not any("is missing" in s for s in said) or not any("any more" in s for s in said):
        print("strings that came and went are not found")
        missed += 1
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(self_check() if sys.argv[1:] == ["--self-check"] else main(*sys.argv[1:]))
