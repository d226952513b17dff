import { cpSync, existsSync, globSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'

const root = join(import.meta.dirname, '..')
const source = join(root, 'src')
const bundle = join(root, 'dist', 'server')

/** Packages that stay outside: they are native, read files of their own, or start threads. */
const external = [/^@node-rs\//, /^quickjs-wasi/, /^pino/, /^pg-native$/]

/** Files that the server reads when it runs, each with its folder in the bundle. */
const files = { 'people/passwords/common-passwords.txt': '', 'sandbox/bindings/*.js': 'bindings' }

/**
 * The module with `main()`: in a bundle, from which a server starts in half the time that the sources take. The bundle is
 * built if it is missing or older than the sources. In production there is no bundler, and the existing one is used.
 */
export async function serverModule(): Promise<string> {
  if (existsSync(join(root, 'node_modules', 'rolldown'))) {
    const sources = [source, join(root, 'contract'), join(root, 'package-lock.json'), import.meta.filename]
    await buildIfStale(join(bundle, 'stamp'), sources, buildServer)
  }
  const main = join(bundle, 'main.js')
  return existsSync(main) ? main : join(source, 'main.ts')
}

async function buildServer(): Promise<void> {
  const { build } = await import('rolldown')
  const unfinished = `${bundle}-${process.pid}`
  await build({
    cwd: root,
    platform: 'node',
    input: { main: 'src/main.ts', 'worker/launcher': 'src/sandbox/worker/launcher.js' },
    external,
    checks: { eval: false },
    // Modules find files of the project, such as the samples, from a folder of this depth.
    output: {
      dir: unfinished,
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    },
  })
  for (const [pattern, folder] of Object.entries(files)) {
    for (const file of globSync(join(source, pattern))) cpSync(file, join(unfinished, folder, basename(file)))
  }
  replaceBundle(unfinished)
}

/**
 * Servers may be running. So entries replace the old ones after their chunks, and old chunks, which may be imported later, stay
 * for a day.
 */
function replaceBundle(unfinished: string): void {
  const names = globSync('**/*.*', { cwd: unfinished })
  const chunks = names.filter((name) => name !== 'main.js' && !name.startsWith('worker'))
  for (const name of new Set([...chunks, ...names])) {
    mkdirSync(dirname(join(bundle, name)), { recursive: true })
    renameSync(join(unfinished, name), join(bundle, name))
  }
  rmSync(unfinished, { recursive: true })
  const dayAgo = Date.now() - 24 * 3600_000
  for (const name of globSync('*-*.js*', { cwd: bundle })) {
    if (statSync(join(bundle, name)).mtimeMs < dayAgo) rmSync(join(bundle, name))
  }
}
