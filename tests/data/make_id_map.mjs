// SPDX-License-Identifier: MIT
// make_id_map.mjs YJS [SEED]: vectors of IdMap, made with Yjs 14. YJS is the folder of the npm package:
//
//   npm install --prefix build/yjs14 yjs@14.0.0-16
//   node tests/data/make_id_map.mjs build/yjs14/node_modules/yjs > tests/data/id_map.json
//
// A line is a case. `attrs` are its attributes, [name, value as lib0's writeAny has it in hexadecimal];
// elsewhere they are numbers in that list. A map has
//   ops      ["insert", client, clock, length, attributes] and ["remove", client, clock, length]
//   v1, v2   its bytes in base64: writeIdMap with IdSetEncoderV1, and encodeIdMap
//   ranges   what it holds: [client, clock, length, attributes], none that could be joined
//   slices   [client, clock, length, [[clock, length, attributes or null]…]]
// and what was made of the maps has the same without ops: `merged2` of the first two, `merged` of all,
// `intersection` and `difference` of the first two, `differenceSet` without the ids of the second.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'

const [folder, seedText = '20261123'] = process.argv.slice(2)
if (!folder) {
  console.error('make_id_map.mjs YJS [SEED]')
  process.exit(2)
}
const load = file => import(pathToFileURL(resolve(folder, file)).href)
const Y = await load('src/internals.js')
const { version } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'))
const encoding = await import(pathToFileURL(resolve(folder, '../lib0/encoding.js')).href)

let state = BigInt(seedText)
const below = n => {
  state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n)
  return Number((state >> 33n) % BigInt(n))
}
const oneIn = n => below(n) === 0
const base64 = bytes => Buffer.from(bytes).toString('base64')

const anyHex = value => {
  const encoder = encoding.createEncoder()
  encoding.writeAny(encoder, value)
  return Buffer.from(encoding.toUint8Array(encoder)).toString('hex')
}
const v1 = map => {
  const encoder = new Y.IdSetEncoderV1()
  Y.writeIdMap(encoder, map)
  return encoder.toUint8Array()
}

// Attributes of a case: a name, a value and its hexadecimal form.
const attributesOf = pairs => pairs.map(([name, value]) => ({ name, value, hex: anyHex(value) }))
const numbersOf = (known, attrs) => [...new Set(attrs.map(attr => {
  const hex = anyHex(attr.val)
  const number = known.findIndex(each => each.name === attr.name && each.hex === hex)
  if (number < 0) throw new Error('an attribute from nowhere')
  return number
}))].sort((a, b) => a - b)

const rangesOf = (known, map) => {
  const result = []
  for (const client of [...map.clients.keys()].sort((a, b) => a - b)) {
    for (const range of map.clients.get(client).getIds()) {
      const numbers = numbersOf(known, range.attrs)
      const last = result.at(-1)
      if (last && last[0] === client && last[1] + last[2] === range.clock && String(last[3]) === String(numbers)) {
        last[2] += range.len // Yjs does not see that [x, x] and [x] are the same set
      } else {
        result.push([client, range.clock, range.len, numbers])
      }
    }
  }
  return result
}
const told = (known, map) => ({ v1: base64(v1(map)), v2: base64(Y.encodeIdMap(map)), ranges: rangesOf(known, map) })

// Carries out what ops say. The map is looked at after each, for the order of attributes may depend
// on when Yjs puts its ranges in order.
const run = (known, ops) => {
  const map = Y.createIdMap()
  for (const [op, client, clock, length, numbers] of ops) {
    if (op === 'insert') {
      map.add(client, clock, length, numbers.map(i => Y.createAttributionItem(known[i].name, known[i].value)))
    } else {
      map.delete(client, clock, length)
    }
    map.clients.get(client)?.getIds()
  }
  return map
}
const idSetOf = map => {
  const set = Y.createIdSet()
  map.forEach((range, client) => set.add(client, range.clock, range.len))
  return set
}

