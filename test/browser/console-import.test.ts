import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectAccessible, expectGoodInEveryLook, sizes, TestBrowser } from './browser.ts'
import { engineer } from './editor.ts'
import { ask, choose, contentOf, exchangeFixtures, makeRealm, openJourneys, rowOf } from './journeys.ts'

/** The journey of the fixtures. */
const name = 'Verify – 確認'
const fixture = (file: string) => join(exchangeFixtures, file)
const single = fixture('frodo-single.journey.json')

let server: TestServer
let browser: TestBrowser
let folder: string
let count = 0
/** Creates a realm for a test. */
let realm: string
let person: BrowserContext

beforeAll(async () => {
  server = await startServer()
  browser = await TestBrowser.launch()
  folder = mkdtempSync(join(tmpdir(), 'sidegate-files-'))
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  realm = `r${count++}`
  person = await engineer(browser, server)
  await makeRealm(person, server, realm)
})

afterEach(() => person.close())

/** The realm's scripts without the built-in ones. */
async function ownScripts(): Promise<{ script: string }[]> {
  const { result } = await ask(person, server, 'GET', 'scripts?_queryFilter=true', { realm })
  return (result as { script: string; default: boolean }[]).filter((script) => !script.default)
}

/** Writes a temporary file. */
function fileOf(path: string, content: string | object): string {
  const full = join(folder, path)
  writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content))
  return full
}

async function open(context = person): Promise<Page> {
  return openJourneys(context, server, { realm: `/${realm}` })
}

/** Opens the import and selects files. */
async function take(page: Page, files: string | string[]): Promise<Locator> {
  await page.getByRole('button', { name: 'Import', exact: true }).first().click()
  return takeMore(page, files)
}

async function takeMore(page: Page, files: string | string[]): Promise<Locator> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles(files)
  return page.getByRole('dialog')
}

const lineOf = (dialog: Locator, text: string) =>
  dialog.getByRole('list', { name: 'Changes' }).getByRole('listitem').filter({ hasText: text })

async function journeysOf(): Promise<string[]> {
  const { result } = await ask(person, server, 'GET', 'journeys?_queryFilter=true&_fields=name', { realm })
  return (result as { _id: string }[]).map(({ _id }) => _id)
}

const imported = (data: unknown) => ask(person, server, 'POST', 'journeys?_action=import', { realm, data })

