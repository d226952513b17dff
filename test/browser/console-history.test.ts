import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSession } from '../../src/sessions/sessions.ts'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'
import { expectAccessible, expectGoodInEveryLook, TestBrowser } from './browser.ts'
import { openConsole, wireOf } from './console.ts'
import {
  canvas,
  engineer,
  node,
  openJourney,
  save,
  storedJourney,
  storeJourney,
  waitingJourney,
} from './editor.ts'
import { choose, openJourneys } from './journeys.ts'
import { writeScript } from './script-editor.ts'
import { originOf } from './signed-in.ts'

const alpha = '/am/json/realms/root/realms/alpha'

const people = [
  ['/beta', 'realm-admin'],
  ['/alpha', 'journey-author'],
] as const

let server: TestServer
/** Session tokens by role. */
const tokens: Record<string, string> = {}
let browser: TestBrowser

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/beta')
    for (const [realm, role] of people) {
      const identity = exampleIdentity({ id: role, userName: role, realm, roles: [role] })
      await stores.identities.create(identity)
      const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
      const signedIn = { realm, identity, journey: 'Login', authLevel: 0, properties: {} }
      const { token, session } = newSession({ ...signedIn, ...limits }, Date.now())
      await stores.sessions.create(session)
      tokens[role] = token
    }
  })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
})

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
const sheet = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })
const rows = (page: Page) => page.locator('.versions > li')

/** Two versions of a journey: the second has another first node, and its end leads elsewhere. */
async function twoVersions(person: BrowserContext, name: string): Promise<void> {
  const journey = waitingJourney(name, 3)
  await storeJourney(person, server, journey)
  const [first = '', second = '', third = ''] = Object.keys(journey.tree.nodes)
  const { [first]: _removed, ...nodes } = journey.tree.nodes
  const added = `greet-${name}`
  const { [first]: _settings, ...settings } = journey.nodes
  const changed = {
    tree: {
      ...journey.tree,
      entryNodeId: added,
      nodes: {
        ...nodes,
        [added]: {
          nodeType: 'MessageNode',
          displayName: 'Greet',
          connections: { true: second },
          x: 160,
          y: 300,
        },
        [third]: { ...nodes[third], connections: {} },
      },
    },
    nodes: {
      ...settings,
      [added]: { _id: added, _type: { _id: 'MessageNode' } },
      [second]: { ...settings[second], secondsToWait: 9 },
    },
    innerNodes: {},
  }
  await storeJourney(person, server, changed as Parameters<typeof storeJourney>[2])
}

