import { existsSync } from 'node:fs'
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')

// Before the program is loaded. A killed process never writes the cache, so the server flushes it when it starts to listen.
enableCompileCache(join(root, '.cache', 'compile'))

const args = process.argv.slice(2)
const { main } = await import(pathToFileURL(await program()).href)
await main(args, { onReady: flushCompileCache })

/** The module with `main()`. The package and the image contain only the build; a checkout builds what is stale. */
async function program() {
  if (!existsSync(join(root, 'src'))) return join(root, 'dist', 'server', 'main.js')
  if (args.length === 0 || args[0] === 'serve') {
    const { buildWebPagesIfStale } = await import('./web-pages.ts')
    await buildWebPagesIfStale()
  }
  const { serverModule } = await import('./server-bundle.ts')
  return serverModule()
}
