import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const web = join(import.meta.dirname, '..', 'web')
const stampFile = join(web, 'dist', 'stamp')

/**
 * Builds the web pages when they are missing or older than their sources. Without vite (an installation for
 * production) the pages that are there are served as they are.
 */
export function buildWebPagesIfStale(): void {
  const stamp = stampOfSources()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const vite = vitePath()
  if (vite === undefined) return
  console.log('Building the web pages, once …')
  // A test runner's own NODE_ENV would give pages with React's development build.
  const env = { ...process.env, NODE_ENV: 'production' }
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: web, env, stdio: 'inherit' })
  writeFileSync(stampFile, stamp)
}

/** How many files there are, and when the newest was written: enough to notice an edit or a pull. */
function stampOfSources(): string {
  const parts = readdirSync(web, { withFileTypes: true }).filter(({ name }) => !notSources.has(name))
  const files = parts.flatMap((part) => {
    const path = join(web, part.name)
    if (!part.isDirectory()) return path
    // Not of all of `web` at once: the packages in there are more files than all the rest.
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
