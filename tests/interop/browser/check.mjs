// SPDX-License-Identifier: MIT
// CodeMirror in Chromium and Tutti in one room of a y-websocket server. Started by ./run, which
// has put the packages, page.js and this file into one folder.
//
//   node check.mjs node|tutti CHROMIUM BUILD BOX…     whose server it is, the browser, the build's
//   folder, and how to start a program of Tutti's, which is added
import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'

const [whose, executablePath, programs, ...box] = process.argv.slice(2)
const children = []
process.on('exit', () => children.forEach(child => child.kill()))

const listen = server => new Promise(resolve =>
  server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
const until = async (what, condition) => {
  const end = Date.now() + 10_000
  let last
  while (Date.now() < end) {
    last = await condition()
    if (last) {
      console.log(`ok: ${what}`)
      return last
    }
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error(`not so: ${what}`)
}

// A free port for the server, which cannot choose one and tell.
const probe = createServer()
const port = await listen(probe)
await new Promise(resolve => probe.close(resolve))
const serverCommand = whose === 'tutti'
  ? [...box, `${programs}/tuttictl`, 'serve', '--listen', `127.0.0.1:${port}`]
  : [process.execPath, 'node_modules/@y/websocket-server/src/server.js']
const server = spawn(serverCommand[0], serverCommand.slice(1), {
  env: { ...process.env, HOST: '127.0.0.1', PORT: String(port) }, stdio: ['ignore', 'pipe', 'inherit']
})
children.push(server)
await new Promise(resolve => server.stdout.once('data', resolve))
const serverUrl = `ws://127.0.0.1:${port}`

// Tutti.
const driver = spawn(box[0], [...box.slice(1), `${programs}/tests/interop_driver`, `${serverUrl}/page`], {
  stdio: ['pipe', 'pipe', 'inherit']
})
children.push(driver)
const answers = createInterface({ input: driver.stdout })[Symbol.asyncIterator]()
const tutti = async (action, details = {}) => {
  driver.stdin.write(JSON.stringify({ do: action, ...details }) + '\n')
  const { value, done } = await answers.next()
  if (done) throw new Error('the driver has ended')
  const answer = JSON.parse(value)
  if (answer.error) throw new Error(`${action}: ${answer.error}`)
  return answer
}

// The page.
await build({
  entryPoints: ['page.js'], bundle: true, outfile: 'bundle.js', format: 'iife', logLevel: 'error'
})
const html = `<!doctype html><meta charset="utf-8"><title>CodeMirror</title><link rel="icon" href="data:,">
<style>body { font: 16px sans-serif; margin: 2em } .cm-editor { border: 1px solid #ccc; min-height: 12em }
.cm-content { padding-top: 2em !important } .cm-ySelectionInfo { opacity: 1 !important }</style><script defer src="bundle.js"></script>`
const web = createServer(async (request, response) => {
  const isScript = request.url.startsWith('/bundle.js')
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
  response.end(isScript ? await readFile('bundle.js') : html)
})
const webPort = await listen(web)
const browser = await chromium.launch({
  executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run']
})
const page = await browser.newPage({ viewport: { width: 800, height: 400 } })
const errors = []
page.on('pageerror', error => errors.push(error.message))
page.on('console', message => { if (message.type() === 'error') errors.push(message.text()) })
const query = new URLSearchParams({ server: serverUrl, room: 'page', name: 'Page' })
await page.goto(`http://127.0.0.1:${webPort}/?${query}`)
const inPage = (name, ...args) =>
  page.evaluate(([name, args]) => window.page[name](...args), [name, args])
const same = async () => (await tutti('look')).text === await inPage('text')

let failure
try {
  await until('both are connected', async () => await inPage('synced') && (await tutti('look')).synced)

  await inPage('focus')
  await page.keyboard.type('Typed in the page.\nSecond line.')
  await until('what is typed in the page is in Tutti', async () =>
    (await tutti('look')).text === 'Typed in the page.\nSecond line.')
  await tutti('insert', { at: 0, text: 'Tutti 🙂 writes too. ' })
  await tutti('erase', { at: 6, count: 3 })
  await until('what Tutti writes and erases is in the page', async () =>
    await inPage('text') === 'Tutti writes too. Typed in the page.\nSecond line.')

  await tutti('present', { name: 'Ada', anchor: 0, head: 5 })
  await until("Tutti's caret and name are seen in the page, where they should be", async () =>
    (await inPage('carets')).some(caret => caret.name === 'Ada' && caret.at === 5 &&
      caret.height > 5 && caret.labelVisible && caret.color === 'rgb(227, 38, 49)'))
  await page.screenshot({ path: 'page.png' })
  const end = (await inPage('text')).length
  await tutti('present', { name: 'Ada', anchor: end, head: end })
  await until("at the end of the text too, where there is no unit to name", async () =>
    (await inPage('carets')).some(caret => caret.name === 'Ada' && caret.at === end))

  await inPage('place', 8)
  await until("the page's caret and name are in Tutti", async () =>
    (await tutti('look')).peers.some(peer => peer.name === 'Page' && peer.head === 8))

  const typing = page.keyboard.type('[typed at the same time 🙂]', { delay: 5 })
  for (let i = 0; i < 25; ++i) {
    await tutti('insert', { at: 0, text: String(i % 10) })
  }
  await typing
  await until('typing on both sides at once ends in the same text', same)
  const text = await inPage('text')
  if (!text.includes('[typed at the same time 🙂]') || text.match(/^\d+/)[0].length !== 25) {
    throw new Error(`something was lost or doubled: ${text}`)
  }
  if (errors.length > 0) throw new Error(`the page complains: ${errors.join('; ')}`)
  console.log('ok: the page has nothing to complain about')
} catch (error) {
  failure = error
  await writeFile('failure.txt', `${error.stack}\n\npage: ${await inPage('text')}\n`)
}
await browser.close()
web.close()
driver.stdin.end()
console.log(failure ? `FAILED: ${failure.message}` : 'passed')
process.exit(failure ? 1 : 0)
