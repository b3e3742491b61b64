// SPDX-License-Identifier: MIT
//
// Random sessions: who takes part, and one step after the other, chosen by what Yjs holds.
'use strict'
const { Y, isCurrent, mapsTakeBigInts } = require('./yjs.cjs')
const { kindOf, write } = require('./notation.cjs')
const { resolve } = require('./world.cjs')

const pieces = ['a', 'b', 'xyz', ' ', '\n', '\r\n', 'é', '中文', '😀', '👨‍💻', 'e\u0301', '\u2029', '\uFEFF', '\u0000']
const mapKeys = ['a', 'b', 'c', '1', '07', 'long key é', '', '😀']
const attributeKeys = ['id', 'class', 'data-x']
const tags = ['p', 'div', 'H1']
const numbers = [0, 1, -1, 63, 64, 127, 128, 65536, 2147483647, 2147483648, -2147483648, 4294967296,
  9007199254740991, 0.5, -0.1, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 16777217]
const roots = { t: 'text', a: 'array', m: 'map', x: 'xfrag', e: 'xel', y: 'xtext' }

/** What sessions of a name are about. */
const themes = {
  text: { roots: 't' },
  rich: { roots: 't', marks: true, embeds: true, delta: true },
  lists: { roots: 'am' },
  nested: { roots: 'tam', nest: ['text', 'array', 'map'] },
  xml: { roots: 'xey', nest: ['xel', 'xtext'], marks: true },
  mixed: { roots: 'tamxey', nest: ['text', 'array', 'map', 'xel', 'xtext', 'doc'], marks: true, embeds: true, delta: true },
  undo: { roots: 'tam', nest: ['text', 'map'], undo: true },
  undoRich: { roots: 'ty', marks: true, embeds: true, undo: true },
  undoXml: { roots: 'xm', nest: ['xel', 'xtext', 'array'], undo: true },
  history: { roots: 'tam', nest: ['text', 'map'], marks: true, history: true }
}

const makeSpec = (random, theme) => {
  const ids = new Set()
  const count = random.between(1, 4)
  while (ids.size < count) {
    ids.add(random.oneIn(8)
      ? random.pick([0, 127, 128, 4294967295, 4294967296, Number.MAX_SAFE_INTEGER])
      : random.oneIn(2) ? 1 + random.below(300) : random.below(0xFFFFFFFF))
  }
  const names = random.oneIn(3) ? [random.pick([...theme.roots])] : [...theme.roots]
  const undoer = () => ({
    scope: random.oneIn(6) ? null : random.oneIn(3) ? [random.pick(names)] : names,
    captureTimeout: random.pick([0, 100, 1000000000]),
    tracked: random.oneIn(3) ? [null, 'a'] : [null],
    ignoreRemoteMapChanges: random.oneIn(4)
  })
  const mixed = random.oneIn(4)
  const clients = [...ids].map((id, i) => ({
    id,
    gc: !(theme.history || (mixed && i % 2 === 0)),
    ...(theme.undo && (i === 0 || random.oneIn(3)) ? { um: undoer() } : {})
  }))
  return {
    roots: names.map(name => [name, roots[name]]),
    // Reading the delta of a text's event is a transaction of its own in Yjs, one more step for
    // an undo manager of the whole document.
    watch: isCurrent && random.oneIn(2) && clients.every(({ um }) => um === undefined || um.scope !== null),
    clients
  }
}

class Chooser {
  constructor (random, theme, world) {
    this.random = random
    this.theme = theme
    this.world = world
    this.ascii = random.oneIn(2)
    this.guids = 0
  }

  // --- values ---

  words (n) {
    const { random } = this
    let text = ''
    while (text.length < n) text += this.ascii ? String.fromCharCode(97 + random.below(26)) : random.pick(pieces)
    return text
  }

  json (depth) {
    const { random } = this
    switch (random.weighted({ null: 1, flag: 1, int: 3, number: 2, words: 4, list: depth && 1, object: depth && 1 })) {
      case 'null': return null
      case 'flag': return random.oneIn(2)
      case 'int': return random.between(-1000, 1000)
      case 'number': return random.pick(numbers)
      case 'words': return this.words(random.below(8))
      case 'list': return random.list(random.below(4), () => this.json(depth - 1))
      default: return Object.fromEntries(random.list(random.below(4), () => [random.pick(mapKeys), this.json(depth - 1)]))
    }
  }

