// SPDX-License-Identifier: MIT
// Which server does what with Tutti; started by ./run. node matrix.mjs [SERVER]…
import { writeFileSync } from 'node:fs'
import { Editor, freePort, Line, pause, Program, Tutti, until, versionOf } from './peers.mjs'

const node = process.execPath
const yws = script => port => new Program(port, [node, script], { HOST: '127.0.0.1', PORT: `${port}` })
const hocuspocus = version => (port, ...options) =>
  new Program(port, [node, 'hocuspocus.mjs', version, `${port}`, ...options])

const servers = {
  yws1: ['y-websocket', 'y-websocket-1', yws('node_modules/y-websocket-1/bin/server.js')],
  yws2: ['y-websocket', 'y-websocket-2', yws('node_modules/y-websocket-2/bin/server.cjs')],
  yws011: ['@y/websocket-server', '@y/websocket-server',
    yws('node_modules/@y/websocket-server/src/server.js')],
  hocuspocus4: ['Hocuspocus', 'hocuspocus-4', hocuspocus('4')],
  hocuspocus3: ['Hocuspocus', 'hocuspocus-3', hocuspocus('3')],
  hocuspocus2: ['Hocuspocus', 'hocuspocus-2', hocuspocus('2')]
}
const isHocuspocus = name => name.startsWith('hocuspocus')
const urlOf = (name, port, room) => isHocuspocus(name)
  ? `hocuspocus+ws://127.0.0.1:${port}#${room}` : `ws://127.0.0.1:${port}/${room}`
const protocolOf = name => isHocuspocus(name) ? 'hocuspocus' : 'y-websocket'

const count = (text, piece) => text.split(piece).length - 1
const onceEach = (text, pieces) => pieces.every(piece => count(text, piece) === 1)
const letters = prefix => [...Array(20).keys()].map(i => `<${prefix}${i}>`)

/** Both in one room of a server that runs; Tutti over a line of its own. */
const meet = async (name, start, room, use) => {
  const server = start(await freePort())
  await server.start()
  const line = new Line(server.port)
  await line.open()
  const tutti = new Tutti(urlOf(name, line.port, room))
  const editor = new Editor(protocolOf(name), server.port, room)
  const same = pieces => until('both have all of it, once', async () => {
    const text = await tutti.text()
    return text === editor.text && onceEach(text, pieces) && await tutti.isSynced()
  }, 30)
  try {
    await until('both are in sync', async () => editor.synced && await tutti.isSynced())
    return await use({ server, line, tutti, editor, same })
  } finally {
    tutti.end()
    editor.end()
    await line.cut()
    await server.kill()
  }
}

/** What one of them writes while something else goes on. */
const write = async (who, pieces) => {
  for (const piece of pieces) {
    await who.append(piece)
    await pause(15)
  }
}

