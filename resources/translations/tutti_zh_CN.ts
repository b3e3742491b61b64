<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>CloseReason</name>
    <message>
        <source>The message is too large</source>
        <translation>消息太大</translation>
    </message>
    <message>
        <source>The text is not UTF-8</source>
        <translation>文本不是 UTF-8 编码</translation>
    </message>
    <message>
        <source>This is not how WebSockets speak</source>
        <translation>这不符合 WebSocket 协议</translation>
    </message>
    <message>
        <source>Only binary messages are understood</source>
        <translation>只接受二进制消息</translation>
    </message>
    <message>
        <source>Pages of that origin may not use this server</source>
        <translation>该来源的网页无权使用此服务器</translation>
    </message>
    <message>
        <source>This room needs an access token</source>
        <translation>此房间需要访问令牌</translation>
    </message>
    <message>
        <source>That access token does not open this room</source>
        <translation>该访问令牌无法打开此房间</translation>
    </message>
    <message>
        <source>Too many messages in one</source>
        <translation>一条消息中包含过多消息</translation>
    </message>
    <message>
        <source>This document may not grow any more</source>
        <translation>此文档不能再增大</translation>
    </message>
    <message>
        <source>Reads too slowly</source>
        <translation>读取太慢</translation>
    </message>
    <message>
        <source>Too much about presence</source>
        <translation>在场信息过多</translation>
    </message>
    <message>
        <source>Too many presences</source>
        <translation>在场者过多</translation>
    </message>
    <message>
        <source>Access to this room was withdrawn</source>
        <translation>对此房间的访问权已被收回</translation>
    </message>
    <message>
        <source>The host shares on one computer only now</source>
        <translation>主持者现在只在一台计算机上共享</translation>
    </message>
    <message>
        <source>The host has stopped sharing</source>
        <translation>主持者已停止共享</translation>
    </message>
    <message>
        <source>The room&apos;s name is too long</source>
        <translation>房间名称太长</translation>
    </message>
    <message>
        <source>Too many connections</source>
        <translation>连接过多</translation>
    </message>
    <message>
        <source>Too much is on its way to this server</source>
        <translation>正在传往此服务器的数据过多</translation>
    </message>
    <message>
        <source>This room is full</source>
        <translation>此房间已满</translation>
    </message>
    <message>
        <source>Too many rooms</source>
        <translation>房间过多</translation>
    </message>
    <message>
        <source>The room cannot be read from the store</source>
        <translation>无法从存储中读取该房间</translation>
    </message>
    <message>
        <source>Too many messages in a short time</source>
        <translation>短时间内消息过多</translation>
    </message>
