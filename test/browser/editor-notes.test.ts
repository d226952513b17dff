import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible } from './browser.ts'
import { canvas, node, publish } from './editor.ts'
import { editorTest } from './editor-test.ts'

const editor = editorTest()

const notes = (page: Page) => canvas(page).getByRole('group', { name: 'Empty note' })
const isOnCanvas = (page: Page) => canvas(page).and(page.locator(':focus')).waitFor()

it('lie apart from each other, are cut and pasted with nodes, and leave the focus on the canvas', async () => {
  const { page } = await editor.openWaiting('Apart', 1)
  await node(page, 'Wait 1').waitFor()
  for (let count = 0; count < 3; count += 1) {
    await canvas(page).focus()
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: 'Text' }).and(page.locator(':focus')).waitFor()
  }
  const boxes = await Promise.all((await notes(page).all()).map((note) => note.boundingBox()))
  const tops = boxes.map((box) => box?.y ?? 0).toSorted((one, other) => one - other)
  expect(tops).toHaveLength(3)
  const height = boxes.find((box) => box !== null)?.height ?? 0
  expect(tops.every((top, at) => at === 0 || top >= (tops[at - 1] ?? 0) + height)).toBe(true)

  await page.getByRole('button', { name: 'Delete note' }).click()
  await expect.poll(() => notes(page).count()).toBe(2)
  await isOnCanvas(page)

  await node(page, 'Wait 1').click({ position: { x: 60, y: 10 } })
  for (const note of await notes(page).all()) await note.click({ modifiers: ['Control'] })
  const settings = page.getByRole('region', { name: 'Settings' })
  await settings.getByRole('heading', { name: '1 node and 2 notes' }).waitFor()
  await page.keyboard.press('Control+x')
  await expect.poll(() => notes(page).count()).toBe(0)
  await page.keyboard.press('Control+v')
  await expect.poll(() => notes(page).count()).toBe(2)
  await node(page, 'Wait 1').waitFor()
})

it.each(['light', 'dark'] as const)(
  'notes are written, moved, deleted and restored by keyboard (%s)',
  async (scheme) => {
    const name = `Noted ${scheme}`
    const { person, page } = await editor.openWaiting(name, 1, { scheme })
    await node(page, 'Wait 1').waitFor()
    await canvas(page).focus()
    await page.keyboard.press('n')
    const settings = page.getByRole('region', { name: 'Settings' })
    // A key before the field has the focus is one for the canvas.
    await settings.locator('textarea:focus').waitFor()
    await page.keyboard.type('<b>Ask legal</b>')
    const note = canvas(page).getByRole('group', { name: 'Note: <b>Ask legal</b>' })
    await note.getByText('<b>Ask legal</b>').waitFor()
    await settings.getByText('Blue', { exact: true }).click()
    await expectAccessible(page)

    await canvas(page).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.keyboard.press('Delete')
    await note.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    await note.waitFor()
    await publish(page)
    const { uiConfig } = (await editor.stored(person, name)).tree as unknown as {
      uiConfig: { sidegateNotes: string }
    }
    expect(Object.values(JSON.parse(uiConfig.sidegateNotes))).toMatchObject([
      { text: '<b>Ask legal</b>', colour: 'blue' },
    ])

    await page.keyboard.press('o')
    await page.getByRole('region', { name: 'Notes' }).getByText('<b>Ask legal</b>').waitFor()
    await expectAccessible(page)
  },
)
