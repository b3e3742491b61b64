<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>tutti::ui::AvatarStrip</name>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>%n person here</numerusform>
            <numerusform>%n people here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::CompareView</name>
    <message numerus="yes">
        <source>%n differences</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::ConnectionStatus</name>
    <message numerus="yes">
        <source>Connected: %n people, all changes synced</source>
        <translation>
            <numerusform>Connected: %n person, all changes synced</numerusform>
            <numerusform>Connected: %n people, all changes synced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Connected: sending %n changes…</source>
        <translation>
            <numerusform>Connected: sending %n change…</numerusform>
            <numerusform>Connected: sending %n changes…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>View only: %n changes made here are not in the room</source>
        <translation>
            <numerusform>View only: %n change made here is not in the room</numerusform>
            <numerusform>View only: %n changes made here are not in the room</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::FindBar</name>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln replaced</numerusform>
            <numerusform>%Ln replaced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::FindPanel</name>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %Ln documents</source>
        <translation>
            <numerusform>%1 in %Ln document</numerusform>
            <numerusform>%1 in %Ln documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::ParticipantsPanel</name>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>%n person here</numerusform>
            <numerusform>%n people here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::PresenceAnnouncer</name>
    <message numerus="yes">
        <source>%n people joined.</source>
        <translation>
            <numerusform>%n person joined.</numerusform>
            <numerusform>%n people joined.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people left.</source>
        <translation>
            <numerusform>%n person left.</numerusform>
            <numerusform>%n people left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::StatusStrip</name>
    <message numerus="yes">
        <source>%Ln Spaces</source>
        <translation>
            <numerusform>%Ln Space</numerusform>
            <numerusform>%Ln Spaces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln Columns Wide</source>
        <translation>
            <numerusform>%Ln Column Wide</numerusform>
            <numerusform>%Ln Columns Wide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::UndoPreview</name>
    <message numerus="yes">
        <source>%n seconds ago</source>
        <translation>
            <numerusform>%n second ago</numerusform>
            <numerusform>%n seconds ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and in %n more places</source>
        <translation>
            <numerusform>… and in %n more place</numerusform>
            <numerusform>… and in %n more places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::WindowPeople</name>
    <message numerus="yes">
        <source>You asked %n people to come to line %1.</source>
        <translation>
            <numerusform>You asked %n person to come to line %1.</numerusform>
            <numerusform>You asked %n people to come to line %1.</numerusform>
        </translation>
    </message>
</context>
</TS>
