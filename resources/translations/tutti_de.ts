<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_US">
<context>
    <name>CloseReason</name>
    <message>
        <source>The message is too large</source>
        <translation>Die Nachricht ist zu groß</translation>
    </message>
    <message>
        <source>The text is not UTF-8</source>
        <translation>Der Text ist nicht in UTF-8</translation>
    </message>
    <message>
        <source>This is not how WebSockets speak</source>
        <translation>So sprechen WebSockets nicht</translation>
    </message>
    <message>
        <source>Only binary messages are understood</source>
        <translation>Nur binäre Nachrichten werden verstanden</translation>
    </message>
    <message>
        <source>Pages of that origin may not use this server</source>
        <translation>Seiten dieser Herkunft dürfen diesen Server nicht benutzen</translation>
    </message>
    <message>
        <source>This room needs an access token</source>
        <translation>Dieser Raum verlangt ein Zugangstoken</translation>
    </message>
    <message>
        <source>That access token does not open this room</source>
        <translation>Dieses Zugangstoken öffnet diesen Raum nicht</translation>
    </message>
    <message>
        <source>Too many messages in one</source>
        <translation>Zu viele Nachrichten in einer</translation>
    </message>
    <message>
        <source>This document may not grow any more</source>
        <translation>Dieses Dokument darf nicht weiter wachsen</translation>
    </message>
    <message>
        <source>Reads too slowly</source>
        <translation>Liest zu langsam</translation>
    </message>
    <message>
        <source>Too much about presence</source>
        <translation>Zu viel über die Anwesenheit</translation>
    </message>
    <message>
        <source>Too many presences</source>
        <translation>Zu viele Anwesende</translation>
    </message>
    <message>
        <source>Access to this room was withdrawn</source>
        <translation>Der Zugang zu diesem Raum wurde entzogen</translation>
    </message>
    <message>
        <source>The host shares on one computer only now</source>
        <translation>Geteilt wird nur noch auf einem Rechner</translation>
    </message>
    <message>
        <source>The host has stopped sharing</source>
        <translation>Das Teilen wurde beendet</translation>
    </message>
    <message>
        <source>The room&apos;s name is too long</source>
        <translation>Der Name des Raums ist zu lang</translation>
    </message>
    <message>
        <source>Too many connections</source>
        <translation>Zu viele Verbindungen</translation>
    </message>
    <message>
        <source>Too much is on its way to this server</source>
        <translation>Zu viel ist unterwegs zu diesem Server</translation>
    </message>
    <message>
        <source>This room is full</source>
        <translation>Dieser Raum ist voll</translation>
    </message>
    <message>
        <source>Too many rooms</source>
        <translation>Zu viele Räume</translation>
    </message>
    <message>
        <source>The room cannot be read from the store</source>
        <translation>Der Raum kann nicht aus dem Speicher gelesen werden</translation>
    </message>
    <message>
        <source>Too many messages in a short time</source>
        <translation>Zu viele Nachrichten in kurzer Zeit</translation>
    </message>
</context>
<context>
    <name>EditorCommand</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;herstellen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Toggle C&amp;omment</source>
        <translation>Ko&amp;mmentar ein/aus</translation>
    </message>
    <message>
        <source>Toggle &amp;Block Comment</source>
        <translation>&amp;Blockkommentar ein/aus</translation>
    </message>
    <message>
        <source>&amp;Indent</source>
        <translation>&amp;Einrücken</translation>
    </message>
    <message>
        <source>&amp;Outdent</source>
        <translation>&amp;Ausrücken</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>Nach &amp;oben verschieben</translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation>Nach &amp;unten verschieben</translation>
    </message>
    <message>
        <source>Duplicate Up</source>
        <translation>Nach oben duplizieren</translation>
    </message>
    <message>
        <source>Du&amp;plicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>De&amp;lete Lines</source>
        <translation>Zeilen &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Join Lines</source>
        <translation>Zeilen &amp;verbinden</translation>
    </message>
    <message>
        <source>New Line &amp;Above</source>
        <translation>Neue Zeile da&amp;rüber</translation>
    </message>
    <message>
        <source>New Line &amp;Below</source>
        <translation>Neue Zeile darun&amp;ter</translation>
    </message>
    <message>
        <source>&amp;Sort Lines</source>
        <translation>Zeilen &amp;sortieren</translation>
    </message>
    <message>
        <source>Sort Lines in &amp;Reverse</source>
        <translation>Zeilen a&amp;bsteigend sortieren</translation>
    </message>
    <message>
        <source>Remove Duplicate Lines</source>
        <translation>Doppelte Zeilen entfernen</translation>
    </message>
    <message>
        <source>Lo&amp;wercase</source>
        <translation>&amp;Kleinbuchstaben</translation>
    </message>
    <message>
        <source>&amp;Title Case</source>
        <translation>&amp;Wortanfänge groß</translation>
    </message>
    <message>
        <source>Transpose &amp;Characters</source>
        <translation>&amp;Zeichen vertauschen</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>Alles aus&amp;wählen</translation>
    </message>
    <message>
        <source>Select &amp;Line</source>
        <translation>&amp;Zeile auswählen</translation>
    </message>
    <message>
        <source>Add &amp;Next Occurrence</source>
        <translation>&amp;Nächstes Vorkommen hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Skip Occurrence</source>
        <translation>Vorkommen ü&amp;berspringen</translation>
    </message>
    <message>
        <source>Select All &amp;Occurrences</source>
        <translation>Alle &amp;Vorkommen auswählen</translation>
    </message>
    <message>
        <source>Add Caret A&amp;bove</source>
        <translation>Cursor &amp;darüber hinzufügen</translation>
    </message>
    <message>
        <source>Add Caret Belo&amp;w</source>
        <translation>Cursor dar&amp;unter hinzufügen</translation>
    </message>
    <message>
        <source>Add Carets to Line &amp;Ends</source>
        <translation>Cursor an Zeilen&amp;enden hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Go to Bracket</source>
        <translation>&amp;Gehe zu Klammer</translation>
    </message>
    <message>
        <source>Select to B&amp;racket</source>
        <translation>Bis &amp;Klammer auswählen</translation>
    </message>
    <message>
        <source>One &amp;Caret</source>
        <translation>Nur ein &amp;Cursor</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>&amp;Fold</source>
        <translation>&amp;Einklappen</translation>
    </message>
    <message>
        <source>&amp;Unfold</source>
        <translation>&amp;Ausklappen</translation>
    </message>
    <message>
        <source>Fold A&amp;ll</source>
        <translation>A&amp;lles einklappen</translation>
    </message>
    <message>
        <source>Unfold All</source>
        <translation>Alles ausklappen</translation>
    </message>
    <message>
        <source>Upp&amp;ercase</source>
        <translation>&amp;Großbuchstaben</translation>
    </message>