describe('the history of a journey', () => {
  it('compares versions in words and on the canvas, and restores one that Undo takes back', async () => {
    const person = await engineer(browser, server)
    await twoVersions(person, 'Back')
    const page = await openJourney(person, server, 'Back')
    await button(page, 'More').click()
    await page.getByRole('menuitem', { name: 'History…' }).click()
    const history = sheet(page, 'History of “Back”')
    await history.getByText('Published by amadmin').first().waitFor()
    expect(await rows(page).count()).toBe(2)
    expect(
      await rows(page)
        .first()
        .getByRole('button', { name: /^Restore/ })
        .count(),
    ).toBe(0)
    await rows(page)
      .first()
      .getByRole('button', { name: /^Changes/ })
      .click()
    await history.getByText("'Greet' (Message Node) added").waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize({ width: 1440, height: 900 })

    await rows(page)
      .nth(1)
      .getByRole('button', { name: /^Compare/ })
      .click()
    const compared = sheet(page, 'Compare “Back”')
    const shown = compared.getByRole('application', { name: 'Canvas' })
    await shown.getByRole('group', { name: 'Greet' }).getByText('Added', { exact: true }).waitFor()
    await shown.getByRole('group', { name: 'Wait 2' }).getByText('Changed', { exact: true }).waitFor()
    await shown.getByRole('group', { name: 'Wait 3' }).getByText('Connection removed').waitFor()
    await compared.getByRole('button', { name: "'Wait 1' (Polling Wait) removed" }).click()
    await shown.getByRole('group', { name: 'Wait 1' }).getByText('Removed', { exact: true }).waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize({ width: 1440, height: 900 })

    await button(page, 'Restore this version…').click()
    const asking = sheet(page, 'Restore “Back”?')
    await asking.getByText("'Greet' (Message Node) removed").waitFor()
    await asking.getByText('Sign-ins in progress continue with the version that they began with.').waitFor()
    await asking.getByRole('textbox', { name: 'Note' }).fill('Too early')
    await expectGoodInEveryLook(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await asking.getByRole('button', { name: 'Restore', exact: true }).click()
    await asking.waitFor({ state: 'hidden' })
    await node(page, 'Wait 1').waitFor()
    const { tree } = await storedJourney(person, server, 'Back')
    expect(Object.values(tree.nodes).map(({ displayName }) => displayName)).toContain('Wait 1')
    const { body } = await wireOf(person, server).get(`${alpha}/versions/journey/Back`)
    expect(body.result[0]).toMatchObject({ cause: 'restore', note: 'Too early' })

    await canvas(page).focus()
    await page.keyboard.press('Control+z')
    await node(page, 'Greet').waitFor()
    await save(page)
  })

  it('is a conflict for another open editor, and warns of own unsaved changes', async () => {
    const person = await engineer(browser, server)
    await twoVersions(person, 'Both')
    const other = await openJourney(await engineer(browser, server), server, 'Both')
    const page = await openJourney(person, server, 'Both')
    for (const each of [other, page]) {
      await node(each, 'Wait 2').click({ position: { x: 60, y: 10 } })
      await each.keyboard.press('Alt+ArrowDown')
      await each.getByText('1 unsaved change').waitFor()
    }
    await button(page, 'More').click()
    await page.getByRole('menuitem', { name: 'History…' }).click()
    await rows(page)
      .nth(1)
      .getByRole('button', { name: /^Compare/ })
      .click()
    await page.getByText('unsaved changes are not compared').waitFor()
    await button(page, 'Restore this version…').click()
    await page.getByText('Undo brings them back').waitFor()
    await sheet(page, /^Restore/)
      .getByRole('button', { name: 'Restore', exact: true })
      .click()
    await node(page, 'Wait 1').waitFor()

    await button(other, 'Save').click()
    await sheet(other, 'amadmin published this journey first').waitFor()
  })

  it('leaves a sign-in in progress on its version', async () => {
    const person = await engineer(browser, server)
    const wire = wireOf(person, server)
    const first = await storedJourney(person, server, 'Login')
    const started = await startJourney(server.url, 'Login')
    const broken = { ...first, tree: { ...first.tree, entryNodeId: '70e691a5-1e33-4ac3-a356-e7b6d60d92e0' } }
    await storeJourney(person, server, broken)
    const page = await openJourneys(person, server)
    await choose(page, 'Login', 'History…')
    await rows(page)
      .nth(1)
      .getByRole('button', { name: /^Restore/ })
      .click()
    await sheet(page, /^Restore/)
      .getByRole('button', { name: 'Restore', exact: true })
      .click()
    await sheet(page, /^Restore/).waitFor({ state: 'hidden' })
    expect((await wire.get(`${alpha}/journeys/Login`)).body.tree.entryNodeId).toBe(first.tree.entryNodeId)
    const ended = await answerStep(server.url, started, ['alex', 'Alex-Pass-2026'])
    expect(ended.body.tokenId).toBeTypeOf('string')
  })

  it('finds and restores a deleted journey', async () => {
    const person = await engineer(browser, server)
    await storeJourney(person, server, waitingJourney('Gone', 1))
    await wireOf(person, server).delete(`${alpha}/journeys/Gone`)
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/journeys/Gone?realm=%2Falpha`)
    await page.getByRole('link', { name: 'Deleted journeys' }).click()
    await page.getByRole('heading', { name: 'History', level: 1 }).waitFor()
    await button(page, 'History of “Gone”').waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize({ width: 1440, height: 900 })
    await button(page, 'History of “Gone”').click()
    await sheet(page, 'History of “Gone”').getByText('Deleted by amadmin').waitFor()
    await rows(page)
      .nth(1)
      .getByRole('button', { name: /^Restore/ })
      .click()
    await sheet(page, /^Restore/)
      .getByRole('button', { name: 'Restore', exact: true })
      .click()
    await page.getByRole('status').getByRole('link', { name: 'Gone' }).click()
    await node(page, 'Wait 1').waitFor()
  })
})

describe('the history of a realm', () => {
  it('is searched, shows an import as one change, and undoes it', async () => {
    const { person, page } = await openConsole(browser, server, '/history?realm=%2Falpha')
    const wire = wireOf(person, server)
    const script = (name: string) => ({
      ...{ _id: name, name, language: 'JAVASCRIPT', context: 'LIBRARY', evaluatorVersion: '2.0' },
      script: Buffer.from('exports.one = 1').toString('base64'),
    })
    const names = ['Undo one', 'Undo two', 'Undo three']
    const file = { script: Object.fromEntries(names.map((name) => [name, script(name)])) }
    expect((await wire.post(`${alpha}/journeys?_action=import`, file)).status).toBe(200)
    await wire.put(`${alpha}/scripts/Undo%20two`, { ...script('Undo two'), description: 'Ours' })

    const changes = page.getByRole('list', { name: 'Changes' }).getByRole('listitem')
    await page.getByRole('textbox', { name: 'Search changes' }).fill('undo ')
    await page.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Script' }).click()
    await expect.poll(() => changes.count()).toBe(2)
    const isAsked = Promise.withResolvers<void>()
    const isOpen = Promise.withResolvers<void>()
    await page.route(/person=amad/, async (route) => {
      isAsked.resolve()
      await isOpen.promise
      await route.continue()
    })
    const searched = page.waitForResponse(/person=amad/)
    await page.getByRole('textbox', { name: 'Person' }).fill('amad')
    await isAsked.promise
    const imported = changes.filter({ hasText: 'Import3 changes' })
    await imported.getByRole('button', { name: 'Show changes' }).click()
    isOpen.resolve()
    await (await searched).finished()
    await button(page, 'History of “Undo three”').waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize({ width: 1440, height: 900 })

    await imported.getByRole('button', { name: 'Undo import…' }).click()
    const asking = sheet(page, 'Undo this import?')
    await asking.getByRole('region', { name: 'Deleted' }).getByText('Script “Undo one”').waitFor()
    const stays = asking.getByRole('region', { name: 'Stay: changed since the import' })
    expect(await stays.getByRole('listitem').allTextContents()).toEqual(['Script “Undo two”'])
    await asking.getByRole('textbox', { name: 'Note for the history' }).fill('Wrong file')
    await expectGoodInEveryLook(page)
    await asking.getByRole('button', { name: 'Undo this import' }).click()
    await page.getByText('The import was undone.').waitFor()
    const left = async (name: string) =>
      (await wire.get(`${alpha}/scripts/${encodeURIComponent(name)}`)).status
    expect(await Promise.all(names.map(left))).toEqual([404, 200, 404])

    await page.getByRole('textbox', { name: 'Person' }).fill('no one')
    await page.getByRole('heading', { name: 'No matching changes' }).waitFor()
  })
})

describe('the history of other things', () => {
  it('shows the lines of a script that differ, with the note of the save, and restores it', async () => {
    const person = await engineer(browser, server)
    const wire = wireOf(person, server)
    const script = (source: string) => ({
      ...{ name: 'History lines', language: 'JAVASCRIPT', context: 'SCRIPTED_DECISION_NODE' },
      ...{ evaluatorVersion: '2.0', script: Buffer.from(source).toString('base64') },
    })
    const { body } = await wire.post(
      `${alpha}/scripts?_action=create`,
      script('let a = 1\naction.goTo("a")\n'),
    )
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/scripts/${body._id}?realm=%2Falpha`)
    await page.getByRole('textbox', { name: 'Name' }).fill('History of lines')
    await page.getByRole('textbox', { name: 'Note for the history' }).fill('Clearer name – für alle')
    await button(page, 'Save').click()
    await page.getByText('Saved', { exact: true }).waitFor()
    await wire.put(`${alpha}/scripts/${body._id}`, script('let a = 2\naction.goTo("a")\n'))

    await button(page, 'History').click()
    await rows(page).nth(1).getByText('Clearer name – für alle').waitFor()
    await rows(page)
      .nth(1)
      .getByRole('button', { name: /^Compare/ })
      .click()
    const lines = page.getByRole('region', { name: /^Lines/ })
    await lines.getByText('let a = 2').waitFor()
    expect(await lines.locator('tr.removed').textContent()).toContain('Removed: −let a = 1')
    await expectAccessible(page)
    await button(page, 'Restore this version…').click()
    await sheet(page, /^Restore/)
      .getByRole('button', { name: 'Restore', exact: true })
      .click()
    await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('History of lines')
  })

  it('is a conflict for an open script editor, which shows both changes and saves the chosen one', async () => {
    const person = await engineer(browser, server)
    const wire = wireOf(person, server)
    const script = (source: string) => ({
      ...{ name: 'Two editors', language: 'JAVASCRIPT', context: 'SCRIPTED_DECISION_NODE' },
      ...{ evaluatorVersion: '2.0', script: Buffer.from(source).toString('base64') },
    })
    const { body } = await wire.post(`${alpha}/scripts?_action=create`, script('let a = 1\n'))
    const at = `${alpha}/scripts/${body._id}`
    await wire.put(at, script('let a = 2\n'))
    const source = async () => Buffer.from((await wire.get(at)).body.script, 'base64').toString()
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/scripts/${body._id}?realm=%2Falpha`)
    await page.getByText('let a = 2').waitFor()

    const restore = async (number: number, note: string) =>
      wire.post(`${alpha}/versions/script/${body._id}/${number}?_action=restore`, { note })
    const { body: versions } = await wire.get(`${alpha}/versions/script/${body._id}`)
    await restore(versions.result[1].number, 'Back to one')
    await writeScript(page, 'let a = 3\nlet b = 3\n')
    await button(page, 'Save').click()
    const conflict = sheet(page, 'amadmin restored an earlier version')
    await conflict.getByText('Note: “Back to one”').waitFor()
    const lines = (side: string) => conflict.getByRole('region', { name: `${side} changed: Script` })
    await lines('amadmin').getByText('let a = 1').waitFor()
    await lines('You').getByText('let b = 3').waitFor()
    await expectAccessible(page)
    expect(await source()).toBe('let a = 1\n')
    await conflict.getByRole('radio', { name: /^Mine/ }).check()
    // Saves nothing while the dialog is open, and keeps the choice.
    await page.keyboard.press('Control+s')
    await conflict.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    expect(await source()).toBe('let a = 3\nlet b = 3\n')

    await wire.put(at, script(`let a = 4 // ${'long '.repeat(100)}\n`))
    await writeScript(page, 'let a = 5\n')
    await button(page, 'Save').click()
    const second = sheet(page, 'amadmin saved first')
    const sides = second.locator('.conflict-sides').first().locator(':scope > section')
    const widths = () => sides.evaluateAll((all) => all.map((side) => Math.round(side.clientWidth)))
    await sides.first().waitFor()
    const [theirs, mine] = await widths()
    expect(theirs).toBe(mine)
    const size = page.viewportSize() ?? { width: 1280, height: 800 }
    await page.setViewportSize({ width: 390, height: 800 })
    await expect.poll(async () => (await second.boundingBox())?.width).toBe(390)
    expect(Math.max(...(await widths()))).toBeLessThan(390)
    await page.setViewportSize(size)
    await second.getByRole('radio', { name: /^amadmin/ }).check()
    await second.getByRole('button', { name: 'Discard mine' }).click()
    await page.getByText('let a = 4').waitFor()
    await page.getByText('Saved', { exact: true }).waitFor()

    await wire.delete(at)
    await writeScript(page, 'let a = 5\n')
    await button(page, 'Save').click()
    await sheet(page, 'Two editors was deleted').getByRole('button', { name: 'Save again' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    expect(await source()).toBe('let a = 5\n')

    await wire.put(at, script('let a = 6\n'))
    page.on('dialog', (question) => question.accept())
    await button(page, 'Delete').click()
    const refused = page.getByRole('alert').getByText('It changed after it was read.')
    await refused.waitFor()
    expect(await source()).toBe('let a = 6\n')
    await page.getByText('let a = 6').waitFor()
    await writeScript(page, 'let a = 7\n')
    await button(page, 'Save').click()
    await refused.waitFor({ state: 'detached' })
    await page.getByText('Saved', { exact: true }).waitFor()
    await button(page, 'Delete').click()
    await page.waitForURL(/\/scripts\?/)
    expect((await wire.get(at)).status).toBe(404)
  })

  it('keeps unsaved changes of a template when it is restored', async () => {
    const { person, page } = await openConsole(browser, server, '/realm/templates?realm=%2Falpha')
    const wire = wireOf(person, server)
    const template = (subject: string) => ({
      subject: { en: subject },
      message: { en: 'Text' },
      enabled: true,
    })
    for (const subject of ['One', 'Two']) {
      await wire.put('/openidm/config/emailTemplate/restored?realm=/alpha', template(subject))
    }
    await page.goto(`${originOf(server)}/console/realm/templates/restored?realm=%2Falpha`)
    await page.getByRole('textbox', { name: 'From' }).fill('desk@example.com')
    await button(page, 'History').click()
    await rows(page)
      .nth(1)
      .getByRole('button', { name: /^Restore/ })
      .click()
    await page.getByText('Your unsaved changes stay').waitFor()
    await sheet(page, /^Restore/)
      .getByRole('button', { name: 'Restore', exact: true })
      .click()
    await expect.poll(() => page.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('One')
    expect(await page.getByRole('textbox', { name: 'From' }).inputValue()).toBe('desk@example.com')
    await page.getByRole('textbox', { name: 'Note for the history' }).fill('With a sender')
    await button(page, 'Save').click()
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor()
    const { body } = await wire.get(`${alpha}/versions/emailTemplate/restored`)
    expect(body.result[0]).toMatchObject({ note: 'With a sender' })
  })
})

describe('the rights', () => {
  /** A window with the session of a prepared person. */
  async function windowOf(token = ''): Promise<BrowserContext> {
    const person = await browser.person()
    const url = originOf(server)
    await person.addCookies([{ name: 'iPlanetDirectoryPro', value: token, url, httpOnly: true }])
    return person
  }

  it('show an administrator of another realm nothing, and an author no button that the server refuses', async () => {
    const admin = wireOf(await engineer(browser, server), server)
    const type = {
      serviceName: 'mine',
      displayName: 'Mine',
      outcomes: ['ok'],
      outputs: [],
      inputs: [],
      script: '1',
    }
    await admin.post('/am/json/node-designer/node-type?_action=create', type)
    await admin.delete('/am/json/node-designer/node-type/mine-1')

    const rogue = await (await windowOf(tokens['realm-admin'])).newPage()
    await rogue.goto(`${originOf(server)}/console/history?realm=%2Falpha`)
    await rogue.getByText('You don’t have permission to do this.').waitFor()
    expect(await rogue.getByRole('list', { name: 'Changes' }).count()).toBe(0)

    const author = await (await windowOf(tokens['journey-author'])).newPage()
    await author.goto(`${originOf(server)}/console/history?realm=%2Falpha&only=deleted`)
    await button(author, 'History of “Mine”').click()
    await rows(author)
      .nth(1)
      .getByRole('button', { name: /^Compare/ })
      .waitFor()
    expect(
      await rows(author)
        .getByRole('button', { name: /^Restore/ })
        .count(),
    ).toBe(0)
  })
})
