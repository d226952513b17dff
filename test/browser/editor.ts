import { randomUUID } from 'node:crypto'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { TestServer } from '../support/start-server.ts'
import type { Look, TestBrowser } from './browser.ts'
import { originOf, signInAsAdministrator } from './signed-in.ts'

export const successId = '70e691a5-1e33-4ac3-a356-e7b6d60d92e0'
export const failureId = 'e301438c-0bd0-429c-ab0c-66126501069a'

/** A new window, signed in as administrator. */
export async function engineer(
  browser: TestBrowser,
  server: TestServer,
  look: Look = {},
): Promise<BrowserContext> {
  const context = await browser.person(look)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signInAsAdministrator(context, server)
  return context
}

export async function openJourney(context: BrowserContext, server: TestServer, name: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${originOf(server)}/console/journeys/${encodeURIComponent(name)}?realm=%2Falpha`)
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  return page
}

export type Journey = {
  tree: {
    _id: string
    entryNodeId: string
    nodes: Record<
      string,
      { nodeType: string; displayName: string; connections: Record<string, string>; x: number; y: number }
    >
    [member: string]: unknown
  }
  nodes: Record<string, Record<string, unknown>>
  innerNodes: Record<string, Record<string, unknown>>
  _rev: string
}

/** Reads a stored journey with the session of a window. */
export async function storedJourney(
  context: BrowserContext,
  server: TestServer,
  name: string,
): Promise<Journey> {
  const response = await context.request.get(journeyUrl(server, name))
  if (!response.ok()) throw new Error(`${name}: ${response.status()} ${await response.text()}`)
  return response.json()
}

/** Reads the draft of a journey with the session of a window; undefined if it has none. */
export async function storedDraft(
  context: BrowserContext,
  server: TestServer,
  name: string,
): Promise<Journey | undefined> {
  const response = await context.request.get(journeyUrl(server, name, 'drafts'))
  if (!response.ok()) throw new Error(`${name}: ${response.status()} ${await response.text()}`)
  const { draft } = await response.json()
  return draft ?? undefined
}

/** Stores a journey as another client would, and overwrites an existing one. */
export async function storeJourney(
  context: BrowserContext,
  server: TestServer,
  journey: Pick<Journey, 'tree' | 'nodes' | 'innerNodes'>,
) {
  const { tree, nodes, innerNodes } = journey
  const response = await context.request.put(journeyUrl(server, tree._id), {
    data: { tree, nodes, innerNodes },
    headers: { 'if-match': '*' },
  })
  if (response.status() === 404) {
    const created = await context.request.put(journeyUrl(server, tree._id), {
      data: { tree, nodes, innerNodes },
      headers: { 'if-none-match': '*' },
    })
    if (!created.ok()) throw new Error(`${tree._id}: ${created.status()} ${await created.text()}`)
  } else if (!response.ok()) throw new Error(`${tree._id}: ${response.status()} ${await response.text()}`)
}

/** Begins a draft of a journey, as another client would. */
export async function storeDraft(context: BrowserContext, server: TestServer, name: string): Promise<void> {
  const { tree, nodes, innerNodes, _rev: base } = await storedJourney(context, server, name)
  const begun = await context.request.put(journeyUrl(server, name, 'drafts'), {
    data: { tree, nodes, innerNodes, base },
    headers: { 'if-none-match': '*' },
  })
  if (!begun.ok()) throw new Error(`${name}: ${begun.status()} ${await begun.text()}`)
}

function journeyUrl(server: TestServer, name: string, resource = 'journeys'): string {
  return `${originOf(server)}/am/json/realms/root/realms/alpha/${resource}/${encodeURIComponent(name)}`
}

/** A journey without nodes. */
export function emptyJourney(name: string): Pick<Journey, 'tree' | 'nodes' | 'innerNodes'> {
  return {
    tree: {
      _id: name,
      entryNodeId: '',
      enabled: true,
      nodes: {},
      staticNodes: {
        startNode: { x: 48, y: 96 },
        [successId]: { x: 720, y: 96 },
        [failureId]: { x: 720, y: 176 },
      },
    },
    nodes: {},
    innerNodes: {},
  }
}

/** A chain of Polling Wait nodes. */
export function waitingJourney(name: string, count: number): Pick<Journey, 'tree' | 'nodes' | 'innerNodes'> {
  const journey = emptyJourney(name)
  const ids = Array.from({ length: count }, () => randomUUID())
  for (const [at, id] of ids.entries()) {
    journey.tree.nodes[id] = {
      nodeType: 'PollingWaitNode',
      displayName: `Wait ${at + 1}`,
      connections: { DONE: ids[at + 1] ?? successId },
      x: 160 + (at % 8) * 280,
      y: 96 + Math.floor(at / 8) * 200,
    }
    journey.nodes[id] = { _id: id, _type: { _id: 'PollingWaitNode' }, secondsToWait: 1 }
  }
  journey.tree.entryNodeId = ids[0] ?? ''
  return journey
}

export function canvas(page: Page): Locator {
  return page.getByRole('application', { name: 'Canvas' })
}

/** A node, or an end of the journey, on the canvas. */
export function node(page: Page, name: string): Locator {
  return canvas(page).getByRole('group', { name, exact: true })
}

/** The port of an outcome. Omit the name for the single outcome of a node that shows none. */
export function port(page: Page, name: string, way?: string): Locator {
  const own = node(page, name)
  return way === undefined
    ? own.locator('.react-flow__handle.source')
    : own.getByRole('listitem').filter({ hasText: way }).locator('.react-flow__handle.source')
}

/** Draws a connection from a port to a node. */
export async function draw(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover()
  await page.mouse.down()
  const box = await to.boundingBox()
  if (box === null) throw new Error('the target is not in view')
  await page.mouse.move(box.x + 30, box.y + 16, { steps: 8 })
  await page.mouse.up()
}

/** The middle of a connection, in window coordinates. */
export function middleOf(line: Locator): Promise<{ x: number; y: number }> {
  return line.locator('path.lane').evaluate((path) => {
    if (!(path instanceof SVGPathElement)) throw new Error('the connection is not a path')
    const middle = path
      .getPointAtLength(path.getTotalLength() / 2)
      .matrixTransform(path.getScreenCTM() ?? undefined)
    return { x: middle.x, y: middle.y }
  })
}

/** The middle of the canvas, in window coordinates. */
export async function middleOfCanvas(page: Page): Promise<{ x: number; y: number }> {
  const board = await canvas(page).boundingBox()
  if (board === null) throw new Error('there is no canvas')
  return { x: board.x + board.width / 2, y: board.y + board.height / 2 }
}

/** Drags a node type onto the canvas. @param to in window coordinates. */
export async function dragType(page: Page, type: string, to: { x: number; y: number }): Promise<void> {
  await page.getByRole('combobox', { name: 'Find a node' }).fill(type)
  const board = await canvas(page).boundingBox()
  if (board === null) throw new Error('there is no canvas')
  await page
    .getByRole('option', { name: type, exact: true })
    .dragTo(canvas(page), { targetPosition: { x: to.x - board.x, y: to.y - board.y } })
  await page.getByRole('combobox', { name: 'Find a node' }).fill('')
}

/** Saves the draft. */
export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText(/^Draft, saved/).waitFor()
}

/** Publishes the draft, and the unsaved changes with it. */
export async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /^Publish/ })
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('Published', { exact: true }).waitFor()
}