</context>
<context>
    <name>SettingSpec</name>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>When somebody is active</source>
        <translation>Wenn jemand aktiv ist</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>People on your network</source>
        <translation>Alle im eigenen Netzwerk</translation>
    </message>
    <message>
        <source>Only this computer</source>
        <translation>Nur dieser Rechner</translation>
    </message>
    <message>
        <source>In prose</source>
        <translation>In Fließtext</translation>
    </message>
    <message>
        <source>In prose, comments and strings</source>
        <translation>In Fließtext, Kommentaren und Zeichenketten</translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation>Nirgends</translation>
    </message>
    <message>
        <source>No dictionary is installed</source>
        <translation>Kein Wörterbuch installiert</translation>
    </message>
    <message>
        <source>As the text is in</source>
        <translation>In der Sprache des Textes</translation>
    </message>
    <message>
        <source>In wide windows</source>
        <translation>In breiten Fenstern</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schriftart</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>In points. Zooming in or out lasts until the window closes.</source>
        <translation>In Punkt. Vergrößern und Verkleinern gilt, bis das Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Tab width</source>
        <translation>Tabulatorbreite</translation>
    </message>
    <message>
        <source>Of a tab and of a step of indentation, where neither the text nor an .editorconfig file says it.</source>
        <translation>Eines Tabulators und einer Stufe der Einrückung, wo weder der Text noch eine .editorconfig-Datei sie vorgibt.</translation>
    </message>
    <message>
        <source>Indent with spaces</source>
        <translation>Mit Leerzeichen einrücken</translation>
    </message>
    <message>
        <source>In new documents, and where there is no indented line yet.</source>
        <translation>In neuen Dokumenten und wo es noch keine eingerückte Zeile gibt.</translation>
    </message>
    <message>
        <source>Column marker</source>
        <translation>Spaltenmarkierung</translation>
    </message>
    <message>
        <source>A thin line at that column; 0 for none.</source>
        <translation>Eine dünne Linie an dieser Spalte; 0 für keine.</translation>
    </message>
    <message>
        <source>Close brackets and quotes</source>
        <translation>Klammern und Anführungszeichen schließen</translation>
    </message>
    <message>
        <source>Typing the first of a pair adds the second.</source>
        <translation>Zum ersten Zeichen eines Paares kommt das zweite von selbst.</translation>
    </message>
    <message>
        <source>Show white space</source>
        <translation>Leerraum anzeigen</translation>
    </message>
    <message>
        <source>Blanks as dots, tabs as arrows.</source>
        <translation>Leerzeichen als Punkte, Tabulatoren als Pfeile.</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Lange Zeilen umbrechen</translation>
    </message>
    <message>
        <source>Lines go on below instead of beyond the window&apos;s edge. The file stays as it is.</source>
        <translation>Zeilen gehen darunter weiter statt über den Fensterrand hinaus. Die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>The text in small at its right, with the others&apos; places and what was found.</source>
        <translation>Der Text in klein an seinem rechten Rand, mit den Stellen der anderen und den Fundstellen.</translation>
    </message>
    <message>
        <source>Check spelling</source>
        <translation>Rechtschreibung prüfen</translation>
    </message>
    <message>
        <source>The right button has other words for those that are marked.</source>
        <translation>Die rechte Maustaste bietet andere Wörter für die markierten an.</translation>
    </message>
    <message>
        <source>Dictionary</source>
        <translation>Wörterbuch</translation>
    </message>
    <message>
        <source>Dictionaries come with the system, as packages of Hunspell for example. Without one nothing is marked.</source>
        <translation>Wörterbücher kommen mit dem System, etwa als Pakete von Hunspell. Ohne eines wird nichts markiert.</translation>
    </message>
    <message>
        <source>Go on where you left off</source>
        <translation>Dort weitermachen, wo es aufgehört hat</translation>
    </message>
    <message>
        <source>Tutti opens what was open when it was closed, also what was not saved. Without this it asks before it closes.</source>
        <translation>Tutti öffnet, was beim Schließen offen war, auch Ungespeichertes. Sonst fragt es vor dem Schließen.</translation>
    </message>
    <message>
        <source>Remove blanks at line ends</source>
        <translation>Leerraum an Zeilenenden entfernen</translation>
    </message>
    <message>
        <source>On saving, unless an .editorconfig file says otherwise.</source>
        <translation>Beim Speichern, wenn keine .editorconfig-Datei etwas anderes sagt.</translation>
    </message>
    <message>
        <source>End the last line</source>
        <translation>Letzte Zeile abschließen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Light or dark menus, tabs and panels.</source>
        <translation>Helle oder dunkle Menüs, Tabs und Seitenleisten.</translation>
    </message>
    <message>
        <source>Editor while the window is light</source>
        <translation>Editor bei hellem Fenster</translation>
    </message>
    <message>
        <source>The colours of the text.</source>
        <translation>Die Farben des Textes.</translation>
    </message>
    <message>
        <source>Editor while the window is dark</source>
        <translation>Editor bei dunklem Fenster</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of menus and messages, from the next start on.</source>
        <translation>Der Menüs und Meldungen, ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation>Eigener Name und Farbe</translation>
    </message>
    <message>
        <source>The name and the colour that the others see.</source>
        <translation>So sehen es die anderen.</translation>
    </message>
    <message>
        <source>Names at the others&apos; carets</source>
        <translation>Namen an den Cursorn der anderen</translation>
    </message>
    <message>
        <source>When they are to be seen. They show in any case where the mouse is near.</source>
        <translation>Wann sie zu sehen sind. In der Nähe der Maus erscheinen sie immer.</translation>
    </message>
    <message>
        <source>List of participants</source>
        <translation>Liste der Teilnehmenden</translation>
    </message>
    <message>
        <source>Beside the text of shared documents.</source>
        <translation>Neben dem Text geteilter Dokumente.</translation>
    </message>
    <message>
        <source>Who can open what you share</source>
        <translation>Wer Geteiltes öffnen kann</translation>
    </message>
    <message>
        <source>At first; each shared document has the choice of its own.</source>
        <translation>Zu Anfang; jedes geteilte Dokument hat die Wahl für sich.</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>Keep colours apart</source>
        <translation>Farben unterscheiden</translation>
    </message>
    <message>
        <source>Who comes later and has the colour of somebody who is there is shown in another one, here only.</source>
        <translation>Wer später kommt und die Farbe von jemandem hat, der schon da ist, erscheint hier in einer anderen.</translation>
    </message>
    <message>
        <source>Say who joins and leaves</source>
        <translation>Ansagen, wer kommt und geht</translation>
    </message>
    <message>
        <source>To screen readers.</source>
        <translation>Für Bildschirmleser.</translation>
    </message>
    <message>
        <source>Announce what you share</source>
        <translation>Geteiltes im Netzwerk bekannt machen</translation>
    </message>
    <message>
        <source>Others on your network find its name and yours when they join. The access token is not announced.</source>
        <translation>Andere im Netzwerk finden es beim Beitreten unter seinem und dem eigenen Namen. Das Zugangstoken wird nicht bekannt gemacht.</translation>
    </message>
    <message>
        <source>Tab key moves the focus</source>
        <translation>Tabulatortaste bewegt den Fokus</translation>
    </message>
    <message>
        <source>Out of the text, instead of indenting it. F6 goes from one part of the window to the next in any case.</source>
        <translation>Aus dem Text heraus, statt ihn einzurücken. F6 geht in jedem Fall von einem Teil des Fensters zum nächsten.</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Bewegung verringern</translation>
    </message>
    <message>
        <source>Nothing fades or slides: it is there, or gone, at once.</source>
        <translation>Nichts blendet ein oder gleitet: Es ist sofort da oder weg.</translation>
    </message>
</context>
<context>
    <name>tutti::app::Keychain</name>
    <message>
        <source>The access token could not be kept in the keychain: %1</source>
        <translation>Das Zugangstoken konnte nicht im Schlüsselbund abgelegt werden: %1</translation>
    </message>
</context>
<context>
    <name>tutti::app::LanRooms</name>
    <message>
        <source>%1 on %2</source>
        <comment>a shared document, a computer</comment>
        <translation>%1 auf %2</translation>
    </message>
</context>
<context>
    <name>tutti::net::Connector</name>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>%1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>There is no certificate in %1 (PEM is wanted)</source>
        <translation>In %1 ist kein Zertifikat (PEM wird erwartet)</translation>
    </message>
</context>
<context>
    <name>tutti::net::HocuspocusChannel</name>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source>%1 closed the document</source>
        <translation>%1 hat das Dokument geschlossen</translation>
    </message>
    <message>
        <source>%1 closed the document: %2</source>
        <translation>%1 hat das Dokument geschlossen: %2</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>Permission denied: %1</source>
        <translation>Zugriff verweigert: %1</translation>
    </message>
</context>
<context>
    <name>tutti::net::MemoryChannel</name>
    <message>
        <source>The other side is gone</source>
        <translation>Die Gegenseite ist weg</translation>
    </message>
</context>
<context>
    <name>tutti::net::Provider</name>
    <message>
        <source>The connection was closed</source>
        <translation>Die Verbindung wurde geschlossen</translation>
    </message>
    <message>
        <source>A message that cannot be read has come in: %1</source>
        <translation>Eine unlesbare Nachricht ist angekommen: %1</translation>
    </message>
    <message>
        <source>The room was restarted, and has another text now</source>
        <translation>Der Raum wurde neu gestartet und hat jetzt einen anderen Text</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>Permission denied: %1</source>
        <translation>Zugriff verweigert: %1</translation>
    </message>
