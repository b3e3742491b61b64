// SPDX-License-Identifier: MIT
//
// The Yjs that sessions are played on, with a clock that only they move: Yjs takes hold of Date.now
// when it is loaded. Node finds another Yjs than Debian's by NODE_PATH.
'use strict'
const { createRequire } = require('node:module')

const clock = { now: 1000000 }
Date.now = () => clock.now
// It warns when a whole document is the scope of an undo manager.
console.warn = () => {}

const load = () => {
  for (const from of [require, createRequire('/usr/share/nodejs/')]) {
    try {
      return from('yjs')
    } catch {}
  }
  console.log('Yjs is not installed')
  process.exit(77)
}
const Y = load()

/**
 * Whether this Yjs is as new as the core follows it. Up to some 13.6 the undo manager widened, in place,
 * the ranges of the transaction it looked at, so that updates say of some units again that they are
 * deleted; others redo values of maps in maps otherwise, and count items in the paths of events.
 */
const isCurrent = (() => {
  const text = new Y.Doc().getText('t')
  const undoer = new Y.UndoManager(text)
  text.insert(0, 'abc')
  text.delete(1, 1)
  let last
  text.doc.on('update', update => { last = update })
  text.delete(0, 1)
  undoer.destroy()
  return Y.decodeUpdate(last).ds.clients.get(text.doc.clientID)[0].len === 1
})()

/** Whether maps may hold BigInts: not up to some 13.6. */
const mapsTakeBigInts = (() => {
  try {
    new Y.Doc().getMap('m').set('k', 1n)
    return true
  } catch {
    return false
  }
})()

module.exports = { Y, clock, mapsTakeBigInts, isCurrent }
