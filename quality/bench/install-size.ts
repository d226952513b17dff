import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './servers.ts'

/** Megabytes that `npm install` puts on this disk, and of the file that npm downloads for our package. */
export type InstallSizes = Record<'packed' | 'sidegate' | 'fastify' | 'betterAuth' | 'oidcProvider', number>

const packSchema = z.array(z.object({ size: z.number(), unpackedSize: z.number() }))

/** Packs our package as for publishing. Sizes of dependencies are those in `node_modules`, without what is only for development. */
export function measureInstall(): InstallSizes {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // A script of the package may write lines before.
  const [packed] = packSchema.parse(JSON.parse(output.slice(output.indexOf('[\n'))))
  if (packed === undefined) throw new Error('npm packed nothing')
  const sizeOf = (name: string) => megabytes(closureBytes([join(root, 'node_modules', name)]))
  return {
    packed: megabytes(packed.size),
    sidegate: megabytes(packed.unpackedSize + closureBytes(dependenciesOf(root))),
    fastify: sizeOf('fastify'),
    betterAuth: sizeOf('better-auth'),
    oidcProvider: sizeOf('oidc-provider'),
  }
}

/** Size of packages with all their dependencies, each counted once. */
export function closureBytes(folders: readonly string[]): number {
  const seen = new Set<string>()
  const add = (folder: string) => {
    if (seen.has(folder)) return
    seen.add(folder)
    for (const dependency of dependenciesOf(folder)) add(dependency)
  }
  for (const folder of folders) add(folder)
  return [...seen].reduce((total, folder) => total + ownBytes(folder), 0)
}

const names = z.record(z.string(), z.unknown()).default({})

const packageSchema = z.object({
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
})

/** Folders of the packages that npm installs for a package on this platform. */
function dependenciesOf(folder: string): string[] {
  const manifest = packageSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const peers = Object.keys(manifest.peerDependencies).filter(
    (name) => manifest.peerDependenciesMeta[name]?.optional !== true,
  )
  const optional = Object.keys(manifest.optionalDependencies)
  return [...new Set([...Object.keys(manifest.dependencies), ...optional, ...peers])].flatMap((name) => {
    const found = resolve(folder, name)
    if (found === undefined && !optional.includes(name))
      throw new Error(`${name} of ${folder} is not installed`)
    return found ?? []
  })
}

/** Node's lookup: the nearest `node_modules` above. */
function resolve(folder: string, name: string): string | undefined {
  for (let at = folder; at.startsWith(root); at = join(at, '..')) {
    const found = join(at, 'node_modules', name)
    if (existsSync(join(found, 'package.json'))) return found
  }
  return undefined
}

/** Without packages inside, which count only if they are used. */
function ownBytes(folder: string): number {
  const files = globSync('**', {
    cwd: folder,
    withFileTypes: true,
    exclude: ({ name }) => name === 'node_modules',
  })
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
  return paths.reduce((total, path) => total + statSync(path).size, 0)
}

function megabytes(bytes: number): number {
  return bytes / 1e6
}
