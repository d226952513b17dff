import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { serverModule } from '../bin/server-bundle.ts'
import { budgets } from '../quality/budgets.ts'

// Compares what can be counted with the budgets: the lines of the product, the terms of the glossary, and what a server has
// loaded and made after its first sign-in. Tests compare statements and the packed size.

const root = join(import.meta.dirname, '..')

function productLines(): number {
  const listed = execFileSync('git', ['ls-files', 'src', 'web', 'contract', 'bin'], { cwd: root })
  const files = String(listed)
    .split('\n')
    .filter((file) => /\.(ts|tsx|css|js|html)$/.test(file) && existsSync(join(root, file)))
    .filter((file) => !/\.test\.tsx?$|\.fixture\.ts$|\/fixtures\/|^src\/store\/contract\//.test(file))
  return files.reduce((sum, file) => sum + readFileSync(join(root, file), 'utf8').split('\n').length - 1, 0)
}

function glossaryTerms(): number {
  const rows = readFileSync(join(root, 'GLOSSARY.md'), 'utf8').match(/^\| (?!term \||---)/gm)
  return rows?.length ?? 0
}

const countsSchema = z.object({
  loaded: z.record(z.string(), z.number()),
  // A count of 0 would mean that a library changed, and that nothing is counted.
  made: z.object({ zodSchemas: z.int().min(1), methodRoutes: z.int().min(1) }),
})
type Counts = z.infer<typeof countsSchema>

const password = 'Count-Pass-2026'

/** What `serve` has loaded and made when an administrator has signed in. */
async function countsOfServer(): Promise<Counts> {
  await serverModule(root)
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-budgets-'))
  const file = join(folder, 'counts.json')
  const env = { ...process.env, COUNTS: file, PORT: '0', SIDEGATE_ADMIN_PASSWORD: password }
  const hook = join(root, 'tools', 'budgets', 'count-loaded.js')
  const server = spawn(process.execPath, ['--import', hook, join(root, 'bin', 'sidegate.js'), 'serve'], {
    cwd: root,
    env: { ...env, SIDEGATE_DATA: join(folder, 'data') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    await signIn(await addressIn(server.stderr))
    server.kill('SIGUSR2')
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await pause(50)
    return countsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } finally {
    server.kill()
    if (server.exitCode === null) await once(server, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The address in the server's log. @throws if it ends before. */
function addressIn(log: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    log.on('data', (part) => {
      text += String(part)
      const address = /listening at (http:[^"\s]+)/.exec(text)?.[1]
      if (address !== undefined) resolve(`${address}/am`)
    })
    log.on('end', () => reject(new Error(`the server did not start: ${text}`)))
  })
}

async function signIn(url: string): Promise<void> {
  const answer = await fetch(`${url}/json/realms/root/authenticate`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-api-version': 'resource=2.1',
      'x-openam-username': 'amadmin',
      'x-openam-password': password,
    },
  })
  if (!answer.ok) throw new Error(`the administrator could not sign in: ${await answer.text()}`)
}

const { loaded, made } = await countsOfServer()
const counted = {
  productLines: productLines(),
  glossaryTerms: glossaryTerms(),
  ...made,
  loadedCharacters: Object.values(loaded).reduce((sum, each) => sum + each, 0),
}

for (const name of Object.keys(counted) as (keyof typeof counted)[]) {
  const isOver = counted[name] > budgets[name]
  console.log(`${isOver ? '✗' : '✓'} ${name}: ${counted[name]} of at most ${budgets[name]}`)
  if (isOver) process.exitCode = 1
}