describe('an import', () => {
  it('shows its plan with names, findings and what is missing before it runs', async () => {
    const page = await open()
    const dialog = await take(page, single)
    await dialog.getByText('frodo-single.journey.json: 5 items. Nothing has been changed yet.').waitFor()
    await lineOf(dialog, name).getByText('New', { exact: true }).waitFor()
    await lineOf(dialog, name).getByText('Journey, 6 nodes').waitFor()
    await lineOf(dialog, 'Check risk').getByText('Script').waitFor()
    await lineOf(dialog, 'Stamp').getByText('Custom node, for all realms').waitFor()
    await lineOf(dialog, 'welcome').getByText('Email template').waitFor()
    await lineOf(dialog, 'Dark').getByText('Theme').waitFor()
    await dialog.getByText(/node 'Risk' is of type VendorRiskNode, which is not supported/).waitFor()
    await expectAccessible(page)
    expect(await journeysOf()).toEqual([])

    await dialog.getByRole('checkbox', { name: /^Include scripts/ }).uncheck()
    await dialog
      .getByText(`Journey ${name} needs script 'Check risk', which is left out and not in the realm`)
      .waitFor()
    expect(await dialog.getByText('Missing', { exact: true }).count()).toBeGreaterThan(0)
    await dialog.getByRole('button', { name: 'Import 1 item' }).click()
    await page.getByText('Imported frodo-single.journey.json: 1 new.').waitFor()
    expect(await ownScripts()).toEqual([])
    await page.getByRole('link', { name: 'See what is still missing' }).click()
    const missing = page.getByRole('list', { name: 'Missing' }).getByRole('listitem')
    await missing
      .filter({ hasText: `Journey ${name} needs script` })
      .getByText('Open journey')
      .waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await page.goBack()

    await take(page, single)
    await dialog.getByRole('button', { name: /^Import \d items?$/ }).click()
    await expect.poll(async () => (await ownScripts()).length).toBe(1)
    await rowOf(page, name).getByText('Not supported: VendorRiskNode').waitFor()
    expect(await journeysOf()).toEqual([name])
  })

  it('keeps existing items unless they are chosen, and shows what changes', async () => {
    const changed = JSON.parse(readFileSync(single, 'utf8').replaceAll('décide', 'entscheide'))
    changed.nodes['decide-1'].outcomes.push('later')
    await imported(changed)
    const page = await open()
    const dialog = await take(page, single)
    await lineOf(dialog, name).getByText('Differs, kept as is').waitFor()
    await dialog.getByRole('button', { name: 'Nothing to import' }).waitFor()
    expect(await dialog.getByRole('button', { name: 'Nothing to import' }).isDisabled()).toBe(true)
    await dialog
      .getByRole('list', { name: `Differences of ${name}` })
      .getByText('\'Decide\', Outcomes: removed "later"')
      .waitFor()
    await dialog.getByRole('list', { name: 'Differences of Check risk' }).getByText('+1 −1').waitFor()
    await dialog.getByRole('button', { name: 'Choose other files' }).click()

    const broken = readFileSync(single, 'utf8').replace("outcome = 'ok'", 'outcome = (')
    await takeMore(page, fileOf('broken.json', broken))
    await dialog.getByRole('radio', { name: 'Replace' }).check()
    await lineOf(dialog, 'Check risk').getByText('Replaces yours').waitFor()
    await dialog.getByText('After the import, journeys have 1 error').waitFor()
    const weakens = dialog.getByText('Script Check risk is replaced by one that can’t run')
    await weakens.waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await dialog.getByRole('checkbox', { name: 'Import Check risk' }).uncheck()
    await lineOf(dialog, 'Check risk').getByText('Differs, kept as is').waitFor()
    await weakens.waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: 'Import 1 item' }).click()
    await page.getByText(/^Imported .*: 1 replaced, \d unchanged/).waitFor()
    const [script] = await ownScripts()
    expect(Buffer.from(script?.script ?? '', 'base64').toString()).toContain('entscheide')
    expect(
      JSON.stringify(await ask(person, server, 'GET', `journeys/${encodeURIComponent(name)}`, { realm })),
    ).not.toContain('later')
  })

  it('of files from several realms asks which realm to import', async () => {
    const page = await open()
    const dialog = await take(page, fixture('full-config.json'))
    const choice = dialog.getByRole('combobox', { name: 'Import files of realm' })
    await choice.waitFor()
    await dialog.getByText(`The files contain no realm ${realm}. Choose one of: alpha, bravo`).waitFor()
    await choice.selectOption('bravo')
    await lineOf(dialog, 'Only in bravo').getByText('New', { exact: true }).waitFor()
    expect(await lineOf(dialog, name).count()).toBe(0)
    await choice.selectOption('alpha')
    await lineOf(dialog, name).getByText('New', { exact: true }).waitFor()
    await expectGoodInEveryLook(page)
    await page.setViewportSize(sizes.desktop)
    await choice.selectOption('bravo')
    await lineOf(dialog, 'Only in bravo').waitFor()
    await dialog.getByRole('button', { name: /^Import/ }).click()
    await rowOf(page, 'Only in bravo').waitFor()
    expect(await journeysOf()).toEqual(['Only in bravo'])
  })

  it('accepts a file dropped on the page, several files, and a folder of a vendor’s tool', async () => {
    const inner = fileOf('Inner.journey.json', { tree: { _id: 'Inner', entryNodeId: '', nodes: {} } })
    const page = await open()
    const text = readFileSync(single, 'utf8')
    const dropped = await page.evaluateHandle((content) => {
      const data = new DataTransfer()
      data.items.add(new File([content], 'Dropped.journey.json', { type: 'application/json' }))
      return data
    }, text)
    const main = page.getByRole('heading', { name: 'No journeys in this realm' })
    await main.dispatchEvent('dragenter', { dataTransfer: dropped })
    await page.locator('.file-drop.over').waitFor()
    await main.dispatchEvent('drop', { dataTransfer: dropped })
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Dropped.journey.json: 5 items').waitFor()
    expect(await page.locator('.file-drop.over').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Choose other files' }).click()

    await takeMore(page, [single, inner])
    await dialog.getByText('2 files: ').waitFor()
    await lineOf(dialog, 'Inner').waitFor()
    await lineOf(dialog, name).waitFor()
    await dialog.getByRole('button', { name: 'Choose other files' }).click()

    await page.getByLabel('Folder').setInputFiles(fixture('fr-config-manager'))
    await dialog.getByText('fr-config-manager: ').waitFor()
    await dialog.getByRole('combobox', { name: 'Import files of realm' }).selectOption('alpha')
    await dialog.getByRole('button', { name: /^Import/ }).click()
    await rowOf(page, name).waitFor()
    const [script] = await ownScripts()
    expect(Buffer.from(script?.script ?? '', 'base64').toString()).toContain("outcome = 'ok'")
  })
})

