import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { budgets } from '../../quality/budgets.ts'
import { adminPassword } from '../support/start-server.ts'

const root = join(import.meta.dirname, '..', '..')
const samples = join(root, 'samples', 'alpha', 'journeys')
const launcher = join(root, 'bin', 'sidegate.js')
const { serverOptions } = await import(pathToFileURL(join(root, 'bin', 'server-options.js')).href)

/** Bytes of the packed file. */
let packedSize = Number.NaN

/** An empty folder, in which the package is installed. */
const folder = mkdtempSync(join(tmpdir(), 'sidegate-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A dozen processes start one after the other. */
const patient = { timeout: 180_000 }

/** As in a shell: without the programs and settings that npm adds for our own scripts, but with the authorities that the machine trusts. */
const environment = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|NODE_(?!EXTRA_CA_CERTS)|INIT_CWD|VITEST)/i.test(name),
    ),
  ),
  PATH: [
    dirname(process.execPath),
    ...(process.env.PATH ?? '').split(delimiter).filter((path) => !path.includes('node_modules')),
  ].join(delimiter),
  PORT: '0',
  SIDEGATE_ADMIN_PASSWORD: adminPassword,
}

async function run(program: string, args: readonly string[], options: { cwd?: string; url?: string } = {}) {
  const { cwd = folder, url = '' } = options
  const env = { ...environment, SIDEGATE_URL: url }
  return (await promisify(execFile)(program, args, { cwd, env })).stdout
}

beforeAll(async () => {
  const [packed] = JSON.parse(
    await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], { cwd: root }),
  )
  packedSize = packed.size
  await run('npm', ['install', '--prefer-offline', join(folder, packed.filename)])
}, patient.timeout)

test('the package is as small as its budget', () => {
  expect(packedSize).toBeLessThanOrEqual(budgets.packedSize)
})

test('an older Node prints one line that names the version it needs', async () => {
  // The launcher must parse there: no import declarations, no await, no operators of later versions.
  expect(readFileSync(launcher, 'utf8').replaceAll(/\/\/.*/g, '')).not.toMatch(/^import |await|\?\.|\?\?/m)
  const program = `Object.defineProperty(process.versions, 'node', { value: '18.20.1' })
    import(${JSON.stringify(pathToFileURL(launcher).href)})`
  const failure = await run(process.execPath, ['--eval', program]).catch((error) => error)
  expect(failure.code).toBe(1)
  expect(failure.stdout).toBe('')
  expect(failure.stderr).toMatch(/^Sidegate needs Node 24 or newer, and this is Node 18\.20\.1\. [^\n]*\n$/)
})

test('npm start passes the options of a server, so that it need not start again', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(scripts.start).toBe(`node ${serverOptions.join(' ')} bin/sidegate.js serve`)
})

test('the package installs only what its bundle leaves out, and runs no scripts', async () => {
  const installed = globSync('{*,@*/*}', { cwd: join(folder, 'node_modules') }).filter(
    (name) => !name.startsWith('.') && !/^@[^/]+$/.test(name),
  )
  const platform = installed.filter((name) => name.startsWith('@node-rs/argon2-'))
  expect(platform.length).toBeGreaterThan(0)
  expect(installed.filter((name) => !platform.includes(name)).toSorted()).toEqual([
    '@node-rs/argon2',
    'quickjs-wasi',
    'sidegate',
  ])
  const program = join(folder, 'node_modules', 'sidegate')
  const { scripts, engines, version } = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8'))
  expect(Object.keys(scripts).filter((name) => /install|^prepare$/.test(name))).toEqual([])
  expect(engines).toEqual({ node: '>=24' })
  expect(await run('npx', ['sidegate', '--version'])).toBe(`${version}\n`)
  // Every part loads without the packages of the checkout. The script worker runs only in a thread, and the script of
  // traces in a page.
  const parts = globSync('dist/server/*.js', { cwd: program }).filter(
    (name) => !/script-worker|show-trace\.js$/.test(name),
  )
  const addresses = parts.map((name) => pathToFileURL(join(program, name)).href)
  const load = `for (const address of ${JSON.stringify(addresses)}) await import(address)`
  await run(process.execPath, ['--input-type=module', '--eval', load])
})

