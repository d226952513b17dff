import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../support/browser-shims.ts'
import { Frodo } from '../support/frodo.ts'
import {
  type ExportedJourney,
  type ExportedJourneys,
  type ExportedScript,
  journeys,
  ofNewerServer,
  script,
  unstamped,
  withDefaultScripts,
  withSecondVersion,
  withUnknownType,
  withUnknownVersion,
} from '../support/frodo-journeys.ts'
import { type SdkStep, sdkClients } from '../support/sdk-clients.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// The vendor's command line against a real server. The cases build on each other.

let server: TestServer
let frodo: Frodo

beforeAll(async () => {
  server = await startServer()
  frodo = new Frodo(server.url)
  frodo.write('two.journeys.json', journeys)
  frodo.write('newer.journeys.json', ofNewerServer())
  frodo.write('unknown.journeys.json', withUnknownType())
})

afterAll(async () => {
  frodo.close()
  await server.stop()
})

const done = (out: string | RegExp) => ({
  exit: 0,
  out: typeof out === 'string' ? expect.stringContaining(out) : expect.stringMatching(out),
})
const failed = (out: string) => ({ exit: 1, out: expect.stringContaining(out) })

/** The last export of all journeys. Cases that change nothing compare with it. */
let latest: ExportedJourneys

/** Exports all journeys of alpha to a file, and reads it. */
async function exportAll(file: string): Promise<ExportedJourneys> {
  expect(await frodo.alpha('journey', 'export', '-a', '--use-string-arrays', '-f', file)).toMatchObject({
    exit: 0,
  })
  latest = unstamped(frodo.read<ExportedJourneys>(file))
  return latest
}

