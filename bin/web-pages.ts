import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const web = join(import.meta.dirname, '..', 'web')
const stampFile = join(web, 'dist', 'stamp')

/**
 * Builds the pages if they are missing or older than their sources. In production there is no vite, and the
 * existing pages are used.
 */
export function buildWebPagesIfStale(): void {
  const stamp = stampOfSources()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const vite = vitePath()
  if (vite === undefined) return
  console.log('Building the web pages, once …')
  // NODE_ENV of a test runner would select React's development build.
  const env = { ...process.env, NODE_ENV: 'production' }
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: web, env, stdio: 'inherit' })
  writeFileSync(stampFile, stamp)
}

/** Number of files and time of the newest: changes with an edit or a pull. */
function stampOfSources(): string {
  const parts = readdirSync(web, { withFileTypes: true }).filter(({ name }) => !notSources.has(name))
  const files = parts.flatMap((part) => {
    const path = join(web, part.name)
    if (!part.isDirectory()) return path
    // Not all of `web`: its packages have more files than everything else.
    return readdirSync(path, { recursive: true }).map((name) => join(path, String(name)))
  })
  const newest = Math.max(...files.map((path) => statSync(path).mtimeMs))
  return `${files.length} ${newest}`
}

const notSources = new Set(['dist', 'node_modules'])

function vitePath(): string | undefined {
  try {
    const require = createRequire(join(web, 'package.json'))
    return join(require.resolve('vite/package.json'), '..', 'bin', 'vite.js')
  } catch {
    return undefined
  }
}
