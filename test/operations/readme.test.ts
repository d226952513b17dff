import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settingNames } from '../../src/config.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'

const root = join(import.meta.dirname, '..', '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

/** The commands of the shell blocks, with continued lines joined. */
const commands = [...readme.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block = '']) =>
  block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
)

test('the sign-in of the tour returns a session', async () => {
  const command = commands.find((line) => line.includes('X-OpenAM-Username')) ?? ''
  const headers = [...command.matchAll(/-H '([^:]+): ([^']+)'/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  )
  const url = /http:\/\/127\.0\.0\.1:8080\/am(\S+)/.exec(command)?.[1]
  const response = await fetch(`${server.url}${url}`, {
    method: 'POST',
    headers: new Headers(headers),
  })
  expect(await response.json()).toMatchObject({ tokenId: expect.any(String), realm: '/alpha' })
})

test('the import of the tour shows a plan', async () => {
  const command = commands.find((line) => line.startsWith('npx sidegate import')) ?? ''
  const file = join(root, 'samples', 'alpha', 'journeys', 'Login.json')
  const args = command.replace('npx sidegate ', '').replace('my-export.json', file).split(' ')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'bin', 'sidegate.js'), ...args],
    {
      env: { ...process.env, SIDEGATE_URL: server.url, SIDEGATE_ADMIN_PASSWORD: adminPassword },
    },
  )
  expect(stdout).toContain('Login')
})

test('one line starts a checkout and one tests it, as CI does', () => {
  expect(commands.slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test'])
  const steps = readFileSync(join(root, '.ci', 'run'), 'utf8').split('\n')
  expect(steps).toEqual(expect.arrayContaining(['npm ci', 'npm test']))
})

test('every npm script in it exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const named = [...readme.matchAll(/npm (?:run )?(start|test|demo|bench|check)\b/g)].map(([, name]) => name)
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining([...new Set(named)]))
})

/** The variables in the first column of a page's tables. */
function settingsIn(page: string): Set<string> {
  const cells = page.split('\n').flatMap((line) => /^\| (`[^|]*) \|/.exec(line)?.[1] ?? [])
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([A-Z_]{4,})`/g)].map(([, name = '']) => name)))
}

test('docs/settings.md lists every setting and no other', () => {
  const page = readFileSync(join(root, 'docs', 'settings.md'), 'utf8')
  expect(settingsIn(page)).toEqual(new Set(settingNames))
})

test('the README lists settings that exist', () => {
  const listed = settingsIn(readme)
  expect(listed.size).toBeGreaterThan(5)
  expect(settingNames).toEqual(expect.arrayContaining([...listed]))
})

test('the demo prints what the README shows, and no log lines', async () => {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(root, 'demo', 'help-desk.ts')],
    {
      env: { ...process.env, PORT: '1' },
    },
  )
  expect(stderr).toBe('')
  // How many waiting pages the agent sees between two notifications depends on timing.
  const isSure = (sight: string) => !sight.startsWith('page: User has entered')
  const sights = (text: string) =>
    text
      .split('\n')
      .flatMap((line) => /(?:feed|page): [^│]*\S/.exec(line)?.[0] ?? [])
      .filter(isSure)
  const picture = readme.slice(readme.indexOf('$ npm run demo'), readme.indexOf('HelpDesk.json'))
  expect(sights(stdout).filter((sight) => sights(picture).includes(sight))).toEqual(sights(picture))
})
