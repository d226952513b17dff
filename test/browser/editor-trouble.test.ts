import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { startServer } from '../support/start-server.ts'
import { expectAccessible, expectNoSidewaysScroll } from './browser.ts'
import { tryAgain } from './console.ts'
import { dragType, node, publish, waitingJourney } from './editor.ts'
import { editorTest, type Opened } from './editor-test.ts'
import { fillIn } from './inspector.ts'
import { signInAsAdministrator } from './signed-in.ts'

// Survives the restart of the server.
const folder = mkdtempSync(join(tmpdir(), 'sidegate-editor-'))
// Runs last, because hooks for the end run in reverse order.
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const editor = editorTest({ dataFolder: folder })

const choose = (page: Page, name: string) => node(page, name).click({ position: { x: 60, y: 10 } })

async function setSeconds(page: Page, name: string, seconds: number): Promise<void> {
  await choose(page, name)
  await fillIn(page, { texts: { 'Seconds To Wait': seconds } })
  await page.getByText('1 unsaved change').waitFor()
}

async function secondsIn({ person }: Opened, name: string): Promise<Record<string, unknown>> {
  const { tree, nodes } = await editor.stored(person, name)
  return Object.fromEntries(
    Object.entries(tree.nodes).map(([id, { displayName }]) => [displayName, nodes[id]?.secondsToWait]),
  )
}

it('names of nodes are shown and stored as typed, in any writing and at any length', async () => {
  const names = ['🔐 Who is it? 👩‍💻', 'تحقق من المتصل', `${'Endless'.repeat(30)}`, '<b>bold</b> & "quoted"']
  const journey = waitingJourney('Named', names.length)
  // The canvas draws only nodes in view.
  for (const [at, place] of Object.values(journey.tree.nodes).entries())
    Object.assign(place, { x: 160 + (at % 2) * 280, y: 96 + Math.floor(at / 2) * 200 })
  const { page } = await editor.open(journey)
  for (const [at, name] of names.entries()) {
    await choose(page, `Wait ${at + 1}`)
    await fillIn(page, { texts: { Name: name } })
    await node(page, name).waitFor()
  }
  await publish(page)
  await page.reload()
  for (const name of names) {
    await node(page, name).getByTitle(name, { exact: true }).waitFor()
    await choose(page, name)
    await page.getByRole('heading', { name, exact: true, level: 2 }).waitFor()
    await expectNoSidewaysScroll(page)
  }
})

it('a journey of 200 nodes is extended, moved, rearranged, changed in its outline and saved without other changes', async () => {
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
  await page.getByText('Outline', { exact: true }).click()
  await page.getByRole('button', { name: 'Settings of Wait 200', exact: true }).click()
  await fillIn(page, { texts: { 'Seconds To Wait': 7 } })
  await publish(page)

  const { tree, nodes } = await editor.stored(person, 'Many')
  const added = Object.keys(tree.nodes).filter((id) => before.tree.nodes[id] === undefined)
  expect(added).toHaveLength(1)
  const { [added[0] ?? '']: _node, ...others } = tree.nodes
  const { [added[0] ?? '']: _settings, ...otherSettings } = nodes
  const [last = ''] = Object.keys(others).filter((id) => others[id]?.displayName === 'Wait 200')
  const changed = { ...before.nodes, [last]: { ...before.nodes[last], secondsToWait: 7 } }
  expect([others, otherSettings]).toEqual([before.tree.nodes, changed])
})

it('a lost network and a server restart are shown, and saving works afterwards with the same session', async () => {
  const opened = await editor.openWaiting('Restarted', 1)
  const { page, person } = opened
  const notice = page.getByText('The server cannot be reached.')
  await person.setOffline(true)
  await notice.waitFor()
  await person.setOffline(false)
  await notice.waitFor({ state: 'hidden' })

  await setSeconds(page, 'Wait 1', 4)
  const { port } = new URL(editor.server.url)
  await editor.server.stop()
  await page.keyboard.press('Control+s')
  await notice.waitFor()
  editor.server = await startServer({ dataFolder: folder, port: Number(port) })
  await publish(page)
  await notice.waitFor({ state: 'hidden' })
  expect(await secondsIn(opened, 'Restarted')).toEqual({ 'Wait 1': 4 })
})

