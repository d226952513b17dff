import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'

const web = join(import.meta.dirname, '..', 'web')

/** Builds the pages if they are missing or older than their sources. */
export async function buildWebPagesIfStale(): Promise<void> {
  // Not all of `web`: its packages have more files than everything else.
  const sources = readdirSync(web).filter((name) => name !== 'dist' && name !== 'node_modules')
  await buildIfStale(
    join(web, 'dist', 'stamp'),
    [...sources.map((name) => join(web, name)), join(web, '..', 'contract'), join(web, '..', 'texts')],
    () => {
      console.log('Building the web pages, once …')
      const require = createRequire(join(web, 'package.json'))
      const vite = join(require.resolve('vite/package.json'), '..', 'bin', 'vite.js')
      // NODE_ENV of a test runner would select React's development build.
      const env = { ...process.env, NODE_ENV: 'production' }
      execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
        cwd: web,
        env,
        stdio: 'inherit',
      })
    },
  )
}
