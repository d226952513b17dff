import { execFileSync } from 'node:child_process'
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Plugin } from 'rolldown'
import { buildIfStale } from './build-if-stale.ts'

const project = join(import.meta.dirname, '..')

/** Packages that stay outside: they are native, or read files of their own. The package depends on them. */
const external = [/^@node-rs\//, /^quickjs-wasi/, /^pg-native$/]

/** Files that the server reads when it runs, each with its folder in the bundle. */
const files = {
  'attributes/common-passwords.txt': '',
  'sandbox/bindings/*.js': 'bindings',
  'testing/coverage/html/coverage-report.css': '',
  'testing/trace/html/show-trace.{css,js}': '',
}

/** What takes the place of modules of Fastify that a server needn't load. */
const replaced: readonly (readonly [id: RegExp, code: string])[] = [
  // Half a megabyte, for JSON schemas of routes. Ours have none: they check bodies with zod.
  [/@fastify[\\/](ajv|fast-json-stringify)-compiler[\\/]index\.js$/, 'module.exports = () => undefined'],
  // Asks whether plugins are for this version of Fastify, which the lock file decides.
  [/[\\/]semver[\\/]index\.js$/, 'module.exports = { satisfies: () => true }'],
]

const withoutUnusedModules: Plugin = {
  name: 'without-unused-modules',
  // Fastify would have it in each server, for requests without a network. Only test worlds make those, and import it themselves.
  resolveId: (id, _importer, { kind }) =>
    kind === 'require-call' && id === 'light-my-request' ? { id, external: true } : undefined,
  load: (id) => replaced.find(([pattern]) => pattern.test(id))?.[1],
}

/**
 * Node reads all members of a built-in module that is imported, and members of `node:http` load its HTTP client for `fetch`, which
 * takes 2 MB. Bundled modules import the other members only.
 */
const withoutLazyMembers: Plugin = {
  name: 'without-lazy-members',
  resolveId: (id, _importer, { kind }) =>
    kind === 'import-statement' && /^(node:)?http$/.test(id) ? eagerHttp : undefined,
  load(id) {
    if (id !== eagerHttp) return undefined
    const members = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule('node:http')))
    const names = members.filter(([, { get }]) => get === undefined).map(([name]) => name)
    const code = `const http = process.getBuiltinModule('node:http')
      export const { ${names.join(', ')} } = http
      export default http`
    return { code, moduleSideEffects: false }
  },
}

const eagerHttp = '\0eager-http'

/** Names of the files of the current build, beside those of older ones. */
const listFile = 'files.json'

/**
 * The module with `main()`: in a bundle, from which a server starts in half the time that the sources take. The bundle is
 * built if it is missing or older than the sources. Where it can't be built, an old one is left alone and the sources run,
 * because they may hold a security fix.
 *
 * @param root the folder of the project.
 */
export async function serverModule(root = project): Promise<string> {
  const main = join(bundleOf(root), 'main.js')
  const sources = [
    // Reports of coverage draw journeys with the editor's model.
    ...['src', 'contract', 'texts', 'web/console/editor/model', 'package-lock.json'].map((name) =>
      join(root, name),
    ),
    import.meta.filename,
  ]
  const build = canBuild(root) ? () => buildInOwnProcess(root) : undefined
  const isCurrent = await buildIfStale(join(bundleOf(root), 'stamp'), sources, build)
  return isCurrent ? main : join(root, 'src', 'main.ts')
}

function bundleOf(root: string): string {
  return join(root, 'dist', 'server')
}

/** The bundler may be missing, and the folder may belong to another user. */
function canBuild(root: string): boolean {
  if (!existsSync(join(root, 'node_modules', 'rolldown'))) return false
  try {
    accessSync(root, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** The bundler would keep 600 MB of the server's memory. */
function buildInOwnProcess(root: string): void {
  execFileSync(process.execPath, [import.meta.filename, root], { stdio: 'inherit' })
}

async function buildServer(root: string): Promise<void> {
  const { build } = await import('rolldown')
  const bundle = bundleOf(root)
  const unfinished = `${bundle}-${process.pid}`
  await build({
    cwd: root,
    platform: 'node',
    input: {
      main: 'src/main.ts',
      test: 'src/testing/module.ts',
      'worker/launcher': 'src/sandbox/worker/launcher.js',
      'worker/bcrypt': 'src/sandbox/worker/bcrypt.js',
      'walk-threads/launcher': 'src/testing/walk-threads/launcher.js',
    },
    external,
    checks: { eval: false },
    plugins: [withoutUnusedModules, withoutLazyMembers],
    resolve: {
      alias: {
        // @fastify/static lists folders with it, which we don't use.
        glob: 'node:fs/promises',
        // Its main module requires others in a way that a bundler can't follow.
        'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
      },
    },
    // Modules find files of the project, such as the samples, from a folder of this depth.
    output: {
      dir: unfinished,
      sourcemap: true,
      // V8 stores other characters as two bytes each, all of them in a file that has one.
      charset: 'ascii',
      comments: false,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    },
  })
  for (const [pattern, folder] of Object.entries(files)) {
    for (const file of globSync(join(root, 'src', pattern)))
      cpSync(file, join(unfinished, folder, basename(file)))
  }
  replaceBundle(bundle, unfinished)
}

/**
 * Servers may be running. So entries replace the old ones after their chunks, and old chunks, which may be imported later, stay
 * for a day.
 */
function replaceBundle(bundle: string, unfinished: string): void {
  const names = globSync('**/*.*', { cwd: unfinished })
  const chunks = names.filter(
    (name) => !['main.js', 'test.js'].includes(name) && !/^(worker|walk-threads)/.test(name),
  )
  for (const name of new Set([...chunks, ...names])) {
    mkdirSync(dirname(join(bundle, name)), { recursive: true })
    renameSync(join(unfinished, name), join(bundle, name))
  }
  rmSync(unfinished, { recursive: true })
  writeFileSync(join(bundle, listFile), JSON.stringify(names))
  removeOldChunks(bundle, 24 * 3600_000)
}

/** Removes chunks of older builds. */
export function removeOldChunks(bundle = bundleOf(project), olderThanMs = 0): void {
  const current = new Set(JSON.parse(readFileSync(join(bundle, listFile), 'utf8')))
  const newest = Date.now() - olderThanMs
  for (const name of globSync('*-*.js*', { cwd: bundle })) {
    const file = join(bundle, name)
    if (!current.has(name) && statSync(file).mtimeMs <= newest) rmSync(file)
  }
}

if (process.argv[1] === import.meta.filename) await buildServer(process.argv[2] ?? project)
