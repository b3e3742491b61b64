// SPDX-License-Identifier: MIT
//
// A session: a few documents of Yjs, the steps that were done to them, and what a peer must answer
// when it does the same. A step is plain data, so that a session can be done again in part.
'use strict'
const { Y, clock } = require('./yjs.cjs')
const { constructorOf, read, writeEvent, writeState } = require('./notation.cjs')

const hex = bytes => Buffer.from(bytes).toString('hex')

/** What a path leads to; undefined when it leads nowhere. */
const resolve = (doc, kinds, [root, ...steps]) => {
  let type = doc.get(root, constructorOf(kinds[root]))
  for (const step of steps) {
    if (typeof step === 'string') {
      type = type instanceof Y.Map ? type.get(step) : type.getAttribute?.(step)
    } else if (type instanceof Y.Text) {
      let at = 0
      let found
      for (const { insert } of type.toDelta()) {
        if (at === step && typeof insert !== 'string') found = insert
        at += typeof insert === 'string' ? insert.length : 1
      }
      type = found
    } else {
      type = type.get?.(step)
    }
    if (!(type instanceof Y.AbstractType)) return undefined
  }
  return type
}

const attributesOf = op => op.a === undefined ? [] : [read(op.a)]
const perform = {
  't.ins': (text, op) => text.insert(op.i, op.s, ...attributesOf(op)),
  't.emb': (text, op) => text.insertEmbed(op.i, read(op.v), ...attributesOf(op)),
  't.del': (text, op) => text.delete(op.i, op.n),
  't.fmt': (text, op) => text.format(op.i, op.n, read(op.a)),
  't.delta': (text, op) => text.applyDelta(op.d.map(step => {
    const attributes = step.a === undefined ? {} : { attributes: read(step.a) }
    if ('ins' in step) return { insert: read(step.ins), ...attributes }
    return 'ret' in step ? { retain: step.ret, ...attributes } : { delete: step.del }
  })),
  'a.ins': (array, op) => array.insert(op.i, op.v.map(read)),
  'a.push': (array, op) => array.push(op.v.map(read)),
  'a.del': (array, op) => array.delete(op.i, op.n),
  'm.set': (map, op) => map.set(op.k, read(op.v)),
  'm.del': (map, op) => map.delete(op.k),
  'm.clear': map => map.clear(),
  'x.ins': (xml, op) => xml.insert(op.i, op.v.map(read)),
  'x.del': (xml, op) => xml.delete(op.i, op.n),
  'x.sattr': (xml, op) => xml.setAttribute(op.k, read(op.v)),
  'x.rattr': (xml, op) => xml.removeAttribute(op.k)
}

class World {
  /**
   * spec: { roots: [[name, kind]…], watch, clients: [{ id, gc, um? }…] }, um as in the vectors:
   * { scope, captureTimeout, tracked, ignoreRemoteMapChanges }.
   */
  constructor (spec) {
    this.spec = spec
    this.kinds = Object.fromEntries(spec.roots)
    this.commands = []
    this.expected = []
    this.updates = [] // what all emitted: { v1, v2, from }
    this.positions = []
    this.snapshots = []
    this.members = spec.clients.map((client, name) => this.#member(client, name))
  }

  #member (client, name) {
    const { roots, watch } = this.spec
    const doc = new Y.Doc({ gc: client.gc })
    doc.clientID = client.id
    const member = { name, doc, undoer: null, emitted: [], events: [] }
    for (const [root, kind] of roots) {
      const type = doc.get(root, constructorOf(kind))
      if (!watch) continue
      type.observeDeep((events, transaction) => {
        member.events.push({ root, local: transaction.local, ev: events.map(writeEvent) })
      })
    }
    doc.on('update', update => member.emitted.push({ v1: update, from: name }))
    doc.on('updateV2', update => { member.emitted.at(-1).v2 = update })
    if (client.um) {
      const { scope, captureTimeout, tracked, ignoreRemoteMapChanges } = client.um
      member.undoer = new Y.UndoManager(
        scope === null ? doc : scope.map(root => doc.get(root, constructorOf(this.kinds[root]))),
        { captureTimeout, trackedOrigins: new Set(tracked), ignoreRemoteMapChanges, doc })
    }
    this.#say(`doc ${name} ${JSON.stringify({ ...client, roots, watch })}`)
    return member
  }

