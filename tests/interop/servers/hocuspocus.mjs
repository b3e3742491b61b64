// SPDX-License-Identifier: MIT
// A Hocuspocus server: node hocuspocus.mjs VERSION PORT [--tokens] [--redis PORT]
//
// --tokens: "secret" may edit, "readonly" may read, all others are denied. Only on 127.0.0.1.
const [version, port, ...options] = process.argv.slice(2)
const module = await import(`hocuspocus-${version}`)
const extensions = []
if (options.includes('--redis')) {
  const { Redis } = await import('hocuspocus-redis-4')
  extensions.push(new Redis({
    host: '127.0.0.1', port: Number(options[options.indexOf('--redis') + 1]), identifier: `at-${port}`
  }))
}
const configuration = {
  port: Number(port), address: '127.0.0.1', quiet: true, extensions
}
if (options.includes('--tokens')) {
  configuration.onAuthenticate = async data => {
    if (data.token === 'readonly') {
      (data.connectionConfig ?? data.connection).readOnly = true
    } else if (data.token !== 'secret') {
      throw Object.assign(new Error('denied'), { reason: 'this token opens nothing' })
    }
  }
}
if (version === '2') {
  await new module.Hocuspocus(configuration).listen()
} else {
  await new module.Server(configuration).listen()
}
console.log('ready')