test('shows server information to an administrator, but not with a wrong password', async () => {
  const info = await frodo.anywhere(['info', '--json'])
  expect(info).toEqual(done('"cookieName": "iPlanetDirectoryPro"'))
  expect(info.out).toMatch(/"amVersion": "\d\.\d\.\d /)
  expect(info.out).toContain('"deploymentType": "classic"')
  expect(await frodo.anywhere(['conn', 'save'], 'not-the-password')).toEqual(failed('Status: 401'))
  expect(await frodo.anywhere(['conn', 'save'])).toEqual(done('Saved connection profile'))
})

test('detects that the server takes tokens, and lists the journeys of the root realm', async () => {
  const { exit, out } = await frodo.withoutType('journey', 'list', '--verbose')
  expect(exit).toBe(0)
  expect(out).toContain('ForgeRock Identity Cloud detected')
  expect(out).toMatch(/^Login$/m)
  expect(out).not.toContain('VerifyCaller')
})

test('lists realms', async () => {
  expect(await frodo.alpha('realm', 'list', '-l')).toEqual(done(/L2FscGhh\W+alpha\W+active/))
})

test('lists services of a realm and of the server', async () => {
  for (const where of [[], ['-g']])
    expect(await frodo.alpha('service', 'list', ...where)).toEqual(done(/CorsService.*session.*validation/s))
})

test('imports journeys from one file, and overwrites them', async () => {
  const all = await frodo.alpha('journey', 'import', '-a', '-f', 'two.journeys.json')
  expect(all).toMatchObject({ exit: 0 })
  expect(all.out).not.toContain('Error')
  const again = await frodo.alpha('journey', 'import', '-i', 'Front Door', '-f', 'two.journeys.json')
  expect(again).toEqual(done('Imported Front Door'))
})

test('imports a journey that uses AM’s default scripts', async () => {
  frodo.write('social.journey.json', withDefaultScripts)
  const imported = await frodo.alpha('journey', 'import', '-f', 'social.journey.json')
  expect(imported).toEqual(done('Imported Social'))
  expect(imported.out).not.toContain('Error')
  const list = await frodo.alpha('script', 'list')
  expect(list).toEqual(done('Normalized Profile to Managed User'))
  const deleted = await frodo.alpha('journey', 'delete', '-i', 'Social')
  expect(deleted).toMatchObject({ exit: 0 })
})

test('runs an imported journey with the SDK', async () => {
  const browser = new Browser()
  browser.install()
  try {
    const client = await sdkClients['javascript-sdk'](server.url, 'alpha')
    const step = (await client.start('Shop')) as SdkStep
    expect(step.getHeader()).toBe('Front door')
    expect(step.getStage()).toBe('front-door')
    const answers = ['alex', 'Alex-Pass-2026']
    for (const [i, callback] of step.callbacks.entries()) callback.setInputValue(answers[i])
    expect(await client.next(step)).toMatchObject({ type: 'LoginSuccess' })
  } finally {
    browser.uninstall()
  }
})

test('lists journeys with state, tags and kind', async () => {
  const long = await frodo.alpha('journey', 'list', '-l')
  expect(long).toEqual(done(/Front Door\W+enabled\W+Reception, Fröhlich.*Shop/s))
  const kinds = await frodo.alpha('journey', 'list', '-a')
  expect(kinds).toEqual(done(/Front Door\W+enabled\W+standard/))
  expect(kinds.out).toMatch(/VerifyCaller\W+enabled\W+custom/)
})

test('describes a journey with its nodes, inner journey and script', async () => {
  const { exit, out } = await frodo.alpha('journey', 'describe', '-i', 'Shop')
  expect(exit).toBe(0)
  for (const part of ['ScriptedDecisionNode - Open?', 'InnerTreeEvaluatorNode', 'Is It Open', '- Front Door'])
    expect(out).toContain(part)
})

test('exports every imported field of all journeys', async () => {
  const { trees } = await exportAll('all.json')
  expect(Object.keys(trees)).toEqual(expect.arrayContaining(['Front Door', 'Login', 'Shop', 'VerifyCaller']))
  expect(trees).toMatchObject(journeys.trees)
})

test('exports a single journey and one file per journey, equal to the export of all', async () => {
  const { trees } = latest
  const one = await frodo.alpha('journey', 'export', '-i', 'Shop', '--use-string-arrays', '-f', 'one.json')
  expect(one).toMatchObject({ exit: 0 })
  const alone = unstamped(frodo.read<ExportedJourney & { meta: unknown }>('one.json'))
  expect(alone).toEqual({ meta: alone.meta, ...trees.Shop })
  const separate = await frodo.alpha('journey', 'export', '-A', '--use-string-arrays')
  expect(separate).toMatchObject({ exit: 0 })
  for (const [name, file] of [
    ['Front Door', 'Front-Door'],
    ['VerifyCaller', 'VerifyCaller'],
  ] as const) {
    const { meta: _, ...journey } = unstamped(
      frodo.read<ExportedJourney & { meta: unknown }>(`${file}.journey.json`),
    )
    expect(journey).toEqual(trees[name])
  }
})

test('refuses to export an unknown journey', async () => {
  expect(await frodo.alpha('journey', 'export', '-i', 'Back Door')).toEqual(failed('404'))
})

test('imports an export of a newer server without its unknown setting, refuses an unknown node type, and prunes what it left', async () => {
  const before = latest
  const imported = await frodo.alpha('journey', 'import', '-i', 'Front Door', '-f', 'newer.journeys.json')
  expect(imported).toEqual(done('Imported Front Door'))
  const refused = await frodo.alpha('journey', 'import', '-i', 'Front Door', '-f', 'unknown.journeys.json')
  expect(refused).toEqual(failed("MoonPhaseNode doesn't exist in deployment"))
  expect(await frodo.answering('y\n', 'journey', 'prune')).toEqual(done('Removed 1 orphaned nodes'))
  expect((await exportAll('after.json')).trees).toEqual(before.trees)
})

test('keeps the version of a page, although the tool drops unknown settings', async () => {
  frodo.write('second.journey.json', withSecondVersion)
  expect(await frodo.alpha('journey', 'import', '-f', 'second.journey.json')).toEqual(done('Imported Second'))
  const exported = await frodo.alpha('journey', 'export', '-i', 'Second', '-f', 'second-again.json')
  expect(exported).toMatchObject({ exit: 0 })
  const [page] = Object.values(frodo.read<ExportedJourney>('second-again.json').nodes)
  expect(page).toMatchObject({ _type: { _id: 'PageNode', version: '2.0' }, pageHeader: { en: 'Second' } })
  expect(page).not.toHaveProperty('pageMood')
  expect(await frodo.alpha('journey', 'delete', '-i', 'Second')).toMatchObject({ exit: 0 })
})

test('refuses an unsupported version of a node type, and does not store it as version 1', async () => {
  frodo.write('third.journey.json', withUnknownVersion)
  const refused = await frodo.alpha('journey', 'import', '-f', 'third.journey.json')
  expect(refused).toEqual(failed('Version 9.0 of node type WebAuthnAuthenticationNode does not run here'))
})

test('disables and enables a journey', async () => {
  expect(await frodo.alpha('journey', 'disable', '-i', 'Shop')).toMatchObject({ exit: 0 })
  expect(await frodo.alpha('journey', 'list', '-l')).toEqual(done(/Shop\W+disabled/))
  // The next export of all journeys has to be the same as the last one.
  expect(await frodo.alpha('journey', 'enable', '-i', 'Shop')).toMatchObject({ exit: 0 })
})

test('lists, describes and exports scripts with every field', async () => {
  expect(await frodo.alpha('script', 'list', '-l')).toEqual(done(/Is It Open\W+f20d0000\S+\W+JavaScript/))
  const described = await frodo.alpha('script', 'describe', '-n', script.name)
  expect(described).toEqual(done(script._id))
  const exported = await frodo.alpha('script', 'export', '-n', script.name, '-f', 'one.script.json')
  expect(exported).toMatchObject({ exit: 0 })
  const file = frodo.read<{ script: Record<string, ExportedScript> }>('one.script.json')
  expect(file.script).toMatchObject({ [script._id]: script })
})

test('overwrites a script, and imports a copy under another name', async () => {
  expect(await frodo.alpha('script', 'import', '-f', 'one.script.json')).toMatchObject({ exit: 0 })
  const beside = await frodo.alpha(
    'script',
    'import',
    '--re-uuid',
    '-n',
    script.name,
    '-f',
    'one.script.json',
  )
  expect(beside).toMatchObject({ exit: 0 })
  expect(await frodo.alpha('script', 'list')).toEqual(done(/Is It Open\n.*Is It Open - imported \(1\)/s))
})

test('deletes a journey with its nodes, and restores it from its export', async () => {
  const before = latest
  expect(await frodo.alpha('journey', 'delete', '-i', 'Front Door')).toEqual(
    done('Deleted Front Door and 5/5 nodes'),
  )
  expect((await frodo.alpha('journey', 'list')).out).not.toContain('Front Door')
  const back = await frodo.alpha('journey', 'import', '-i', 'Front Door', '-f', 'after.json')
  expect(back).toEqual(done('Imported Front Door'))
  expect((await exportAll('after.json')).trees).toEqual(before.trees)
})

test('reports what it deleted, and that there was nothing to delete', async () => {
  expect(await frodo.alpha('journey', 'delete', '-i', 'Shop')).toEqual(done('Deleted Shop and 2/2 nodes'))
  expect(await frodo.alpha('journey', 'delete', '-i', 'Front Door')).toEqual(
    done('Deleted Front Door and 5/5 nodes'),
  )
  expect(await frodo.alpha('journey', 'delete', '-i', 'Shop')).toEqual(done('Error deleting Shop'))
  expect((await frodo.alpha('journey', 'list')).out).not.toMatch(/Front Door|Shop/)
  for (const name of ['Is It Open', 'Is It Open - imported (1)'])
    expect(await frodo.alpha('script', 'delete', '-n', name)).toEqual(done(`Deleted ${name}`))
  expect((await frodo.alpha('script', 'list')).out).not.toContain('Is It Open')
})
