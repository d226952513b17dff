import { existsSync } from 'node:fs'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serverOptions } from './server-options.js'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const isServer = args.length === 0 || args[0] === 'serve'

if (isServer && canStartAgain()) {
  const options = [...serverOptions, ...process.execArgv]
  const program = [process.execPath, ...options, join(import.meta.dirname, 'sidegate.js'), ...args]
  process.execve(process.execPath, program, process.env)
}

// Before the program is loaded. A killed process never writes the cache, so the server flushes it when it starts to listen.
enableCompileCache(join(root, '.cache', 'compile'))

const { main } = await import(pathToFileURL(await program()).href)
await main(args, { onReady: flushCompileCache })

/** The module with `main()`. The package and the image contain only the build; a checkout builds what is stale. */
async function program() {
  if (!existsSync(join(root, 'src'))) return join(root, 'dist', 'server', 'main.js')
  if (isServer || args[0] === 'dev') {
    const { buildWebPagesIfStale } = await import('./web-pages.ts')
    await buildWebPagesIfStale()
  }
  const { serverModule } = await import('./server-bundle.ts')
  return serverModule()
}

/** In this process, as `exec` in a shell. Windows can't, and a parent process would lose its channel for messages. */
function canStartAgain() {
  const isComplete = serverOptions.every((option) => process.execArgv.includes(option))
  return !isComplete && process.platform !== 'win32' && process.send === undefined
}