</context>
<context>
    <name>tutti::net::RoomAddress</name>
    <message>
        <source>The address is empty</source>
        <translation>Die Adresse ist leer</translation>
    </message>
    <message>
        <source>“%1” is not the address of a room: it must begin with ws:// or wss://</source>
        <translation>„%1“ ist nicht die Adresse eines Raums: Sie muss mit ws:// oder wss:// beginnen</translation>
    </message>
    <message>
        <source>The address names no document: write it at the end, as in %1://%2#DOCUMENT</source>
        <translation>Die Adresse nennt kein Dokument: Es gehört ans Ende, wie in %1://%2#DOKUMENT</translation>
    </message>
    <message>
        <source>The name of a document must not contain a zero byte</source>
        <translation>Der Name eines Dokuments darf kein Nullbyte enthalten</translation>
    </message>
    <message>
        <source>The address must not contain a “#”</source>
        <translation>Die Adresse darf kein „#“ enthalten</translation>
    </message>
    <message>
        <source>The address must not contain a user name or password</source>
        <translation>Die Adresse darf keinen Benutzernamen und kein Passwort enthalten</translation>
    </message>
    <message>
        <source>The address names no host</source>
        <translation>Die Adresse nennt keinen Rechner</translation>
    </message>
    <message>
        <source>“%1” is not a port: it must be a number from 1 to 65535</source>
        <translation>„%1“ ist kein Port: Es muss eine Zahl von 1 bis 65535 sein</translation>
    </message>
    <message>
        <source>“%1” is not the name of a host</source>
        <translation>„%1“ ist nicht der Name eines Rechners</translation>
    </message>
    <message>
        <source>The address names no room: write it after the host, as in %1://%2/ROOM</source>
        <translation>Die Adresse nennt keinen Raum: Er gehört hinter den Rechner, wie in %1://%2/RAUM</translation>
    </message>
    <message>
        <source>A “%” in the address must be followed by two hexadecimal digits</source>
        <translation>Auf ein „%“ in der Adresse müssen zwei Hexadezimalziffern folgen</translation>
    </message>
    <message>
        <source>“%1” in the address cannot be sent as it is written: write the character itself</source>
        <translation>„%1“ in der Adresse lässt sich so nicht senden: Das Zeichen selbst schreiben</translation>
    </message>
</context>
<context>
    <name>tutti::net::Server</name>
    <message>
        <source>Another program already listens on %1</source>
        <translation>Ein anderes Programm lauscht schon auf %1</translation>
    </message>
    <message>
        <source>This user may not listen on %1</source>
        <translation>Auf %1 darf dieser Benutzer nicht lauschen</translation>
    </message>
    <message>
        <source>This computer does not have the address %1</source>
        <translation>Dieser Rechner hat die Adresse %1 nicht</translation>
    </message>
    <message>
        <source>Cannot listen on %1: %2</source>
        <translation>Auf %1 kann nicht gelauscht werden: %2</translation>
    </message>
</context>
<context>
    <name>tutti::net::Token</name>
    <message>
        <source>The command for the access token cannot be run</source>
        <translation>Der Befehl für das Zugangstoken kann nicht ausgeführt werden</translation>
    </message>
    <message>
        <source>The command for the access token failed with status %1</source>
        <translation>Der Befehl für das Zugangstoken ist mit Status %1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>The command for the access token printed nothing</source>
        <translation>Der Befehl für das Zugangstoken hat nichts ausgegeben</translation>
    </message>
    <message>
        <source>The command for the access token takes too long</source>
        <translation>Der Befehl für das Zugangstoken braucht zu lange</translation>
    </message>
</context>
<context>
    <name>tutti::net::UpdateLog</name>
    <message>
        <source>%1 is in use by another program</source>
        <translation>%1 wird von einem anderen Programm benutzt</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Reading or writing %1 failed</source>
        <translation>Lesen oder Schreiben von %1 ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The disk that holds %1 is full</source>
        <translation>Die Festplatte mit %1 ist voll</translation>
    </message>
    <message>
        <source>%1 cannot be opened</source>
        <translation>%1 kann nicht geöffnet werden</translation>
    </message>
    <message>
        <source>%1 is damaged, or not a database of Tutti&apos;s</source>
        <translation>%1 ist beschädigt oder keine Datenbank von Tutti</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Qt&apos;s driver for SQLite is missing</source>
        <translation>Der SQLite-Treiber von Qt fehlt</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Tutti</source>
        <translation>%1 wurde von einer neueren Version von Tutti geschrieben</translation>
    </message>
    <message>
        <source>%1 is a database of another program</source>
        <translation>%1 ist die Datenbank eines anderen Programms</translation>
    </message>
    <message>
        <source>Entry %1 of %2 is damaged</source>
        <translation>Eintrag %1 von %2 ist beschädigt</translation>
    </message>
    <message>
        <source>An update of %1 is broken: %2</source>
        <translation>Eine Änderung an %1 ist defekt: %2</translation>
    </message>
    <message>
        <source>SQLite: %1</source>
        <translation>SQLite: %1</translation>
    </message>
