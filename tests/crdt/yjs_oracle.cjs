// SPDX-License-Identifier: MIT
//
// yjs_oracle.cjs PEER [SECONDS]: random documents, made with Yjs, against oracle_peer. Every update,
// every state vector and every text must be the same, byte for byte. Prints its seed; TUTTI_SEED
// repeats it. Exits 77 where there is no Yjs.
'use strict'
const { spawnSync } = require('node:child_process')
const { createRequire } = require('node:module')

const [peer, seconds = '10'] = process.argv.slice(2)
const seed = Number(process.env.TUTTI_SEED || Date.now() % 2147483647)
console.log(`TUTTI_SEED=${seed}`)

// The clock undo managers ask. Yjs takes hold of Date.now when it is loaded.
let clock = 1000000
Date.now = () => clock

let Y
try {
  Y = require('yjs')
} catch {
  try {
    Y = createRequire('/usr/share/nodejs/')('yjs')
  } catch {
    console.log('Yjs is not installed')
    process.exit(77)
  }
}

// --- random ---------------------------------------------------------------------------------------

let state = 0
const reseed = value => { state = value >>> 0 }
const random = () => { // mulberry32
  state = (state + 0x6D2B79F5) >>> 0
  let t = state
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = n => Math.floor(random() * n)
const between = (a, b) => a + below(b - a + 1)
const pick = list => list[below(list.length)]
const shuffle = list => {
  for (let i = list.length - 1; i > 0; i--) {
    const k = below(i + 1)
    ;[list[i], list[k]] = [list[k], list[i]]
  }
  return list
}
const clientIds = n => {
  const ids = new Set()
  while (ids.size < n) ids.add(below(3) ? 1 + below(0xFFFFFFFF) : 1 + below(300))
  return [...ids]
}

const pieces = ['a', 'b', 'xyz', ' ', '\n', '\r\n', 'é', '中文', '😀', '👨‍💻', 'e\u0301', '\u2029', '\uFEFF']
const words = n => {
  let text = ''
  const ascii = below(2) === 0
  while (text.length < n) text += ascii ? String.fromCharCode(97 + below(26)) : pick(pieces)
  return text
}

/**
 * Up to some 13.6 the undo manager of Yjs widened, in place, the ranges of the transaction it looked
 * at, so that updates say of some units again that they are deleted. Then only what was done counts.
 */
const undoWidensUpdates = (() => {
  const text = new Y.Doc().getText('t')
  const undoer = new Y.UndoManager(text)
  text.insert(0, 'abc')
  text.delete(1, 1)
  let last
  text.doc.on('update', update => { last = update })
  text.delete(0, 1)
  undoer.destroy()
  return Y.decodeUpdate(last).ds.clients.get(text.doc.clientID)[0].len !== 1
})()

// --- a session with the peer: commands, and what must come back --------------------------------------

const hex = bytes => Buffer.from(bytes).toString('hex')
const hexOf = text => Buffer.from(text, 'utf8').toString('hex')

class Session {
  constructor () {
    this.commands = []
    this.expected = []
  }

  say (command, expected = 'ok') {
    this.commands.push(command)
    this.expected.push(expected)
  }

  bytes (name, doc) {
    this.say(`bytes ${name}`, hex(Y.encodeStateAsUpdate(doc)) + ' ' + hex(Y.encodeStateVector(doc)))
  }

  run () {
    const result = spawnSync(peer, { input: this.commands.join('\n') + '\n', maxBuffer: 1 << 30 })
    const lines = result.stdout.toString().split('\n')
    for (let i = 0; i < this.expected.length; i++) {
      const wanted = this.expected[i]
      if (wanted instanceof RegExp ? !wanted.test(lines[i]) : lines[i] !== wanted) {
        const from = this.commands.slice(0, i + 1)
        return { at: i, command: from[i], wanted: String(wanted), got: lines[i] ?? `nothing (${result.signal ?? result.status})`, commands: from }
      }
    }
    return result.status === 0 ? null : { at: -1, command: 'exit', wanted: '0', got: String(result.signal ?? result.status), commands: this.commands }
  }
}

// --- documents of every kind, updates in any order ------------------------------------------------------

const value = depth => {
  switch (below(depth > 0 ? 10 : 8)) {
    case 0: return null
    case 1: return below(2) === 1
    case 2: return below(100000) - 50000
    case 3: return random() * 1e10
    case 4: return words(below(8))
    case 5: return 2 ** (20 + below(40))
    case 6: return -0.5 * below(9)
    case 7: return words(2)
    case 8: return Array.from({ length: below(4) }, () => value(depth - 1))
    default: return Object.fromEntries(Array.from({ length: below(4) }, () => [pick(['k', '7', '10', 'é', 'x']) + below(4), value(depth - 1)]))
  }
}
const content = depth => {
  if (depth > 0 && below(3) === 0) {
    return pick([() => new Y.Map(), () => new Y.Array(), () => new Y.Text(words(below(6))), () => new Y.XmlElement('p'), () => new Y.XmlText(words(3))])()
  }
  return below(9) === 0 ? new Uint8Array(below(6)).fill(7) : value(2)
}
const attributes = () => ({ [pick(['bold', 'italic', 'link'])]: pick([true, null, 'x', { href: 'y' }]) })

const editText = text => {
  const length = text.length
  switch (below(8)) {
    case 0: case 1: case 2: return text.insert(below(length + 1), words(between(1, 8)))
    case 3: return text.insert(below(length + 1), words(2), attributes())
    case 4: return text.insertEmbed(below(length + 1), below(2) ? { image: words(2) } : new Y.Map(), below(2) ? attributes() : {})
    case 5: return length && text.format(below(length), between(1, 6), attributes())
    default: return length && text.delete(below(length), between(1, 5))
  }
}
const editList = list => {
  const length = list.length
  if (length && below(3) === 0) {
    const at = below(length)
    return list.delete(at, Math.min(between(1, 4), length - at))
  }
  const items = list instanceof Y.XmlFragment
    ? [pick([() => new Y.XmlElement(pick(['p', 'b'])), () => new Y.XmlText(words(4))])()]
    : Array.from({ length: between(1, 4) }, () => content(2))
  return list.insert(below(length + 1), items)
}
const editMap = map => {
  const key = pick(['a', 'b', 'c', '1', 'long key é'])
  return below(4) ? map.set(key, content(2)) : map.delete(key)
}
const edit = type => {
  // Down into what is nested, now and then.
  const nested = type instanceof Y.Map ? [...type.values()] : type instanceof Y.Text ? [] : type.toArray()
  const inner = nested.filter(child => child instanceof Y.AbstractType)
  if (inner.length && below(2)) return edit(pick(inner))
  if (type instanceof Y.Text) return editText(type)
  if (type instanceof Y.Map) return editMap(type)
  if (type instanceof Y.XmlElement && below(3) === 0) return type.setAttribute(pick(['id', 'class']), words(3))
  return editList(type)
}

const roots = [['t', Y.Text], ['a', Y.Array], ['m', Y.Map], ['x', Y.XmlFragment]]

function documents (session) {
  const count = between(1, 4)
  const ids = clientIds(count + 2)
  const updates = []
  const docs = ids.slice(0, count).map(id => {
    const doc = new Y.Doc({ gc: below(4) !== 0 })
    doc.clientID = id
    doc.on('update', (update, origin) => origin === 'remote' || updates.push(update))
    return doc
  })
  const kinds = below(2) ? roots : [pick(roots)]
  for (let step = between(5, 60); step > 0; step--) {
    const doc = pick(docs)
    doc.transact(() => {
      for (let edits = below(3) ? 1 : between(2, 5); edits > 0; edits--) {
        const [name, type] = pick(kinds)
        edit(doc.get(name, type))
      }
    })
    if (below(3) === 0) {
      const to = pick(docs)
      Y.applyUpdate(to, Y.encodeStateAsUpdate(doc, below(2) ? Y.encodeStateVector(to) : undefined), 'remote')
    }
  }
  for (let i = 0; i < 2; i++) {
    const observer = new Y.Doc({ gc: i === 0 })
    observer.clientID = ids[count + i]
    session.say(`doc ${i} ${observer.clientID} ${i === 0 ? 1 : 0}`)
    const order = shuffle(updates.concat(updates.filter(() => below(5) === 0)))
    if (i === 1 && below(2)) order.length = Math.ceil(order.length * 0.8) // some are still missing
    for (const [k, update] of order.entries()) {
      Y.applyUpdate(observer, update, 'remote')
      session.say(`apply ${i} ${hex(update)}`)
      if (k % 7 === 0 || k + 1 === order.length) session.bytes(i, observer)
    }
    const other = Y.encodeStateVector(pick(docs))
    session.say(`sync ${i} ${hex(other)}`, hex(Y.encodeStateAsUpdate(observer, other)))
    const some = order.slice(0, between(2, 9))
    if (some.length > 1) session.say(`merge ${some.map(hex).join(' ')}`, hex(Y.mergeUpdates(some)))
  }
}

// --- texts edited on both sides alike, with undo or without ------------------------------------------------

/** A place in a text that is not inside a surrogate pair. */
const place = text => {
  const string = text.toString()
  const at = below(string.length + 1)
  const code = string.charCodeAt(at)
  return at > 0 && code >= 0xDC00 && code <= 0xDFFF ? at - 1 : at
}

function texts (session, withUndo) {
  const count = between(1, 3)
  const members = clientIds(count).map((id, name) => {
    const gc = below(4) !== 0
    const doc = new Y.Doc({ gc })
    doc.clientID = id
    const text = doc.getText('t')
    const emitted = []
    doc.on('update', update => emitted.push(hex(update)))
    session.say(`doc ${name} ${id} ${gc ? 1 : 0}`)
    session.say(`text ${name} ${hexOf('t')}`)
    const take = () => {
      const all = emitted.splice(0).join(',')
      return withUndo && undoWidensUpdates ? /^/ : all
    }
    const member = { name, doc, text, emitted, take }
    if (withUndo) {
      const timeout = 0
      member.undoer = new Y.UndoManager(text, { captureTimeout: timeout })
      session.say(`undoer ${name} ${hexOf('t')} ${timeout}`)
    }
    return member
  })
  const one = ({ name, text, take }, inside) => {
    if (text.length === 0 || below(5) < 3) {
      const at = place(text)
      const string = below(25) ? words(between(1, 9)) : words(between(1, 3000))
      text.insert(at, string)
      session.say(`insert ${name} ${hexOf('t')} ${at} ${hexOf(string)}`, inside ? '' : take())
    } else {
      const at = place(text)
      const behind = text.toString().slice(at)
      let length = Math.min(behind.length, below(12) ? between(1, 6) : below(400))
      const code = behind.charCodeAt(length)
      if (length < behind.length && code >= 0xDC00 && code <= 0xDFFF) length++
      text.delete(at, length)
      session.say(`erase ${name} ${hexOf('t')} ${at} ${length}`, inside ? '' : take())
    }
  }
  for (let step = between(10, 80); step > 0; step--) {
    const member = pick(members)
    const { name, doc, text, undoer, take } = member
    const ms = below(400)
    clock += ms
    if (withUndo) for (const other of members) session.say(`tick ${other.name} ${ms}`)
    switch (below(withUndo ? 10 : 7)) {
      case 0: case 1: case 2: case 3:
        one(member, false)
        break
      case 4:
        session.say(`begin ${name}`)
        doc.transact(() => {
          for (let edits = between(1, 5); edits > 0; edits--) one(member, true)
        })
        session.say(`end ${name}`, take())
        break
      case 5: case 6: {
        const from = pick(members)
        const update = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(doc))
        session.say(`sync ${from.name} ${hex(Y.encodeStateVector(doc))}`, hex(update))
        Y.applyUpdate(doc, update, 'remote')
        take()
        session.say(`apply ${name} ${hex(update)}`)
        break
      }
      case 7: {
        const done = undoer.undo() !== null
        const updates = take()
        session.say(`undo ${name}`, updates instanceof RegExp ? new RegExp(`^${done ? 1 : 0} `) : `${done ? 1 : 0} ${updates}`)
        break
      }
      case 8: {
        const done = undoer.redo() !== null
        const updates = take()
        session.say(`redo ${name}`, updates instanceof RegExp ? new RegExp(`^${done ? 1 : 0} `) : `${done ? 1 : 0} ${updates}`)
        break
      }
      default:
        undoer.stopCapturing()
        session.say(`stop ${name}`)
    }
    session.say(`read ${name} ${hexOf('t')}`, hexOf(text.toString()))
    if (below(4) === 0) session.bytes(name, doc)
  }
  for (const { name, doc } of members) session.bytes(name, doc)
}

