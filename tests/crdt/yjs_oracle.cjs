// SPDX-License-Identifier: MIT
//
// yjs_oracle.cjs PEER [SECONDS]: random sessions of several clients on Yjs and on oracle_peer alike.
// Every update that is emitted, every state, difference, merged update, position, snapshot and event
// must be the same, bytes in both formats. Prints its seed. What differs is shortened and shown.
//
//   TUTTI_SEED=N     repeats a run      ORACLE_THEMES=a,b   only sessions of these themes
//   ORACLE_STEPS=N   at most so many steps a session    ORACLE_KEEP_GOING=1  after a difference
// Exits 77 where there is no Yjs.
'use strict'
const { spawnSync } = require('node:child_process')
const { clock, isCurrent } = require('./oracle/yjs.cjs')
const { Random } = require('./oracle/random.cjs')
const { Chooser, makeSpec, themes } = require('./oracle/choose.cjs')
const { World } = require('./oracle/world.cjs')

const [peer, seconds = '10'] = process.argv.slice(2)
const seed = Number(process.env.TUTTI_SEED || Number(process.hrtime.bigint() % 2147483647n))
const mostSteps = Number(process.env.ORACLE_STEPS || 60)
const names = (process.env.ORACLE_THEMES || Object.keys(themes).join(',')).split(',')
  .filter(name => isCurrent || !themes[name].undo)

const makeSession = (random, theme) => {
  clock.now = 1000000
  const world = new World(makeSpec(random, theme))
  const chooser = new Chooser(random, theme, world)
  const steps = []
  for (let n = random.between(5, mostSteps); n > 0; n--) {
    const step = chooser.step()
    if (step) steps.push(step)
  }
  return { world, steps: steps.concat(chooser.finish()) }
}

/** Asks the peer; null when all answers are right. */
const ask = ({ commands, expected }) => {
  const result = spawnSync(peer, { input: commands.join('\n') + '\n', maxBuffer: 1 << 30 })
  const lines = result.stdout.toString().split('\n')
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i]
    if (lines[i] !== wanted) {
      return { at: i, command: commands[i], wanted, got: lines[i] ?? `nothing: ${result.signal ?? result.status} ${result.stderr}` }
    }
  }
  return result.status === 0 ? null : { at: commands.length, command: 'the end', wanted: '0', got: String(result.signal ?? result.status) }
}

const replay = (spec, steps) => {
  clock.now = 1000000
  const world = new World(spec)
  const done = steps.map(step => {
    try {
      return world.step(structuredClone(step))
    } catch {
      return null // it no longer has what it needs
    }
  }).filter(step => step !== null)
  return { world, done, failure: ask(world) }
}

/** Leaves out steps, and operations of transactions, as long as something still differs. */
const shorten = (spec, steps) => {
  let best = replay(spec, steps)
  if (!best.failure) return null
  const verb = failure => failure.command.split(' ')[0]
  const wanted = verb(best.failure)
  const attempt = candidate => {
    const again = replay(spec, candidate)
    if (again.failure && verb(again.failure) === wanted) best = again
  }
  for (let size = Math.ceil(best.done.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let at = best.done.length - size; at >= 0; at -= size) {
      attempt(best.done.toSpliced(at, size))
      at = Math.min(at, best.done.length)
    }
  }
  for (let i = 0; i < best.done.length; i++) {
    for (let k = (best.done[i].ops?.length ?? 0) - 1; k >= 0; k--) {
      const step = best.done[i]
      attempt(best.done.with(i, { ...step, ops: step.ops.toSpliced(k, 1) }))
      if (best.done[i]?.op !== 'txn') break
    }
  }
  return best
}

const report = (name, round, { world, steps }) => {
  const best = shorten(world.spec, steps)
  console.log(`a session of "${name}" differs (TUTTI_SEED=${seed}, round ${round})`)
  if (!best) {
    console.log('only after other sessions')
    return
  }
  console.log(JSON.stringify(world.spec))
  for (const step of best.done) console.log(JSON.stringify(step))
  const { at, command, wanted, got } = best.failure
  console.log(`command ${at}: ${command.slice(0, 1000)}\nwanted ${wanted.slice(0, 3000)}\ngot    ${got.slice(0, 3000)}`)
}

console.log(`TUTTI_SEED=${seed}`)
if (!isCurrent) console.log('this Yjs is too old for undo and events: they are left out')
const started = process.hrtime.bigint()
const spent = () => Number(process.hrtime.bigint() - started) / 1e9
const tally = { sessions: 0, steps: 0, answers: 0 }
const perProcess = 20
let differences = 0
for (let round = 0; spent() < Number(seconds); round++) {
  const name = names[round % names.length]
  const random = new Random(seed + round)
  const sessions = Array.from({ length: perProcess }, () => makeSession(random, themes[name]))
  const all = {
    commands: sessions.flatMap(({ world }) => ['reset', ...world.commands]),
    expected: sessions.flatMap(({ world }) => ['ok', ...world.expected])
  }
  tally.sessions += sessions.length
  tally.answers += all.expected.length
  tally.steps += sessions.reduce((sum, { steps }) => sum + steps.length, 0)
  const failure = ask(all)
  if (!failure) continue
  differences++
  const which = all.commands.slice(0, failure.at + 1).filter(command => command === 'reset').length - 1
  report(name, round, sessions[which])
  if (!process.env.ORACLE_KEEP_GOING) break
}
console.log(`${tally.sessions} sessions, ${tally.steps} steps, ${tally.answers} answers compared, ${differences} differences, ${spent().toFixed(1)} s`)
process.exit(differences ? 1 : 0)