</context>
<context>
    <name>tutti::net::WebSocketChannel</name>
    <message>
        <source>there is no such host, or it may not be reached</source>
        <translation>diesen Rechner gibt es nicht, oder er darf nicht erreicht werden</translation>
    </message>
    <message>
        <source>The identity of %1 could not be verified: %2</source>
        <translation>Die Identität von %1 konnte nicht überprüft werden: %2</translation>
    </message>
    <message>
        <source>The document is too large to be sent: %1 MiB, and at most %2 MiB may go</source>
        <translation>Das Dokument ist zum Senden zu groß: %1 MiB, und höchstens %2 MiB sind möglich</translation>
    </message>
    <message>
        <source>The connection to %1 was lost</source>
        <translation>Die Verbindung zu %1 ist abgerissen</translation>
    </message>
    <message>
        <source>%1 closed the connection for now</source>
        <translation>%1 hat die Verbindung vorübergehend geschlossen</translation>
    </message>
    <message>
        <source>%1 closed the connection</source>
        <translation>%1 hat die Verbindung geschlossen</translation>
    </message>
    <message>
        <source>%1 closed the connection with code %2</source>
        <translation>%1 hat die Verbindung mit Code %2 geschlossen</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source>%1 does not answer any more</source>
        <translation>%1 antwortet nicht mehr</translation>
    </message>
    <message>
        <source>%1 refused the connection with HTTP status %2</source>
        <translation>%1 hat die Verbindung mit HTTP-Status %2 abgelehnt</translation>
    </message>
    <message>
        <source>%1 does not answer as a WebSocket server</source>
        <translation>%1 antwortet nicht wie ein WebSocket-Server</translation>
    </message>
    <message>
        <source>The proxy %1:%2 gives no connection to %3: %4</source>
        <translation>Der Proxy %1:%2 gibt keine Verbindung zu %3: %4</translation>
    </message>
    <message>
        <source>%1 refused the connection: no server is running there</source>
        <translation>%1 hat die Verbindung abgelehnt: Dort läuft kein Server</translation>
    </message>
    <message>
        <source>There is no host named %1</source>
        <translation>Es gibt keinen Rechner namens %1</translation>
    </message>
    <message>
        <source>No secure connection to %1: %2</source>
        <translation>Keine sichere Verbindung zu %1: %2</translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation>Keine Verbindung zu %1: %2</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Actions</name>
    <message>
        <source>&amp;New</source>
        <translation>&amp;Neu</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Clear Recent Files and Rooms</source>
        <translation>Liste der letzten Dateien und Räume &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>S&amp;peichern</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Save A&amp;ll</source>
        <translation>&amp;Alle speichern</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>D&amp;rucken…</translation>
    </message>
    <message>
        <source>Export as P&amp;DF…</source>
        <translation>Als P&amp;DF exportieren…</translation>
    </message>
    <message>
        <source>Export as &amp;HTML…</source>
        <translation>Als &amp;HTML exportieren…</translation>
    </message>
    <message>
        <source>&amp;Close Tab</source>
        <translation>Tab &amp;schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen…</translation>
    </message>
    <message>
        <source>Find &amp;Next</source>
        <translation>&amp;Weitersuchen</translation>
    </message>
    <message>
        <source>Find Pre&amp;vious</source>
        <translation>&amp;Vorheriges suchen</translation>
    </message>
    <message>
        <source>R&amp;eplace…</source>
        <translation>Erse&amp;tzen…</translation>
    </message>
    <message>
        <source>&amp;Go to Line…</source>
        <translation>&amp;Gehe zu Zeile…</translation>
    </message>
    <message>
        <source>&amp;Command Palette…</source>
        <translation>Befehls&amp;palette…</translation>
    </message>
    <message>
        <source>&amp;Word Wrap</source>
        <translation>&amp;Zeilenumbruch</translation>
    </message>
    <message>
        <source>&amp;Editor Theme…</source>
        <translation>Ed&amp;itor-Design…</translation>
    </message>
    <message>
        <source>&amp;Next Tab</source>
        <translation>&amp;Nächster Tab</translation>
    </message>
    <message>
        <source>&amp;Previous Tab</source>
        <translation>&amp;Vorheriger Tab</translation>
    </message>
    <message>
        <source>&amp;Share…</source>
        <translation>&amp;Teilen…</translation>
    </message>
    <message>
        <source>&amp;Join…</source>
        <translation>&amp;Beitreten…</translation>
    </message>
    <message>
        <source>&amp;Copy Link</source>
        <translation>&amp;Link kopieren</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>&amp;Verlassen</translation>
    </message>
    <message>
        <source>&amp;Follow Next Person</source>
        <translation>Nächster Person &amp;folgen</translation>
    </message>
    <message>
        <source>&amp;Participants</source>
        <translation>Teil&amp;nehmende</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>&amp;Tastenkürzel…</translation>
    </message>
    <message>
        <source>&amp;About Tutti</source>
        <translation>Ü&amp;ber Tutti</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>&amp;System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>%1 › %2</source>
        <comment>a menu and its submenu</comment>
        <translation>%1 › %2</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>Zu&amp;letzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Lines</source>
        <translation>&amp;Zeilen</translation>
    </message>
    <message>
        <source>Se&amp;lection</source>
        <translation>Aus&amp;wahl</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sitzung</translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation>&amp;Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Quic&amp;k Open…</source>
        <translation>S&amp;chnell öffnen…</translation>
    </message>
    <message>
        <source>Find in Open &amp;Documents…</source>
        <translation>In &amp;offenen Dokumenten suchen…</translation>
    </message>
    <message>
        <source>&amp;Syntax Language…</source>
        <translation>&amp;Syntaxsprache…</translation>
    </message>
    <message>
        <source>Clos&amp;e Other Tabs</source>
        <translation>Andere Tabs schl&amp;ießen</translation>
    </message>
    <message>
        <source>Split &amp;Right</source>
        <translation>Nach &amp;rechts teilen</translation>
    </message>
    <message>
        <source>Split &amp;Down</source>
        <translation>Nach &amp;unten teilen</translation>
    </message>
    <message>
        <source>&amp;Next Pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>&amp;Previous Pane</source>
        <translation>&amp;Vorheriger Bereich</translation>
    </message>
    <message>
        <source>&amp;Move Tab to Next Pane</source>
        <translation>&amp;Tab in nächsten Bereich verschieben</translation>
    </message>
    <message>
        <source>&amp;Join All Panes</source>
        <translation>Alle Bereiche &amp;zusammenführen</translation>
    </message>
    <message>
        <source>&amp;Ask Everybody to Come Here</source>
        <translation>Alle hierher &amp;rufen</translation>
    </message>
    <message>
        <source>&amp;Undo Last Change by Somebody…</source>
        <translation>Letzte Änderung von &amp;jemandem rückgängig machen…</translation>
    </message>
    <message>
        <source>Pan&amp;es</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <source>Ta&amp;b Key Moves the Focus</source>
        <translation>Tab&amp;ulatortaste bewegt den Fokus</translation>
    </message>
    <message>
        <source>Ne&amp;xt Part of the Window</source>
        <translation>Nächster &amp;Teil des Fensters</translation>
    </message>
    <message>
        <source>Pre&amp;vious Part of the Window</source>
        <translation>Vorheriger Teil des &amp;Fensters</translation>
    </message>
    <message>
        <source>User&apos;s &amp;Guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
</context>
<context>
    <name>tutti::ui::AvatarStrip</name>
    <message>
        <source>Only you</source>
        <translation>Sonst niemand</translation>
    </message>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>%n Person hier</numerusform>
            <numerusform>%n Personen hier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::CodeEditor</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;herstellen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>Alles aus&amp;wählen</translation>
    </message>
</context>
<context>
    <name>tutti::ui::CompareView</name>
    <message>
        <source>Previous difference</source>
        <translation>Vorheriger Unterschied</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>Nächster Unterschied</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation>Vergleich schließen</translation>
    </message>
    <message>
        <source>The texts are the same</source>
        <translation>Die Texte sind gleich</translation>
    </message>
    <message>
        <source>Difference %1 of %2</source>
        <translation>Unterschied %1 von %2</translation>
    </message>
    <message>
        <source>1 difference</source>
        <translation>1 Unterschied</translation>
    </message>
    <message numerus="yes">
        <source>%n differences</source>
        <translation>
            <numerusform>%n Unterschied</numerusform>
            <numerusform>%n Unterschiede</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::ConnectionStatus</name>
    <message>
        <source>Connecting…</source>
        <translation>Verbinden…</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbinden mit %1…</translation>
    </message>
    <message>
        <source>Synchronizing… %1%</source>
        <translation>Abgleichen… %1 %</translation>
    </message>
    <message>
        <source>Synchronizing…</source>
        <translation>Abgleichen…</translation>
    </message>
    <message>
        <source>Connected: 1 person, all changes synced</source>
        <translation>Verbunden: 1 Person, alles abgeglichen</translation>
    </message>
    <message numerus="yes">
        <source>Connected: %n people, all changes synced</source>
        <translation>
            <numerusform>Verbunden: %n Person, alles abgeglichen</numerusform>
            <numerusform>Verbunden: %n Personen, alles abgeglichen</numerusform>
        </translation>
    </message>
    <message>
        <source>Connected: sending 1 change…</source>
        <translation>Verbunden: 1 Änderung wird gesendet…</translation>
    </message>
    <message numerus="yes">
        <source>Connected: sending %n changes…</source>
        <translation>
            <numerusform>Verbunden: %n Änderung wird gesendet…</numerusform>
            <numerusform>Verbunden: %n Änderungen werden gesendet…</numerusform>
        </translation>
    </message>
    <message>
        <source>Reconnected: merged %1 of your and %2 others&apos; changes</source>
        <translation>Wieder verbunden: %1 eigene und %2 fremde Änderungen zusammengeführt</translation>
    </message>
    <message>
        <source>Offline: view only.</source>
        <translation>Offline: nur Ansicht.</translation>
    </message>
    <message>
        <source>Offline: you can keep editing.</source>
        <translation>Offline: Bearbeiten geht weiter.</translation>
    </message>
    <message>
        <source>Changes are saved on this computer.</source>
        <translation>Änderungen werden auf diesem Rechner gespeichert.</translation>
    </message>
    <message>
        <source>Retrying in %1 s</source>
        <translation>Neuer Versuch in %1 s</translation>
    </message>
    <message>
        <source>Retrying…</source>
        <translation>Neuer Versuch…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Not connected: %1</source>
        <translation>Nicht verbunden: %1</translation>
    </message>
    <message>
        <source>This room was restarted.</source>
        <translation>Dieser Raum wurde neu gestartet.</translation>
    </message>
    <message>
        <source>Your unsent changes are kept.</source>
        <translation>Die ungesendeten Änderungen sind aufbewahrt.</translation>
    </message>
    <message>
        <source>Your copy is kept.</source>
        <translation>Die eigene Kopie ist aufbewahrt.</translation>
    </message>
    <message>
        <source>Not shared</source>
        <translation>Nicht geteilt</translation>
    </message>
    <message>
        <source>View only</source>
        <translation>Nur Ansicht</translation>
    </message>
    <message>
        <source>View only: 1 change made here is not in the room</source>
        <translation>Nur Ansicht: 1 Änderung von hier ist nicht im Raum</translation>
    </message>
    <message numerus="yes">
        <source>View only: %n changes made here are not in the room</source>
        <translation>
            <numerusform>Nur Ansicht: %n Änderung von hier ist nicht im Raum</numerusform>
            <numerusform>Nur Ansicht: %n Änderungen von hier sind nicht im Raum</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::DocumentPage</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>%1 is read-only: you may not write this file.</source>
        <translation>%1 ist schreibgeschützt: Diese Datei darf hier nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Edit anyway</source>
        <translation>Trotzdem bearbeiten</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>The lines of %1 end in different ways. When you save, all will end with %2.</source>
        <translation>Die Zeilen von %1 enden verschieden. Beim Speichern enden alle mit %2.</translation>
    </message>
    <message>
        <source>There is no file yet that could be read again.</source>
        <translation>Es gibt noch keine Datei, die neu gelesen werden könnte.</translation>
    </message>
    <message>
        <source>Reading %1 again as %2 discards what you have not saved.</source>
        <translation>%1 neu als %2 zu lesen, verwirft alles Ungespeicherte.</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>%1. You will be asked for it again.</source>
        <translation>%1. Beim nächsten Mal wird wieder danach gefragt.</translation>
    </message>
    <message>
        <source>Nobody else is here whom you could follow.</source>
        <translation>Sonst ist niemand hier, dem man folgen könnte.</translation>
    </message>
    <message>
        <source>%1 has left, so you follow nobody now. This is where they were last.</source>
        <translation>%1 ist gegangen, das Folgen ist beendet. Dies ist die letzte Stelle.</translation>
    </message>
    <message>
        <source>This is the room&apos;s text. What you write here goes to everybody in it.</source>
        <translation>Dies ist der Text des Raums. Was hier geschrieben wird, geht an alle darin.</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>Neu vergleichen</translation>
    </message>
    <message>
        <source>%1. Your text is still here, and stays editable.</source>
        <translation>%1. Der Text ist noch da und bleibt bearbeitbar.</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie speichern…</translation>
    </message>
    <message>
        <source>%1 could not be reached: %2.</source>
        <translation>%1 war nicht erreichbar: %2.</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugangstoken</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>It has another text now. Rejoining puts that and yours together; what is in both is there twice then.</source>
        <translation>Er hat jetzt einen anderen Text. Erneutes Beitreten fügt diesen und den eigenen zusammen; was in beiden steht, ist dann doppelt da.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Rejoin</source>
        <translation>Erneut beitreten</translation>
    </message>
