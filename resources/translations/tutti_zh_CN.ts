<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>CloseReason</name>
    <message>
        <source>The message is too large</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text is not UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not how WebSockets speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only binary messages are understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of that origin may not use this server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This room needs an access token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That access token does not open this room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many messages in one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document may not grow any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads too slowly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too much about presence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many presences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access to this room was withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host shares on one computer only now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The host has stopped sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room&apos;s name is too long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too much is on its way to this server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This room is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many rooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room cannot be read from the store</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many messages in a short time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EditorCommand</name>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Toggle C&amp;omment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Toggle &amp;Block Comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Indent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Outdent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Du&amp;plicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>De&amp;lete Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Join Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New Line &amp;Above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New Line &amp;Below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sort Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort Lines in &amp;Reverse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove Duplicate Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>U&amp;ppercase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lo&amp;wercase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Title Case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transpose &amp;Characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;Line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;Next Occurrence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Skip Occurrence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select All &amp;Occurrences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Caret A&amp;bove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Caret Belo&amp;w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add Carets to Line &amp;Ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go to Bracket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select to B&amp;racket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One &amp;Caret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Unfold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold A&amp;ll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfold All</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingSpec</name>
    <message>
        <source>Like the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When somebody is active</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People on your network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In prose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In prose, comments and strings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No dictionary is installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the text is in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In wide windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Font</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Font size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In points. Zooming in or out lasts until the window closes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a tab and of a step of indentation, where neither the text nor an .editorconfig file says it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indent with spaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In new documents, and where there is no indented line yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column marker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A thin line at that column; 0 for none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close brackets and quotes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typing the first of a pair adds the second.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show white space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blanks as dots, tabs as arrows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines go on below instead of beyond the window&apos;s edge. The file stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text in small at its right, with the others&apos; places and what was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check spelling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The right button has other words for those that are marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dictionary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dictionaries come with the system, as packages of Hunspell for example. Without one nothing is marked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on where you left off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tutti opens what was open when it was closed, also what was not saved. Without this it asks before it closes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove blanks at line ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On saving, unless an .editorconfig file says otherwise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the last line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark menus, tabs and panels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editor while the window is light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colours of the text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editor while the window is dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of menus and messages, from the next start on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name and the colour that the others see.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names at the others&apos; carets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When they are to be seen. They show in any case where the mouse is near.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List of participants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beside the text of shared documents.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who can open what you share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At first; each shared document has the choice of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Together</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::app::Keychain</name>
    <message>
        <source>The access token could not be kept in the keychain: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::Connector</name>
    <message>
        <source>Cannot read %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no certificate in %1 (PEM is wanted)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::HocuspocusChannel</name>
    <message>
        <source>%1 does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 closed the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 closed the document: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Permission denied: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::MemoryChannel</name>
    <message>
        <source>The other side is gone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::Provider</name>
    <message>
        <source>The connection was closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A message that cannot be read has come in: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room was restarted, and has another text now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Permission denied: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::RoomAddress</name>
    <message>
        <source>The address is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not the address of a room: it must begin with ws:// or wss://</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address names no document: write it at the end, as in %1://%2#DOCUMENT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of a document must not contain a zero byte</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address must not contain a “#”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address must not contain a user name or password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address names no host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a port: it must be a number from 1 to 65535</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not the name of a host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address names no room: write it after the host, as in %1://%2/ROOM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A “%” in the address must be followed by two hexadecimal digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” in the address cannot be sent as it is written: write the character itself</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::Server</name>
    <message>
        <source>Another program already listens on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This user may not listen on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer does not have the address %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot listen on %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::Token</name>
    <message>
        <source>The command for the access token cannot be run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command for the access token failed with status %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command for the access token printed nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command for the access token takes too long</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::UpdateLog</name>
    <message>
        <source>%1 is in use by another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading or writing %1 failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk that holds %1 is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is damaged, or not a database of Tutti&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qt&apos;s driver for SQLite is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Tutti</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a database of another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entry %1 of %2 is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An update of %1 is broken: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SQLite: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::net::WebSocketChannel</name>
    <message>
        <source>there is no such host, or it may not be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The identity of %1 could not be verified: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document is too large to be sent: %1 MiB, and at most %2 MiB may go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to %1 was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 closed the connection for now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 closed the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 closed the connection with code %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refused the connection with HTTP status %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer as a WebSocket server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy %1:%2 gives no connection to %3: %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refused the connection: no server is running there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no host named %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No secure connection to %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::Actions</name>
    <message>
        <source>&amp;New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quick Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear Recent Files and Rooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save A&amp;ll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export as P&amp;DF…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export as &amp;HTML…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find &amp;Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find Pre&amp;vious</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>R&amp;eplace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in &amp;Open Documents…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go to Line…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Command Palette…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Word Wrap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Editor Theme…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Syntax &amp;Language…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Share…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Join…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Follow Next Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Participants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Tutti</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 › %2</source>
        <comment>a menu and its submenu</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;lection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::AvatarStrip</name>
    <message>
        <source>Only you</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n people here</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::CodeEditor</name>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::CompareView</name>
    <message>
        <source>Previous difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The texts are the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n differences</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::ConnectionStatus</name>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronizing… %1%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronizing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected: 1 person, all changes synced</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Connected: %n people, all changes synced</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Connected: sending 1 change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Connected: sending %n changes…</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Reconnected: merged %1 of your and %2 others&apos; changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline: view only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline: you can keep editing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes are saved on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrying in %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrying…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This room was restarted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your unsent changes are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your copy is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not shared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View only: 1 change made here is not in the room</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>View only: %n changes made here are not in the room</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::DocumentPage</name>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is read-only: you may not write this file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The lines of %1 end in different ways. When you save, all will end with %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file yet that could be read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %1 again as %2 discards what you have not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. You will be asked for it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody else is here whom you could follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has left, so you follow nobody now. This is where they were last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the room&apos;s text. What you write here goes to everybody in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Your text is still here, and stays editable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be reached: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remember</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has another text now. Rejoining puts that and yours together; what is in both is there twice then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejoin</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::DocumentSession</name>
    <message>
        <source>This room holds rich text, which Tutti would damage by editing it as plain text. You can read along.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may read this room, but not change it. What you changed here is not in the room; save a copy to keep it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may read this room, but not change it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::EdgeChips</name>
    <message>
        <source>%1 is above, in line %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is below, in line %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::EditorDocument</name>
    <message>
        <source>Untitled %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::ExportCommands</name>
    <message>
        <source>%1 %2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Printing %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was sent to the printer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export as PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export as HTML</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::FileConventions</name>
    <message>
        <source>Spaces: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tabs: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::FileIo</name>
    <message>
        <source>You have no permission to read %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have no permission to write %1. Your text is still here; save it elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no space left to save %1. Your text is still here; make room and save again, or save it elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be saved: %2. Your text is still here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 holds bytes that do not exist in %2. It was not read so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a text file: it holds binary data. It was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 claims to be UTF-16, but is damaged. It was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not saved: “%2” in line %3 does not exist in %4, the file&apos;s encoding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not an ordinary file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB. It was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is read-only. Your text is still here; save it under another name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::FindBar</name>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text to find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text to replace it with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a name and its key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace this match and go to the next (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace all matches at once (Ctrl+Alt+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 so far…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 match</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::FindPanel</name>
    <message>
        <source>Find in open documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in all open documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text to find in all open documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines that were found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a document and how often</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a line&apos;s number and text</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 match</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in 1 document</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 in %Ln documents</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::FollowBadge</name>
    <message>
        <source>Stop following</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Following %1, Esc to stop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::Gutter</name>
    <message>
        <source>Line numbers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::HeaderBar</name>
    <message>
        <source>Documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the link to this room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write together with others</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::Help</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Tutti</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An editor in which several people write in the same file at once.
It speaks Yjs, so browsers can join too. No account, no service.

Free software under the MIT licence. Built with Qt and KDE Syntax Highlighting.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::Highlighter</name>
    <message>
        <source>Plain Text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::HtmlExport</name>
    <message>
        <source>The page could not be written: %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::IdentityEditor</name>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Olive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Teal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Petrol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::InlineBar</name>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::JoinDialog</name>
    <message>
        <source>Remember it in the keychain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link to the room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the text in the room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editors agree on one name for the text in a room. CodeMirror&apos;s is “codemirror”, Monaco&apos;s “monaco”, Quill&apos;s “quill”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Access token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>if the server asks for one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read, and edit if the server lets you. It opens in a new tab; no file on this computer changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (Hocuspocus)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS: only you and the server can read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: others on the network could read it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::MainWindow</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1[*] – Tutti</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the changes to %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without saving, they are lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some of your changes to %1 have not reached the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a copy to keep them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave Anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others are writing in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You host it: when you close it, they are disconnected. They keep their text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop Sharing and Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save As</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was deleted or moved. It was not saved again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was changed by another program. It was not saved over that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When Tutti ended, %1 held changes that its room had not received. They were kept on this computer (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is damaged and cannot be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was changed by another program since. Your unsaved text is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Programs on this computer that have the link can read and edit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everybody who has the link can read and edit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It works as long as this tab is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection is not encrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is shared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You joined %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop Sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your text, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room on %1, now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room on %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You left the room. This copy is yours; save it to keep it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop &amp;Sharing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::Minimap</name>
    <message>
        <source>Overview of the text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::PageExport</name>
    <message>
        <source>The pages could not be written: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pages could not be written. Is there a printer, and room on the disk?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pages could not be written to the end.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::ParticipantsModel</name>
    <message>
        <source>line %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>position unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2, idle</source>
        <comment>name, position</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>name, position</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::ParticipantsPanel</name>
    <message>
        <source>Idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1, idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Participants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go to Their Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only you</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n people here</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::PeerTracker</name>
    <message>
        <source>Guest %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::PickModel</name>
    <message>
        <source>not available</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::PresenceAnnouncer</name>
    <message>
        <source>%1 joined.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2 joined.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n people joined.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2 left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n people left.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::QuickPick</name>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::SearchQuery</name>
    <message>
        <source>The expression is not valid at character %1: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The expression is not valid: %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingRow</name>
    <message>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingsPage</name>
    <message>
        <source>No setting matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::SharePopover</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who can open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People on your &amp;network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this &amp;computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link to this room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QR code of the link to this room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link, for the camera of another device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The link is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutBindings</name>
    <message>
        <source>Press the keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is needed for writing. Take Ctrl or Alt with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 opens a menu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 moves or deletes in every text, and stays that.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutsModel</name>
    <message>
        <source>Changed; it was %1</source>
        <comment>keys</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> or </source>
        <comment>between two shortcuts</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutsPage</name>
    <message>
        <source>Assign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset All…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep Mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the keys it has, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys at all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the keys you look for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take Over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is used by %2. Taking it over leaves that without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names of commands</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click into the field and press the new keys, up to two strokes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All shortcuts back to the defaults?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::SpellCheck</name>
    <message>
        <source>No suggestions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add “%1” to the Dictionary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ignore “%1”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::StatusStrip</name>
    <message>
        <source>Line and column; go to a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How lines are indented</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line ends of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Syntax language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LF (Linux, macOS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CRLF (Windows)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CR (old Mac OS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Read again as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indent with &amp;Spaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indent with &amp;Tabs</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln Spaces</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln Columns Wide</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Detect from the Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Convert Tabs to Spaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convert Spaces to T&amp;abs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line %1, Column %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::TextEncoding</name>
    <message>
        <source>Unicode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Western European</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central European</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Baltic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cyrillic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Greek</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hebrew, Arabic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vietnamese, Thai</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chinese, Japanese, Korean</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::TextSearch</name>
    <message>
        <source>This expression takes too long in this text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This expression takes too many steps in this text.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::UnsentChanges</name>
    <message>
        <source>%1 cannot be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tutti::ui::WindowPicks</name>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Syntax Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editor Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search all commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Syntax language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No language matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editor theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No theme matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>room on %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a line, from 1 to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to line %1, column %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to line %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a file by name, or :line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
