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

// The real command line against the real server. The cases build on each other, as an administrator's day does.

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

/** Exports all journeys of alpha to a file, and reads it. */
async function exportAll(file: string): Promise<ExportedJourneys> {
  expect(await frodo.alpha('journey', 'export', '-a', '--use-string-arrays', '-f', file)).toMatchObject({
    exit: 0,
  })
  return unstamped(frodo.read<ExportedJourneys>(file))
}

test('the server introduces itself to an administrator, and not to one with a wrong password', async () => {
  const info = await frodo.anywhere(['info', '--json'])
  expect(info).toEqual(done('"cookieName": "iPlanetDirectoryPro"'))
  expect(info.out).toMatch(/"amVersion": "\d\.\d\.\d /)
  expect(info.out).toContain('"deploymentType": "classic"')
  expect(await frodo.anywhere(['info'], 'not-the-password')).toEqual(failed('Status: 401'))
  expect(await frodo.anywhere(['conn', 'save'], 'not-the-password')).toEqual(failed('Status: 401'))
  expect(await frodo.anywhere(['conn', 'save'])).toEqual(done('Saved connection profile'))
})

test('a command that is told nothing finds a classic deployment, and the journeys of the root realm', async () => {
  const { exit, out } = await frodo.withoutType('journey', 'list')
  expect(exit).toBe(0)
  expect(out).toMatch(/^Login$/m)
  expect(out).not.toContain('VerifyCaller')
})

test('realms are listed', async () => {
  expect(await frodo.alpha('realm', 'list', '-l')).toEqual(done(/L2FscGhh\W+alpha\W+active/))
})

test('services are listed, of a realm and of the whole server', async () => {
  for (const where of [[], ['-g']])
    expect(await frodo.alpha('service', 'list', ...where)).toEqual(done(/CorsService.*session.*validation/s))
})

test('journeys are imported from one file, and again over themselves', async () => {
  const all = await frodo.alpha('journey', 'import', '-a', '-f', 'two.journeys.json')
  expect(all).toMatchObject({ exit: 0 })
  expect(all.out).not.toContain('Error')
  const again = await frodo.alpha('journey', 'import', '-i', 'Front Door', '-f', 'two.journeys.json')
  expect(again).toEqual(done('Imported Front Door'))
})

test('a journey that uses AM’s default scripts is imported, and its export leaves them out', async () => {
  frodo.write('social.journey.json', withDefaultScripts)
  const imported = await frodo.alpha('journey', 'import', '-f', 'social.journey.json')
  expect(imported).toEqual(done('Imported Social'))
  expect(imported.out).not.toContain('Error')
  const list = await frodo.alpha('script', 'list')
  expect(list).toEqual(done('Normalized Profile to Managed User'))
  const deleted = await frodo.alpha('journey', 'delete', '-i', 'Social')
  expect(deleted).toMatchObject({ exit: 0 })
})

test('an imported journey is walked by the SDK', async () => {
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

test('journeys are listed with their state, tags and kind', async () => {
  expect(await frodo.alpha('journey', 'list')).toEqual(done(/Front Door.*Shop/s))
  const long = await frodo.alpha('journey', 'list', '-l')
  expect(long).toEqual(done(/Front Door\W+enabled\W+Reception, Fröhlich/))
  const kinds = await frodo.alpha('journey', 'list', '-a')
  expect(kinds).toEqual(done(/Front Door\W+enabled\W+standard/))
  expect(kinds.out).toMatch(/VerifyCaller\W+enabled\W+custom/)
})

test('a journey is described with its nodes, its inner journey and its script', async () => {
  const { exit, out } = await frodo.alpha('journey', 'describe', '-i', 'Shop')
  expect(exit).toBe(0)
  for (const part of ['ScriptedDecisionNode - Open?', 'InnerTreeEvaluatorNode', 'Is It Open', '- Front Door'])
    expect(out).toContain(part)
})

test('an export of all journeys holds every field of what was imported', async () => {
  const { trees } = await exportAll('all.json')
  expect(Object.keys(trees)).toEqual(expect.arrayContaining(['Front Door', 'Login', 'Shop', 'VerifyCaller']))
  expect(trees).toMatchObject(journeys.trees)
})

test('a journey on its own, and each in a file of its own, are what they are in the export of all', async () => {
  const { trees } = await exportAll('all.json')
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

test('an export of a journey that is not there is refused', async () => {
  expect(await frodo.alpha('journey', 'export', '-i', 'Back Door')).toEqual(failed('404'))
})

test('an export of a newer server comes in without the setting that this one does not know', async () => {
  const before = await exportAll('before.json')
  const imported = await frodo.alpha('journey', 'import', '-i', 'Front Door', '-f', 'newer.journeys.json')
  expect(imported).toEqual(done('Imported Front Door'))
  expect((await exportAll('after.json')).trees).toEqual(before.trees)
})

test('a page of the second version stays one, although the tool drops what this server does not know', async () => {
  frodo.write('second.journey.json', withSecondVersion)
  expect(await frodo.alpha('journey', 'import', '-f', 'second.journey.json')).toEqual(done('Imported Second'))
  const exported = await frodo.alpha('journey', 'export', '-i', 'Second', '-f', 'second-again.json')
  expect(exported).toMatchObject({ exit: 0 })
  const [page] = Object.values(frodo.read<ExportedJourney>('second-again.json').nodes)
  expect(page).toMatchObject({ _type: { _id: 'PageNode', version: '2.0' }, pageHeader: { en: 'Second' } })
  expect(page).not.toHaveProperty('pageMood')
  expect(await frodo.alpha('journey', 'delete', '-i', 'Second')).toMatchObject({ exit: 0 })
})

test('a version of a node type that does not run here is refused, and not stored as the first', async () => {
  frodo.write('third.journey.json', withUnknownVersion)
  const refused = await frodo.alpha('journey', 'import', '-f', 'third.journey.json')
  expect(refused).toEqual(failed('Version 2.0 of node type WebAuthnAuthenticationNode does not run here'))
})

test('an unknown node type is reported, and the journey stays as it was', async () => {
  const before = await exportAll('before.json')
  const refused = await frodo.alpha('journey', 'import', '-i', 'Front Door', '-f', 'unknown.journeys.json')
  expect(refused).toEqual(failed("MoonPhaseNode doesn't exist in deployment"))
  const after = await exportAll('after.json')
  expect(after.trees).toEqual(before.trees)
})

test('what a failed import left behind is pruned, and no journey loses a node', async () => {
  const before = await exportAll('before.json')
  const pruned = await frodo.answering('y\n', 'journey', 'prune')
  expect(pruned).toEqual(done('Removed 1 orphaned nodes'))
  expect((await exportAll('after.json')).trees).toEqual(before.trees)
})

test('a journey is switched off and on', async () => {
  for (const [verb, state] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    expect(await frodo.alpha('journey', verb, '-i', 'Shop')).toMatchObject({ exit: 0 })
    expect(await frodo.alpha('journey', 'list', '-l')).toEqual(done(new RegExp(`Shop\\W+${state}`)))
  }
})

test('scripts are listed, described and exported with every field', async () => {
  expect(await frodo.alpha('script', 'list')).toEqual(done('Is It Open'))
  expect(await frodo.alpha('script', 'list', '-l')).toEqual(done(/Is It Open\W+f20d0000\S+\W+JavaScript/))
  const described = await frodo.alpha('script', 'describe', '-n', script.name)
  expect(described).toEqual(done(script._id))
  const exported = await frodo.alpha('script', 'export', '-n', script.name, '-f', 'one.script.json')
  expect(exported).toMatchObject({ exit: 0 })
  const file = frodo.read<{ script: Record<string, ExportedScript> }>('one.script.json')
  expect(file.script).toMatchObject({ [script._id]: script })
})

test('a script is imported over itself, and beside itself under another name', async () => {
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

test('a journey is deleted with its nodes, and comes back from its export', async () => {
  const before = await exportAll('before.json')
  expect(await frodo.alpha('journey', 'delete', '-i', 'Front Door')).toEqual(
    done('Deleted Front Door and 5/5 nodes'),
  )
  expect((await frodo.alpha('journey', 'list')).out).not.toContain('Front Door')
  const back = await frodo.alpha('journey', 'import', '-i', 'Front Door', '-f', 'before.json')
  expect(back).toEqual(done('Imported Front Door'))
  expect((await exportAll('after.json')).trees).toEqual(before.trees)
})

test('deleting says what it did, and that there was nothing to delete', async () => {
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
