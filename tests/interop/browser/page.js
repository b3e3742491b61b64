// SPDX-License-Identifier: MIT
// The page: a CodeMirror as anybody would bind it to a room, and a few handles for the test.
import { basicSetup, EditorView } from 'codemirror'
import { yCollab } from 'y-codemirror.next'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const parameters = new URLSearchParams(location.search)
const doc = new Y.Doc()
const provider = new WebsocketProvider(parameters.get('server'), parameters.get('room'), doc)
provider.awareness.setLocalStateField('user', {
  name: parameters.get('name'), color: '#30bced', colorLight: '#30bced33'
})
const text = doc.getText('codemirror')
const editor = new EditorView({
  doc: text.toString(),
  extensions: [basicSetup, EditorView.lineWrapping, yCollab(text, provider.awareness)],
  parent: document.body
})

window.page = {
  synced: () => provider.synced,
  text: () => editor.state.doc.toString(),
  focus: () => editor.focus(),
  place: (anchor, head = anchor) => {
    editor.focus()
    editor.dispatch({ selection: { anchor, head } })
  },
  // The others' carets as a person sees them.
  carets: () => [...document.querySelectorAll('.cm-ySelectionCaret')].map(caret => {
    const label = caret.querySelector('.cm-ySelectionInfo')
    const box = caret.getBoundingClientRect()
    return {
      name: label.textContent,
      labelVisible: getComputedStyle(label).opacity > 0 && label.getBoundingClientRect().width > 0,
      at: editor.posAtDOM(caret),
      height: box.height,
      color: caret.style.backgroundColor
    }
  })
}