</context>
<context>
    <name>EditorCommand</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Toggle C&amp;omment</source>
        <translation>切换注释(&amp;O)</translation>
    </message>
    <message>
        <source>Toggle &amp;Block Comment</source>
        <translation>切换块注释(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Indent</source>
        <translation>增加缩进(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Outdent</source>
        <translation>减少缩进(&amp;O)</translation>
    </message>
    <message>
        <source>Move &amp;Up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;Down</source>
        <translation>下移(&amp;D)</translation>
    </message>
    <message>
        <source>Duplicate Up</source>
        <translation>向上复制行</translation>
    </message>
    <message>
        <source>Du&amp;plicate</source>
        <translation>向下复制行(&amp;P)</translation>
    </message>
    <message>
        <source>De&amp;lete Lines</source>
        <translation>删除行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Join Lines</source>
        <translation>合并行(&amp;J)</translation>
    </message>
    <message>
        <source>New Line &amp;Above</source>
        <translation>在上方新建行(&amp;A)</translation>
    </message>
    <message>
        <source>New Line &amp;Below</source>
        <translation>在下方新建行(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Sort Lines</source>
        <translation>行排序(&amp;S)</translation>
    </message>
    <message>
        <source>Sort Lines in &amp;Reverse</source>
        <translation>行逆序排序(&amp;R)</translation>
    </message>
    <message>
        <source>Remove Duplicate Lines</source>
        <translation>删除重复行</translation>
    </message>
    <message>
        <source>Lo&amp;wercase</source>
        <translation>转为小写(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Title Case</source>
        <translation>词首大写(&amp;T)</translation>
    </message>
    <message>
        <source>Transpose &amp;Characters</source>
        <translation>交换字符(&amp;C)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;Line</source>
        <translation>选择行(&amp;L)</translation>
    </message>
    <message>
        <source>Add &amp;Next Occurrence</source>
        <translation>添加下一个匹配项(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Skip Occurrence</source>
        <translation>跳过此匹配项(&amp;S)</translation>
    </message>
    <message>
        <source>Select All &amp;Occurrences</source>
        <translation>选择所有匹配项(&amp;O)</translation>
    </message>
    <message>
        <source>Add Caret A&amp;bove</source>
        <translation>在上方添加光标(&amp;B)</translation>
    </message>
    <message>
        <source>Add Caret Belo&amp;w</source>
        <translation>在下方添加光标(&amp;W)</translation>
    </message>
    <message>
        <source>Add Carets to Line &amp;Ends</source>
        <translation>在行尾添加光标(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Go to Bracket</source>
        <translation>转到括号(&amp;G)</translation>
    </message>
    <message>
        <source>Select to B&amp;racket</source>
        <translation>选择到括号(&amp;R)</translation>
    </message>
    <message>
        <source>One &amp;Caret</source>
        <translation>仅保留一个光标(&amp;C)</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation>实际大小(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Fold</source>
        <translation>折叠(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Unfold</source>
        <translation>展开(&amp;U)</translation>
    </message>
    <message>
        <source>Fold A&amp;ll</source>
        <translation>全部折叠(&amp;L)</translation>
    </message>
    <message>
        <source>Unfold All</source>
        <translation>全部展开</translation>
    </message>
    <message>
        <source>Upp&amp;ercase</source>
        <translation>转为大写(&amp;E)</translation>
    </message>
</context>
<context>
    <name>SettingSpec</name>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>When somebody is active</source>
        <translation>有人活动时</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>People on your network</source>
        <translation>您网络中的人</translation>
    </message>
    <message>
        <source>Only this computer</source>
        <translation>仅此计算机</translation>
    </message>
    <message>
        <source>In prose</source>
        <translation>正文中</translation>
    </message>
    <message>
        <source>In prose, comments and strings</source>
        <translation>正文、注释和字符串中</translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation>不检查</translation>
    </message>
    <message>
        <source>No dictionary is installed</source>
        <translation>未安装词典</translation>
    </message>
    <message>
        <source>As the text is in</source>
        <translation>与文本语言相同</translation>
    </message>
    <message>
        <source>In wide windows</source>
        <translation>窗口较宽时</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>字体大小</translation>
    </message>
    <message>
        <source>In points. Zooming in or out lasts until the window closes.</source>
        <translation>单位为磅。放大或缩小在窗口关闭前有效。</translation>
    </message>
    <message>
        <source>Tab width</source>
        <translation>制表符宽度</translation>
    </message>
    <message>
        <source>Of a tab and of a step of indentation, where neither the text nor an .editorconfig file says it.</source>
        <translation>制表符和每级缩进的宽度，用于文本和 .editorconfig 文件均未指定时。</translation>
    </message>
    <message>
        <source>Indent with spaces</source>
        <translation>用空格缩进</translation>
    </message>
    <message>
        <source>In new documents, and where there is no indented line yet.</source>
        <translation>用于新文档，以及尚无缩进行的文档。</translation>
    </message>
    <message>
        <source>Column marker</source>
        <translation>列标记</translation>
    </message>
    <message>
        <source>A thin line at that column; 0 for none.</source>
        <translation>在该列显示一条细线；0 表示不显示。</translation>
    </message>
    <message>
        <source>Close brackets and quotes</source>
        <translation>自动补全括号和引号</translation>
    </message>
    <message>
        <source>Typing the first of a pair adds the second.</source>
        <translation>输入成对符号的前一个时自动添加后一个。</translation>
    </message>
    <message>
        <source>Show white space</source>
        <translation>显示空白字符</translation>
    </message>
    <message>
        <source>Blanks as dots, tabs as arrows.</source>
        <translation>空格显示为圆点，制表符显示为箭头。</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>长行自动换行</translation>
    </message>
    <message>
        <source>Lines go on below instead of beyond the window&apos;s edge. The file stays as it is.</source>
        <translation>长行折到下一行显示，而不超出窗口边缘。文件保持不变。</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>The text in small at its right, with the others&apos; places and what was found.</source>
        <translation>在右侧以缩略形式显示文本，并标出其他人的位置和搜索结果。</translation>
    </message>
    <message>
        <source>Check spelling</source>
        <translation>检查拼写</translation>
    </message>
    <message>
        <source>The right button has other words for those that are marked.</source>
        <translation>右键点击标出的单词可查看建议。</translation>
    </message>
    <message>
        <source>Dictionary</source>
        <translation>词典</translation>
    </message>
    <message>
        <source>Dictionaries come with the system, as packages of Hunspell for example. Without one nothing is marked.</source>
        <translation>词典由系统提供，例如 Hunspell 软件包。没有词典时不会标出任何内容。</translation>
    </message>
    <message>
        <source>Go on where you left off</source>
        <translation>从上次离开的地方继续</translation>
    </message>
    <message>
        <source>Tutti opens what was open when it was closed, also what was not saved. Without this it asks before it closes.</source>
        <translation>Tutti 会打开上次关闭时的内容，包括未保存的。否则关闭前会询问。</translation>
    </message>
    <message>
        <source>Remove blanks at line ends</source>
        <translation>删除行尾空白</translation>
    </message>
    <message>
        <source>On saving, unless an .editorconfig file says otherwise.</source>
        <translation>保存时执行，除非 .editorconfig 文件另有规定。</translation>
    </message>
    <message>
        <source>End the last line</source>
        <translation>文件末尾添加换行</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Light or dark menus, tabs and panels.</source>
        <translation>菜单、标签页和面板使用浅色或深色。</translation>
    </message>
    <message>
        <source>Editor while the window is light</source>
        <translation>浅色窗口中的编辑器</translation>
    </message>
    <message>
        <source>The colours of the text.</source>
        <translation>文本的颜色。</translation>
    </message>
    <message>
        <source>Editor while the window is dark</source>
        <translation>深色窗口中的编辑器</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of menus and messages, from the next start on.</source>
        <translation>菜单和消息的语言，下次启动时生效。</translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation>您的显示名称</translation>
    </message>
    <message>
        <source>The name and the colour that the others see.</source>
        <translation>其他人看到的名称和颜色。</translation>
    </message>
    <message>
        <source>Names at the others&apos; carets</source>
        <translation>其他人光标处的名称</translation>
    </message>
    <message>
        <source>When they are to be seen. They show in any case where the mouse is near.</source>
        <translation>何时显示。鼠标靠近时总会显示。</translation>
    </message>
    <message>
        <source>List of participants</source>
        <translation>参与者列表</translation>
    </message>
    <message>
        <source>Beside the text of shared documents.</source>
        <translation>显示在共享文档的文本旁。</translation>
    </message>
    <message>
        <source>Who can open what you share</source>
        <translation>谁可以打开您共享的内容</translation>
    </message>
    <message>
        <source>At first; each shared document has the choice of its own.</source>
        <translation>初始值；每个共享文档可单独选择。</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>协作</translation>
    </message>
    <message>
        <source>Keep colours apart</source>
        <translation>区分颜色</translation>
    </message>
    <message>
        <source>Who comes later and has the colour of somebody who is there is shown in another one, here only.</source>
        <translation>后来者若与已在场的人颜色相同，则仅在此处以另一种颜色显示。</translation>
    </message>
    <message>
        <source>Say who joins and leaves</source>
        <translation>播报加入和离开的人</translation>
    </message>
    <message>
        <source>To screen readers.</source>
        <translation>供屏幕阅读器使用。</translation>
    </message>
    <message>
        <source>Announce what you share</source>
        <translation>公布您共享的内容</translation>
    </message>
    <message>
        <source>Others on your network find its name and yours when they join. The access token is not announced.</source>
        <translation>同一网络中的其他人在加入时能看到文档名称和您的名称。访问令牌不会公布。</translation>
    </message>
    <message>
        <source>Tab key moves the focus</source>
        <translation>Tab 键移动焦点</translation>
    </message>
    <message>
        <source>Out of the text, instead of indenting it. F6 goes from one part of the window to the next in any case.</source>
        <translation>移出文本，而不是缩进。F6 始终可在窗口各部分之间切换。</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Nothing fades or slides: it is there, or gone, at once.</source>
        <translation>不再淡入淡出或滑动:内容立即出现或消失。</translation>
    </message>
</context>
<context>
    <name>tutti::app::Keychain</name>
    <message>
        <source>The access token could not be kept in the keychain: %1</source>
        <translation>无法将访问令牌保存到密钥环：%1</translation>
    </message>
</context>
<context>
    <name>tutti::app::LanRooms</name>
    <message>
        <source>%1 on %2</source>
        <comment>a shared document, a computer</comment>
        <translation>%2 上的 %1</translation>
    </message>
</context>
<context>
    <name>tutti::net::Connector</name>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>There is no certificate in %1 (PEM is wanted)</source>
        <translation>%1 中没有证书（需要 PEM 格式）</translation>
    </message>
</context>
<context>
    <name>tutti::net::HocuspocusChannel</name>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 没有响应</translation>
    </message>
    <message>
        <source>%1 closed the document</source>
        <translation>%1 关闭了文档</translation>
    </message>
    <message>
        <source>%1 closed the document: %2</source>
        <translation>%1 关闭了文档：%2</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Permission denied: %1</source>
        <translation>权限不足：%1</translation>
    </message>
</context>
<context>
    <name>tutti::net::MemoryChannel</name>
    <message>
        <source>The other side is gone</source>
        <translation>对方已断开</translation>
    </message>
</context>
<context>
    <name>tutti::net::Provider</name>
    <message>
        <source>The connection was closed</source>
        <translation>连接已关闭</translation>
    </message>
    <message>
        <source>A message that cannot be read has come in: %1</source>
        <translation>收到无法读取的消息：%1</translation>
    </message>
    <message>
        <source>The room was restarted, and has another text now</source>
        <translation>房间已重新启动，现在是另一份文本</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Permission denied: %1</source>
        <translation>权限不足：%1</translation>
    </message>
</context>
<context>
    <name>tutti::net::RoomAddress</name>
    <message>
        <source>The address is empty</source>
        <translation>地址为空</translation>
    </message>
    <message>
        <source>“%1” is not the address of a room: it must begin with ws:// or wss://</source>
        <translation>“%1”不是房间地址：必须以 ws:// 或 wss:// 开头</translation>
    </message>
    <message>
        <source>The address names no document: write it at the end, as in %1://%2#DOCUMENT</source>
        <translation>地址中没有文档：请写在末尾，如 %1://%2#文档</translation>
    </message>
    <message>
        <source>The name of a document must not contain a zero byte</source>
        <translation>文档名称不能包含零字节</translation>
    </message>
    <message>
        <source>The address must not contain a “#”</source>
        <translation>地址不能包含“#”</translation>
    </message>
    <message>
        <source>The address must not contain a user name or password</source>
        <translation>地址不能包含用户名或密码</translation>
    </message>
    <message>
        <source>The address names no host</source>
        <translation>地址中没有主机</translation>
    </message>
    <message>
        <source>“%1” is not a port: it must be a number from 1 to 65535</source>
        <translation>“%1”不是端口：必须是 1 到 65535 之间的数字</translation>
    </message>
    <message>
        <source>“%1” is not the name of a host</source>
        <translation>“%1”不是主机名</translation>
    </message>
    <message>
        <source>The address names no room: write it after the host, as in %1://%2/ROOM</source>
        <translation>地址中没有房间：请写在主机之后，如 %1://%2/房间</translation>
    </message>
    <message>
        <source>A “%” in the address must be followed by two hexadecimal digits</source>
        <translation>地址中的“%”后必须跟两位十六进制数字</translation>
    </message>
    <message>
        <source>“%1” in the address cannot be sent as it is written: write the character itself</source>
        <translation>地址中的“%1”无法照此发送：请直接写出该字符</translation>
    </message>
</context>
<context>
    <name>tutti::net::Server</name>
    <message>
        <source>Another program already listens on %1</source>
        <translation>另一个程序已在监听 %1</translation>
    </message>
    <message>
        <source>This user may not listen on %1</source>
        <translation>此用户无权监听 %1</translation>
    </message>
    <message>
        <source>This computer does not have the address %1</source>
        <translation>此计算机没有地址 %1</translation>
    </message>
    <message>
        <source>Cannot listen on %1: %2</source>
        <translation>无法监听 %1：%2</translation>
    </message>
</context>
<context>
    <name>tutti::net::Token</name>
    <message>
        <source>The command for the access token cannot be run</source>
        <translation>无法运行获取访问令牌的命令</translation>
    </message>
    <message>
        <source>The command for the access token failed with status %1</source>
        <translation>获取访问令牌的命令失败，状态为 %1</translation>
    </message>
    <message>
        <source>The command for the access token printed nothing</source>
        <translation>获取访问令牌的命令没有输出</translation>
    </message>
    <message>
        <source>The command for the access token takes too long</source>
        <translation>获取访问令牌的命令耗时过长</translation>
    </message>
</context>
<context>
    <name>tutti::net::UpdateLog</name>
    <message>
        <source>%1 is in use by another program</source>
        <translation>%1 正被另一个程序使用</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>无法写入 %1</translation>
    </message>
    <message>
        <source>Reading or writing %1 failed</source>
        <translation>读写 %1 失败</translation>
    </message>
    <message>
        <source>The disk that holds %1 is full</source>
        <translation>%1 所在的磁盘已满</translation>
    </message>
    <message>
        <source>%1 cannot be opened</source>
        <translation>无法打开 %1</translation>
    </message>
    <message>
        <source>%1 is damaged, or not a database of Tutti&apos;s</source>
        <translation>%1 已损坏，或不是 Tutti 的数据库</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Qt&apos;s driver for SQLite is missing</source>
        <translation>缺少 Qt 的 SQLite 驱动</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Tutti</source>
        <translation>%1 由更新版本的 Tutti 写入</translation>
    </message>
    <message>
        <source>%1 is a database of another program</source>
        <translation>%1 是其他程序的数据库</translation>
    </message>
    <message>
        <source>Entry %1 of %2 is damaged</source>
        <translation>%2 的第 %1 条记录已损坏</translation>
    </message>
    <message>
        <source>An update of %1 is broken: %2</source>
        <translation>%1 的一项更新已损坏：%2</translation>
    </message>
    <message>
        <source>SQLite: %1</source>
        <translation>SQLite：%1</translation>
    </message>
</context>
<context>
    <name>tutti::net::WebSocketChannel</name>
    <message>
        <source>there is no such host, or it may not be reached</source>
        <translation>没有该主机，或不允许访问</translation>
    </message>
    <message>
        <source>The identity of %1 could not be verified: %2</source>
        <translation>无法验证 %1 的身份：%2</translation>
    </message>
    <message>
        <source>The document is too large to be sent: %1 MiB, and at most %2 MiB may go</source>
        <translation>文档太大，无法发送：%1 MiB，最多 %2 MiB</translation>
    </message>
    <message>
        <source>The connection to %1 was lost</source>
        <translation>与 %1 的连接已断开</translation>
    </message>
    <message>
        <source>%1 closed the connection for now</source>
        <translation>%1 暂时关闭了连接</translation>
    </message>
    <message>
        <source>%1 closed the connection</source>
        <translation>%1 关闭了连接</translation>
    </message>
    <message>
        <source>%1 closed the connection with code %2</source>
        <translation>%1 关闭了连接，代码为 %2</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 没有响应</translation>
    </message>
    <message>
        <source>%1 does not answer any more</source>
        <translation>%1 不再响应</translation>
    </message>
    <message>
        <source>%1 refused the connection with HTTP status %2</source>
        <translation>%1 拒绝了连接，HTTP 状态为 %2</translation>
    </message>
    <message>
        <source>%1 does not answer as a WebSocket server</source>
        <translation>%1 不是 WebSocket 服务器</translation>
    </message>
    <message>
        <source>The proxy %1:%2 gives no connection to %3: %4</source>
        <translation>代理 %1:%2 无法连接到 %3：%4</translation>
    </message>
    <message>
        <source>%1 refused the connection: no server is running there</source>
        <translation>%1 拒绝了连接：那里没有运行服务器</translation>
    </message>
    <message>
        <source>There is no host named %1</source>
        <translation>没有名为 %1 的主机</translation>
    </message>
    <message>
        <source>No secure connection to %1: %2</source>
        <translation>无法与 %1 建立安全连接：%2</translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation>无法连接到 %1：%2</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Actions</name>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Clear Recent Files and Rooms</source>
        <translation>清除最近的文件和房间(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Save A&amp;ll</source>
        <translation>全部保存(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>Export as P&amp;DF…</source>
        <translation>导出为 PDF(&amp;D)…</translation>
    </message>
    <message>
        <source>Export as &amp;HTML…</source>
        <translation>导出为 HTML(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Close Tab</source>
        <translation>关闭标签页(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <source>Find &amp;Next</source>
        <translation>查找下一个(&amp;N)</translation>
    </message>
    <message>
        <source>Find Pre&amp;vious</source>
        <translation>查找上一个(&amp;V)</translation>
    </message>
    <message>
        <source>R&amp;eplace…</source>
        <translation>替换(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Go to Line…</source>
        <translation>转到行(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Command Palette…</source>
        <translation>命令面板(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Word Wrap</source>
        <translation>自动换行(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Editor Theme…</source>
        <translation>编辑器主题(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Next Tab</source>
        <translation>下一个标签页(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous Tab</source>
        <translation>上一个标签页(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Share…</source>
        <translation>共享(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Join…</source>
        <translation>加入(&amp;J)…</translation>
    </message>
    <message>
        <source>&amp;Copy Link</source>
        <translation>复制链接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>离开(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Follow Next Person</source>
        <translation>跟随下一个人(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Participants</source>
        <translation>参与者(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>键盘快捷键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;About Tutti</source>
        <translation>关于 Tutti(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>%1 › %2</source>
        <comment>a menu and its submenu</comment>
        <translation>%1 › %2</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Lines</source>
        <translation>行(&amp;L)</translation>
    </message>
    <message>
        <source>Se&amp;lection</source>
        <translation>选择(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>会话(&amp;S)</translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation>设置(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Quic&amp;k Open…</source>
        <translation>快速打开(&amp;K)…</translation>
    </message>
    <message>
        <source>Find in Open &amp;Documents…</source>
        <translation>在打开的文档中查找(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Syntax Language…</source>
        <translation>语法语言(&amp;S)…</translation>
    </message>
    <message>
        <source>Clos&amp;e Other Tabs</source>
        <translation>关闭其他标签页(&amp;E)</translation>
    </message>
    <message>
        <source>Split &amp;Right</source>
        <translation>向右拆分(&amp;R)</translation>
    </message>
    <message>
        <source>Split &amp;Down</source>
        <translation>向下拆分(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Next Pane</source>
        <translation>下一个窗格(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous Pane</source>
        <translation>上一个窗格(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Move Tab to Next Pane</source>
        <translation>将标签页移到下一个窗格(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Join All Panes</source>
        <translation>合并所有窗格(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Ask Everybody to Come Here</source>
        <translation>请所有人到这里来(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Undo Last Change by Somebody…</source>
        <translation>撤销他人的最后更改(&amp;U)…</translation>
    </message>
    <message>
        <source>Pan&amp;es</source>
        <translation>窗格(&amp;E)</translation>
    </message>
    <message>
        <source>Ta&amp;b Key Moves the Focus</source>
        <translation>Tab 键移动焦点(&amp;B)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Part of the Window</source>
        <translation>窗口的下一部分(&amp;X)</translation>
    </message>
    <message>
        <source>Pre&amp;vious Part of the Window</source>
        <translation>窗口的上一部分(&amp;V)</translation>
    </message>
    <message>
        <source>User&apos;s &amp;Guide</source>
        <translation>用户手册(&amp;G)</translation>
    </message>
</context>
<context>
    <name>tutti::ui::AvatarStrip</name>
    <message>
        <source>Only you</source>
        <translation>只有您</translation>
    </message>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>%n 人在场</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::CodeEditor</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
</context>
<context>
    <name>tutti::ui::CompareView</name>
    <message>
        <source>Previous difference</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation>关闭比较</translation>
    </message>
    <message>
        <source>The texts are the same</source>
        <translation>文本相同</translation>
    </message>
    <message>
        <source>Difference %1 of %2</source>
        <translation>第 %1 处差异，共 %2 处</translation>
    </message>
    <message>
        <source>1 difference</source>
        <translation>1 处差异</translation>
    </message>
    <message numerus="yes">
        <source>%n differences</source>
        <translation>
            <numerusform>%n 处差异</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::ConnectionStatus</name>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>Synchronizing… %1%</source>
        <translation>正在同步… %1%</translation>
    </message>
    <message>
        <source>Synchronizing…</source>
        <translation>正在同步…</translation>
    </message>
    <message>
        <source>Connected: 1 person, all changes synced</source>
        <translation>已连接：1 人，所有更改已同步</translation>
    </message>
    <message numerus="yes">
        <source>Connected: %n people, all changes synced</source>
        <translation>
            <numerusform>已连接：%n 人，所有更改已同步</numerusform>
        </translation>
    </message>
    <message>
        <source>Connected: sending 1 change…</source>
        <translation>已连接：正在发送 1 项更改…</translation>
    </message>
    <message numerus="yes">
        <source>Connected: sending %n changes…</source>
        <translation>
            <numerusform>已连接：正在发送 %n 项更改…</numerusform>
        </translation>
    </message>
    <message>
        <source>Reconnected: merged %1 of your and %2 others&apos; changes</source>
        <translation>已重新连接：合并了您的 %1 项和其他人的 %2 项更改</translation>
    </message>
    <message>
        <source>Offline: view only.</source>
        <translation>离线：仅供查看。</translation>
    </message>
    <message>
        <source>Offline: you can keep editing.</source>
        <translation>离线：您可以继续编辑。</translation>
    </message>
    <message>
        <source>Changes are saved on this computer.</source>
        <translation>更改保存在此计算机上。</translation>
    </message>
    <message>
        <source>Retrying in %1 s</source>
        <translation>%1 秒后重试</translation>
    </message>
    <message>
        <source>Retrying…</source>
        <translation>正在重试…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Not connected: %1</source>
        <translation>未连接：%1</translation>
    </message>
    <message>
        <source>This room was restarted.</source>
        <translation>此房间已重新启动。</translation>
    </message>
    <message>
        <source>Your unsent changes are kept.</source>
        <translation>您未发送的更改已保留。</translation>
    </message>
    <message>
        <source>Your copy is kept.</source>
        <translation>您的副本已保留。</translation>
    </message>
    <message>
        <source>Not shared</source>
        <translation>未共享</translation>
    </message>
    <message>
        <source>View only</source>
        <translation>仅供查看</translation>
    </message>
    <message>
        <source>View only: 1 change made here is not in the room</source>
        <translation>仅供查看：此处有 1 项更改不在房间中</translation>
    </message>
    <message numerus="yes">
        <source>View only: %n changes made here are not in the room</source>
        <translation>
            <numerusform>仅供查看：此处有 %n 项更改不在房间中</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::DocumentPage</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>%1 is read-only: you may not write this file.</source>
        <translation>%1 是只读的：您无权写入此文件。</translation>
    </message>
    <message>
        <source>Edit anyway</source>
        <translation>仍然编辑</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>The lines of %1 end in different ways. When you save, all will end with %2.</source>
        <translation>%1 的换行符不一致。保存时将全部改为 %2。</translation>
    </message>
    <message>
        <source>There is no file yet that could be read again.</source>
        <translation>还没有可以重新读取的文件。</translation>
    </message>
    <message>
        <source>Reading %1 again as %2 discards what you have not saved.</source>
        <translation>以 %2 重新读取 %1 会丢弃未保存的内容。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>%1. You will be asked for it again.</source>
        <translation>%1。下次会再次询问。</translation>
    </message>
    <message>
        <source>Nobody else is here whom you could follow.</source>
        <translation>这里没有其他人可以跟随。</translation>
    </message>
    <message>
        <source>%1 has left, so you follow nobody now. This is where they were last.</source>
        <translation>%1 已离开，您不再跟随任何人。这是其最后的位置。</translation>
    </message>
    <message>
        <source>This is the room&apos;s text. What you write here goes to everybody in it.</source>
        <translation>这是房间的文本。您在此输入的内容会发送给房间中的所有人。</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>重新比较</translation>
    </message>
    <message>
        <source>%1. Your text is still here, and stays editable.</source>
        <translation>%1。您的文本仍在这里，并可继续编辑。</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>保存副本…</translation>
    </message>
    <message>
        <source>%1 could not be reached: %2.</source>
        <translation>无法连接 %1：%2。</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>记住</translation>
    </message>
    <message>
        <source>It has another text now. Rejoining puts that and yours together; what is in both is there twice then.</source>
        <translation>它现在是另一份文本。重新加入会将其与您的文本合并；两边都有的内容将出现两次。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Rejoin</source>
        <translation>重新加入</translation>
    </message>
</context>
<context>
    <name>tutti::ui::DocumentSession</name>
    <message>
        <source>This room holds rich text, which Tutti would damage by editing it as plain text. You can read along.</source>
        <translation>此房间包含富文本，Tutti 以纯文本方式编辑会造成损坏。您可以阅读。</translation>
    </message>
    <message>
        <source>You may read this room, but not change it. What you changed here is not in the room; save a copy to keep it.</source>
        <translation>您可以阅读此房间，但不能修改。您在此的更改不在房间中；保存副本可保留它们。</translation>
    </message>
    <message>
        <source>You may read this room, but not change it.</source>
        <translation>您可以阅读此房间，但不能修改。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::EdgeChips</name>
    <message>
        <source>%1 is above, in line %2</source>
        <translation>%1 在上方，第 %2 行</translation>
    </message>
    <message>
        <source>%1 is below, in line %2</source>
        <translation>%1 在下方，第 %2 行</translation>
    </message>
</context>
<context>
    <name>tutti::ui::EditorDocument</name>
    <message>
        <source>Untitled %1</source>
        <translation>未命名 %1</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>%1 is still being opened.</source>
        <translation>%1 仍在打开中。</translation>
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
        <translation>停止</translation>
    </message>
    <message>
        <source>Printing %1…</source>
        <translation>正在打印 %1…</translation>
    </message>
    <message>
        <source>%1 was sent to the printer.</source>
        <translation>%1 已发送到打印机。</translation>
    </message>
    <message>
        <source>Export as PDF</source>
        <translation>导出为 PDF</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>正在写入 %1…</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>已写入 %1。</translation>
    </message>
    <message>
        <source>Export as HTML</source>
        <translation>导出为 HTML</translation>
    </message>
</context>
<context>
    <name>tutti::ui::FileConventions</name>
    <message>
        <source>Spaces: %1</source>
        <translation>空格：%1</translation>
    </message>
    <message>
        <source>Tabs: %1</source>
        <translation>制表符：%1</translation>
    </message>
</context>
<context>
    <name>tutti::ui::FileIo</name>
    <message>
        <source>You have no permission to read %1.</source>
        <translation>您没有读取 %1 的权限。</translation>
    </message>
    <message>
        <source>%1 could not be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>文件夹 %1 不存在。</translation>
    </message>
    <message>
        <source>You have no permission to write %1. Your text is still here; save it elsewhere.</source>
        <translation>您没有写入 %1 的权限。您的文本仍在这里；请保存到其他位置。</translation>
    </message>
    <message>
        <source>There is no space left to save %1. Your text is still here; make room and save again, or save it elsewhere.</source>
        <translation>没有空间保存 %1。您的文本仍在这里；请腾出空间后再保存，或保存到其他位置。</translation>
    </message>
    <message>
        <source>%1 could not be saved: %2. Your text is still here.</source>
        <translation>无法保存 %1：%2。您的文本仍在这里。</translation>
    </message>
    <message>
        <source>%1 holds bytes that do not exist in %2. It was not read so.</source>
        <translation>%1 包含 %2 中不存在的字节，未以此编码读取。</translation>
    </message>
    <message>
        <source>%1 is not a text file: it holds binary data. It was not opened.</source>
        <translation>%1 不是文本文件：包含二进制数据，未打开。</translation>
    </message>
    <message>
        <source>%1 claims to be UTF-16, but is damaged. It was not opened.</source>
        <translation>%1 声称是 UTF-16，但已损坏，未打开。</translation>
    </message>
    <message>
        <source>%1 was not saved: “%2” in line %3 does not exist in %4, the file&apos;s encoding.</source>
        <translation>%1 未保存：第 %3 行的“%2”在文件编码 %4 中不存在。</translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 不存在。</translation>
    </message>
    <message>
        <source>%1 is a folder.</source>
        <translation>%1 是文件夹。</translation>
    </message>
    <message>
        <source>%1 is not an ordinary file.</source>
        <translation>%1 不是普通文件。</translation>
    </message>
    <message>
        <source>%1 is larger than %2 MB. It was not opened.</source>
        <translation>%1 大于 %2 MB，未打开。</translation>
    </message>
    <message>
        <source>%1 is read-only. Your text is still here; save it under another name.</source>
        <translation>%1 是只读的。您的文本仍在这里；请用其他名称保存。</translation>
    </message>
    <message>
        <source>%1 was not opened.</source>
        <translation>%1 未打开。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::FindBar</name>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>全部替换</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>查找和替换</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Text to find</source>
        <translation>要查找的文本</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Text to replace it with</source>
        <translation>用于替换的文本</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a name and its key</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全字匹配</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>In selection</source>
        <translation>在选区内</translation>
    </message>
    <message>
        <source>Replace too</source>
        <translation>同时替换</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>上一个匹配项 (Shift+Enter)</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>下一个匹配项 (Enter)</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭 (Escape)</translation>
    </message>
    <message>
        <source>Replace this match and go to the next (Enter)</source>
        <translation>替换此匹配项并转到下一个 (Enter)</translation>
    </message>
    <message>
        <source>Replace all matches at once (Ctrl+Alt+Enter)</source>
        <translation>一次替换所有匹配项 (Ctrl+Alt+Enter)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>已替换 %Ln 处</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 so far…</source>
        <translation>目前 %1…</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>无匹配项</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 个匹配项</translation>
    </message>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation>
            <numerusform>%Ln 个匹配项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>tutti::ui::FindPanel</name>
    <message>
        <source>Find in open documents</source>
        <translation>在打开的文档中查找</translation>
    </message>
    <message>
        <source>Find in all open documents</source>
        <translation>在所有打开的文档中查找</translation>
    </message>
    <message>
        <source>Text to find in all open documents</source>
        <translation>要在所有打开的文档中查找的文本</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全字匹配</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>关闭 (Escape)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Lines that were found</source>
        <translation>找到的行</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a document and how often</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a line&apos;s number and text</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… 还有 %1 个</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>无匹配项</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 个匹配项</translation>
    </message>
    <message numerus="yes">
        <source>%Ln matches</source>
        <translation>
            <numerusform>%Ln 个匹配项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in 1 document</source>
        <translation>%1，1 个文档</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %Ln documents</source>
        <translation>
            <numerusform>%1，%Ln 个文档</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::FollowBadge</name>
    <message>
        <source>Stop following</source>
        <translation>停止跟随</translation>
    </message>
    <message>
        <source>Following %1, Esc to stop</source>
        <translation>正在跟随 %1，按 Esc 停止</translation>
    </message>
    <message>
        <source>%1 is in another document, Esc to stop following</source>
        <translation>%1 在另一文档中，按 Esc 停止跟随</translation>
    </message>
</context>
<context>
    <name>tutti::ui::GuideWindow</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>User&apos;s Guide</source>
        <translation>用户手册</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>搜索手册</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>章节</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Gutter</name>
    <message>
        <source>Line numbers</source>
        <translation>行号</translation>
    </message>
</context>
<context>
    <name>tutti::ui::HeaderBar</name>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>Show the link to this room</source>
        <translation>显示此房间的链接</translation>
    </message>
    <message>
        <source>Write together with others</source>
        <translation>与他人一起编写</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Help</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>About Tutti</source>
        <translation>关于 Tutti</translation>
    </message>
    <message>
        <source>An editor in which several people write in the same file at once.
It speaks Yjs, so browsers can join too. No account, no service.

Free software under the MIT licence. Built with Qt and KDE Syntax Highlighting.</source>
        <translation>一款可供多人同时编辑同一文件的编辑器。
它使用 Yjs，浏览器也可以加入。无需账号，无需服务。

以 MIT 许可证发布的自由软件。使用 Qt 和 KDE Syntax Highlighting 构建。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Highlighter</name>
    <message>
        <source>Plain Text</source>
        <translation>纯文本</translation>
    </message>
</context>
<context>
    <name>tutti::ui::HtmlExport</name>
    <message>
        <source>The page could not be written: %1.</source>
        <translation>无法写入页面：%1。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::IdentityEditor</name>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>棕色</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>橄榄色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Petrol</source>
        <translation>深青色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫罗兰色</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>品红</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>梅红</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的名字</translation>
    </message>
</context>
<context>
    <name>tutti::ui::InlineBar</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>tutti::ui::JoinDialog</name>
    <message>
        <source>Remember it in the keychain</source>
        <translation>在密钥环中记住</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>Link to the room</source>
        <translation>房间链接</translation>
    </message>
    <message>
        <source>Name of the text in the room</source>
        <translation>房间中文本的名称</translation>
    </message>
    <message>
        <source>Editors agree on one name for the text in a room. CodeMirror&apos;s is “codemirror”, Monaco&apos;s “monaco”, Quill&apos;s “quill”.</source>
        <translation>各编辑器须使用相同的文本名称。CodeMirror 用“codemirror”，Monaco 用“monaco”，Quill 用“quill”。</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>if the server asks for one</source>
        <translation>如果服务器要求</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>You can</source>
        <translation>您可以</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation>您的显示名称</translation>
    </message>
    <message>
        <source>Read, and edit if the server lets you. It opens in a new tab; no file on this computer changes.</source>
        <translation>阅读，并在服务器允许时编辑。它在新标签页中打开；此计算机上的文件不会改变。</translation>
    </message>
    <message>
        <source>%1 (Hocuspocus)</source>
        <translation>%1 (Hocuspocus)</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>TLS: only you and the server can read it</source>
        <translation>TLS：只有您和服务器可以读取</translation>
    </message>
    <message>
        <source>None: others on the network could read it</source>
        <translation>无：网络中的其他人可能读取</translation>
    </message>
    <message>
        <source>On this network</source>
        <translation>在此网络中</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>a room, a computer</comment>
        <translation>%2 上的 %1</translation>
    </message>
    <message>
        <source>%1, shared by %2 on %3</source>
        <comment>a room, a person, a computer</comment>
        <translation>%1，由 %2 在 %3 上共享</translation>
    </message>
    <message>
        <source>(ask them for the access token)</source>
        <translation>（请向对方索取访问令牌）</translation>
    </message>
</context>
<context>
    <name>tutti::ui::MainWindow</name>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>%1[*] – Tutti</source>
        <translation>%1[*] – Tutti</translation>
    </message>
    <message>
        <source>Save the changes to %1?</source>
        <translation>保存对 %1 的更改？</translation>
    </message>
    <message>
        <source>Without saving, they are lost.</source>
        <translation>不保存将会丢失。</translation>
    </message>
    <message>
        <source>Some of your changes to %1 have not reached the others.</source>
        <translation>您对 %1 的部分更改尚未送达其他人。</translation>
    </message>
    <message>
        <source>Save a copy to keep them.</source>
        <translation>保存副本可保留它们。</translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation>保存副本…</translation>
    </message>
    <message>
        <source>Leave Anyway</source>
        <translation>仍然离开</translation>
    </message>
    <message>
        <source>Others are writing in %1.</source>
        <translation>其他人正在编辑 %1。</translation>
    </message>
    <message>
        <source>You host it: when you close it, they are disconnected. They keep their text.</source>
        <translation>由您主持：关闭后其他人会断开连接，但会保留文本。</translation>
    </message>
    <message>
        <source>Stop Sharing and Close</source>
        <translation>停止共享并关闭</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Save as UTF-8</source>
        <translation>以 UTF-8 保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>重新保存</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>%1 was deleted or moved. It was not saved again.</source>
        <translation>%1 已被删除或移动，未重新保存。</translation>
    </message>
    <message>
        <source>%1 was changed by another program. It was not saved over that.</source>
        <translation>%1 已被其他程序更改，未覆盖保存。</translation>
    </message>
    <message>
        <source>When Tutti ended, %1 held changes that its room had not received. They were kept on this computer (%2).</source>
        <translation>Tutti 结束时，%1 中有房间尚未收到的更改。它们已保存在此计算机上（%2）。</translation>
    </message>
    <message>
        <source>Open a copy</source>
        <translation>打开副本</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>%1 is damaged and cannot be opened.</source>
        <translation>%1 已损坏，无法打开。</translation>
    </message>
    <message>
        <source>%1 was changed by another program since. Your unsaved text is here.</source>
        <translation>%1 在此期间被其他程序更改。您未保存的文本在这里。</translation>
    </message>
    <message>
        <source>Programs on this computer that have the link can read and edit.</source>
        <translation>此计算机上持有链接的程序可以阅读和编辑。</translation>
    </message>
    <message>
        <source>Everybody who has the link can read and edit.</source>
        <translation>持有链接的任何人都可以阅读和编辑。</translation>
    </message>
    <message>
        <source>It works as long as this tab is open.</source>
        <translation>在此标签页打开期间有效。</translation>
    </message>
    <message>
        <source>The connection is not encrypted.</source>
        <translation>连接未加密。</translation>
    </message>
    <message>
        <source>%1 is shared</source>
        <translation>%1 已共享</translation>
    </message>
    <message>
        <source>You joined %1</source>
        <translation>您已加入 %1</translation>
    </message>
    <message>
        <source>Stop Sharing</source>
        <translation>停止共享</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Your text, %1</source>
        <translation>您的文本，%1</translation>
    </message>
    <message>
        <source>The room on %1, now</source>
        <translation>%1 上的房间，现在</translation>
    </message>
    <message>
        <source>The room on %1, %2</source>
        <translation>%1 上的房间，%2</translation>
    </message>
    <message>
        <source>You left the room. This copy is yours; save it to keep it.</source>
        <translation>您已离开房间。此副本归您所有；保存即可保留。</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>离开(&amp;L)</translation>
    </message>
    <message>
        <source>Stop S&amp;haring</source>
        <translation>停止共享(&amp;H)</translation>
    </message>
    <message>
        <source>Copy &amp;Path</source>
        <translation>复制路径(&amp;P)</translation>
    </message>
    <message>
        <source>%1 is still being opened. It can be shown beside itself when it is complete.</source>
        <translation>%1 仍在打开中。完成后即可并排显示。</translation>
    </message>
    <message>
        <source>%1 is still being opened. It can be shared when it is complete.</source>
        <translation>%1 仍在打开中。完成后即可共享。</translation>
    </message>
    <message>
        <source>Tab moves the focus now.</source>
        <translation>Tab 键现在移动焦点。</translation>
    </message>
    <message>
        <source>Tab indents now.</source>
        <translation>Tab 键现在用于缩进。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Minimap</name>
    <message>
        <source>Overview of the text</source>
        <translation>文本缩略图</translation>
    </message>
</context>
<context>
    <name>tutti::ui::Opening</name>
    <message>
        <source>Opening %1… %2 %</source>
        <translation>正在打开 %1… %2 %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PageExport</name>
    <message>
        <source>The pages could not be written: %1.</source>
        <translation>无法写入页面：%1。</translation>
    </message>
    <message>
        <source>The pages could not be written. Is there a printer, and room on the disk?</source>
        <translation>无法写入页面。是否有打印机，磁盘是否有空间？</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>第 %1 页</translation>
    </message>
    <message>
        <source>The pages could not be written to the end.</source>
        <translation>页面未能全部写入。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PaneTabs</name>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close tab</source>
        <translation>关闭标签页</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ParticipantsModel</name>
    <message>
        <source>%1 (you)</source>
        <translation>%1（您）</translation>
    </message>
    <message>
        <source>In another document</source>
        <translation>在另一文档中</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>在 %1 中</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Line %1, idle</source>
        <translation>第 %1 行，空闲</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>you follow them</source>
        <translation>您正在跟随</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ParticipantsPanel</name>
    <message>
        <source>Participants</source>
        <translation>参与者</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Only you</source>
        <translation>只有您</translation>
    </message>
    <message numerus="yes">
        <source>%n people here</source>
        <translation>
            <numerusform>%n 人在场</numerusform>
        </translation>
    </message>
    <message>
        <source>Following</source>
        <translation>正在跟随</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PeerTracker</name>
    <message>
        <source>Guest %1</source>
        <translation>访客 %1</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PickModel</name>
    <message>
        <source>not available</source>
        <translation>不可用</translation>
    </message>
</context>
<context>
    <name>tutti::ui::PresenceAnnouncer</name>
    <message>
        <source>%1 joined.</source>
        <translation>%1 已加入。</translation>
    </message>
    <message>
        <source>%1 and %2 joined.</source>
        <translation>%1 和 %2 已加入。</translation>
    </message>
    <message numerus="yes">
        <source>%n people joined.</source>
        <translation>
            <numerusform>%n 人已加入。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left.</source>
        <translation>%1 已离开。</translation>
    </message>
    <message>
        <source>%1 and %2 left.</source>
        <translation>%1 和 %2 已离开。</translation>
    </message>
    <message numerus="yes">
        <source>%n people left.</source>
        <translation>
            <numerusform>%n 人已离开。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tutti::ui::QuickPick</name>
    <message>
        <source>Nothing matches</source>
        <translation>没有匹配项</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SearchQuery</name>
    <message>
        <source>The expression is not valid at character %1: %2.</source>
        <translation>表达式在第 %1 个字符处无效：%2。</translation>
    </message>
    <message>
        <source>The expression is not valid: %1.</source>
        <translation>表达式无效：%1。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingRow</name>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>%1: back to the default</source>
        <translation>%1：恢复默认值</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SettingsPage</name>
    <message>
        <source>No setting matches</source>
        <translation>没有匹配的设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SharePopover</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Who can open it</source>
        <translation>谁可以打开</translation>
    </message>
    <message>
        <source>People on your &amp;network</source>
        <translation>您网络中的人(&amp;N)</translation>
    </message>
    <message>
        <source>Only this &amp;computer</source>
        <translation>仅此计算机(&amp;C)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Link to this room</source>
        <translation>此房间的链接</translation>
    </message>
    <message>
        <source>QR code of the link to this room</source>
        <translation>此房间链接的二维码</translation>
    </message>
    <message>
        <source>The link, for the camera of another device</source>
        <translation>链接，供其他设备的相机扫描</translation>
    </message>
    <message>
        <source>You appear as</source>
        <translation>您的显示名称</translation>
    </message>
    <message>
        <source>The link is on the clipboard.</source>
        <translation>链接已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>共享</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutBindings</name>
    <message>
        <source>Press the keys.</source>
        <translation>请按下按键。</translation>
    </message>
    <message>
        <source>%1 is needed for writing. Take Ctrl or Alt with it.</source>
        <translation>%1 用于输入。请与 Ctrl 或 Alt 组合。</translation>
    </message>
    <message>
        <source>%1 opens a menu.</source>
        <translation>%1 用于打开菜单。</translation>
    </message>
    <message>
        <source>%1 moves or deletes in every text, and stays that.</source>
        <translation>%1 用于在文本中移动或删除，不能更改。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutsModel</name>
    <message>
        <source>Changed; it was %1</source>
        <comment>keys</comment>
        <translation>已更改；原为 %1</translation>
    </message>
    <message>
        <source> or </source>
        <comment>between two shortcuts</comment>
        <translation> 或 </translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
</context>
<context>
    <name>tutti::ui::ShortcutsPage</name>
    <message>
        <source>Assign</source>
        <translation>指定</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset All…</source>
        <translation>全部重置…</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Keep Mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>By keys</source>
        <translation>按键查找</translation>
    </message>
    <message>
        <source>Press keys to see what they do</source>
        <translation>按下按键以查看其功能</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Keep the keys it has, too</source>
        <translation>同时保留现有按键</translation>
    </message>
    <message>
        <source>No keys at all</source>
        <translation>不设按键</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Press the keys you look for</source>
        <translation>请按下要查找的按键</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation>没有匹配的命令</translation>
    </message>
    <message>
        <source>Take Over</source>
        <translation>占用</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>%1 is used by %2. Taking it over leaves that without it.</source>
        <translation>%1 已被%2使用。占用后原命令将失去它。</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names of commands</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 未被使用。</translation>
    </message>
    <message>
        <source>Click into the field and press the new keys, up to two strokes.</source>
        <translation>点击输入框并按下新按键，最多两次击键。</translation>
    </message>
    <message>
        <source>All shortcuts back to the defaults?</source>
        <translation>将所有快捷键恢复为默认值？</translation>
    </message>
</context>
<context>
    <name>tutti::ui::SpellCheck</name>
    <message>
        <source>No suggestions</source>
        <translation>没有建议</translation>
    </message>
    <message>
        <source>Add “%1” to the Dictionary</source>
        <translation>将“%1”添加到词典</translation>
    </message>
    <message>
        <source>Ignore “%1”</source>
        <translation>忽略“%1”</translation>
    </message>
</context>
<context>
    <name>tutti::ui::StatusStrip</name>
    <message>
        <source>Line and column; go to a line</source>
        <translation>行和列；转到行</translation>
    </message>
    <message>
        <source>How lines are indented</source>
        <translation>行的缩进方式</translation>
    </message>
    <message>
        <source>Encoding of the file</source>
        <translation>文件编码</translation>
    </message>
    <message>
        <source>Line ends of the file</source>
        <translation>文件换行符</translation>
    </message>
    <message>
        <source>Syntax language</source>
        <translation>语法语言</translation>
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
        <translation>CR（旧版 Mac OS）</translation>
    </message>
    <message>
        <source>&amp;Save as</source>
        <translation>保存为(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Read again as</source>
        <translation>重新读取为(&amp;R)</translation>
    </message>
    <message>
        <source>Indent with &amp;Spaces</source>
        <translation>用空格缩进(&amp;S)</translation>
    </message>
    <message>
        <source>Indent with &amp;Tabs</source>
        <translation>用制表符缩进(&amp;T)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln Spaces</source>
        <translation>
            <numerusform>%Ln 个空格</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln Columns Wide</source>
        <translation>
            <numerusform>%Ln 列宽</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Detect from the Text</source>
        <translation>从文本检测(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Convert Tabs to Spaces</source>
        <translation>将制表符转换为空格(&amp;C)</translation>
    </message>
    <message>
        <source>Convert Spaces to T&amp;abs</source>
        <translation>将空格转换为制表符(&amp;A)</translation>
    </message>
    <message>
        <source>Line %1, Column %2</source>
        <translation>行 %1，列 %2</translation>
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
        <translation>西欧</translation>
    </message>
    <message>
        <source>Central European</source>
        <translation>中欧</translation>
    </message>
    <message>
        <source>Baltic</source>
        <translation>波罗的海</translation>
    </message>
    <message>
        <source>Cyrillic</source>
        <translation>西里尔</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>土耳其</translation>
    </message>
    <message>
        <source>Hebrew, Arabic</source>
        <translation>希伯来、阿拉伯</translation>
    </message>
    <message>
        <source>Vietnamese, Thai</source>
        <translation>越南、泰</translation>
    </message>
    <message>
        <source>Chinese, Japanese, Korean</source>
        <translation>中日韩</translation>
    </message>
</context>
<context>
    <name>tutti::ui::TextSearch</name>
    <message>
        <source>This expression takes too long in this text.</source>
        <translation>此表达式在此文本中耗时过长。</translation>
    </message>
    <message>
        <source>This expression takes too many steps in this text.</source>
        <translation>此表达式在此文本中步骤过多。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::UndoPreview</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n seconds ago</source>
        <translation>
            <numerusform>%n 秒前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo Change</source>
        <translation>撤销更改(&amp;U)</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>将会发生的更改</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Undo what %1 changed last, %2?</source>
        <comment>name, how long ago</comment>
        <translation>撤销 %1 最后的更改（%2）？</translation>
    </message>
    <message>
        <source>Nothing is left of it: others have changed or undone it meanwhile.</source>
        <translation>该更改已不存在：其他人已修改或撤销了它。</translation>
    </message>
    <message>
        <source>What is struck out goes, what is underlined comes back. What others wrote stays, and you can undo this again.</source>
        <translation>带删除线的内容将删除，带下划线的内容将恢复。其他人编写的内容会保留，此操作也可以撤销。</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message numerus="yes">
        <source>… and in %n more places</source>
        <translation>
            <numerusform>… 以及另外 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>What %1 changed is undone.</source>
        <translation>%1 的更改已撤销。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::UnsentChanges</name>
    <message>
        <source>%1 cannot be written to.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
</context>
<context>
    <name>tutti::ui::WindowPeople</name>
    <message>
        <source>Nobody else is here whom you could ask to come.</source>
        <translation>这里没有其他人可以邀请。</translation>
    </message>
    <message>
        <source>You have asked everybody a moment ago. They still see it.</source>
        <translation>您刚刚邀请过所有人，他们仍能看到。</translation>
    </message>
    <message numerus="yes">
        <source>You asked %n people to come to line %1.</source>
        <translation>
            <numerusform>您已邀请 %n 人来到第 %1 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 asks you to come.</source>
        <translation>%1 请您过去。</translation>
    </message>
    <message>
        <source>%1 asks you to come to %2.</source>
        <translation>%1 请您到 %2。</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>&amp;Stop Following</source>
        <translation>停止跟随(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Follow</source>
        <translation>跟随(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Go to Their Place</source>
        <translation>转到其位置(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Undo Last Change by %1…</source>
        <translation>撤销 %1 的最后更改(&amp;U)…</translation>
    </message>
    <message>
        <source>You may not change this text, so you cannot undo what others did.</source>
        <translation>您无权修改此文本，因此无法撤销他人的更改。</translation>
    </message>
    <message>
        <source>There is nothing to undo: nobody else has changed anything since you are here.</source>
        <translation>没有可撤销的内容：自您加入以来没有其他人做过更改。</translation>
    </message>
    <message>
        <source>%1, has left</source>
        <comment>how long ago</comment>
        <translation>%1，已离开</translation>
    </message>
    <message>
        <source>Undo the last change by</source>
        <translation>撤销最后更改，作者</translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation>没有匹配的人</translation>
    </message>
</context>
<context>
    <name>tutti::ui::WindowPicks</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Syntax Language</source>
        <translation>语法语言</translation>
    </message>
    <message>
        <source>Editor Theme</source>
        <translation>编辑器主题</translation>
    </message>
    <message>
        <source>Search all commands</source>
        <translation>搜索所有命令</translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation>没有匹配的命令</translation>
    </message>
    <message>
        <source>Syntax language</source>
        <translation>语法语言</translation>
    </message>
    <message>
        <source>No language matches</source>
        <translation>没有匹配的语言</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Editor theme</source>
        <translation>编辑器主题</translation>
    </message>
    <message>
        <source>No theme matches</source>
        <translation>没有匹配的主题</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>已显示</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>room on %1</source>
        <translation>%1 上的房间</translation>
    </message>
    <message>
        <source>Type a line, from 1 to %1</source>
        <translation>输入行号，1 到 %1</translation>
    </message>
    <message>
        <source>Go to line %1, column %2</source>
        <translation>转到第 %1 行，第 %2 列</translation>
    </message>
    <message>
        <source>Go to line %1</source>
        <translation>转到第 %1 行</translation>
    </message>
    <message>
        <source>Open a file by name, or :line</source>
        <translation>按名称打开文件，或 :行号</translation>
    </message>
    <message>
        <source>No file matches</source>
        <translation>没有匹配的文件</translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation>%1 已不存在。</translation>
    </message>
</context>
</TS>