describe('an impossible import', () => {
  it('is rejected with its reason and without changes, and other files can be selected', async () => {
    await imported(JSON.parse(readFileSync(single, 'utf8')))
    const before = await ask(person, server, 'GET', 'journeys?_queryFilter=true', { realm })
    const page = await open()
    const dialog = await take(page, fileOf('a.json', 'Dear all,'))
    await dialog.getByText('a.json: This is not JSON: invalid symbol in line 1').waitFor()
    await expectAccessible(page)
    for (const [file, said] of [
      [
        fileOf('b.json', readFileSync(single, 'utf8').slice(0, 900)),
        /^b\.json: This JSON ends in the middle/,
      ],
      [fileOf('c.zip', 'PK\u0003\u0004…'), /^c\.zip: This is a zip archive/],
      [fileOf('d.json', ''), 'd.json: This is empty'],
      [fileOf('e.json', { name: 'x' }), /^e\.json: This is not an export of journeys/],
      [fileOf('f.json', `"${' '.repeat(21 * 1_048_576)}"`), 'This is more than 20 MB.'],
    ] as const) {
      await takeMore(page, file)
      await dialog.getByText(said).waitFor()
      await page.getByRole('dialog', { name: 'Nothing was imported' }).waitFor()
    }
    expect(await ask(person, server, 'GET', 'journeys?_queryFilter=true', { realm })).toEqual(before)
    await takeMore(page, single)
    await dialog.getByText('identical items').waitFor()
  })

  it('explains how the files contradict each other', async () => {
    const part = JSON.parse(readFileSync(single, 'utf8'))
    const other = JSON.parse(JSON.stringify(part).replaceAll(name, 'Other'))
    other.scripts['script-1'].script = 'x'
    const page = await open()
    const dialog = await take(page, fileOf('both.json', { trees: { [name]: part, Other: other } }))
    await dialog.getByText(/^Script 'Check risk' exists twice/).waitFor()
    await dialog.getByText('Resolve the conflicts before importing').waitFor()
    expect(await dialog.getByRole('button', { name: /^Import/ }).isDisabled()).toBe(true)
    await expectAccessible(page)
  })
})

describe('an export', () => {
  it('of one journey can be imported as the same journey', async () => {
    await imported(JSON.parse(readFileSync(single, 'utf8')))
    const page = await open()
    const [first] = await Promise.all([page.waitForEvent('download'), choose(page, name, 'Export')])
    expect(first.suggestedFilename()).toMatch(/\.journey\.json$/)
    const text = await contentOf(first)
    const { tree, nodes, innerNodes, scripts } = JSON.parse(text)
    expect(tree).toMatchObject({ _id: name })
    expect(Object.keys({ ...nodes, ...innerNodes })).toHaveLength(6)
    expect(Object.keys(scripts)).toEqual(['script-1'])

    const file = fileOf('out.journey.json', text)
    const dialog = await take(page, file)
    await dialog.getByRole('button', { name: 'Nothing to import' }).waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await choose(page, name, 'Delete…')
    await page.getByRole('button', { name: 'Delete journey' }).click()
    await page.getByRole('heading', { name: 'No journeys in this realm' }).waitFor()
    await take(page, file)
    await page.getByRole('button', { name: 'Import 1 item' }).click()
    await rowOf(page, name).waitFor()
    const [second] = await Promise.all([page.waitForEvent('download'), choose(page, name, 'Export')])
    expect(await contentOf(second)).toBe(text)
  })

  it('of several journeys is one file with their dependencies, and one lists what is missing', async () => {
    const inner = { tree: { _id: 'Inner', entryNodeId: '', nodes: {} } }
    const outer = (_id: string, tree: string, go = `go-${tree}`) => ({
      tree: {
        _id,
        entryNodeId: go,
        nodes: { [go]: { nodeType: 'InnerTreeEvaluatorNode', displayName: 'Go', connections: {} } },
      },
      nodes: { [go]: { _id: go, _type: { _id: 'InnerTreeEvaluatorNode' }, tree } },
    })
    const trees = { Inner: inner, Outer: outer('Outer', 'Inner'), Lonely: outer('Lonely', 'Nowhere') }
    const verify = JSON.parse(readFileSync(single, 'utf8'))
    await imported({ trees: { ...trees, [name]: verify } })
    const page = await open()
    await choose(page, 'Lonely', 'Export')
    await page.getByText(/Journey Lonely needs journey 'Nowhere'/).waitFor()
    await page.getByRole('checkbox', { name: 'Select Outer' }).check()
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    const bar = page.getByRole('region', { name: 'Selected journeys' })
    await bar.getByText('2 selected').waitFor()
    await expectAccessible(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      bar.getByRole('button', { name: 'Export 2 journeys' }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`${realm}.journeys.json`)
    const text = await contentOf(download)
    expect(Object.keys(JSON.parse(text).trees).toSorted()).toEqual(['Inner', 'Outer', name])
    const dialog = await take(page, fileOf('several.json', text))
    await dialog.getByRole('button', { name: 'Nothing to import' }).waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await bar.getByRole('button', { name: 'Clear selection' }).click()
    await bar.waitFor({ state: 'detached' })

    const [withInner] = await Promise.all([
      page.waitForEvent('download'),
      choose(page, 'Outer', 'Export with inner journeys'),
    ])
    expect(Object.keys(JSON.parse(await contentOf(withInner)).trees).toSorted()).toEqual(['Inner', 'Outer'])
  })
})
