#!/usr/bin/env node
// Plain JavaScript for any version of Node: reports an old Node before the first .ts file is loaded.
import { enableCompileCache, flushCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const oldestMajor = 24

if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  console.error(
    `Sidegate needs Node ${oldestMajor} and this is ${process.versions.node}. The project installs its own: ` +
      'use "npm start" or "npx sidegate" in the checkout, after "npm ci".',
  )
  process.exit(1)
}

// Before the first .ts file, so that cached files need no type stripping. A killed process never writes the
// cache, so the server flushes it when it starts to listen.
enableCompileCache(join(dirname(fileURLToPath(import.meta.url)), '..', '.cache', 'compile'))
const args = process.argv.slice(2)
if (args.length === 0 || args[0] === 'serve') {
  const { buildWebPagesIfStale } = await import('./web-pages.ts')
  await buildWebPagesIfStale()
}
const { serverModule } = await import('./server-bundle.ts')
const { main } = await import(pathToFileURL(await serverModule()).href)
await main(args, { onReady: flushCompileCache })
