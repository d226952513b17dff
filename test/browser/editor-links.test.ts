import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { canvas, emptyJourney, type Journey, node, successId, waitingJourney } from './editor.ts'
import { editorTest } from './editor-test.ts'
import { originOf } from './signed-in.ts'

const editor = editorTest()

/** A journey that begins with a page, which holds one node. */
function pageJourney(name: string): Pick<Journey, 'tree' | 'nodes' | 'innerNodes'> {
  const { tree, ...rest } = emptyJourney(name)
  const place = { x: 160, y: 96, connections: { outcome: successId } }
  return {
    ...rest,
    tree: {
      ...tree,
      entryNodeId: 'page',
      nodes: { page: { nodeType: 'PageNode', displayName: 'Sign in', ...place } },
    },
    nodes: {
      page: {
        _id: 'page',
        _type: { _id: 'PageNode' },
        nodes: [{ _id: 'user', nodeType: 'UsernameCollectorNode', displayName: 'Who are you' }],
      },
    },
    innerNodes: { user: { _id: 'user', _type: { _id: 'UsernameCollectorNode' } } },
  }
}

const settings = (page: Page) => page.getByRole('region', { name: 'Settings' })
const heading = (page: Page, name: string) => settings(page).getByRole('heading', { name, level: 2 })

function address(name: string, id: string): string {
  return `${originOf(editor.server)}/console/journeys/${encodeURIComponent(name)}?realm=%2Falpha&node=${id}`
}

/** How far the middle of a node is from the middle of the canvas, in pixels. */
async function distanceFromCentre(page: Page, name: string): Promise<number> {
  const [board, box] = [await canvas(page).boundingBox(), await node(page, name).boundingBox()]
  if (board === null || box === null) throw new Error(`${name} is not in view`)
  const x = box.x + box.width / 2 - board.x - board.width / 2
  return Math.hypot(x, box.y + box.height / 2 - board.y - board.height / 2)
}

it('the link of a node is copied from its menu, selects the node in the centre, and follows the selection', async () => {
  const { person, page } = await editor.openWaiting('Linked', 40)
  await page.getByRole('combobox', { name: 'Find a node' }).waitFor()
  const before = await page.evaluate(() => history.length)
  await canvas(page).focus()
  for (let presses = 0; presses < 31; presses += 1) await page.keyboard.press('Tab')
  await heading(page, 'Wait 30').waitFor()
  await page.getByRole('button', { name: 'More for this node' }).click()
  await page.getByRole('menuitem', { name: 'Copy link' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.waitForURL(link)
  await canvas(page).focus()
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => !url.searchParams.has('node'))
  // The selection adds no step to the history of the window.
  expect(await page.evaluate(() => history.length)).toBe(before)

  const other = await person.newPage()
  await other.goto(link)
  await heading(other, 'Wait 30').waitFor()
  expect(await distanceFromCentre(other, 'Wait 30')).toBeLessThan(4)

  // The canvas begins at the selection when it is shown again.
  await canvas(other).focus()
  await other.keyboard.press('o')
  await other.getByRole('button', { name: 'Settings of Wait 25' }).click()
  await heading(other, 'Wait 25').waitFor()
  await other.getByRole('region', { name: 'Outline' }).focus()
  await other.keyboard.press('o')
  await expect.poll(() => distanceFromCentre(other, 'Wait 25')).toBeLessThan(4)

  // A link is followed while the editor is open.
  const ids = Object.keys((await editor.stored(person, 'Linked')).tree.nodes)
  for (const at of [40, 39]) {
    await other.evaluate((to) => history.pushState({}, '', to), address('Linked', ids[at - 1] ?? ''))
    await heading(other, `Wait ${at}`).waitFor()
    await expect.poll(() => distanceFromCentre(other, `Wait ${at}`)).toBeLessThan(4)
  }
})

it('a link selects a node on a page, and says quietly that a node is missing', async () => {
  const person = await editor.person()
  await editor.store(person, pageJourney('Paged'))
  const page = await person.newPage()
  await page.goto(address('Paged', 'user'))
  await heading(page, 'Who are you').waitFor()
  await page.getByText('Username Collector on Sign in').waitFor()
  expect(await distanceFromCentre(page, 'Sign in')).toBeLessThan(4)

  await page.goto(address('Paged', 'gone'))
  await page.getByText('a node that this journey does not contain').waitFor()
  await heading(page, 'Journey').waitFor()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
})

it('a link leads to the card of the node on a phone', async () => {
  const journey = waitingJourney('Phone', 30)
  const person = await editor.person({ size: 'phone' })
  await editor.store(person, journey)
  const id = (at: number) => Object.keys(journey.tree.nodes)[at] ?? ''
  const page = await person.newPage()
  await page.goto(address('Phone', id(24)))
  await page.getByRole('listitem', { name: 'Wait 25', exact: true }).waitFor()
  await expectInView(page, 'Wait 25')
})

async function expectInView(page: Page, name: string): Promise<void> {
  const card = page.getByRole('listitem', { name, exact: true })
  await expect
    .poll(() => card.evaluate((one) => one.getBoundingClientRect().top))
    .toSatisfy((top: number) => top > 0 && top < 700)
}
