import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/start-server.ts'
import { expectNoSidewaysScroll, TestBrowser } from './browser.ts'
import {
  dragType,
  engineer,
  node,
  openJourney,
  publish,
  storedDraft,
  storedJourney,
  storeJourney,
  waitingJourney,
} from './editor.ts'
import { fillIn } from './inspector.ts'
import { originOf } from './signed-in.ts'

let folder: string
let server: TestServer
let browser: TestBrowser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidegate-editor-'))
  server = await startServer({ dataFolder: folder })
  browser = await TestBrowser.launch()
})

afterAll(async () => {
  browser.expectNoProblems()
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function openWaiting(name: string, count: number): Promise<{ person: BrowserContext; page: Page }> {
  const person = await engineer(browser, server)
  await storeJourney(person, server, waitingJourney(name, count))
  return { person, page: await openJourney(person, server, name) }
}

const choose = (page: Page, name: string) => node(page, name).click({ position: { x: 60, y: 10 } })

describe('a journey of 200 nodes', () => {
  it('can be opened, extended, moved, rearranged and saved without other changes', async () => {
    const { person, page } = await openWaiting('Many', 200)
    const before = await storedJourney(person, server, 'Many')
    await node(page, 'Wait 200').waitFor()
    const board = await page.getByRole('application', { name: 'Canvas' }).boundingBox()
    await dragType(page, 'Message Node', { x: (board?.x ?? 0) + 100, y: (board?.y ?? 0) + 300 })
    await node(page, 'Message Node').click()
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await page.getByText('1 unsaved change').waitFor()
    await page.getByRole('button', { name: 'Arrange nodes' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await publish(page)

    const { tree, nodes } = await storedJourney(person, server, 'Many')
    const added = Object.keys(tree.nodes).filter((id) => before.tree.nodes[id] === undefined)
    expect(added).toHaveLength(1)
    const { [added[0] ?? '']: _node, ...others } = tree.nodes
    const { [added[0] ?? '']: _settings, ...otherSettings } = nodes
    expect([others, otherSettings]).toEqual([before.tree.nodes, before.nodes])
  })

  it('has an outline in which the last node can be reached and changed', async () => {
    const { person, page } = await openWaiting('Long', 200)
    await page.getByText('Outline', { exact: true }).click()
    await page.getByRole('button', { name: 'Settings of Wait 200', exact: true }).click()
    await fillIn(page, { texts: { 'Seconds To Wait': 7 } })
    await publish(page)
    const { tree, nodes } = await storedJourney(person, server, 'Long')
    const [last] = Object.entries(tree.nodes).find(([, { displayName }]) => displayName === 'Wait 200') ?? []
    expect(nodes[last ?? '']).toMatchObject({ secondsToWait: 7 })
  })
})

describe('names', () => {
  const names = ['🔐 Who is it? 👩‍💻', 'تحقق من المتصل', `${'Endless'.repeat(30)}`, '<b>bold</b> & "quoted"']

  it.each(names)('%s is shown and stored as typed', async (name) => {
    const { page } = await openWaiting(`Named ${names.indexOf(name)}`, 2)
    await choose(page, 'Wait 1')
    await fillIn(page, { texts: { Name: name } })
    await node(page, name).waitFor()
    await publish(page)
    await page.reload()
    await node(page, name).getByTitle(name, { exact: true }).waitFor()
    await choose(page, 'Wait 2')
    await choose(page, name)
    await expectNoSidewaysScroll(page)
  })

  it.each(['تسجيل الدخول 🔐', '50% off? #1 & more'])('%s can be the name of a journey', async (name) => {
    const person = await engineer(browser, server)
    const page = await person.newPage()
    await page.goto(`${originOf(server)}/console/journeys/${encodeURIComponent(name)}?realm=%2Falpha`)
    await page.getByRole('button', { name: 'Create it' }).click()
    await page.getByRole('button', { name: 'Create journey' }).click()
    await node(page, 'Start').waitFor()
    expect((await storedDraft(person, server, name))?.tree._id).toBe(name)
    await page.reload()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await expectNoSidewaysScroll(page)
  })
})

describe('a server restart during an edit', () => {
  it('is shown, and saving works afterwards with the same session', async () => {
    const { person, page } = await openWaiting('Restarted', 1)
    await choose(page, 'Wait 1')
    await fillIn(page, { texts: { 'Seconds To Wait': 4 } })
    const { port } = new URL(server.url)
    await server.stop()
    await page.keyboard.press('Control+s')
    await page.getByText('The server cannot be reached.').waitFor()

    server = await startServer({ dataFolder: folder, port: Number(port) })
    await publish(page)
    await page.getByText('The server cannot be reached.').waitFor({ state: 'hidden' })
    const { nodes } = await storedJourney(person, server, 'Restarted')
    expect(Object.values(nodes)).toMatchObject([{ secondsToWait: 4 }])
  })
})

describe('two tabs with one journey', () => {
  it('keep the changes of both', async () => {
    const { person, page: one } = await openWaiting('Twice', 2)
    const other = await openJourney(person, server, 'Twice')
    await choose(one, 'Wait 1')
    await fillIn(one, { texts: { 'Seconds To Wait': 4 } })
    await choose(other, 'Wait 2')
    await fillIn(other, { texts: { Name: 'Second' } })
    await publish(other)
    await one.keyboard.press('Control+s')
    await one.getByRole('button', { name: 'Keep both' }).click()
    await one.getByText(/^Draft, saved/).waitFor()
    await node(one, 'Second').waitFor()
    await publish(one)

    const { tree, nodes } = await storedJourney(person, server, 'Twice')
    const kept = Object.entries(tree.nodes).map(([id, { displayName }]) => [
      displayName,
      nodes[id]?.secondsToWait,
    ])
    expect(kept).toEqual([
      ['Wait 1', 4],
      ['Second', 1],
    ])
  })
})
