import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import { signedOutDuring, tryAgain, wireOf } from './console.ts'
import { designNodeType, goTo } from './designer.ts'
import { dragType, emptyJourney, engineer, middleOfCanvas, node, storeJourney } from './editor.ts'
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

/** A script of 100 KB, of which only the first and last line matter. */
const large = `var before = 1;\n${`// ${'x'.repeat(97)}\n`.repeat(1_014)}action.goTo("Next");\n`

const isListed = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).waitFor()

it('a node type with a script of 100 KB and a long name in two writings is designed and put on a canvas', async () => {
  expect(large.length).toBeGreaterThan(100 * 1024)
  const name = `🛠 اسأل مرة أخرى 👩‍💻 <b>bold & "quoted" ${'Endless'.repeat(18)}`
  const { person, page } = await open('/custom-nodes')
  await designNodeType(page, {
    name,
    properties: [{ name: 'message', label: 'Message' }],
    outcomes: ['Next'],
    script: large,
  })
  await expectNoSidewaysScroll(page)
  expect((await readContent(person, server)).nodeTypes[name]?.script).toBe(large)

  await storeJourney(person, server, emptyJourney('Uses it'))
  await page.goto(`${originOf(server)}/console/journeys/Uses%20it?realm=%2Falpha`)
  await dragType(page, name, await middleOfCanvas(page))
  await node(page, name).getByText('Next').waitFor()
  await expectNoSidewaysScroll(page)
})

it('a node type is saved after a lost network, the end of the session, a name that was taken, and a restart', async () => {
  const { person, page } = await open('/custom-nodes/new#name')
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Taken')
  await goTo(page, 'Settings')
  await page.getByLabel('Outcomes', { exact: true }).first().fill('Next')
  await page.keyboard.press('Enter')
  await goTo(page, 'Script')
  const script = 'action.goTo("Next");\n'
  await writeScript(page, script)
  await goTo(page, 'Save')
  await page.getByRole('heading', { name: 'Ready to save' }).waitFor()
  const type = { serviceName: 'taken', displayName: 'Taken', outcomes: ['Next'], inputs: [], outputs: [] }
  await wireOf(person, server).post('/am/json/node-designer/node-type?_action=create', { ...type, script })

  const save = page.getByRole('button', { name: 'Save', exact: true })
  const unreachable = page.getByText('The server cannot be reached.')
  await person.setOffline(true)
  await save.click()
  await unreachable.waitFor()
  await person.setOffline(false)
  await person.clearCookies()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Your session ended.').waitFor()
  await signInAsAdministrator(person, server)
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await tryAgain(page)

  await page.getByRole('alert').getByText('Taken').waitFor()
  await page.getByRole('link', { name: 'Another custom node has this name.' }).click()
  await name.fill('Not taken')
  await goTo(page, 'Save')
  await page.getByRole('heading', { name: 'Ready to save' }).waitFor()

  const { port } = new URL(server.url)
  await server.stop()
  await save.click()
  await unreachable.waitFor()
  server = await startServer({ dataFolder: folder, withSamples: false, port: Number(port) })
  // As if the window was closed.
  await page.reload()
  await page.getByText('Draft restored').waitFor()
  await save.click()
  await isListed(page, 'Not taken')
})

it('a node type that another person changed meanwhile is merged, also if the browser kept the draft', async () => {
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
  await goTo(page, 'Save')
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
  await goTo(page, 'Save')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await dialog.getByRole('radio', { name: 'amadmin: Newer' }).check()
  await dialog.getByRole('button', { name: 'Discard mine' }).click()
  await goTo(page, 'Name and description')
  await description.fill('Other')
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await expect.poll(() => description.inputValue()).toBe('Newer')

  await wire.delete(`${at}/shared-1`)
  await description.fill('Kept')
  await goTo(page, 'Save')
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

it('a script of 100 KB is saved, also after the network was lost and after the session ended', async () => {
  const { person, page } = await open('/scripts?realm=%2Falpha')
  const stored = async () => {
    const { scripts } = await readContent(person, server)
    return Buffer.from(String(scripts.Large?.script), 'base64').toString()
  }
  await makeScript(page, { name: 'Large', kind: 'Journey decision node', source: large })
  expect(await stored()).toBe(large)
  await page.reload()
  await page.getByText('var before = 1;').waitFor()

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
  expect(await stored()).toBe('action.goTo("maybe");\n')
})