const makeCase = (id, pairs, allOps, asked) => {
  const known = attributesOf(pairs)
  const maps = allOps.map(ops => run(known, ops))
  const result = { id, attrs: known.map(each => [each.name, each.hex]) }
  result.maps = maps.map((map, i) => ({
    ops: allOps[i],
    ...told(known, map),
    slices: asked.map(([client, clock, length]) => [client, clock, length,
      map.slice(client, clock, length).map(each =>
        [each.clock, each.len, each.attrs && numbersOf(known, each.attrs)])])
  }))
  if (maps.length > 1) {
    result.merged2 = told(known, Y.mergeIdMaps(maps.slice(0, 2)))
    result.merged = told(known, Y.mergeIdMaps(maps))
    result.intersection = told(known, Y.intersectMaps(maps[0], maps[1]))
    result.difference = told(known, Y.diffIdMap(maps[0], maps[1]))
    result.differenceSet = told(known, Y.diffIdMap(maps[0], idSetOf(maps[1])))
  }
  return result
}

const values = ['alice', 'bob', '', 'é😀', 0, 7, -3, 2 ** 31, -(2 ** 40), 1.5, 0.1, 1e300, true, false,
  null, 9007199254740993n, [], {}, [1, 'x', null], { b: 1, a: [2, { c: '' }], 1: true }]
const names = ['author', 'insert', 'delete', 'at', '', 'größe']
const clients = [0, 1, 2, 300, 2 ** 32 + 5, 2 ** 53 - 1]

const byHand = () => [
  makeCase('empty', [], [[]], [[1, 0, 3]]),
  makeCase('names and attributes are written once', [['author', 'alice'], ['at', 7], ['author', 'bob']], [[
    ['insert', 300, 10, 2, [0, 1]], ['insert', 1, 0, 5, [0]], ['insert', 1, 5, 3, [2]], ['insert', 1, 20, 1, [2]]
  ]], [[1, 0, 30], [300, 11, 1], [2, 5, 4]]),
  makeCase('the highest client, overlapping', [['a', null], ['b', true]], [[
    ['insert', 2 ** 53 - 1, 0, 10, [0]], ['insert', 2 ** 53 - 1, 5, 10, [1]]
  ]], [[2 ** 53 - 1, 3, 20]]),
  makeCase('what begins first has its attributes first', [['a', 1], ['b', 2], ['c', 3]], [[
    ['insert', 7, 5, 5, [0]], ['insert', 7, 0, 20, [1]], ['insert', 7, 5, 2, [2]]
  ]], [[7, 0, 20]]),
  makeCase('high clocks', [['a', 1]], [[['insert', 0, 4294967000, 200, [0]]]], [[0, 4294966999, 250]]),
  makeCase('all removed', [['a', 1]], [[['insert', 5, 0, 9, [0]], ['remove', 5, 0, 9]]], [[5, 0, 9]]),
  makeCase('a hole', [['a', 1]], [[['insert', 5, 0, 9, [0]], ['remove', 5, 3, 2]]], [[5, 0, 9]]),
  makeCase('joined', [['a', 1]], [[
    ['insert', 5, 0, 3, [0]], ['insert', 5, 6, 3, [0]], ['insert', 5, 3, 3, [0]]
  ]], [[5, 2, 3]]),
  ...[...values, -0].map((value, i) => makeCase('value ' + i, [['v', value]], [[['insert', i, i, 1, [0]]]], [])),
  // What is no JSON, Yjs writes too.
  ...[undefined, NaN, Infinity, new Uint8Array([1, 2]), [undefined]].map((value, i) =>
    ({ ...makeCase('no JSON ' + i, [['v', value]], [[['insert', 1, 0, 1, [0]]]], []), noJson: true }))
]

const random = number => {
  const pairs = Array.from({ length: 2 + below(4) }, () => [names[below(names.length)], values[below(values.length)]])
  const known = [...new Map(pairs.map(([name, value]) => [name + anyHex(value), [name, value]])).values()]
  const few = Array.from({ length: 1 + below(3) }, () => clients[below(clients.length)])
  const range = () => [few[below(few.length)], below(40), 1 + below(9)]
  const ops = Array.from({ length: 3 }, () => Array.from({ length: below(14) }, () => {
    const [client, clock, length] = range()
    if (oneIn(5)) {
      return ['remove', client, clock, length]
    }
    const numbers = [...new Set(Array.from({ length: 1 + below(2) }, () => below(known.length)))]
    return ['insert', client, clock, length, numbers]
  }))
  return makeCase('random ' + number, known, ops, Array.from({ length: 2 }, range))
}

const cases = [...byHand(), ...Array.from({ length: 70 }, (_, i) => random(i))]
console.log(`{"format":1,"set":"${seedText}","kind":"id_map","reference":"yjs ${version}","cases":[`)
console.log(cases.map(each => JSON.stringify(each)).join(',\n'))
console.log(']}')
