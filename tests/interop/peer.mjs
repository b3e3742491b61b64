// SPDX-License-Identifier: MIT
// A Yjs editor without a screen, for tests: y-websocket's own client, driven by JSON lines.
//
//   node peer.mjs URL ROOM
//
// Each line on standard input is {"id": …, "do": …, …}; each gets one line {"id": …, …} back, with
// "error" when it failed. The packages come from where Debian puts them.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(import.meta.url)
const Y = require('yjs')
const { WebsocketProvider } = require('y-websocket')

const [url, room] = process.argv.slice(2)
const doc = new Y.Doc()
const text = doc.getText('codemirror')
const provider = new WebsocketProvider(url, room, doc, {
  WebSocketPolyfill: require('ws'),
  disableBc: true
})
const { awareness } = provider
let losses = 0
provider.on('status', ({ status }) => { losses += status === 'disconnected' ? 1 : 0 })

const position = at => Y.createRelativePositionFromTypeIndex(text, at)
const index = json => json &&
  Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), doc)?.index

const actions = {
  insert: ({ at, text: added }) => { text.insert(at, added) },
  append: ({ text: added }) => { text.insert(text.length, added) },
  erase: ({ at, count }) => { text.delete(at, count) },
  // What there is, and how the connection stands.
  look: () => ({
    text: text.toString(),
    synced: provider.synced,
    connected: provider.wsconnected,
    losses,
    client: doc.clientID,
    pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null
  }),
  present: ({ name, anchor, head }) => {
    awareness.setLocalState({
      user: { name, color: '#30bced', colorLight: '#30bced33' },
      cursor: { anchor: position(anchor), head: position(head) }
    })
  },
  absent: () => { awareness.setLocalState(null) },
  // Who else is here, with cursors as this editor would draw them.
  peers: () => ({
    peers: [...awareness.getStates()].filter(([client]) => client !== doc.clientID)
      .map(([client, state]) => ({
        client,
        name: state.user?.name ?? null,
        anchor: index(state.cursor?.anchor) ?? null,
        head: index(state.cursor?.head) ?? null
      }))
  }),
  // Types that a plain text editor knows nothing about.
  furnish: () => {
    doc.transact(() => {
      doc.getMap('meta').set('title', 'Ünïcode 🙂')
      doc.getMap('meta').set('nested', new Y.Map([['list', [1, 2.5, null, true, { deep: 'yes' }]]]))
      doc.getArray('rows').push([1, 'two', new Y.Array(), new Uint8Array([1, 2, 3])])
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.setAttribute('align', 'left')
      paragraph.insert(0, [new Y.XmlText('in a paragraph')])
      doc.getXmlFragment('prosemirror').insert(0, [paragraph])
      const rich = doc.getText('quill')
      rich.insert(0, 'bold and plain', {})
      rich.format(0, 4, { bold: true })
      rich.insertEmbed(4, { image: 'cat.png' })
    })
    doc.getMap('meta').set('title', 'changed')
    doc.getArray('rows').delete(0, 1)
  },
  furniture: () => ({
    meta: doc.getMap('meta').toJSON(),
    rows: JSON.parse(JSON.stringify(doc.getArray('rows').toJSON(), (key, value) =>
      value instanceof Uint8Array ? [...value] : value)),
    xml: doc.getXmlFragment('prosemirror').toString(),
    rich: doc.getText('quill').toDelta()
  }),
  // A dead line, as pulling the plug makes it: no close frame.
  cut: () => { provider.ws?.terminate() },
  leave: () => { provider.disconnect() }
}

const reply = answer => process.stdout.write(JSON.stringify(answer) + '\n')
createInterface({ input: process.stdin }).on('line', line => {
  const request = JSON.parse(line)
  try {
    reply({ id: request.id, ...actions[request.do](request) })
  } catch (error) {
    reply({ id: request.id, error: String(error) })
  }
}).on('close', () => {
  provider.destroy()
  setTimeout(() => process.exit(0), 50)
})
