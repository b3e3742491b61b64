// SPDX-License-Identifier: MIT
// What the matrix is made of: servers as processes, Yjs editors, Tutti, and a line between that can be
// cut and silenced.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { createInterface } from 'node:readline'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

export const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

/** Waits until the condition holds; throws, with what it saw last, when it does not. */
export const until = async (what, condition, seconds = 15) => {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    if (await condition()) return
    await pause(20)
  }
  throw new Error(`not so: ${what}`)
}

export const freePort = () => new Promise(resolve => {
  const probe = createServer()
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address()
    probe.close(() => resolve(port))
  })
})

/** A program that is up once its port takes connections. Killed as a crash does it. */
export class Program {
  constructor (port, command, environment = {}) {
    Object.assign(this, { port, command, environment })
  }

  async start () {
    this.output = ''
    this.child = spawn(this.command[0], this.command.slice(1), {
      env: { ...process.env, ...this.environment }, stdio: ['ignore', 'pipe', 'pipe']
    })
    const keep = data => { this.output = (this.output + data).slice(-4000) }
    this.child.stdout.on('data', keep)
    this.child.stderr.on('data', keep)
    await until(`${this.command.join(' ')} listens\n${this.output}`, () => new Promise(resolve => {
      const socket = connect(this.port, '127.0.0.1')
      socket.on('connect', () => { socket.destroy(); resolve(true) })
      socket.on('error', () => resolve(false))
    }))
  }

  kill () {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGKILL')
    return gone
  }
}

/** The TCP line from Tutti to a server. */
export class Line {
  constructor (to) {
    this.to = to
    this.pairs = new Set()
    this.silent = false
    this.server = createServer(near => {
      const far = connect(this.to, '127.0.0.1')
      const pair = [near, far]
      this.pairs.add(pair)
      const end = () => { near.destroy(); far.destroy(); this.pairs.delete(pair) }
      for (const socket of pair) socket.on('error', end).on('close', end)
      near.on('data', data => { if (!this.silent) far.write(data) })
      far.on('data', data => { if (!this.silent) near.write(data) })
    })
  }

  open () {
    return new Promise(resolve =>
      this.server.listen(this.port ?? 0, '127.0.0.1', () => {
        this.port = this.server.address().port
        resolve()
      }))
  }

  /** Breaks what there is, and refuses what comes. */
  cut () {
    const closed = new Promise(resolve => this.server.close(resolve))
    for (const pair of this.pairs) pair.forEach(socket => socket.destroy())
    return closed
  }
}

/** Tutti's Provider, in a process of its own. */
export class Tutti {
  constructor (url, ...token) {
    this.child = spawn('bash', ['-c', `${process.env.TUTTI_DRIVER} "$@"`, 'driver', url, ...token], {
      stdio: ['pipe', 'pipe', 'ignore']
    })
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]()
  }

  async ask (action, details = {}) {
    this.child.stdin.write(JSON.stringify({ do: action, ...details }) + '\n')
    const { value, done } = await this.answers.next()
    if (done) throw new Error('the driver has ended')
    const answer = JSON.parse(value)
    if (answer.error) throw new Error(`${action}: ${answer.error}`)
    return answer
  }

  async text () { return (await this.ask('look')).text }
  append (text) { return this.ask('append', { text }) }
  present (name, anchor, head) { return this.ask('present', { name, anchor, head }) }
  async isSynced () { return (await this.ask('look')).synced }
  end () { this.child.stdin.end() }
}

/** A Yjs editor with the providers that browsers use. */
export class Editor {
  constructor (protocol, port, room, token = '') {
    this.doc = new Y.Doc()
    this.shared = this.doc.getText('codemirror')
    if (protocol === 'hocuspocus') {
      this.socket = new HocuspocusProviderWebsocket({
        url: `ws://127.0.0.1:${port}`, WebSocketPolyfill: WebSocket, delay: 500, minDelay: 200, maxDelay: 1000
      })
      this.provider = new HocuspocusProvider({
        websocketProvider: this.socket, name: room, document: this.doc, token
      })
      this.provider.attach()
    } else {
      this.provider = new WebsocketProvider(`ws://127.0.0.1:${port}`, room, this.doc, {
        WebSocketPolyfill: WebSocket, disableBc: true, maxBackoffTime: 500
      })
    }
    this.awareness = this.provider.awareness
  }

  get text () { return this.shared.toString() }
  get synced () { return this.provider.synced }
  append (text) { this.shared.insert(this.shared.length, text) }
  present (name, at) {
    const position = Y.createRelativePositionFromTypeIndex(this.shared, at)
    this.awareness.setLocalState({
      user: { name, color: '#30bced', colorLight: '#30bced33' },
      cursor: { anchor: position, head: position }
    })
  }

  /** Where the cursor of that person is, as this editor would draw it. */
  cursorOf (name) {
    for (const state of this.awareness.getStates().values()) {
      if (state.user?.name === name && state.cursor) {
        return Y.createAbsolutePositionFromRelativePosition(
          Y.createRelativePositionFromJSON(state.cursor.head), this.doc)?.index
      }
    }
  }

  end () {
    this.provider.destroy()
    this.socket?.destroy()
    this.doc.destroy()
  }
}

export const versionOf = folder =>
  JSON.parse(readFileSync(`node_modules/${folder}/package.json`)).version