const features = {
  'text both ways': (name, start) => meet(name, start, 'text', async ({ tutti, editor, same }) => {
    const mine = letters('t')
    const theirs = letters('e')
    await Promise.all([write(tutti, mine), write(editor, theirs)])
    editor.append('🙂 ünï')
    await same([...mine, ...theirs, '🙂 ünï'])
  }),

  'presence both ways': (name, start) => meet(name, start, 'who', async ({ tutti, editor }) => {
    await tutti.append('0123456789')
    await until('the text is there', () => editor.text.length === 10)
    await tutti.present('Ada', 2, 5)
    editor.present('Yves', 7)
    await until("the editor sees Tutti's cursor", () => editor.cursorOf('Ada') === 5)
    await until("Tutti sees the editor's cursor", async () =>
      (await tutti.ask('look')).peers.some(peer => peer.name === 'Yves' && peer.head === 7))
    tutti.end()
    await until('who leaves is gone at once', () => editor.cursorOf('Ada') === undefined, 5)
  }),

  'server killed, both go on': (name, start) =>
    meet(name, start, 'kill', async ({ server, tutti, editor, same }) => {
      const before = letters('b')
      await write(tutti, before)
      await same(before)
      await server.kill()
      const mine = letters('t')
      const theirs = letters('e')
      await Promise.all([write(tutti, mine), write(editor, theirs)])
      if (await tutti.isSynced()) throw new Error('it says synced while the server is dead')
      const late = letters('l')
      await Promise.all([server.start(), write(tutti, late)])
      await same([...before, ...mine, ...theirs, ...late])
    }),

  'offline edits merge': (name, start) =>
    meet(name, start, 'away', async ({ line, tutti, editor, same }) => {
      await tutti.append('<start>')
      await same(['<start>'])
      for (let round = 0; round < 3; ++round) {
        await line.cut()
        const mine = letters(`t${round}.`)
        const theirs = letters(`e${round}.`)
        await Promise.all([write(tutti, mine), write(editor, theirs)])
        if ((await tutti.ask('look')).pending === 0) throw new Error('nothing pending while offline')
        await line.open()
        await same([...mine, ...theirs])
      }
    }),

  'rebuilt room noticed': (name, start) =>
    meet(name, start, 'new', async ({ server, line, tutti, editor, same }) => {
      await tutti.append('<all of the text>')
      await same(['<all of the text>'])
      await line.cut()
      editor.end()
      await server.kill()
      await server.start()
      const another = new Editor(protocolOf(name), server.port, 'new')
      try {
        await until('the new editor is in sync', () => another.synced)
        another.append('<all of the text>') // as a page does that loads it from a file
        await pause(200)
        await line.open()
        await tutti.ask('retry')
        await until('Tutti notices', async () => (await tutti.ask('look')).state === 'rebuilt')
        await tutti.append('<mine>')
        if (another.text !== '<all of the text>') throw new Error(`it was merged: ${another.text}`)
        if (count(await tutti.text(), '<all of the text>') !== 1) throw new Error('doubled here')
        await tutti.ask('rejoin')
        await until('rejoined', async () => await tutti.isSynced() &&
          another.text.includes('<mine>') && another.text === await tutti.text())
      } finally {
        another.end()
      }
    }),

  'synced only when so': (name, start) =>
    meet(name, start, 'sync', async ({ server, line, tutti, editor }) => {
      await tutti.append('<one>')
      await until('it says synced', () => tutti.isSynced())
      const witness = new Editor(protocolOf(name), server.port, 'sync')
      try {
        await until('the witness has it', () => witness.text.includes('<one>'))
      } finally {
        witness.end()
      }
      line.silent = true
      await tutti.append('<two>')
      for (let i = 0; i < 40; ++i) {
        if (await tutti.isSynced()) throw new Error('it says synced over a dead line')
        await pause(25)
      }
      line.silent = false
      await line.cut()
      await line.open()
      await until('it says synced again', () => tutti.isSynced())
      await until('and it is so', () => count(editor.text, '<two>') === 1)
    }),

  'half-open line noticed': (name, start) =>
    meet(name, start, 'half', async ({ line, tutti }) => {
      line.silent = true
      const begin = Date.now()
      await until('Tutti is offline', async () => (await tutti.ask('look')).state === 'offline', 7)
      const seconds = (Date.now() - begin) / 1000
      line.silent = false
      await until('and comes back', () => tutti.isSynced())
      return `${seconds.toFixed(1)} s`
    }),

  'token denied': async (name, start) => {
    if (!isHocuspocus(name)) return null
    const server = start(await freePort(), '--tokens')
    await server.start()
    const tutti = new Tutti(urlOf(name, server.port, 'locked'), 'wrong')
    try {
      let look
      await until('denied', async () => (look = await tutti.ask('look')).state === 'denied')
      if (!look.reason.includes('this token opens nothing')) throw new Error(look.reason)
      await pause(500)
      if ((await tutti.ask('look')).state !== 'denied') throw new Error('it is not final')
    } finally {
      tutti.end()
      await server.kill()
    }
  },

  'read-only': async (name, start) => {
    if (!isHocuspocus(name)) return null
    const server = start(await freePort(), '--tokens')
    await server.start()
    const editor = new Editor('hocuspocus', server.port, 'museum', 'secret')
    const tutti = new Tutti(urlOf(name, server.port, 'museum'), 'readonly')
    try {
      editor.append('look, do not touch')
      await until('it reads', async () => await tutti.text() === editor.text)
      await until('it knows', async () => (await tutti.ask('look')).readOnly)
      await tutti.append(' – touched')
      await pause(500)
      const look = await tutti.ask('look')
      if (look.synced || look.pending !== 1) throw new Error('a refused change counts as synced')
      if (editor.text !== 'look, do not touch') throw new Error('it was changed')
    } finally {
      tutti.end()
      editor.end()
      await server.kill()
    }
  }
}

