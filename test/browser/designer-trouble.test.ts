import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { signedOutDuring, tryAgain, wireOf } from './console.ts'
import { designNodeType, type WantedNodeType } from './designer.ts'
import {
  dragType,
  emptyJourney,
  engineer,
  middleOfCanvas,
  node,
  openJourney,
  storeJourney,
} from './editor.ts'
import { readContent } from './example-comparison.ts'
import { makeScript, writeScript } from './script-editor.ts'
import { originOf, signInAsAdministrator } from './signed-in.ts'

let folder: string
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidegate-designer-'))
  server = await startServer({ dataFolder: folder, withSamples: false })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(path: string): Promise<{ person: BrowserContext; page: Page }> {
  const person = await engineer(browser, server)
  const page = await person.newPage()
  await page.goto(`${originOf(server)}/console${path}`)
  return { person, page }
}

const small: Omit<WantedNodeType, 'name'> = {
  properties: [{ name: 'message', label: 'Message' }],
  outcomes: ['Next'],
  script: 'action.goTo("Next");\n',
}

/** A script of 100 KB, of which only the first and last line matter. */
const large = `var before = 1;\n${`// ${'x'.repeat(97)}\n`.repeat(1_014)}action.goTo("Next");\n`

/** Fills in a node type, ready to be saved. */
async function openDraft(name: string) {
  const { person, page } = await open('/custom-nodes/new#name')
  await page.getByLabel('Name', { exact: true }).fill(name)
  const step = (title: string) =>
    page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: title, exact: true }).click()
  await step('Settings')
  await page.getByLabel('Outcomes', { exact: true }).first().fill('Next')
  await page.keyboard.press('Enter')
  await step('Script')
  await writeScript(page, small.script)
  await step('Save')
  await page.getByRole('heading', { name: 'Ready to save' }).waitFor()
  return { person, page, save: () => page.getByRole('button', { name: 'Save', exact: true }).click() }
}

const isListed = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).waitFor()

describe('a script of 100 KB', () => {
  it('can be written, tried and saved in a node type', async () => {
    expect(large.length).toBeGreaterThan(100 * 1024)
    const { person, page } = await open('/custom-nodes')
    await designNodeType(page, { ...small, name: 'Large', script: large })
    expect((await readContent(person, server)).nodeTypes.Large?.script).toBe(large)
  })

  it('can be written, tried and saved as a script of the realm', async () => {
    const { person, page } = await open('/scripts?realm=%2Falpha')
    await makeScript(page, { name: 'Large', kind: 'Journey decision node', source: large })
    const { scripts } = await readContent(person, server)
    expect(Buffer.from(String(scripts.Large?.script), 'base64').toString()).toBe(large)
    await page.reload()
    await page.getByText('var before = 1;').waitFor()
  })
})

describe('the name of a node type', () => {
  it.each(['🛠 Ask again 👩‍💻', 'اسأل مرة أخرى', `${'Endless'.repeat(20)}`, '<b>bold & "quoted"'])(
    'can be %s, in the list and on the canvas',
    async (name) => {
      const { person, page } = await open('/custom-nodes')
      await designNodeType(page, { ...small, name })
      await expectNoSidewaysScroll(page)
      await storeJourney(person, server, emptyJourney(name))
      const editor = await openJourney(person, server, name)
      await dragType(editor, name, await middleOfCanvas(editor))
      await node(editor, name).getByText('Next').waitFor()
      await expectNoSidewaysScroll(editor)
      await person.close()
    },
  )
})

describe('saving a node type', () => {
  it('shows that the network is lost, and saves when it is back', async () => {
    const { person, page, save } = await openDraft('Offline')
    await person.setOffline(true)
    await save()
    await page.getByText('The server cannot be reached.').waitFor()
    await person.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await isListed(page, 'Offline')
  })

  it('works after signing in again, when the session has ended', async () => {
    const { person, page, save } = await openDraft('Signed out')
    await person.clearCookies()
    await save()
    await page.getByText('Your session ended.').waitFor()
    await signInAsAdministrator(person, server)
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await tryAgain(page)
    await isListed(page, 'Signed out')
  })

  it('loses nothing when the server restarts, even if the window is closed', async () => {
    const { page, save } = await openDraft('Restarted')
    const { port } = new URL(server.url)
    await server.stop()
    await save()
    await page.getByText('The server cannot be reached.').waitFor()
    server = await startServer({ dataFolder: folder, withSamples: false, port: Number(port) })
    await page.reload()
    await page.getByText('Draft restored').waitFor()
    await save()
    await isListed(page, 'Restarted')
  })

  it('leads to the name if another person took it meanwhile', async () => {
    const { person, page, save } = await openDraft('Taken')
    const type = { serviceName: 'taken', displayName: 'Taken', outcomes: ['Next'], inputs: [], outputs: [] }
    const at = '/am/json/node-designer/node-type?_action=create'
    await wireOf(person, server).post(at, { ...type, script: small.script })
    await save()
    await page.getByRole('alert').getByText('Taken').waitFor()
    await page.getByRole('link', { name: 'Another custom node has this name.' }).click()
    const name = page.getByLabel('Name', { exact: true })
    await name.fill('Not taken')
    await page.getByRole('link', { name: 'Save', exact: true }).click()
    await page.getByRole('heading', { name: 'Ready to save' }).waitFor()
    await save()
    await isListed(page, 'Not taken')
  })
})

