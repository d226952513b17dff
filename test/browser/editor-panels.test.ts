import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible } from './browser.ts'
import { canvas, emptyJourney, node, port, publish } from './editor.ts'
import { editorTest } from './editor-test.ts'
import { originOf } from './signed-in.ts'

const editor = editorTest()

const settingsOf = (page: Page) => page.getByRole('region', { name: 'Settings' })
const typesOf = (page: Page) => page.getByRole('region', { name: 'Nodes', exact: true })
const widthOf = async (page: Page) => (await canvas(page).boundingBox())?.width ?? 0
const click = (page: Page, name: string, ...modifiers: ('Shift' | 'Control')[]) =>
  node(page, name).click({ position: { x: 60, y: 10 }, modifiers })

/** Whether all nodes are inside the canvas, and the journey takes most of its width. */
async function isFitted(page: Page): Promise<boolean> {
  const board = await canvas(page).boundingBox()
  const boxes = await Promise.all(
    (await canvas(page).locator('.react-flow__node').all()).map((each) => each.boundingBox()),
  )
  const left = Math.min(...boxes.map((box) => box?.x ?? 0))
  const right = Math.max(...boxes.map((box) => (box?.x ?? 0) + (box?.width ?? 0)))
  if (board === null) return false
  return left >= board.x && right <= board.x + board.width && right - left > board.width * 0.8
}

it('panels are folded by their handles and keys, stay folded in this browser, and a fitted journey is fitted again', async () => {
  const { page } = await editor.openWaiting('Folded', 8)
  await expect.poll(() => isFitted(page)).toBe(true)
  const before = await widthOf(page)
  await page.getByRole('button', { name: 'Hide node list' }).click()
  await typesOf(page).waitFor({ state: 'detached' })
  await expect.poll(() => widthOf(page)).toBe(before + 216)
  await expect.poll(() => isFitted(page)).toBe(true)
  await page.keyboard.press('s')
  await settingsOf(page).waitFor({ state: 'detached' })
  await expect.poll(() => isFitted(page)).toBe(true)
  await expectAccessible(page)

  await page.reload()
  await expect.poll(() => widthOf(page)).toBe(before + 216 + 308)
  await canvas(page).focus()
  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: 'Find a node' }).and(page.locator(':focus')).waitFor()
  await node(page, 'Wait 2').dblclick({ position: { x: 30, y: 6 } })
  await settingsOf(page).getByRole('heading', { name: 'Wait 2' }).waitFor()
})

it('the panel of a run is folded and opened like the others, while the run goes on', async () => {
  const { page } = await editor.openWaiting('FoldedRun', 2)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const run = page.getByRole('region', { name: 'Run', exact: true })
  const words = run.getByRole('status').first()
  await words.filter({ hasText: 'waiting' }).waitFor()
  const before = await widthOf(page)
  await page.getByRole('button', { name: 'Hide run' }).click()
  await run.waitFor({ state: 'hidden' })
  await expect.poll(() => widthOf(page)).toBe(before + 424)
  await expectAccessible(page)
  await canvas(page).focus()
  await page.keyboard.press('s')
  // The run went on meanwhile. Without a username it ends in failure.
  await words.filter({ hasText: 'Failure' }).waitFor()
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Close run' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await run.waitFor()

  // Below the journey.
  await page.setViewportSize({ width: 800, height: 900 })
  await expect.poll(async () => (await run.boundingBox())?.width).toBeGreaterThan(700)
  await page.getByRole('button', { name: 'Hide run' }).click()
  await run.waitFor({ state: 'hidden' })
  await expect.poll(async () => (await canvas(page).boundingBox())?.height).toBeGreaterThan(700)
})

it('a narrow window shows one panel at a time, and a readable journey between folded ones', async () => {
  const person = await editor.person()
  const page = await person.newPage()
  await page.setViewportSize({ width: 800, height: 900 })
  await page.goto(`${originOf(editor.server)}/console/journeys/HelpDesk?realm=%2Falpha`)
  await expect.poll(() => widthOf(page)).toBeGreaterThan(700)
  await expect.poll(() => isFitted(page)).toBe(true)
  await page.getByRole('button', { name: 'Show node list' }).click()
  await typesOf(page).waitFor()
  await page.getByRole('button', { name: 'Show settings' }).click()
  await settingsOf(page).waitFor()
  await typesOf(page).waitFor({ state: 'detached' })
  await expect.poll(() => isFitted(page)).toBe(true)
  for (const button of await page
    .getByRole('banner')
    .or(page.locator('.top-bar'))
    .getByRole('button')
    .all()) {
    expect(await button.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0)
  }
  await expectAccessible(page)
})

