// SPDX-License-Identifier: MIT
//
// node yjs_bench.cjs FILE…: the same work as tutti-bench --json, done by Yjs.
// One line a file, the same keys; each phase in a fresh Doc, median of RUNS (default 5).
'use strict'

const fs = require('fs')
const path = require('path')
const zlib = require('zlib')
const Y = require('yjs')

const runs = Number(process.env.RUNS || 5)

// Positions are code points; Yjs counts UTF-16 units. Only characters of two units make a
// difference, so their places are enough.
class UnitCounter {
  constructor () { this.wide = [] }

  below (point) {
    let low = 0
    let high = this.wide.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.wide[middle] < point) low = middle + 1
      else high = middle
    }
    return low
  }

  units (point) { return point + this.below(point) }

  edit (at, erased, inserted) {
    const points = Array.from(inserted)
    const added = []
    points.forEach((point, index) => { if (point.length === 2) added.push(at + index) })
    const first = this.below(at)
    const last = this.below(at + erased)
    const shift = points.length - erased
    for (let i = last; i < this.wide.length && shift !== 0; i++) this.wide[i] += shift
    if (added.length > 0 || last > first) this.wide.splice(first, last - first, ...added)
  }
}

const readTrace = file => {
  const bytes = fs.readFileSync(file)
  const trace = JSON.parse(file.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes)
  const counter = new UnitCounter()
  counter.edit(0, 0, trace.startContent || '')
  const patches = []
  for (const transaction of trace.txns) {
    for (const [at, erased, inserted] of transaction.patches) {
      const position = counter.units(at)
      patches.push([position, counter.units(at + erased) - position, inserted])
      counter.edit(at, erased, inserted)
    }
  }
  return { start: trace.startContent || '', end: trace.endContent, patches }
}

const makeDoc = id => {
  const doc = new Y.Doc()
  doc.clientID = id
  return doc
}

const type = (doc, trace) => {
  const text = doc.getText('content')
  if (trace.start) text.insert(0, trace.start)
  for (const [position, erased, inserted] of trace.patches) {
    doc.transact(() => {
      if (erased > 0) text.delete(position, erased)
      if (inserted.length > 0) text.insert(position, inserted)
    })
  }
}

const median = phase => {
  const times = []
  for (let i = 0; i < runs; i++) times.push(phase())
  times.sort((a, b) => a - b)
  return times[times.length >> 1]
}

const timed = work => {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

for (const file of process.argv.slice(2)) {
  const trace = readTrace(file)
  const writer = makeDoc(1)
  const updates = []
  writer.on('update', update => updates.push(update))
  type(writer, trace)
  const state = Y.encodeStateAsUpdate(writer)
  let right = writer.getText('content').toString() === trace.end

  const figures = {
    trace: path.basename(file).replace(/\.json(\.gz)?$/, ''),
    edits: trace.patches.length,
    type_ms: median(() => {
      const doc = makeDoc(1)
      doc.on('update', () => {})
      return timed(() => type(doc, trace))
    }),
    type_noupdate_ms: median(() => {
      const doc = makeDoc(1)
      return timed(() => type(doc, trace))
    }),
    receive_ms: median(() => {
      const doc = makeDoc(2)
      doc.getText('content')
      const elapsed = timed(() => updates.forEach(update => Y.applyUpdate(doc, update)))
      right = right && doc.getText('content').toString() === trace.end
      return elapsed
    }),
    encode_ms: median(() => {
      const doc = makeDoc(2)
      Y.applyUpdate(doc, state)
      return timed(() => Y.encodeStateAsUpdate(doc))
    }),
    load_ms: median(() => timed(() => {
      const doc = makeDoc(2)
      Y.applyUpdate(doc, state)
      right = right && doc.getText('content').toString() === trace.end
    })),
    state_bytes: state.length,
    update_bytes: updates.reduce((sum, update) => sum + update.length, 0),
    text_ok: right
  }
  console.log(JSON.stringify(figures))
}