</context>
<context>
    <name>tutti::ui::DocumentSession</name>
    <message>
        <source>This room holds rich text, which Tutti would damage by editing it as plain text. You can read along.</source>
        <translation>Dieser Raum enthält formatierten Text, den Tutti als reinen Text beschädigen würde. Mitlesen ist möglich.</translation>
    </message>
    <message>
        <source>You may read this room, but not change it. What you changed here is not in the room; save a copy to keep it.</source>
        <translation>Dieser Raum darf gelesen, aber nicht geändert werden. Hier gemachte Änderungen sind nicht im Raum; eine gespeicherte Kopie bewahrt sie.</translation>
    </message>
    <message>
        <source>You may read this room, but not change it.</source>
        <translation>Dieser Raum darf gelesen, aber nicht geändert werden.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::EdgeChips</name>
    <message>
        <source>%1 is above, in line %2</source>
        <translation>%1 ist weiter oben, in Zeile %2</translation>
    </message>
    <message>
        <source>%1 is below, in line %2</source>
        <translation>%1 ist weiter unten, in Zeile %2</translation>
    </message>
</context>
<context>
    <name>tutti::ui::EditorDocument</name>
    <message>
        <source>Untitled %1</source>
        <translation>Unbenannt %1</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>%1 is still being opened.</source>
        <translation>%1 wird noch geöffnet.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ExportCommands</name>
    <message>
        <source>%1 %2 %</source>
        <translation>%1 %2 %</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Printing %1…</source>
        <translation>%1 wird gedruckt…</translation>
    </message>
    <message>
        <source>%1 was sent to the printer.</source>
        <translation>%1 wurde an den Drucker gesendet.</translation>
    </message>
    <message>
        <source>Export as PDF</source>
        <translation>Als PDF exportieren</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>%1 wird geschrieben…</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>In %1 geschrieben.</translation>
    </message>
    <message>
        <source>Export as HTML</source>
        <translation>Als HTML exportieren</translation>
    </message>
</context>
<context>
    <name>tutti::ui::FileConventions</name>
    <message>
        <source>Spaces: %1</source>
        <translation>Leerzeichen: %1</translation>
    </message>
    <message>
        <source>Tabs: %1</source>
        <translation>Tabulatoren: %1</translation>
    </message>
</context>
<context>
    <name>tutti::ui::FileIo</name>
    <message>
        <source>You have no permission to read %1.</source>
        <translation>Die Berechtigung, %1 zu lesen, fehlt.</translation>
    </message>
    <message>
        <source>%1 could not be read: %2.</source>
        <translation>%1 konnte nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>Den Ordner %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>You have no permission to write %1. Your text is still here; save it elsewhere.</source>
        <translation>Die Berechtigung, %1 zu schreiben, fehlt. Der Text ist noch da; er lässt sich anderswo speichern.</translation>
    </message>
    <message>
        <source>There is no space left to save %1. Your text is still here; make room and save again, or save it elsewhere.</source>
        <translation>Zum Speichern von %1 ist kein Platz mehr. Der Text ist noch da; Platz schaffen und neu speichern oder anderswo speichern.</translation>
    </message>
    <message>
        <source>%1 could not be saved: %2. Your text is still here.</source>
        <translation>%1 konnte nicht gespeichert werden: %2. Der Text ist noch da.</translation>
    </message>
    <message>
        <source>%1 holds bytes that do not exist in %2. It was not read so.</source>
        <translation>%1 enthält Bytes, die es in %2 nicht gibt. Es wurde nicht so gelesen.</translation>
    </message>
    <message>
        <source>%1 is not a text file: it holds binary data. It was not opened.</source>
        <translation>%1 ist keine Textdatei: Sie enthält Binärdaten. Sie wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>%1 claims to be UTF-16, but is damaged. It was not opened.</source>
        <translation>%1 gibt sich als UTF-16 aus, ist aber beschädigt. Die Datei wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>%1 was not saved: “%2” in line %3 does not exist in %4, the file&apos;s encoding.</source>
        <translation>%1 wurde nicht gespeichert: „%2“ in Zeile %3 gibt es in %4, der Zeichenkodierung der Datei, nicht.</translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>%1 is a folder.</source>
        <translation>%1 ist ein Ordner.</translation>
    </message>
    <message>
        <source>%1 is not an ordinary file.</source>
        <translation>%1 ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB. It was not opened.</source>
        <translation>%1 ist größer als %2 MB. Die Datei wurde nicht geöffnet.</translation>
    </message>
    <message>
        <source>%1 is read-only. Your text is still here; save it under another name.</source>
        <translation>%1 ist schreibgeschützt. Der Text ist noch da; er lässt sich unter anderem Namen speichern.</translation>
    </message>
    <message>
        <source>%1 was not opened.</source>
        <translation>%1 wurde nicht geöffnet.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::FindBar</name>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Text to find</source>
        <translation>Suchtext</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Text to replace it with</source>
        <translation>Text, der ihn ersetzt</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a name and its key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>In selection</source>
        <translation>In der Auswahl</translation>
    </message>
    <message>
        <source>Replace too</source>
        <translation>Auch ersetzen</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>Vorheriger Treffer (Umschalt+Enter)</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>Nächster Treffer (Enter)</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>Schließen (Escape)</translation>
    </message>
    <message>
        <source>Replace this match and go to the next (Enter)</source>
        <translation>Diesen Treffer ersetzen und zum nächsten gehen (Enter)</translation>
    </message>
    <message>
        <source>Replace all matches at once (Ctrl+Alt+Enter)</source>
        <translation>Alle Treffer auf einmal ersetzen (Strg+Alt+Enter)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln ersetzt</numerusform>
            <numerusform>%Ln ersetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 so far…</source>
        <translation>%1 bisher…</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 Treffer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>tutti::ui::FindPanel</name>
    <message>
        <source>Find in open documents</source>
        <translation>In offenen Dokumenten suchen</translation>
    </message>
    <message>
        <source>Find in all open documents</source>
        <translation>In allen offenen Dokumenten suchen</translation>
    </message>
    <message>
        <source>Text to find in all open documents</source>
        <translation>Suchtext für alle offenen Dokumente</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>Schließen (Escape)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Lines that were found</source>
        <translation>Gefundene Zeilen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a document and how often</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a line&apos;s number and text</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 Treffer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in 1 document</source>
        <translation>%1 in 1 Dokument</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %Ln documents</source>
        <translation>
            <numerusform>%1 in %Ln Dokument</numerusform>
            <numerusform>%1 in %Ln Dokumenten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::FollowBadge</name>
    <message>
        <source>Stop following</source>
        <translation>Nicht mehr folgen</translation>
    </message>
    <message>
        <source>Following %1, Esc to stop</source>
        <translation>Ansicht folgt %1, Esc beendet es</translation>
    </message>
    <message>
        <source>%1 is in another document, Esc to stop following</source>
        <translation>%1 ist in einem anderen Dokument, Esc beendet das Folgen</translation>
    </message>
