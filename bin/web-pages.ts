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
  const files = readdirSync(web, { recursive: true })
    .map(String)
    .filter((name) => !/^(dist|node_modules)(\/|\\|$)/.test(name))
  const newest = Math.max(...files.map((name) => statSync(join(web, name)).mtimeMs))
  return `${files.length} ${newest}`
}

function vitePath(): string | undefined {
  try {
    const require = createRequire(join(web, 'package.json'))
    return join(require.resolve('vite/package.json'), '..', 'bin', 'vite.js')
  } catch {
    return undefined
  }
}