  plain (inMap) {
    const { random } = this
    switch (random.weighted({ json: 12, bytes: 1, odd: 1, inside: 1, special: inMap && mapsTakeBigInts ? 1 : 0 })) {
      case 'bytes': return new Uint8Array(random.list(random.below(6), () => random.below(256)))
      case 'odd': return random.pick([NaN, Infinity, -Infinity, -0])
      case 'inside': return [undefined, 5n, { u: undefined, b: new Uint8Array([1]) }, -0]
      case 'special': return random.pick([undefined, 0n, 9223372036854775807n, -9223372036854775808n])
      default: return this.json(2)
    }
  }

  /** A value or a new shared type, in the notation. */
  content (depth, inMap = false) {
    const nest = this.theme.nest ?? []
    return depth > 0 && nest.length && this.random.oneIn(4)
      ? this.type(this.random.pick(nest), depth - 1)
      : write(this.plain(inMap))
  }

  type (kind, depth) {
    const { random } = this
    switch (kind) {
      case 'text': return { $t: 'text', v: random.oneIn(4) ? '' : this.words(random.between(1, 8)) }
      case 'array': return { $t: 'array', v: random.list(random.below(4), () => this.content(depth)) }
      case 'map': {
        const keys = new Set(random.list(random.below(4), () => random.pick(mapKeys)))
        return { $t: 'map', v: [...keys].map(key => [key, this.content(depth, true)]) }
      }
      case 'doc': return {
        $t: 'doc',
        guid: `guid-${this.guids++}`,
        opts: write(random.pick([{}, { autoLoad: true }, { gc: false }, { meta: { v: 1 } }]))
      }
      default: return this.node(depth, kind)
    }
  }

  node (depth, kind = this.random.pick(['xel', 'xtext'])) {
    const { random } = this
    if (kind === 'xtext') return { $t: 'xtext', v: this.words(random.below(6)) }
    const keys = new Set(random.list(random.below(3), () => random.pick(attributeKeys)))
    return {
      $t: 'xel',
      name: random.pick(tags),
      a: [...keys].map(key => [key, this.words(3)]),
      c: random.list(depth > 0 ? random.below(3) : 0, () => this.node(depth - 1))
    }
  }

  marks () {
    const { random } = this
    const one = () => random.pick([
      ['bold', true], ['bold', null], ['italic', true], ['italic', null], ['color', 'red'],
      ['color', 'blue'], ['color', null], ['link', { href: 'x' }], ['link', { href: 'y', t: 1 }], ['link', { t: [1] }], ['link', null]])
    return write(Object.fromEntries(random.list(random.between(1, 2), one)))
  }

  // --- operations ---

  /** All shared types of a document, with the paths to them. */
  types (doc) {
    const found = []
    const visit = (type, at) => {
      found.push({ type, at })
      if (at.length > 5) return
      const into = (value, step) => {
        if (value instanceof Y.AbstractType) visit(value, [...at, step])
      }
      if (type instanceof Y.Map) {
        type.forEach((value, key) => into(value, key))
        return
      }
      if (type instanceof Y.Text) {
        let index = 0
        for (const { insert } of type.toDelta()) {
          into(insert, index)
          index += typeof insert === 'string' ? insert.length : 1
        }
      } else {
        type.toArray().forEach(into)
      }
      if (type.getAttributes) for (const [key, value] of Object.entries(type.getAttributes())) into(value, key)
    }
    for (const [root, kind] of this.world.spec.roots) {
      visit(doc.get(root, { text: Y.Text, array: Y.Array, map: Y.Map, xfrag: Y.XmlFragment, xel: Y.XmlElement, xtext: Y.XmlText }[kind]), [root])
    }
    return found
  }

  operation (doc) {
    const { type, at } = this.random.pick(this.types(doc))
    switch (kindOf(type)) {
      case 'array': return this.editArray(type, at)
      case 'map': return this.editMap(at)
      case 'xfrag': return this.editNodes(type, at, false)
      case 'xel': return this.editNodes(type, at, true)
      default: return this.editText(type, at)
    }
  }