</context>
<context>
    <name>tutti::ui::GuideWindow</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>User&apos;s Guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Gutter</name>
    <message>
        <source>Line numbers</source>
        <translation>Zeilennummern</translation>
    </message>
</context>
<context>
    <name>tutti::ui::HeaderBar</name>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Show the link to this room</source>
        <translation>Link zu diesem Raum anzeigen</translation>
    </message>
    <message>
        <source>Write together with others</source>
        <translation>Mit anderen zusammen schreiben</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Help</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>About Tutti</source>
        <translation>Über Tutti</translation>
    </message>
    <message>
        <source>An editor in which several people write in the same file at once.
It speaks Yjs, so browsers can join too. No account, no service.

Free software under the MIT licence. Built with Qt and KDE Syntax Highlighting.</source>
        <translation>Ein Editor, in dem mehrere gleichzeitig in derselben Datei schreiben.
Er spricht Yjs, daher können auch Browser mitmachen. Kein Konto, kein Dienst.

Freie Software unter der MIT-Lizenz. Gebaut mit Qt und KDE Syntax Highlighting.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Highlighter</name>
    <message>
        <source>Plain Text</source>
        <translation>Reiner Text</translation>
    </message>
</context>
<context>
    <name>tutti::ui::HtmlExport</name>
    <message>
        <source>The page could not be written: %1.</source>
        <translation>Die Seite konnte nicht geschrieben werden: %1.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::IdentityEditor</name>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>Braun</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>Oliv</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Blaugrün</translation>
    </message>
    <message>
        <source>Petrol</source>
        <translation>Petrol</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>Magenta</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>Pflaume</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Eigener Name</translation>
    </message>
</context>
<context>
    <name>tutti::ui::InlineBar</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Meldung ausblenden</translation>
    </message>
</context>
<context>
    <name>tutti::ui::JoinDialog</name>
    <message>
        <source>Remember it in the keychain</source>
        <translation>Im Schlüsselbund merken</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Link to the room</source>
        <translation>Link zum Raum</translation>
    </message>
    <message>
        <source>Name of the text in the room</source>
        <translation>Name des Textes im Raum</translation>
    </message>
    <message>
        <source>Editors agree on one name for the text in a room. CodeMirror&apos;s is “codemirror”, Monaco&apos;s “monaco”, Quill&apos;s “quill”.</source>
        <translation>Editoren einigen sich auf einen Namen für den Text in einem Raum. Bei CodeMirror ist es „codemirror“, bei Monaco „monaco“, bei Quill „quill“.</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugangstoken</translation>
    </message>
    <message>
        <source>if the server asks for one</source>
        <translation>falls der Server eines verlangt</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>You can</source>
        <translation>Erlaubt ist</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation>Eigener Name und Farbe</translation>
    </message>
    <message>
        <source>Read, and edit if the server lets you. It opens in a new tab; no file on this computer changes.</source>
        <translation>Lesen, und bearbeiten, wenn der Server es zulässt. Es öffnet sich ein neuer Tab; keine Datei auf diesem Rechner ändert sich.</translation>
    </message>
    <message>
        <source>%1 (Hocuspocus)</source>
        <translation>%1 (Hocuspocus)</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>TLS: only you and the server can read it</source>
        <translation>TLS: Nur dieser Rechner und der Server können mitlesen</translation>
    </message>
    <message>
        <source>None: others on the network could read it</source>
        <translation>Keine: Andere im Netzwerk könnten mitlesen</translation>
    </message>
    <message>
        <source>On this network</source>
        <translation>In diesem Netzwerk</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>a room, a computer</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>%1, shared by %2 on %3</source>
        <comment>a room, a person, a computer</comment>
        <translation>%1, geteilt von %2 auf %3</translation>
    </message>
    <message>
        <source>(ask them for the access token)</source>
        <translation>(dort nach dem Zugangstoken fragen)</translation>
    </message>