it('two tabs that changed different nodes of one journey keep the changes of both', async () => {
  const opened = await editor.openWaiting('Both', 2)
  const { page, person } = opened
  const other = await editor.show(person, 'Both')
  await setSeconds(page, 'Wait 1', 4)
  await setSeconds(other, 'Wait 2', 7)
  await publish(other)
  await page.keyboard.press('Control+s')

  const dialog = page.getByRole('dialog', { name: /published this journey first/ })
  await dialog.getByText("'Wait 1', Seconds To Wait: 1 → 4").waitFor()
  await dialog.getByText("'Wait 2', Seconds To Wait: 1 → 7").waitFor()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Keep both' }).click()
  await page.getByText(/^Draft, saved/).waitFor()
  await node(page, 'Wait 2').getByText('7 s').waitFor()
  await publish(page)
  expect(await secondsIn(opened, 'Both')).toEqual({ 'Wait 1': 4, 'Wait 2': 7 })
})

it('an editor says that another one published or saved a draft, and shows it or merges it', async () => {
  const { page, person } = await editor.openWaiting('Overtaken', 2)
  const other = await editor.show(person, 'Overtaken')
  const notice = page.getByRole('status').filter({ hasText: 'this journey' })
  /** The editor asks when its user does something, and not more often than each quarter of a minute. */
  const look = async (minutes: number) => {
    await page.clock.setSystemTime(Date.now() + minutes * 60_000)
    await page.keyboard.press('Shift')
  }
  await setSeconds(other, 'Wait 1', 4)
  await publish(other)
  await look(1)
  await notice.getByText('amadmin published this journey').waitFor()
  await expectAccessible(page)
  await notice.getByRole('button', { name: 'Load' }).click()
  await node(page, 'Wait 1').getByText('4 s').waitFor()
  await notice.waitFor({ state: 'detached' })

  await setSeconds(page, 'Wait 2', 9)
  await setSeconds(other, 'Wait 1', 5)
  await other.keyboard.press('Control+s')
  await other.getByText(/^Draft, saved/).waitFor()
  await look(2)
  await notice.getByText('amadmin saved a draft of this journey').waitFor()
  await notice.getByRole('button', { name: 'Merge' }).click()
  await page.getByRole('dialog').getByText("'Wait 1', Seconds To Wait: 4 → 5").waitFor()
})

it('a node that another editor changed, too, is saved after a choice, or in a copy of the journey', async () => {
  const opened = await editor.openWaiting('Same', 1)
  const { page, person } = opened
  const dialog = page.getByRole('dialog', { name: /published this journey first/ })
  /** Changes the node here and as another client, and saves here. */
  const changeBoth = async (mine: number, theirs: number) => {
    await setSeconds(page, 'Wait 1', mine)
    const journey = await editor.stored(person, 'Same')
    for (const settings of Object.values(journey.nodes)) settings.secondsToWait = theirs
    await editor.store(person, journey)
    await page.keyboard.press('Control+s')
    await dialog.waitFor()
  }
  await changeBoth(4, 7)
  const save = dialog.getByRole('button', { name: 'Save', exact: true })
  expect(await save.isDisabled()).toBe(true)
  await dialog.getByRole('radio', { name: 'Theirs: Seconds To Wait 7' }).waitFor()
  await dialog.getByRole('radio', { name: 'Mine: Seconds To Wait 4' }).check()
  await save.click()
  await page.getByText(/^Draft, saved/).waitFor()
  await publish(page)
  expect(await secondsIn(opened, 'Same')).toEqual({ 'Wait 1': 4 })

  await changeBoth(5, 8)
  await dialog.getByRole('button', { name: 'Save mine as a copy' }).click()
  const title = page.getByRole('heading', { name: /^Same copy/, level: 1 })
  await title.waitFor()
  expect(await secondsIn(opened, 'Same')).toEqual({ 'Wait 1': 8 })
  await publish(page)
  expect(await secondsIn(opened, (await title.textContent()) ?? '')).toEqual({ 'Wait 1': 5 })
})

it('the end of the session loses nothing: the draft can be downloaded, and saved after signing in again', async () => {
  const opened = await editor.openWaiting('Signed out', 1)
  const { page, person } = opened
  await setSeconds(page, 'Wait 1', 4)
  await person.clearCookies()
  await page.keyboard.press('Control+s')

  const dialog = page.getByRole('dialog', { name: 'You were signed out' })
  await dialog.getByText('Your change is safe in this window').waitFor()
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download my changes' }).click()
  const file = JSON.parse(await readFile((await (await download).path()) ?? '', 'utf8'))
  expect(Object.values(file.nodes)).toMatchObject([{ secondsToWait: 4 }])

  const popup = page.waitForEvent('popup')
  await dialog.getByRole('button', { name: 'Sign in again' }).click()
  expect(new URL((await popup).url()).pathname).toBe('/am/XUI/')
  await signInAsAdministrator(person, editor.server)
  await tryAgain(dialog)
  await dialog.waitFor({ state: 'hidden' })
  await publish(page)
  expect(await secondsIn(opened, 'Signed out')).toEqual({ 'Wait 1': 4 })
})
