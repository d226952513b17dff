import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { startDev } from '../../src/dev/start-dev.ts'
import { plays, running } from '../support/running-dev.ts'
import { exportOf, login, projectFolder, scripted } from '../support/walk-project.ts'

const gate = exportOf(
  'Gate',
  { Ask: scripted('ask', { open: 'success', closed: 'failure' }) },
  { ask: "outcome = systemEnv.getProperty('esv.gate') === 'up' ? 'open' : 'closed'" },
)

const walks = (it: string, end: string, people = '{ alex: { mail: alex@example.com } }') =>
  `journey: Login\npeople: ${people}\nwalks: [{ it: ${it}, ends: ${end} }]\n`

const files = {
  'sidegate.yaml': 'configuration: [journeys]\n',
  'journeys/Login.json': login,
  'journeys/Gate.json': gate,
  'tests/Login.walk.yaml': walks('asks', 'success'),
}

test('the first sync sees a file that was saved while the server started', async () => {
  const folder = projectFolder(files)
  const file = join(folder, 'journeys/Login.json')
  const seen = Promise.withResolvers<void>()
  let isSaved = false
  const save = () => {
    if (!isSaved) writeFileSync(file, login.replace('"Check"', '"Saved early"'))
    isSaved = true
  }
  const controller = new AbortController()
  const dev = await startDev({
    folder,
    port: 0,
    // The server logs only after the project was opened.
    log: pino({ level: 'debug' }, { write: save }),
    say: (text) => {
      if (text.includes("'Saved early'")) seen.resolve()
    },
    environment: {},
    signal: controller.signal,
  })
  onTestFinished(() => dev.close())
  expect(isSaved).toBe(true)
  await seen.promise
})

test('uses changed settings at once, names those that need a restart, and keeps the last good ones', async () => {
  const folder = projectFolder(files)
  const settings = (text: string) => writeFileSync(join(folder, 'sidegate.yaml'), text)
  const { dev, ask, says } = await running(folder)
  const starts = async (journey: string) => {
    const path = `/realms/root/realms/alpha/authenticate?authIndexType=service&authIndexValue=${journey}`
    return (await ask(path, { method: 'POST', as: '' })).status
  }
  expect(await starts('Gate')).toBe(401)

  settings(`${files['sidegate.yaml']}esv: { gate: up }\nsettings: { journeyMinutes: 9 }
dev: { http: [{ GET: "https://risk.example/", reply: { json: {} } }] }\nallow: [risk.example]\n`)
  await says('sidegate.yaml changed: the server uses the new settings, esv, dev')
  await says('sidegate.yaml changed: restart to use it (allow)')
  expect(await starts('Gate')).toBe(200)
  expect(await dev.server.parts.realms.read('/alpha')).toMatchObject({ settings: { journeyMinutes: 9 } })
  const panel = async () => (await ask('/global-config/dev')).body
  expect(await panel()).toMatchObject({
    mocks: ['GET https://risk.example/'],
    problems: ['sidegate.yaml changed: restart to use it (allow)'],
  })

  // Settings from the console stay, unless the file changes them.
  const realm = await dev.server.parts.realms.read('/alpha')
  if (realm === undefined) throw new Error('no realm')
  await dev.server.parts.realms.save({ ...realm, settings: { ...realm.settings, suspendedMinutes: 77 } })
  settings(`${files['sidegate.yaml']}esv: { gate: up }\nsettings: { journeyMinutes: 11 }\n`)
  await says('sidegate.yaml changed: the server uses the new settings, dev')
  expect(await dev.server.parts.realms.read('/alpha')).toMatchObject({
    settings: { journeyMinutes: 11, suspendedMinutes: 77 },
  })
  expect((await panel()).problems).toEqual([])

  settings(`${files['sidegate.yaml']}esv: { gate: down }\nsettings:\n  journeyMinutes: soon\n`)
  expect(await says('The last good settings stay in use')).toContain('sidegate.yaml:4: journeyMinutes: ')
  settings(`${files['sidegate.yaml']}\nesw: {}\n`)
  expect(await says('esw')).toContain("sidegate.yaml:3: 'esw' is unknown. Did you mean 'esv'?")
  settings('realm: [')
  await says(/sidegate\.yaml:1: /)
  expect((await panel()).problems.join('\n')).toMatch(/sidegate\.yaml:1: /)
  expect(await starts('Gate')).toBe(200)
})

test('follows walks: forgets renamed and removed ones, and adds their people', async () => {
  const folder = projectFolder(files)
  const file = join(folder, 'tests/Login.walk.yaml')
  const { dev, says, lines } = await running(folder, { MIA_MAIL: 'mia@example.com' })
  const titles = () => dev.walks.failures.map(({ title }) => title)
  const says2 = async (text: string) => {
    await says(text)
    lines.splice(0)
  }
  await says2('walks: 0 passed, 1 failed')
  expect(titles()).toEqual(['Login › asks'])

  const [mail, noMail] = [`"\${secret:MIA_MAIL}"`, `"\${secret:NO}"`]
  const people = `{ alex: {}, mia: { mail: ${mail}, createdAgo: 30d }, zoe: { mail: ${noMail} } }`
  writeFileSync(`${file}.tmp`, walks('is renamed', 'failure', people))
  renameSync(`${file}.tmp`, file)
  await says('walks: 0 passed, 1 failed')
  expect(titles()).toEqual(['Login › is renamed'])
  await says('mia was added')
  await says(`The person zoe cannot be created: \${secret:NO} is unknown`)
  await says2('alex changed in the walks: restart to use it')
  const mia = await dev.server.parts.identities.find('/alpha', 'mia')
  expect(mia?.attributes.mail).toBe('mia@example.com')
  expect(dev.server.clock.now() - (mia?.createdAt ?? 0)).toBeGreaterThanOrEqual(30 * 86_400_000)
  expect((await plays(dev, 'mia')).successUrl).toEqual(expect.any(String))

  rmSync(file)
  await says('walks: 0 passed, 0 failed')
  expect(titles()).toEqual([])
})

test('SIGTERM ends the process cleanly and leaves no data', async () => {
  const folder = projectFolder(files)
  const main = pathToFileURL(join(import.meta.dirname, '../../src/main.ts')).href
  const code = `import { main } from '${main}'; await main(process.argv.slice(1), { onReady() {} })`
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code]
  const child = spawn(process.execPath, [...options, 'dev', folder, '--port', '0'])
  let output = ''
  await new Promise<void>((resolve) =>
    child.stdout.on('data', (data) => {
      output += data
      if (output.includes('Ctrl+C')) resolve()
    }),
  )
  const data = ['/dev/shm', '/tmp'].map((parent) => join(parent, `sidegate-worlds-${child.pid}`))
  expect(data.some((path) => existsSync(path))).toBe(true)
  child.kill('SIGTERM')
  const [status] = await once(child, 'close')
  expect(status).toBe(143)
  expect(data.some((path) => existsSync(path))).toBe(false)
  expect(readFileSync(join(folder, 'journeys/Login.json'), 'utf8')).toBe(login)
})