</context>
<context>
    <name>tutti::ui::MainWindow</name>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>%1[*] – Tutti</source>
        <translation>%1[*] – Tutti</translation>
    </message>
    <message>
        <source>Save the changes to %1?</source>
        <translation>Änderungen an %1 speichern?</translation>
    </message>
    <message>
        <source>Without saving, they are lost.</source>
        <translation>Ohne Speichern gehen sie verloren.</translation>
    </message>
    <message>
        <source>Some of your changes to %1 have not reached the others.</source>
        <translation>Einige Änderungen an %1 sind noch nicht bei den anderen.</translation>
    </message>
    <message>
        <source>Save a copy to keep them.</source>
        <translation>Eine gespeicherte Kopie bewahrt sie.</translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation>Kopie speichern…</translation>
    </message>
    <message>
        <source>Leave Anyway</source>
        <translation>Trotzdem verlassen</translation>
    </message>
    <message>
        <source>Others are writing in %1.</source>
        <translation>Andere schreiben gerade in %1.</translation>
    </message>
    <message>
        <source>You host it: when you close it, they are disconnected. They keep their text.</source>
        <translation>Geteilt wird es von hier: Beim Schließen werden sie getrennt. Ihren Text behalten sie.</translation>
    </message>
    <message>
        <source>Stop Sharing and Close</source>
        <translation>Teilen beenden und schließen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Save as UTF-8</source>
        <translation>Als UTF-8 speichern</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>Erneut speichern</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>%1 was deleted or moved. It was not saved again.</source>
        <translation>%1 wurde gelöscht oder verschoben. Es wurde nicht neu gespeichert.</translation>
    </message>
    <message>
        <source>%1 was changed by another program. It was not saved over that.</source>
        <translation>%1 wurde von einem anderen Programm geändert und nicht überschrieben.</translation>
    </message>
    <message>
        <source>When Tutti ended, %1 held changes that its room had not received. They were kept on this computer (%2).</source>
        <translation>Als Tutti endete, hatte %1 Änderungen, die nicht im Raum angekommen waren. Sie sind auf diesem Rechner aufbewahrt (%2).</translation>
    </message>
    <message>
        <source>Open a copy</source>
        <translation>Kopie öffnen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>%1 is damaged and cannot be opened.</source>
        <translation>%1 ist beschädigt und kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>%1 was changed by another program since. Your unsaved text is here.</source>
        <translation>%1 wurde inzwischen von einem anderen Programm geändert. Hier ist der ungespeicherte Text.</translation>
    </message>
    <message>
        <source>Programs on this computer that have the link can read and edit.</source>
        <translation>Programme auf diesem Rechner, die den Link haben, können lesen und bearbeiten.</translation>
    </message>
    <message>
        <source>Everybody who has the link can read and edit.</source>
        <translation>Alle, die den Link haben, können lesen und bearbeiten.</translation>
    </message>
    <message>
        <source>It works as long as this tab is open.</source>
        <translation>Er gilt, solange dieser Tab offen ist.</translation>
    </message>
    <message>
        <source>The connection is not encrypted.</source>
        <translation>Die Verbindung ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>%1 is shared</source>
        <translation>%1 wird geteilt</translation>
    </message>
    <message>
        <source>You joined %1</source>
        <translation>%1 beigetreten</translation>
    </message>
    <message>
        <source>Stop Sharing</source>
        <translation>Teilen beenden</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>Your text, %1</source>
        <translation>Eigener Text, %1</translation>
    </message>
    <message>
        <source>The room on %1, now</source>
        <translation>Der Raum auf %1, jetzt</translation>
    </message>
    <message>
        <source>The room on %1, %2</source>
        <translation>Der Raum auf %1, %2</translation>
    </message>
    <message>
        <source>You left the room. This copy is yours; save it to keep it.</source>
        <translation>Der Raum ist verlassen. Diese Kopie bleibt hier; speichern bewahrt sie.</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>&amp;Verlassen</translation>
    </message>
    <message>
        <source>Stop S&amp;haring</source>
        <translation>Teilen be&amp;enden</translation>
    </message>
    <message>
        <source>Copy &amp;Path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>%1 is still being opened. It can be shown beside itself when it is complete.</source>
        <translation>%1 wird noch geöffnet. Nebeneinander zeigen geht, sobald alles da ist.</translation>
    </message>
    <message>
        <source>%1 is still being opened. It can be shared when it is complete.</source>
        <translation>%1 wird noch geöffnet. Teilen geht, sobald alles da ist.</translation>
    </message>
    <message>
        <source>Tab moves the focus now.</source>
        <translation>Die Tabulatortaste bewegt jetzt den Fokus.</translation>
    </message>
    <message>
        <source>Tab indents now.</source>
        <translation>Die Tabulatortaste rückt jetzt ein.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Minimap</name>
    <message>
        <source>Overview of the text</source>
        <translation>Übersicht über den Text</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Opening</name>
    <message>
        <source>Opening %1… %2 %</source>
        <translation>%1 wird geöffnet… %2 %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PageExport</name>
    <message>
        <source>The pages could not be written: %1.</source>
        <translation>Die Seiten konnten nicht geschrieben werden: %1.</translation>
    </message>
    <message>
        <source>The pages could not be written. Is there a printer, and room on the disk?</source>
        <translation>Die Seiten konnten nicht geschrieben werden. Gibt es einen Drucker und Platz auf der Festplatte?</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>The pages could not be written to the end.</source>
        <translation>Die Seiten konnten nicht bis zum Ende geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PaneTabs</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>Tab schließen</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ParticipantsModel</name>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (ich)</translation>
    </message>
    <message>
        <source>In another document</source>
        <translation>In einem anderen Dokument</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>In %1</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Untätig</translation>
    </message>
    <message>
        <source>Line %1, idle</source>
        <translation>Zeile %1, untätig</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>you follow them</source>
        <translation>die Ansicht folgt</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ParticipantsPanel</name>
    <message>
        <source>Participants</source>
        <translation>Teilnehmende</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Only you</source>
        <translation>Sonst niemand</translation>
    </message>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>%n Person hier</numerusform>
            <numerusform>%n Personen hier</numerusform>
        </translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Ansicht folgt</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PeerTracker</name>
    <message>
        <source>Guest %1</source>
        <translation>Gast %1</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PickModel</name>
    <message>
        <source>not available</source>
        <translation>nicht verfügbar</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PresenceAnnouncer</name>
    <message>
        <source>%1 joined.</source>
        <translation>%1 ist beigetreten.</translation>
    </message>
    <message>
        <source>%1 and %2 joined.</source>
        <translation>%1 und %2 sind beigetreten.</translation>
    </message>
    <message numerus="yes">
        <source>%n people joined.</source>
        <translation>
            <numerusform>%n Person ist beigetreten.</numerusform>
            <numerusform>%n Personen sind beigetreten.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left.</source>
        <translation>%1 ist gegangen.</translation>
    </message>
    <message>
        <source>%1 and %2 left.</source>
        <translation>%1 und %2 sind gegangen.</translation>
    </message>
    <message numerus="yes">
        <source>%n people left.</source>
        <translation>
            <numerusform>%n Person ist gegangen.</numerusform>
            <numerusform>%n Personen sind gegangen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::QuickPick</name>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SearchQuery</name>
    <message>
        <source>The expression is not valid at character %1: %2.</source>
        <translation>Der Ausdruck ist bei Zeichen %1 ungültig: %2.</translation>
    </message>
    <message>
        <source>The expression is not valid: %1.</source>
        <translation>Der Ausdruck ist ungültig: %1.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingRow</name>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>%1: back to the default</source>
        <translation>%1: zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingsPage</name>
    <message>
        <source>No setting matches</source>
        <translation>Keine Einstellung passt</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SharePopover</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Who can open it</source>
        <translation>Wer es öffnen kann</translation>
    </message>
    <message>
        <source>People on your &amp;network</source>
        <translation>Alle im eigenen &amp;Netzwerk</translation>
    </message>
    <message>
        <source>Only this &amp;computer</source>
        <translation>Nur dieser &amp;Rechner</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Link to this room</source>
        <translation>Link zu diesem Raum</translation>
    </message>
    <message>
        <source>QR code of the link to this room</source>
        <translation>QR-Code des Links zu diesem Raum</translation>
    </message>
    <message>
        <source>The link, for the camera of another device</source>
        <translation>Der Link, für die Kamera eines anderen Geräts</translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation>Eigener Name und Farbe</translation>
    </message>
    <message>
        <source>The link is on the clipboard.</source>
        <translation>Der Link ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutBindings</name>
    <message>
        <source>Press the keys.</source>
        <translation>Tasten drücken.</translation>
    </message>
    <message>
        <source>%1 is needed for writing. Take Ctrl or Alt with it.</source>
        <translation>%1 wird zum Schreiben gebraucht. Strg oder Alt dazunehmen.</translation>
    </message>
    <message>
        <source>%1 opens a menu.</source>
        <translation>%1 öffnet ein Menü.</translation>
    </message>
    <message>
        <source>%1 moves or deletes in every text, and stays that.</source>
        <translation>%1 bewegt oder löscht in jedem Text, und dabei bleibt es.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutsModel</name>
    <message>
        <source>Changed; it was %1</source>
        <comment>keys</comment>
        <translation>Geändert; vorher %1</translation>
    </message>
    <message>
        <source> or </source>
        <comment>between two shortcuts</comment>
        <translation> oder </translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutsPage</name>
    <message>
        <source>Assign</source>
        <translation>Zuweisen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset All…</source>
        <translation>Alle zurücksetzen…</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Keep Mine</source>
        <translation>Eigene behalten</translation>
    </message>
    <message>
        <source>By keys</source>
        <translation>Nach Tasten</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>Tasten drücken, um zu sehen, was sie tun</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>Keep the keys it has, too</source>
        <translation>Vorhandene Tasten zusätzlich behalten</translation>
    </message>
    <message>
        <source>No keys at all</source>
        <translation>Gar keine Tasten</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>Press the keys you look for</source>
        <translation>Gesuchte Tasten drücken</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle durchsuchen</translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation>Kein Befehl passt</translation>
    </message>
    <message>
        <source>Take Over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>%1 is used by %2. Taking it over leaves that without it.</source>
        <translation>%1 wird von %2 benutzt. Nach dem Übernehmen fehlt es dort.</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names of commands</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 ist frei.</translation>
    </message>
    <message>
        <source>Click into the field and press the new keys, up to two strokes.</source>
        <translation>Ins Feld klicken und die neuen Tasten drücken, höchstens zwei Anschläge.</translation>
    </message>
    <message>
        <source>All shortcuts back to the defaults?</source>
        <translation>Alle Tastenkürzel auf die Vorgaben zurücksetzen?</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SpellCheck</name>
    <message>
        <source>No suggestions</source>
        <translation>Keine Vorschläge</translation>
    </message>
    <message>
        <source>Add “%1” to the Dictionary</source>
        <translation>„%1“ ins Wörterbuch aufnehmen</translation>
    </message>
    <message>
        <source>Ignore “%1”</source>
        <translation>„%1“ ignorieren</translation>
    </message>
