import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible } from './browser.ts'
import { canvas, node } from './editor.ts'
import { editorTest } from './editor-test.ts'

const editor = editorTest()

const card = (page: Page, type: string) => page.getByRole('region', { name: `About ${type}`, exact: true })
const option = (page: Page, type: string) => page.getByRole('option', { name: type, exact: true })

/** What a card has to say about Polling Wait. */
async function expectPollingWait(page: Page): Promise<void> {
  const shown = card(page, 'Polling Wait')
  await shown.getByText('Done The time has passed.').waitFor()
  await shown.getByText('With Exitable.').waitFor()
}

it('the palette names its groups as the documentation does, and shows the card of a type to a finger and a pointer', async () => {
  const { page } = await editor.openWaiting('Pointed')
  const group = (name: string) => page.getByRole('group', { name, exact: true })
  await group('Federation').getByRole('option', { name: 'Social Google' }).waitFor()
  await group('Sessions').getByRole('option', { name: 'Get Session Data' }).waitFor()
  await group('Utilities').getByRole('option', { name: 'Page', exact: true }).waitFor()
  // No trailing “Node”.
  expect(await page.getByRole('option', { name: / Node$/ }).count()).toBe(0)

  // A long press, as Chromium sends it on a touch screen.
  await option(page, 'Polling Wait').evaluate((row) => {
    const finger = { bubbles: true, cancelable: true, pointerType: 'touch' }
    row.dispatchEvent(new PointerEvent('pointerdown', finger))
    row.dispatchEvent(new PointerEvent('contextmenu', finger))
    row.dispatchEvent(new PointerEvent('pointerup', finger))
    row.dispatchEvent(new PointerEvent('pointerout', { ...finger, relatedTarget: document.body }))
  })
  await expectPollingWait(page)
  // A card closes 200 ms after a mouse has left.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)))
  await expectPollingWait(page)
  // The finger touches something else.
  await canvas(page).dispatchEvent('pointerdown', { pointerType: 'touch' })
  await card(page, 'Polling Wait').waitFor({ state: 'detached' })

  await page.getByRole('combobox', { name: 'Find a node' }).fill('username collector')
  await option(page, 'Username Collector').hover()
  const shown = card(page, 'Username Collector')
  await shown.getByText('Asks for the username and stores it in shared state as username.').waitFor()
  // The card stays while the pointer is on it.
  await shown.getByRole('link', { name: 'Documentation' }).hover()
  await expectAccessible(page)
  await canvas(page).hover({ position: { x: 700, y: 500 } })
  await shown.waitFor({ state: 'detached' })
})

it('arrow keys show the card of a type, Tab leads into it, and Escape closes it and keeps the selection', async () => {
  const { person, page } = await editor.openWaiting('Keys')
  await node(page, 'Wait 1').click({ position: { x: 60, y: 10 } })
  await page.keyboard.press('/')
  await page.keyboard.type('polling')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await expectPollingWait(page)
  await page.keyboard.press('Tab')
  await card(page, 'Polling Wait').getByRole('link', { name: 'Documentation' }).waitFor()
  const [reference] = await Promise.all([person.waitForEvent('page'), page.keyboard.press('Enter')])
  await reference.getByRole('heading', { name: 'Polling Wait', level: 1 }).waitFor()
  await reference.getByRole('cell', { name: 'PollingWaitCallback' }).waitFor()
  await expectAccessible(reference)

  const help = page.locator(`[id="${await option(page, 'Polling Wait').getAttribute('aria-describedby')}"]`)
  expect(await help.evaluate(({ tagName }) => tagName)).toBe('P')
  await page.keyboard.press('Escape')
  await card(page, 'Polling Wait').waitFor({ state: 'detached' })
  await page.getByRole('combobox', { name: 'Find a node' }).and(page.locator(':focus')).waitFor()

  // The selected node still has its settings, which describe its type, too.
  const settings = page.getByRole('region', { name: 'Settings' })
  await settings.getByText('About this node').click()
  await settings.getByText('Done The time has passed.').waitFor()
})

it('the dialog of a phone describes a type without adding it', async () => {
  const { page } = await editor.openWaiting('Small', 1, { size: 'phone', scheme: 'dark' })
  await page.getByRole('button', { name: 'Add a node' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a node' })
  await dialog.getByRole('textbox', { name: 'Find a node' }).fill('polling')
  await dialog.getByRole('button', { name: 'About Polling Wait' }).click()
  await dialog.getByText('Done The time has passed.').waitFor()
  await expectAccessible(page)
})