/** Two Hocuspocus instances over one Redis, a Tutti on each and an editor; one is killed. */
const overRedis = async () => {
  if (!process.env.REDIS_SERVER) throw new Error('needs redis-server (package redis-server)')
  const redisPort = await freePort()
  const redis = new Program(redisPort, [process.env.REDIS_SERVER, '--port', `${redisPort}`,
    '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'])
  await redis.start()
  const start = hocuspocus('4')
  const a = start(await freePort(), '--redis', `${redisPort}`)
  const b = start(await freePort(), '--redis', `${redisPort}`)
  await Promise.all([a.start(), b.start()])
  const onA = new Tutti(urlOf('hocuspocus4', a.port, 'wide'))
  const onB = new Tutti(urlOf('hocuspocus4', b.port, 'wide'))
  const editor = new Editor('hocuspocus', b.port, 'wide')
  const pieces = []
  try {
    await until('all are in sync', async () =>
      editor.synced && await onA.isSynced() && await onB.isSynced())
    const all = (...more) => {
      pieces.push(...more.flat(Infinity))
      return until('all three have everything once', async () => {
        const text = await onA.text()
        return text === await onB.text() && text === editor.text && onceEach(text, pieces) &&
          await onA.isSynced() && await onB.isSynced()
      }, 40)
    }
    const first = [letters('a'), letters('b'), letters('e')]
    await Promise.all([write(onA, first[0]), write(onB, first[1]), write(editor, first[2])])
    await all(first)
    for (let round = 0; round < 3; ++round) {
      await a.kill()
      const down = [letters(`a${round}.`), letters(`b${round}.`), letters(`e${round}.`)]
      await Promise.all([write(onA, down[0]), write(onB, down[1]), write(editor, down[2])])
      const up = [letters(`A${round}.`), letters(`B${round}.`)]
      await Promise.all([a.start(), write(onA, up[0]), write(onB, up[1])])
      await all(down, up)
    }
    return `${pieces.length} pieces, 3 restarts`
  } catch (error) {
    const lacks = text => pieces.filter(piece => count(text, piece) !== 1).join(' ') || 'nothing'
    const [lookA, lookB] = [await onA.ask('look'), await onB.ask('look')]
    throw new Error(`${error.message}; A (${lookA.state}, ${lookA.pending} pending) lacks ` +
      `${lacks(lookA.text)}; B (${lookB.state}, ${lookB.pending} pending) lacks ` +
      `${lacks(lookB.text)}; the editor lacks ${lacks(editor.text)}`)
  } finally {
    onA.end()
    onB.end()
    editor.end()
    await Promise.all([a.kill(), b.kill()])
    await redis.kill()
  }
}

const wanted = process.argv.slice(2)
const chosen = [...Object.keys(servers), 'redis'].filter(n => !wanted.length || wanted.includes(n))
let failures = 0
const attempt = async (what, run) => {
  let cell
  try {
    const outcome = await run()
    cell = outcome === null ? '–' : outcome ?? 'yes'
  } catch (error) {
    cell = 'FAILED'
    ++failures
    console.error(`${what}: ${error.message}`)
  }
  console.log(`${cell === 'FAILED' ? 'FAILED' : 'ok'}: ${what}${cell.length > 6 ? ` (${cell})` : ''}`)
  return cell
}

const rows = []
for (const name of chosen.filter(n => n !== 'redis')) {
  const [title, folder, start] = servers[name]
  const cells = []
  for (const [feature, run] of Object.entries(features)) {
    cells.push(await attempt(`${title} ${versionOf(folder)}: ${feature}`, () => run(name, start)))
  }
  rows.push([`${title} ${versionOf(folder)}`, ...cells])
}
const line = cells => `| ${cells.join(' | ')} |\n`
let table = ''
if (rows.length) {
  const head = ['server', ...Object.keys(features)]
  table = line(head) + line(head.map(() => '---')) + rows.map(line).join('')
}
if (chosen.includes('redis')) {
  const what = `two Hocuspocus ${versionOf('hocuspocus-4')} over Redis, one killed`
  table += `\n${what}: ${await attempt(what, overRedis)}\n`
}
writeFileSync('table.md', table)
console.log(`\n${table}`)
console.log(failures ? `FAILED: ${failures}` : 'passed')
process.exit(failures ? 1 : 0)