</context>
<context>
    <name>tutti::ui::StatusStrip</name>
    <message>
        <source>Line and column; go to a line</source>
        <translation>Zeile und Spalte; gehe zu einer Zeile</translation>
    </message>
    <message>
        <source>How lines are indented</source>
        <translation>Wie Zeilen eingerückt werden</translation>
    </message>
    <message>
        <source>Encoding of the file</source>
        <translation>Zeichenkodierung der Datei</translation>
    </message>
    <message>
        <source>Line ends of the file</source>
        <translation>Zeilenenden der Datei</translation>
    </message>
    <message>
        <source>Syntax language</source>
        <translation>Syntaxsprache</translation>
    </message>
    <message>
        <source>LF (Linux, macOS)</source>
        <translation>LF (Linux, macOS)</translation>
    </message>
    <message>
        <source>CRLF (Windows)</source>
        <translation>CRLF (Windows)</translation>
    </message>
    <message>
        <source>CR (old Mac OS)</source>
        <translation>CR (altes Mac OS)</translation>
    </message>
    <message>
        <source>&amp;Save as</source>
        <translation>&amp;Speichern als</translation>
    </message>
    <message>
        <source>&amp;Read again as</source>
        <translation>&amp;Neu lesen als</translation>
    </message>
    <message>
        <source>Indent with &amp;Spaces</source>
        <translation>Mit &amp;Leerzeichen einrücken</translation>
    </message>
    <message>
        <source>Indent with &amp;Tabs</source>
        <translation>Mit &amp;Tabulatoren einrücken</translation>
    </message>
    <message numerus="yes">
        <source>%Ln Spaces</source>
        <translation>
            <numerusform>%Ln Leerzeichen</numerusform>
            <numerusform>%Ln Leerzeichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln Columns Wide</source>
        <translation>
            <numerusform>%Ln Spalte breit</numerusform>
            <numerusform>%Ln Spalten breit</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Detect from the Text</source>
        <translation>Aus dem Text &amp;erkennen</translation>
    </message>
    <message>
        <source>&amp;Convert Tabs to Spaces</source>
        <translation>Tabulatoren in Leerzeichen &amp;umwandeln</translation>
    </message>
    <message>
        <source>Convert Spaces to T&amp;abs</source>
        <translation>Leerzeichen in Ta&amp;bulatoren umwandeln</translation>
    </message>
    <message>
        <source>Line %1, Column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
</context>
<context>
    <name>tutti::ui::TextEncoding</name>
    <message>
        <source>Unicode</source>
        <translation>Unicode</translation>
    </message>
    <message>
        <source>Western European</source>
        <translation>Westeuropäisch</translation>
    </message>
    <message>
        <source>Central European</source>
        <translation>Mitteleuropäisch</translation>
    </message>
    <message>
        <source>Baltic</source>
        <translation>Baltisch</translation>
    </message>
    <message>
        <source>Cyrillic</source>
        <translation>Kyrillisch</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Griechisch</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Türkisch</translation>
    </message>
    <message>
        <source>Hebrew, Arabic</source>
        <translation>Hebräisch, Arabisch</translation>
    </message>
    <message>
        <source>Vietnamese, Thai</source>
        <translation>Vietnamesisch, Thai</translation>
    </message>
    <message>
        <source>Chinese, Japanese, Korean</source>
        <translation>Chinesisch, Japanisch, Koreanisch</translation>
    </message>
</context>
<context>
    <name>tutti::ui::TextSearch</name>
    <message>
        <source>This expression takes too long in this text.</source>
        <translation>Dieser Ausdruck braucht in diesem Text zu lange.</translation>
    </message>
    <message>
        <source>This expression takes too many steps in this text.</source>
        <translation>Dieser Ausdruck braucht in diesem Text zu viele Schritte.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::UndoPreview</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message numerus="yes">
        <source>%n seconds ago</source>
        <translation>
            <numerusform>vor %n Sekunde</numerusform>
            <numerusform>vor %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>vor %n Minute</numerusform>
            <numerusform>vor %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours ago</source>
        <translation>
            <numerusform>vor %n Stunde</numerusform>
            <numerusform>vor %n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo Change</source>
        <translation>Änderung &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Was sich ändern würde</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Undo what %1 changed last, %2?</source>
        <comment>name, how long ago</comment>
        <translation>Letzte Änderung von %1, %2, rückgängig machen?</translation>
    </message>
    <message>
        <source>Nothing is left of it: others have changed or undone it meanwhile.</source>
        <translation>Davon ist nichts übrig: Andere haben es inzwischen geändert oder rückgängig gemacht.</translation>
    </message>
    <message>
        <source>What is struck out goes, what is underlined comes back. What others wrote stays, and you can undo this again.</source>
        <translation>Durchgestrichenes verschwindet, Unterstrichenes kommt zurück. Was andere geschrieben haben, bleibt, und auch dies lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message numerus="yes">
        <source>… and in %n more places</source>
        <translation>
            <numerusform>… und an %n weiteren Stelle</numerusform>
            <numerusform>… und an %n weiteren Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>What %1 changed is undone.</source>
        <translation>Die Änderung von %1 ist rückgängig gemacht.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::UnsentChanges</name>
    <message>
        <source>%1 cannot be written to.</source>
        <translation>In %1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>tutti::ui::WindowPeople</name>
    <message>
        <source>Nobody else is here whom you could ask to come.</source>
        <translation>Sonst ist niemand hier, der gerufen werden könnte.</translation>
    </message>
    <message>
        <source>You have asked everybody a moment ago. They still see it.</source>
        <translation>Gerade eben wurden schon alle gerufen. Sie sehen es noch.</translation>
    </message>
    <message numerus="yes">
        <source>You asked %n people to come to line %1.</source>
        <translation>
            <numerusform>%n Person wurde zu Zeile %1 gerufen.</numerusform>
            <numerusform>%n Personen wurden zu Zeile %1 gerufen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 asks you to come.</source>
        <translation>%1 ruft her.</translation>
    </message>
    <message>
        <source>%1 asks you to come to %2.</source>
        <translation>%1 ruft nach %2.</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Hingehen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>&amp;Stop Following</source>
        <translation>&amp;Nicht mehr folgen</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Folgen</translation>
    </message>
    <message>
        <source>&amp;Go to Their Place</source>
        <translation>&amp;Gehe zu ihrer Stelle</translation>
    </message>
    <message>
        <source>&amp;Undo Last Change by %1…</source>
        <translation>Letzte Änderung von %1 &amp;rückgängig machen…</translation>
    </message>
    <message>
        <source>You may not change this text, so you cannot undo what others did.</source>
        <translation>Dieser Text darf nicht geändert werden, daher lässt sich nichts von anderen rückgängig machen.</translation>
    </message>
    <message>
        <source>There is nothing to undo: nobody else has changed anything since you are here.</source>
        <translation>Es gibt nichts rückgängig zu machen: Seit dem Beitritt hat niemand sonst etwas geändert.</translation>
    </message>
    <message>
        <source>%1, has left</source>
        <comment>how long ago</comment>
        <translation>%1, gegangen</translation>
    </message>
    <message>
        <source>Undo the last change by</source>
        <translation>Letzte Änderung rückgängig machen von</translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation>Niemand passt</translation>
    </message>
</context>
<context>
    <name>tutti::ui::WindowPicks</name>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Syntax Language</source>
        <translation>Syntaxsprache</translation>
    </message>
    <message>
        <source>Editor Theme</source>
        <translation>Editor-Design</translation>
    </message>
    <message>
        <source>Search all commands</source>
        <translation>Alle Befehle durchsuchen</translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation>Kein Befehl passt</translation>
    </message>
    <message>
        <source>Syntax language</source>
        <translation>Syntaxsprache</translation>
    </message>
    <message>
        <source>No language matches</source>
        <translation>Keine Sprache passt</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>light</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>Editor theme</source>
        <translation>Editor-Design</translation>
    </message>
    <message>
        <source>No theme matches</source>
        <translation>Kein Design passt</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>angezeigt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>room on %1</source>
        <translation>Raum auf %1</translation>
    </message>
    <message>
        <source>Type a line, from 1 to %1</source>
        <translation>Zeile eingeben, von 1 bis %1</translation>
    </message>
    <message>
        <source>Go to line %1, column %2</source>
        <translation>Gehe zu Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>Go to line %1</source>
        <translation>Gehe zu Zeile %1</translation>
    </message>
    <message>
        <source>Open a file by name, or :line</source>
        <translation>Datei nach Namen öffnen, oder :Zeile</translation>
    </message>
    <message>
        <source>No file matches</source>
        <translation>Keine Datei passt</translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation>%1 ist nicht mehr da.</translation>
    </message>
</context>
</TS>