  #say (command, expected = 'ok') {
    this.commands.push(command)
    this.expected.push(expected)
  }

  /** The updates a member emitted since it was asked last. */
  #take (member, prefix = '') {
    const emitted = member.emitted.splice(0)
    this.updates.push(...emitted)
    return prefix + emitted.map(({ v1, v2 }) => `${hex(v1)}:${hex(v2)}`).join(',')
  }

  /** One basic operation; false when it makes no sense here. */
  #basic (doc, op) {
    const type = resolve(doc, this.kinds, op.at)
    if (!type) return false
    perform[op.op](type, op)
    return true
  }

  /**
   * Does a step. Returns it as it was done, null when there was nothing to do. For a transaction,
   * `choose` may give the operations one by one.
   */
  step (step, choose) {
    const member = this.members[step.c]
    const { name, doc, undoer } = member
    switch (step.op) {
      case 'txn': {
        const ops = []
        doc.transact(() => {
          for (const op of choose ? choose(doc) : step.ops) {
            try {
              if (this.#basic(doc, op)) ops.push(op)
            } catch (error) {
              // Left out when a shortened session no longer has what it needs.
              if (choose) throw error
            }
          }
        }, step.origin)
        const done = { ...step, ops }
        this.#say(`do ${name} ${JSON.stringify(done)}`, this.#take(member))
        return done
      }
      case 'deliver': { // updates of anybody's, in this order
        const some = step.u.filter(index => index < this.updates.length)
        for (const index of some) {
          const update = this.updates[index]
          if (step.v === 2) Y.applyUpdateV2(doc, update.v2, 'remote')
          else Y.applyUpdate(doc, update.v1, 'remote')
          const bytes = hex(step.v === 2 ? update.v2 : update.v1)
          this.#say(`apply${step.v} ${name} ${bytes}`, this.#take(member))
        }
        return some.length ? { ...step, u: some } : null
      }
      case 'merged': {
        const some = step.u.filter(index => index < this.updates.length)
        if (some.length < 2) return null
        const parts = some.map(index => this.updates[index][step.v === 2 ? 'v2' : 'v1'])
        const merged = step.v === 2 ? Y.mergeUpdatesV2(parts) : Y.mergeUpdates(parts)
        this.#say(`merge${step.v} ${parts.map(hex).join(' ')}`, hex(merged))
        if (step.v === 2) Y.applyUpdateV2(doc, merged, 'remote')
        else Y.applyUpdate(doc, merged, 'remote')
        this.#say(`apply${step.v} ${name} ${hex(merged)}`, this.#take(member))
        return { ...step, u: some }
      }
      case 'sync': {
        const from = this.members[step.from]
        const state = Y.encodeStateVector(doc)
        const v2 = step.v === 2
        const update = v2 ? Y.encodeStateAsUpdateV2(from.doc, state) : Y.encodeStateAsUpdate(from.doc, state)
        this.#say(`sync${step.v} ${from.name} ${hex(state)}`, hex(update))
        if (v2) Y.applyUpdateV2(doc, update, 'remote')
        else Y.applyUpdate(doc, update, 'remote')
        this.#say(`apply${step.v} ${name} ${hex(update)}`, this.#take(member))
        return step
      }
      case 'undo':
      case 'redo': {
        if (!undoer) return null
        const done = (step.op === 'undo' ? undoer.undo() : undoer.redo()) !== null
        this.#say(`${step.op} ${name}`, this.#take(member, `${done ? 1 : 0} `))
        this.#say(`depth ${name}`, `${undoer.undoStack.length} ${undoer.redoStack.length}`)
        return step
      }
      case 'stop':
        if (!undoer) return null
        undoer.stopCapturing()
        this.#say(`stop ${name}`)
        return step
      case 'clear':
        if (!undoer) return null
        undoer.clear()
        this.#say(`clear ${name}`)
        return step
      case 'tick':
        clock.now += step.ms
        this.#say(`tick ${step.ms}`)
        return step
      case 'position': {
        const type = resolve(doc, this.kinds, step.at)
        if (!type || step.index > type.length) return null
        const made = Y.createRelativePositionFromTypeIndex(type, step.index, step.assoc)
        const bytes = Y.encodeRelativePosition(made)
        this.positions.push(bytes)
        this.#say(`position ${name} ${JSON.stringify(step)}`, hex(bytes))
        return step
      }
      case 'places':
        if (!this.positions.length) return null
        for (const bytes of this.positions.slice(-8)) {
          const place = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(bytes), doc)
          this.#say(`place ${name} ${hex(bytes)}`, String(place?.index ?? 'none'))
        }
        return step
      case 'snapshot': {
        if (doc.gc || doc.store.pendingStructs || doc.store.pendingDs) return null
        const snapshot = Y.snapshot(doc)
        this.snapshots.push({ name, snapshot })
        this.#say(`snapshot ${name}`, `${hex(Y.encodeSnapshot(snapshot))} ${hex(Y.encodeSnapshotV2(snapshot))}`)
        return step
      }
      case 'restore': {
        const mine = this.snapshots.filter(taken => taken.name === name)
        if (!mine.length || doc.store.pendingStructs) return null
        const { snapshot } = mine[step.which % mine.length]
        const old = new Y.Doc({ gc: false })
        Y.createDocFromSnapshot(doc, snapshot, old)
        this.#say(`restore ${name} ${hex(Y.encodeSnapshot(snapshot))} ${JSON.stringify(this.#state(old))}`)
        return step
      }
      case 'check':
        this.#check(member)
        return step
      default: // a basic operation
        try {
          if (!this.#basic(doc, step)) return null
          this.#say(`do ${name} ${JSON.stringify(step)}`, this.#take(member))
        } catch (error) {
          // Yjs trips over deleting from a text that never held anything.
          if (error instanceof TypeError) return null
          this.#say(`do ${name} ${JSON.stringify(step)}`, this.#take(member, 'refused '))
        }
        return step
    }
  }

  #state (doc) {
    return this.spec.roots.map(([root, kind]) => [root, writeState(doc.get(root, constructorOf(kind)))])
  }

  #check ({ name, doc, events }) {
    this.#say(`bytes ${name}`, [Y.encodeStateAsUpdate(doc), Y.encodeStateAsUpdateV2(doc),
      Y.encodeStateVector(doc)].map(hex).join(' '))
    this.#say(`pending ${name}`, doc.store.pendingStructs || doc.store.pendingDs ? '1' : '0')
    this.#say(`state ${name} ${JSON.stringify(this.#state(doc))}`)
    if (this.spec.watch) this.#say(`events ${name} ${JSON.stringify(events.splice(0))}`)
  }
}

module.exports = { World, resolve }