  editArray (array, at) {
    const { random } = this
    const { length } = array
    const values = () => random.list(random.between(1, 4), () => this.content(2))
    switch (random.weighted({ ins: 5, push: 1.5, del: length > 25 ? 6 : length && 3, far: 0.1 })) {
      case 'push': return { op: 'a.push', at, v: values() }
      // Deleting too much is not tried: it leaves the search markers of Yjs wrong.
      case 'far': return { op: 'a.ins', at, i: length + 2, v: values() }
      case 'del': {
        const i = random.below(length)
        return { op: 'a.del', at, i, n: Math.min(length - i, random.between(1, 4)) }
      }
      default: return { op: 'a.ins', at, i: random.below(length + 1), v: values() }
    }
  }

  outOfRange (doc, op) {
    if (!op.op.startsWith('a.') || op.op === 'a.push') return false
    const { length } = resolve(doc, this.world.kinds, op.at)
    return op.i + (op.n ?? 0) > length
  }

  editMap (at) {
    const { random } = this
    const k = random.oneIn(4) ? random.pick(mapKeys) : random.pick(['a', 'b', 'c'])
    switch (random.weighted({ set: 6, del: 1.5, clear: 0.15 })) {
      case 'set': return { op: 'm.set', at, k, v: this.content(2, true) }
      case 'del': return { op: 'm.del', at, k }
      default: return { op: 'm.clear', at }
    }
  }

  editNodes (nodes, at, isElement) {
    const { random } = this
    const { length } = nodes
    switch (random.weighted({ ins: 4, del: length > 8 ? 4 : length && 1.5, attribute: isElement ? 3 : 0 })) {
      case 'ins': return { op: 'x.ins', at, i: random.below(length + 1), v: random.list(random.between(1, 2), () => this.node(2)) }
      case 'del': {
        const i = random.below(length)
        return { op: 'x.del', at, i, n: Math.min(length - i, random.between(1, 2)) }
      }
      default: return this.editAttribute(at)
    }
  }

  editAttribute (at) {
    const { random } = this
    const k = random.pick(attributeKeys)
    return random.oneIn(4)
      ? { op: 'x.rattr', at, k }
      : { op: 'x.sattr', at, k, v: random.oneIn(6) ? this.content(1) : this.words(3) }
  }