describe('a node type that another person changed meanwhile', () => {
  it('is merged where both changed different things, also if the draft was kept by the browser', async () => {
    const { person, page } = await open('/custom-nodes')
    const wire = wireOf(person, server)
    const at = '/am/json/node-designer/node-type'
    const type = { serviceName: 'shared', displayName: 'Shared', outcomes: ['Next'], inputs: [], outputs: [] }
    const [a, b] = ['a', 'b'].map((title) => ({ title, type: 'STRING' }))
    const properties = { a, b }
    await wire.post(`${at}?_action=create`, { ...type, properties, script: 'action.goTo("Next");\n// one\n' })
    await page.goto(`${originOf(server)}/console/custom-nodes/shared-1`)
    const description = page.getByLabel('Description', { exact: true })
    await description.fill('Mine')
    await page.getByText('Draft saved').waitFor()
    const script = 'action.goTo("Next");\n// two\n'
    await wire.put(`${at}/shared-1`, { ...type, properties: { b, a }, description: 'Theirs', script })
    await page.reload()
    await page.getByText('Draft restored').waitFor()
    const step = (title: string) =>
      page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: title, exact: true }).click()
    await step('Save')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'amadmin saved first' })
    await dialog.getByRole('region', { name: 'amadmin changed: Script' }).getByText('// two').waitFor()
    await dialog.getByText('Order of properties: a, b to b, a').waitFor()
    await dialog.getByRole('radio', { name: 'Mine: Mine' }).check()
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await isListed(page, 'Shared')
    const { body } = await wire.get(`${at}/shared-1`)
    expect(body).toMatchObject({ description: 'Mine', script })
    expect(Object.keys(body.properties)).toEqual(['b', 'a'])

    await page.goto(`${originOf(server)}/console/custom-nodes/shared-1`)
    await description.fill('Again')
    await page.getByText('Draft saved').waitFor()
    await wire.put(`${at}/shared-1`, { ...type, description: 'Newer', script })
    await step('Save')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByRole('radio', { name: 'amadmin: Newer' }).check()
    await dialog.getByRole('button', { name: 'Discard mine' }).click()
    await step('Name and description')
    await description.fill('Other')
    await page.getByRole('button', { name: 'Discard draft' }).click()
    await expect.poll(() => description.inputValue()).toBe('Newer')

    await wire.delete(`${at}/shared-1`)
    await description.fill('Kept')
    await step('Save')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').getByText('The node type was deleted').waitFor()
    await page.getByRole('button', { name: 'Save again' }).click()
    await isListed(page, 'Shared')
    expect((await wire.get(`${at}/shared-1`)).body).toMatchObject({ description: 'Kept', script })

    await wire.put(`${at}/shared-1`, { ...type, description: 'Changed', script })
    await page.getByRole('button', { name: 'More for Shared' }).click()
    await page.getByRole('menuitem', { name: /^Delete/ }).click()
    const remove = page.getByRole('button', { name: 'Delete node type' })
    await remove.click()
    await page.getByRole('alert').getByText('It changed after it was read.').waitFor()
    await expect.poll(() => remove.isEnabled()).toBe(true)
    await remove.click()
    await remove.waitFor({ state: 'detached' })
    expect((await wire.get(`${at}/shared-1`)).status).toBe(404)
  })
})

describe('saving a script', () => {
  it('works after the network was lost and after the session ended', async () => {
    const { person, page } = await open('/scripts?realm=%2Falpha')
    await makeScript(page, { name: 'Kept', kind: 'Journey decision node', source: 'action.goTo("true");\n' })
    await person.setOffline(true)
    await writeScript(page, 'action.goTo("false");\n')
    await page.keyboard.press('Control+s')
    await page.getByText('The server cannot be reached.').first().waitFor()
    await person.setOffline(false)
    await page.getByText('The server cannot be reached.').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+s')
    await page.getByText('Saved', { exact: true }).waitFor()

    await signedOutDuring({ person, page }, async () => {
      await writeScript(page, 'action.goTo("maybe");\n')
      await page.keyboard.press('Control+s')
    })
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    const { scripts } = await readContent(person, server)
    expect(Buffer.from(String(scripts.Kept?.script), 'base64').toString()).toBe('action.goTo("maybe");\n')
  })
})
