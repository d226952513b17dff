import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { buildWebPagesIfStale } from '../bin/web-pages.ts'

// `npm run dev`: vite serves the pages with hot reload at one address and proxies every other request to the server,
// which restarts when one of its files changes. The data folder is .cache/dev, so `npm start` keeps its own.

const root = join(import.meta.dirname, '..')
const port = process.env.PORT ?? '8080'
const adminPassword = process.env.SIDEGATE_ADMIN_PASSWORD ?? 'Admin-Pass-2026'

/** The server keeps this port when it restarts. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address === null || typeof address === 'string' ? 0 : address.port))
    })
  })
}

function startServer(serverPort: number): ChildProcess {
  const watched = ['src', 'contract', 'texts'].filter((folder) => existsSync(join(root, folder)))
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--watch-preserve-output',
    ...watched.map((folder) => `--watch-path=${join(root, folder)}`),
    join(root, 'bin', 'dev-server.ts'),
  ]
  const env = {
    SIDEGATE_DATA: join(root, '.cache', 'dev'),
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(serverPort),
    SIDEGATE_ADMIN_PASSWORD: adminPassword,
  }
  // The server prints its own address on standard output, which would be confusing. Its log is on standard
  // error.
  return spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
}

function startPages(serverPort: number): ChildProcess {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, '--port', port, '--strictPort', '--logLevel', 'warn', '--clearScreen', 'false']
  const env = { ...process.env, SIDEGATE_DEV_SERVER: `http://127.0.0.1:${serverPort}` }
  return spawn(process.execPath, args, {
    cwd: join(root, 'web'),
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

// Pages that the server writes itself, such as consent to an OAuth client, need the built style sheet.
if (!existsSync(join(root, 'web', 'dist', 'stamp'))) await buildWebPagesIfStale()

const serverPort = await freePort()
const children = [startServer(serverPort), startPages(serverPort)]
const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const child of children) {
  child.once('exit', (status) => {
    process.exitCode ??= status ?? 0
    stop()
  })
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)

console.log(`Sidegate for development: http://localhost:${port}
  /am/XUI/?realm=/alpha   alex     Alex-Pass-2026
  /desk/                  dana     Dana-Pass-2026
  /console/               amadmin  ${process.env.SIDEGATE_ADMIN_PASSWORD === undefined ? adminPassword : ''}`)