// --- all of it ------------------------------------------------------------------------------------------

const started = process.hrtime.bigint()
const spent = () => Number(process.hrtime.bigint() - started) / 1e9
const kinds = [['documents', documents], ['texts', session => texts(session, false)], ['undo', session => texts(session, true)]]
const wanted = process.env.ORACLE_KIND ? kinds.filter(([name]) => name === process.env.ORACLE_KIND) : kinds
let sessions = 0
let answers = 0
for (let round = 0; spent() < Number(seconds); round++) {
  const [name, make] = wanted[round % wanted.length]
  reseed(seed + round)
  const session = new Session()
  // Thirty scenarios to a process.
  for (let i = 0; i < 30; i++) make(session)
  const failure = session.run()
  sessions += 30
  answers += session.expected.length
  if (failure) {
    const start = failure.commands.findLastIndex(command => command.startsWith('doc 0 '))
    console.log(`round ${round} (${name}) differs at command ${failure.at}: ${failure.command.slice(0, 300)}`)
    console.log(`wanted ${failure.wanted.slice(0, 2000)}\ngot    ${failure.got.slice(0, 2000)}`)
    if (process.env.ORACLE_VERBOSE) console.log(failure.commands.slice(start).join('\n'))
    console.log(`repeat with TUTTI_SEED=${seed}; ORACLE_VERBOSE=1 shows the commands`)
    process.exit(1)
  }
}
console.log(`${sessions} scenarios, ${answers} answers alike in ${spent().toFixed(1)} s`)
