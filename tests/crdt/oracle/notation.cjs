// SPDX-License-Identifier: MIT
//
// Values, shared types and events of Yjs in the notation of the conformance vectors, where a JSON
// object always is a tag: {"$o":[[key,value]…]} an object, {"$t":kind,…} a shared type, and so on.
'use strict'
const { Y } = require('./yjs.cjs')

const kinds = [['xtext', Y.XmlText], ['text', Y.Text], ['array', Y.Array], ['map', Y.Map],
  ['xel', Y.XmlElement], ['xfrag', Y.XmlFragment]]
const kindOf = type => kinds.find(([, constructor]) => type instanceof constructor)[0]
const constructorOf = kind => kinds.find(([name]) => name === kind)[1]

const base64 = bytes => Buffer.from(bytes).toString('base64')
const sorted = (object, write) =>
  Object.keys(object).sort().map(key => [key, write(object[key])])

const write = value => {
  if (value === undefined) return { $u: 1 }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'bigint') return { $i: String(value) }
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { $n: Object.is(value, -0) ? '-0' : String(value) }
  }
  if (Array.isArray(value)) return value.map(write)
  if (value instanceof Uint8Array) return { $b: base64(value) }
  if (value instanceof Y.Doc) return writeSubdocument(value)
  if (value instanceof Y.AbstractType) return writeState(value)
  return { $o: Object.keys(value).map(key => [key, write(value[key])]) }
}
const writeSubdocument = doc => {
  const options = {}
  if (!doc.gc) options.gc = false
  if (doc.autoLoad) options.autoLoad = true
  if (doc.meta !== null) options.meta = doc.meta
  return { $t: 'doc', guid: doc.guid, opts: write(options) }
}
const writeDelta = delta =>
  delta.map(op => [write(op.insert), op.attributes ? sorted(op.attributes, write) : null])
const writeState = type => {
  const $t = kindOf(type)
  switch ($t) {
    case 'text': return { $t, d: writeDelta(type.toDelta()) }
    case 'xtext': return { $t, a: sorted(type.getAttributes(), write), d: writeDelta(type.toDelta()) }
    case 'array': return { $t, v: type.toArray().map(write) }
    case 'map': return { $t, v: [...type.entries()].map(([key, value]) => [key, write(value)]) }
    case 'xel': return { $t, name: type.nodeName, a: sorted(type.getAttributes(), write), c: type.toArray().map(write) }
    default: return { $t, c: type.toArray().map(write) }
  }
}

const read = json => {
  if (json === null || typeof json !== 'object') return json
  if (Array.isArray(json)) return json.map(read)
  const [[tag, content]] = Object.entries(json)
  switch (tag) {
    case '$u': return undefined
    case '$i': return BigInt(content)
    case '$n': return Number(content)
    case '$b': return new Uint8Array(Buffer.from(content, 'base64'))
    case '$o': return Object.fromEntries(content.map(([key, value]) => [key, read(value)]))
    default: return readType(json)
  }
}
/** A shared type that is in no document yet. */
const readType = json => {
  if (json.$t === 'doc') return new Y.Doc({ guid: json.guid, ...read(json.opts) })
  const type = json.$t === 'xel' ? new Y.XmlElement(json.name) : new (constructorOf(json.$t))()
  if (json.$t.endsWith('text')) {
    if (json.v) type.insert(0, json.v)
  } else if (json.$t === 'map') {
    for (const [key, value] of json.v) type.set(key, read(value))
  } else {
    for (const [key, value] of json.a ?? []) type.setAttribute(key, read(value))
    const content = json.v ?? json.c
    if (content.length) type.insert(0, content.map(read))
  }
  return type
}

/** Of what an event says was there before, a deleted type is known by its kind alone. */
const writeOld = value => {
  if (value instanceof Y.AbstractType) return { $t: kindOf(value) }
  return value instanceof Y.Doc ? { $t: 'doc', guid: value.guid } : write(value)
}

/**
 * Reading a text's delta makes Yjs delete redundant marks. An observer should not change anything:
 * they are gone while it reads, and then there again.
 */
const deltaOf = event => {
  const erase = Y.Item.prototype.delete
  const erased = []
  Y.Item.prototype.delete = function () {
    this.markDeleted()
    erased.push(this)
  }
  try {
    return event.delta
  } finally {
    Y.Item.prototype.delete = erase
    for (const mark of erased) mark.info &= ~4
  }
}
const writeEvent = event => {
  const written = { path: event.path, type: kindOf(event.target) }
  const delta = deltaOf(event)
  if (delta.length) {
    written.delta = delta.map(op => {
      const step = {}
      if ('insert' in op) step.ins = write(op.insert)
      if ('retain' in op) step.ret = op.retain
      if ('delete' in op) step.del = op.delete
      if (op.attributes && Object.keys(op.attributes).length) step.a = sorted(op.attributes, write)
      return step
    })
  }
  if (event.keys.size) {
    written.keys = [...event.keys].map(([key, { action, oldValue }]) =>
      action === 'add' ? [key, action] : [key, action, writeOld(oldValue)])
  }
  return written
}

module.exports = { constructorOf, kindOf, read, write, writeEvent, writeState }