test('the package contains no sources, source maps or files of older builds, and the licences of what it bundles', () => {
  const program = join(folder, 'node_modules', 'sidegate')
  expect(globSync('**/*.{ts,map}', { cwd: program })).toEqual(['bin/test.d.ts'])
  const current = JSON.parse(readFileSync(join(root, 'dist', 'server', 'files.json'), 'utf8'))
  const isCode = (name: string) => name.endsWith('.js') && !name.startsWith('bindings')
  expect(
    globSync('**/*.js', { cwd: join(program, 'dist', 'server') })
      .filter(isCode)
      .toSorted(),
  ).toEqual(current.filter(isCode).toSorted())
  const licences = readFileSync(join(program, 'THIRD-PARTY-LICENSES'), 'utf8')
  for (const name of ['fastify', 'zod', 'oidc-provider', 'react', '@mantine/core'])
    expect(licences).toMatch(new RegExp(`^${name} \\d[^\n]*: MIT$`, 'm'))
})

test(
  'in an empty folder, the installed server runs the help-desk example and the commands',
  patient,
  async () => {
    const server = spawn('npx', ['sidegate', 'serve'], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    onTestFinished(() => void server.kill('SIGKILL'))
    let log = ''
    server.stderr.on('data', (text) => {
      log += text
    })
    const ended = once(server, 'exit')
    let url = ''
    for await (const line of createInterface(server.stdout)) {
      url = /listens at (\S+)/.exec(line)?.[1] ?? ''
      if (url !== '') break
    }
    server.stdout.resume()
    expect(url, log).not.toBe('')

    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'demo', 'help-desk.ts')], {
      env: { ...environment, PORT: new URL(url).port },
    })
    expect(stdout).toContain('page: User successfully authenticated')
    expect((await fetch(new URL('/desk/', url))).status).toBe(200)

    const origin = new URL(url).origin
    const program = join(folder, 'node_modules', '.bin', 'sidegate')
    const sidegate = (...args: string[]) => run(program, args, { url: origin })
    expect(await sidegate('import', join(samples, 'Login.json'))).toContain('Login')
    expect(await sidegate('export', 'Login')).toContain('"Login"')
    expect(await sidegate('lint', 'TwoAgents')).toContain('No findings.')
    expect(await sidegate('backup', 'backup.db')).toContain('whole database')

    const pid = Number(/"pid":(\d+)/.exec(log)?.[1])
    if (process.platform === 'linux')
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')).toEqual(
        expect.arrayContaining(serverOptions),
      )
    // The server itself: npm and its shell pass its status on, but not every signal to it.
    process.kill(pid, 'SIGTERM')
    expect(await ended, log).toEqual([0, null])
    expect(log).toContain('"msg":"shutting down"')
    expect(await sidegate('migrate')).toBe('The database is up to date.\n')
    expect(await sidegate('audit', 'verify', '--data', 'data')).toMatch(/^\d+ rows are unchanged/)
  },
)

test(
  'in an empty folder, the installed program makes an export a project whose tests notice a broken connection',
  patient,
  async () => {
    const cwd = join(folder, 'project')
    mkdirSync(cwd)
    const program = join(folder, 'node_modules', '.bin', 'sidegate')
    const fixture = join(root, 'test', 'fixtures', 'journeys', 'PasskeySignIn.json')
    expect(await run(program, ['init', '--from', fixture], { cwd })).toContain('npx sidegate test')
    expect(await run(program, ['test'], { cwd })).toMatch(/(\d+) walks: \1 passed/)
    const file = join(cwd, 'journeys', 'PasskeySignIn.json')
    const text = readFileSync(file, 'utf8')
    const success = '70e691a5-1e33-4ac3-a356-e7b6d60d92e0'
    const failure = 'e301438c-0bd0-429c-ab0c-66126501069a'
    writeFileSync(file, text.replace(success, failure))
    const failed = await run(program, ['test'], { cwd }).catch((error) => error)
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain('  path ')
    expect(failed.stdout).toMatch(/leads to \w+ {3}journeys\/PasskeySignIn\.json:\d+/)
  },
)