  /** The text with a sign for each embed, and places in it that are not inside a surrogate pair. */
  static #flat (text) {
    const flat = text.toDelta().map(({ insert }) => typeof insert === 'string' ? insert : '\u0007').join('')
    const outside = at => {
      const code = flat.charCodeAt(at)
      return at > 0 && at < flat.length && code >= 0xDC00 && code <= 0xDFFF ? at - 1 : at
    }
    return { length: flat.length, outside }
  }

  editText (text, at) {
    const { random, theme } = this
    const { length, outside } = Chooser.#flat(text)
    const place = () => outside(random.oneIn(4) ? random.pick([0, length]) : random.below(length + 1))
    const range = longest => {
      const i = outside(random.below(length))
      return { i, n: outside(Math.min(length, i + random.between(2, longest))) - i }
    }
    const nests = theme.nest?.filter(kind => kind !== 'doc') ?? []
    switch (random.weighted({
      ins: 6,
      long: 0.1,
      del: length > 80 ? 6 : length && 3,
      marked: theme.marks ? 2.5 : 0,
      format: theme.marks && length ? 3 : 0,
      embed: theme.embeds ? 1.2 : 0,
      delta: theme.delta ? 1.5 : 0,
      attribute: text instanceof Y.XmlText ? 1 : 0
    })) {
      case 'ins': return { op: 't.ins', at, i: place(), s: this.words(random.between(1, 9)) }
      case 'long': return { op: 't.ins', at, i: place(), s: this.words(random.between(900, 3000)) }
      case 'marked': return { op: 't.ins', at, i: place(), s: this.words(random.between(1, 6)), a: random.oneIn(5) ? write({}) : this.marks() }
      case 'format': return { op: 't.fmt', at, ...range(8), a: this.marks() }
      case 'embed': return {
        op: 't.emb',
        at,
        i: place(),
        v: nests.length && random.oneIn(3) ? this.type(random.pick(nests), 1) : write({ image: this.words(4), w: this.json(1) }),
        ...(random.oneIn(2) ? { a: this.marks() } : {})
      }
      case 'delta': return { op: 't.delta', at, d: this.delta(length, outside) }
      case 'attribute': return this.editAttribute(at)
      default: return { op: 't.del', at, ...range(random.oneIn(12) ? 400 : 7) }
    }
  }

  delta (length, outside) {
    const { random } = this
    const steps = []
    let at = 0
    for (let n = random.between(1, 4); n > 0; n--) {
      const marks = random.oneIn(2) ? { a: this.marks() } : {}
      const end = outside(Math.min(length, at + random.between(2, 9)))
      if (end <= at || random.oneIn(2)) {
        steps.push({ ins: random.oneIn(6) ? write({ hr: true }) : this.words(random.between(1, 6)), ...marks })
      } else {
        steps.push(random.oneIn(3) ? { del: end - at } : { ret: end - at, ...marks })
        at = end
      }
    }
    return steps
  }

  // --- steps ---

  /** Does one more step, and returns it as it was done; null when there was nothing to do. */
  step () {
    const { random, theme, world } = this
    const { members, updates, spec } = world
    const c = random.below(members.length)
    const { doc } = members[c]
    const alone = members.length === 1
    const v = random.oneIn(3) ? 2 : 1
    // What an error would end has no place in a transaction.
    const inside = function * (chooser, count) {
      for (; count > 0; count--) {
        const op = chooser.operation(doc)
        if (!chooser.outOfRange(doc, op)) yield op
      }
    }
    switch (random.weighted({
      op: 8,
      txn: 2,
      deliver: alone ? 0 : 4,
      merged: alone ? 0 : 0.7,
      sync: alone ? 0 : 1,
      undo: spec.clients[c].um ? 2.5 : 0,
      redo: spec.clients[c].um ? 1.5 : 0,
      stop: spec.clients[c].um ? 0.7 : 0,
      clear: spec.clients[c].um ? 0.1 : 0,
      tick: theme.undo ? 1 : 0,
      position: 0.8,
      places: 0.4,
      snapshot: theme.history ? 1.5 : 0,
      restore: theme.history ? 0.7 : 0,
      check: 1.5
    })) {
      case 'op': return world.step({ c, ...this.operation(doc) })
      case 'txn': {
        const count = random.between(1, 5)
        return world.step({ c, op: 'txn', origin: random.pick([null, null, 'a', 'b']) },
          () => inside(this, count))
      }
      case 'deliver': { // late, twice, in any order, or never
        if (!updates.length) return null
        const lately = random.oneIn(3) ? 0 : Math.max(0, updates.length - 10)
        return world.step({ c, op: 'deliver', v, u: random.list(random.between(1, 4), () => random.between(lately, updates.length - 1)) })
      }
      case 'merged': return world.step({ c, op: 'merged', v, u: random.shuffle([...updates.keys()]).slice(0, random.between(2, 6)) })
      case 'sync': return world.step({ c, op: 'sync', v, from: (c + random.between(1, members.length - 1)) % members.length })
      case 'tick': return world.step({ c, op: 'tick', ms: random.below(150) })
      case 'position': {
        const lists = this.types(doc).filter(({ type }) => !(type instanceof Y.Map))
        if (!lists.length) return null
        const { type, at } = random.pick(lists)
        return world.step({ c, op: 'position', at, index: random.below(type.length + 1), assoc: random.pick([0, -1]) })
      }
      case 'restore': return world.step({ c, op: 'restore', which: random.below(1000) })
      case 'undo': return world.step({ c, op: 'undo' })
      case 'redo': return world.step({ c, op: 'redo' })
      case 'stop': return world.step({ c, op: 'stop' })
      case 'clear': return world.step({ c, op: 'clear' })
      case 'places': return world.step({ c, op: 'places' })
      case 'snapshot': return world.step({ c, op: 'snapshot' })
      default: return world.step({ c, op: 'check' })
    }
  }

  /** Everybody gets everything, and is looked at. */
  finish () {
    const { world } = this
    const n = world.members.length
    const steps = []
    for (let round = 0; round < 2; round++) {
      for (let c = 0; c < n; c++) {
        for (let from = 0; from < n; from++) if (from !== c) steps.push({ c, op: 'sync', v: 1 + (round + c) % 2, from })
      }
    }
    for (let c = 0; c < n; c++) steps.push({ c, op: 'check' })
    return steps.map(step => world.step(step)).filter(step => step !== null)
  }
}

module.exports = { Chooser, makeSpec, themes }
