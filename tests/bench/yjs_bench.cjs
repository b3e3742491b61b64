// SPDX-License-Identifier: MIT
//
// The work of tutti-bench done by Yjs, on what `tutti-bench --prepare` left in a folder:
//   node yjs_bench.cjs --prepare DIR        makes the updates and the state, compares them
//   node yjs_bench.cjs --phase NAME [DIR]   type, type_noupdate, receive, load, encode, memory,
//                                           keystrokes, random, paste
// One line of JSON each. For `memory` and `keystrokes` run node with --expose-gc.
'use strict'

const fs = require('fs')
const path = require('path')
const Y = require('yjs')

const kReader = 1000000

const makeDoc = id => {
  const doc = new Y.Doc()
  doc.clientID = id
  return doc
}

const elapsedMs = work => {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

// The same numbers in every run.
const makeRandom = seed => {
  let state = seed >>> 0
  return bound => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor(state / 4294967296 * bound)
  }
}

const readUpdates = folder => {
  const bytes = fs.readFileSync(path.join(folder, 'updates.bin'))
  const updates = []
  for (let at = 0; at < bytes.length;) {
    let length = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]
      length += (byte & 127) * scale
      if (byte < 128) break
    }
    updates.push(new Uint8Array(bytes.subarray(at, at + length)))
    at += length
  }
  return updates
}

const readState = folder => new Uint8Array(fs.readFileSync(path.join(folder, 'state.bin')))

const equal = (a, b) => Buffer.compare(a, b) === 0

// Carries out the steps of a script; writers exchange the updates the steps name.
const replay = (script, docs, updates) => {
  const texts = docs.map(doc => doc.getText('content'))
  if (script.start) texts[0].insert(0, script.start)
  const first = updates.length
  for (const [writer, merges, patches] of script.steps) {
    for (const merged of merges) Y.applyUpdate(docs[writer], updates[first + merged])
    docs[writer].transact(() => {
      for (const [position, erased, inserted] of patches) {
        if (erased > 0) texts[writer].delete(position, erased)
        if (inserted.length > 0) texts[writer].insert(position, inserted)
      }
    })
  }
}

const makeWriters = (script, onUpdate) => {
  const docs = []
  for (let id = 1; id <= script.writers; id++) {
    const doc = makeDoc(id)
    if (onUpdate) {
      doc.on('update', (update, origin, _, transaction) => {
        if (transaction.local) onUpdate(update)
      })
    }
    docs.push(doc)
  }
  return docs
}

const prepare = folder => {
  const script = JSON.parse(fs.readFileSync(path.join(folder, 'script.json')))
  const updates = []
  replay(script, makeWriters(script, update => updates.push(update)), updates)
  const reader = makeDoc(kReader)
  updates.forEach(update => Y.applyUpdate(reader, update))
  const state = Y.encodeStateAsUpdate(reader)
  const theirs = readUpdates(folder)
  return {
    state_bytes: state.length,
    update_bytes: updates.reduce((sum, update) => sum + update.length, 0),
    text_ok: reader.getText('content').toString() === script.end,
    equal: equal(state, readState(folder)) && updates.length === theirs.length &&
      updates.every((update, index) => equal(update, theirs[index]))
  }
}

const type = (folder, withUpdates) => {
  const script = JSON.parse(fs.readFileSync(path.join(folder, 'script.json')))
  const updates = []
  const concurrent = script.writers > 1
  const keep = concurrent ? update => updates.push(update) : () => {}
  const docs = makeWriters(script, withUpdates || concurrent ? keep : null)
  const ms = elapsedMs(() => replay(script, docs, updates))
  return { ms, ok: concurrent || docs[0].getText('content').toString() === script.end }
}

const heapUsed = () => {
  global.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const phases = {
  type: folder => type(folder, true),
  type_noupdate: folder => type(folder, false),
  receive: folder => {
    const updates = readUpdates(folder)
    const doc = makeDoc(kReader)
    doc.getText('content')
    const ms = elapsedMs(() => updates.forEach(update => Y.applyUpdate(doc, update)))
    return { ms, ok: equal(Y.encodeStateAsUpdate(doc), readState(folder)) }
  },
  load: folder => {
    const state = readState(folder)
    let doc
    let text
    const ms = elapsedMs(() => {
      doc = makeDoc(kReader)
      Y.applyUpdate(doc, state)
      text = doc.getText('content').toString()
    })
    return { ms, ok: text.length === doc.getText('content').length }
  },
  encode: folder => {
    const state = readState(folder)
    const doc = makeDoc(kReader)
    Y.applyUpdate(doc, state)
    let encoded
    const ms = elapsedMs(() => { encoded = Y.encodeStateAsUpdate(doc) })
    return { ms, ok: equal(encoded, state) }
  },
  memory: folder => {
    const state = readState(folder)
    const doc = makeDoc(kReader)
    doc.getText('content')
    const before = heapUsed()
    Y.applyUpdate(doc, state)
    return { bytes: heapUsed() - before, ok: true }
  },
  keystrokes: folder => {
    const count = 20000
    const state = readState(folder)
    const doc = makeDoc(kReader)
    const text = doc.getText('content')
    const before = heapUsed()
    const loadMs = elapsedMs(() => Y.applyUpdate(doc, state))
    const loaded = heapUsed() - before
    doc.on('update', () => {})
    const random = makeRandom(7)
    const micros = new Float64Array(count)
    for (let i = 0; i < count; i++) {
      const place = random(text.length)
      micros[i] = elapsedMs(() => text.insert(place, 'x')) * 1000
    }
    micros.sort()
    return {
      load_ms: loadMs,
      load_bytes: loaded,
      p50_us: micros[count / 2],
      p99_us: micros[count * 99 / 100],
      ok: true
    }
  },
  random: () => {
    const count = 100000
    const doc = makeDoc(1)
    const text = doc.getText('content')
    doc.on('update', () => {})
    const random = makeRandom(42)
    const ms = elapsedMs(() => {
      for (let i = 0; i < count; i++) text.insert(random(i + 1), 'x')
    })
    return { ms, ok: text.length === count }
  },
  paste: () => {
    const line = 'a'.repeat(79) + '\n'
    const pasted = line.repeat(10000000 / 80)
    const doc = makeDoc(1)
    const text = doc.getText('content')
    doc.on('update', () => {})
    const random = makeRandom(42)
    const ms = elapsedMs(() => {
      text.insert(0, pasted)
      for (let i = 0; i < 10000; i++) {
        const place = random(text.length)
        if (i % 2 === 0) text.insert(place, 'hello')
        else text.delete(place, 5)
      }
    })
    return { ms, ok: true }
  }
}

const [mode, name, folder] = process.argv.slice(2)
const outcome = mode === '--prepare' ? prepare(name) : phases[name](folder)
console.log(JSON.stringify(outcome))
