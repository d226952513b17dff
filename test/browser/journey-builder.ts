import type { Locator, Page } from 'playwright-core'
import { canvas, dragType, draw, node, publish } from './editor.ts'
import { chooseJourney, type FormContent, fillIn } from './inspector.ts'

/** A node, and where it is dropped: pixels from the corner of the canvas. */
export type WantedNode = {
  /** Title in the list of node types. */
  type: string
  name?: string
  at: readonly [x: number, y: number]
  form?: FormContent
  /** Nodes on a page. */
  children?: readonly { type: string; form?: FormContent }[]
  /** Target of each outcome by label; `''` is the single outcome without a label. */
  ways: Readonly<Record<string, string>>
}

/** A journey: its nodes by a key for each. The first node is the entry. */
export type WantedJourney = {
  name: string
  description: string
  form?: FormContent
  nodes: Readonly<Record<string, WantedNode>>
}

/** Creates an empty journey from the list of journeys, and opens it. */
export async function makeJourney(page: Page, { name, description }: WantedJourney): Promise<void> {
  await page.getByRole('button', { name: 'New journey' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New journey' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByRole('textbox', { name: 'Description' }).fill(description)
  await dialog.getByRole('button', { name: 'Create journey' }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  await node(page, 'Start').waitFor()
}

/** New positions of the start and the ends, out of the way of the nodes. */
const sides = { Start: [50, 60], Success: [700, 360], Failure: [700, 430] } as const

/** Builds the open, empty journey with the mouse, and saves it. */
export async function buildJourney(page: Page, wanted: WantedJourney): Promise<void> {
  for (const [name, place] of Object.entries(sides)) await moveTo(page, node(page, name), place)
  const placed = new Map<string, Locator>([
    ['Success', node(page, 'Success')],
    ['Failure', node(page, 'Failure')],
  ])
  for (const [word, each] of Object.entries(wanted.nodes)) placed.set(word, await place(page, each))
  const [first = ''] = Object.keys(wanted.nodes)
  await draw(page, node(page, 'Start').locator('.react-flow__handle.source'), at(placed, first))
  for (const [word, { ways }] of Object.entries(wanted.nodes)) {
    for (const [label, target] of Object.entries(ways)) {
      await draw(page, portOf(at(placed, word), label), at(placed, target))
    }
  }
  await chooseJourney(page)
  if (wanted.form !== undefined) await fillIn(page, wanted.form)
  await publish(page)
}

/** Drops a node and fills in its settings. @returns the node on the canvas, even if others share its name. */
async function place(page: Page, { type, name, at, form, children = [] }: WantedNode): Promise<Locator> {
  await dropAt(page, type, at)
  const id = await node(page, type).last().getAttribute('data-id')
  const own = canvas(page).locator(`[data-id="${id}"]`)
  if (form !== undefined) await fillIn(page, form)
  if (name !== undefined) await fillIn(page, { texts: { Name: name } })
  for (const child of children) {
    await dropOn(page, child.type, own.getByText(/^Drop (the first|a) node here$/))
    if (child.form !== undefined) await fillIn(page, child.form)
  }
  return own
}

async function dropAt(page: Page, type: string, at: WantedNode['at']): Promise<void> {
  await dragType(page, type, await onScreen(page, at))
}

async function moveTo(page: Page, own: Locator, at: WantedNode['at']): Promise<void> {
  const box = await own.boundingBox()
  if (box === null) throw new Error('the node is not in view')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  // A drag starts where the mouse is after its first few pixels.
  await page.mouse.move(x + 2, y + 2)
  const target = await onScreen(page, at)
  await page.mouse.move(target.x, target.y, { steps: 5 })
  await page.mouse.up()
}

async function onScreen(page: Page, [x, y]: WantedNode['at']): Promise<{ x: number; y: number }> {
  const board = await canvas(page).boundingBox()
  if (board === null) throw new Error('there is no canvas')
  return { x: board.x + x, y: board.y + y }
}

async function dropOn(page: Page, type: string, place: Locator): Promise<void> {
  const box = await place.boundingBox()
  if (box === null) throw new Error('the place is not in view')
  await dragType(page, type, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
}

function at(placed: ReadonlyMap<string, Locator>, word: string): Locator {
  const found = placed.get(word)
  if (found === undefined) throw new Error(`there is no node ${word}`)
  return found
}

function portOf(own: Locator, label: string): Locator {
  const row = label === '' ? own : own.getByRole('listitem').filter({ hasText: label })
  return row.locator('.react-flow__handle.source')
}
