import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { startServer } from '../support/start-server.ts'
import { expectNoSidewaysScroll } from './browser.ts'
import { dragType, node, publish } from './editor.ts'
import { editorTest } from './editor-test.ts'
import { fillIn } from './inspector.ts'
import { originOf } from './signed-in.ts'

// Survives the restart of the server.
const folder = mkdtempSync(join(tmpdir(), 'sidegate-editor-'))
// Runs last, because hooks for the end run in reverse order.
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const editor = editorTest({ dataFolder: folder })

const choose = (page: Page, name: string) => node(page, name).click({ position: { x: 60, y: 10 } })

describe('a journey of 200 nodes', () => {
  it('can be opened, extended, moved, rearranged and saved without other changes', async () => {
    const { person, page } = await editor.openWaiting('Many', 200)
    const before = await editor.stored(person, 'Many')
    await node(page, 'Wait 200').waitFor()
    const board = await page.getByRole('application', { name: 'Canvas' }).boundingBox()
    await dragType(page, 'Message', { x: (board?.x ?? 0) + 100, y: (board?.y ?? 0) + 300 })
    await node(page, 'Message').click()
    await page.keyboard.press('Alt+Shift+ArrowDown')
    await page.getByText('1 unsaved change').waitFor()
    await page.getByRole('button', { name: 'Arrange nodes' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await publish(page)

    const { tree, nodes } = await editor.stored(person, 'Many')
    const added = Object.keys(tree.nodes).filter((id) => before.tree.nodes[id] === undefined)
    expect(added).toHaveLength(1)
    const { [added[0] ?? '']: _node, ...others } = tree.nodes
    const { [added[0] ?? '']: _settings, ...otherSettings } = nodes
    expect([others, otherSettings]).toEqual([before.tree.nodes, before.nodes])
  })

  it('has an outline in which the last node can be reached and changed', async () => {
    const { person, page } = await editor.openWaiting('Long', 200)
    await page.getByText('Outline', { exact: true }).click()
    await page.getByRole('button', { name: 'Settings of Wait 200', exact: true }).click()
    await fillIn(page, { texts: { 'Seconds To Wait': 7 } })
    await publish(page)
    const { tree, nodes } = await editor.stored(person, 'Long')
    const [last] = Object.entries(tree.nodes).find(([, { displayName }]) => displayName === 'Wait 200') ?? []
    expect(nodes[last ?? '']).toMatchObject({ secondsToWait: 7 })
  })
})

describe('names', () => {
  const names = ['🔐 Who is it? 👩‍💻', 'تحقق من المتصل', `${'Endless'.repeat(30)}`, '<b>bold</b> & "quoted"']

  it.each(names)('%s is shown and stored as typed', async (name) => {
    const { page } = await editor.openWaiting(`Named ${names.indexOf(name)}`, 2)
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
    const person = await editor.person()
    const page = await person.newPage()
    await page.goto(`${originOf(editor.server)}/console/journeys/${encodeURIComponent(name)}?realm=%2Falpha`)
    await page.getByRole('button', { name: 'Create it' }).click()
    await page.getByRole('button', { name: 'Create journey' }).click()
    await node(page, 'Start').waitFor()
    expect((await editor.draft(person, name))?.tree._id).toBe(name)
    await page.reload()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await expectNoSidewaysScroll(page)
  })
})

describe('a server restart during an edit', () => {
  it('is shown, and saving works afterwards with the same session', async () => {
    const { person, page } = await editor.openWaiting('Restarted', 1)
    await choose(page, 'Wait 1')
    await fillIn(page, { texts: { 'Seconds To Wait': 4 } })
    const { port } = new URL(editor.server.url)
    await editor.server.stop()
    await page.keyboard.press('Control+s')
    await page.getByText('The server cannot be reached.').waitFor()

    editor.server = await startServer({ dataFolder: folder, port: Number(port) })
    await publish(page)
    await page.getByText('The server cannot be reached.').waitFor({ state: 'hidden' })
    const { nodes } = await editor.stored(person, 'Restarted')
    expect(Object.values(nodes)).toMatchObject([{ secondsToWait: 4 }])
  })
})

describe('two tabs with one journey', () => {
  it('keep the changes of both', async () => {
    const { person, page: one } = await editor.openWaiting('Twice', 2)
    const other = await editor.show(person, 'Twice')
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

    const { tree, nodes } = await editor.stored(person, 'Twice')
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