it('Shift+click adds nodes to the selection, one click selects one, Ctrl+A selects all, and several are aligned', async () => {
  const { person, page } = await editor.openWaiting('Aligned', 3)
  const settings = settingsOf(page)
  await click(page, 'Wait 1')
  await click(page, 'Wait 2', 'Shift')
  await settings.getByRole('heading', { name: '2 nodes' }).waitFor()
  await click(page, 'Wait 2')
  await settings.getByRole('heading', { name: 'Wait 2' }).waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Control+a')
  await settings.getByRole('heading', { name: '3 nodes' }).waitFor()
  for (const edge of ['left', 'right', 'bottom', 'top'])
    await settings.getByRole('button', { name: `Align ${edge}` }).waitFor()
  await expectAccessible(page)
  await settings.getByRole('button', { name: 'Align bottom' }).click()
  await publish(page)
  const { tree } = await editor.stored(person, 'Aligned')
  expect(Object.values(tree.nodes).map(({ y }) => y)).toEqual([104, 104, 104])

  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  for (const key of ['Shift + click', 'Shift + drag', 'Ctrl A', 'L', 'S'])
    await keys.getByText(key, { exact: true }).waitFor()
})

it('Esc leaves the settings, a slash opens the list without being typed, and C connects the page of a node', async () => {
  const { page } = await editor.openWaiting('By keys')
  await click(page, 'Wait 1')
  await settingsOf(page).getByRole('textbox', { name: 'Seconds To Wait' }).focus()
  await page.keyboard.press('Escape')
  await canvas(page).and(page.locator(':focus')).waitFor()
  await settingsOf(page).getByRole('heading', { name: 'Wait 1' }).waitFor()

  const find = page.getByRole('combobox', { name: 'Find a node' })
  await page.keyboard.press('/')
  await find.and(page.locator(':focus')).waitFor()
  await page.keyboard.type('/page')
  expect(await find.inputValue()).toBe('page')
  await page.keyboard.press('Enter')
  await find.fill('username coll')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Escape')
  // The server says which outcomes the page has now.
  await port(page, 'Page').waitFor()
  await page.keyboard.press('c')
  await page.getByRole('combobox', { name: 'Page leads to' }).waitFor()
})

it('the first letter after / and N is typed into the list and the note, also when their panels are folded', async () => {
  const { page } = await editor.openWaiting('Fast typist')
  await page.getByRole('button', { name: 'Hide node list' }).click()
  await page.getByRole('button', { name: 'Hide settings' }).click()
  await settingsOf(page).waitFor({ state: 'detached' })
  await canvas(page).focus()
  // No frame passes between the key and the question where the next letter goes.
  const fieldAfter = (key: string) =>
    page.evaluate((key) => {
      const press = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      document.activeElement?.dispatchEvent(press)
      return document.activeElement?.tagName
    }, key)
  expect(await fieldAfter('/')).toBe('INPUT')
  await canvas(page).focus()
  expect(await fieldAfter('n')).toBe('TEXTAREA')
})

it('unsaved changes of a published journey are discarded with their findings, and come back with undo', async () => {
  const { page } = await editor.openWaiting('Thrown away')
  await click(page, 'Wait 1')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('d')
  await page.getByRole('button', { name: '1 finding' }).waitFor()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Discard changes' }).click()
  await page.getByText('Published', { exact: true }).waitFor()
  await page.getByRole('button', { name: '1 finding' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('1 unsaved change').waitFor()
})

it('an empty journey invites to add a node and has no finding before the first one', async () => {
  const { page } = await editor.open(emptyJourney('Begun'))
  await canvas(page).getByText('Drag a node here, or press').waitFor()
  expect(await page.getByText('The journey has no nodes').count()).toBe(0)
  expect(await page.getByRole('button', { name: /finding/ }).count()).toBe(0)
  await expectAccessible(page)
  await page.keyboard.press('/')
  await page.keyboard.type('polling')
  await page.keyboard.press('Enter')
  await canvas(page).getByText('Drag a node here').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /finding/ }).waitFor()
})
