import type { BrowserContext } from 'playwright-core'
import { expect, it } from 'vitest'
import {
  canvas,
  dragType,
  draw,
  emptyJourney,
  failureId,
  middleOf,
  node,
  port,
  publish,
  successId,
} from './editor.ts'
import { editorTest } from './editor-test.ts'

const editor = editorTest()

/** The graph by names: the target of each outcome of each node. */
async function graphOf(person: BrowserContext, name: string) {
  const { tree, nodes } = await editor.stored(person, name)
  const nameOf = (id: string) =>
    id === successId ? 'Success' : id === failureId ? 'Failure' : (tree.nodes[id]?.displayName ?? id)
  return {
    entry: nameOf(tree.entryNodeId),
    nodes: Object.fromEntries(
      Object.values(tree.nodes).map(({ displayName, connections }) => [
        displayName,
        Object.fromEntries(Object.entries(connections).map(([outcome, to]) => [outcome, nameOf(to)])),
      ]),
    ),
    pages: Object.values(nodes).flatMap(({ nodes }) =>
      Array.isArray(nodes) ? [nodes.map((child) => child.displayName)] : [],
    ),
  }
}

it('the editor builds a journey with the mouse: nodes, a page, connections, and a node dropped on a connection', async () => {
  const { person, page } = await editor.open(emptyJourney('By mouse'))
  await page.getByText('Drag a node here').waitFor()
  const board = await canvas(page).boundingBox()
  const at = (x: number, y: number) => ({ x: (board?.x ?? 0) + x, y: (board?.y ?? 0) + y })

  await dragType(page, 'Page', at(250, 250))
  await dragType(page, 'Username Collector', at(250, 288))
  await dragType(page, 'Password Collector', at(250, 330))
  await node(page, 'Page').getByRole('listitem').filter({ hasText: 'Password Collector' }).waitFor()
  await dragType(page, 'Data Store Decision', at(250, 330))
  await expect.poll(() => node(page, 'Page').getByRole('listitem').count()).toBe(3)
  await page.getByRole('button', { name: 'Undo' }).click()
  await dragType(page, 'Data Store Decision', at(250, 550))

  const child = node(page, 'Page').getByRole('listitem').filter({ hasText: 'Password Collector' })
  await child.click()
  await node(page, 'Data Store Decision').click()
  await page.keyboard.press('Delete')
  await node(page, 'Data Store Decision').waitFor({ state: 'detached' })
  await child.waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await draw(page, port(page, 'Start'), node(page, 'Page'))
  await draw(page, port(page, 'Page'), node(page, 'Data Store Decision'))
  await draw(page, port(page, 'Data Store Decision', 'True'), node(page, 'Success'))
  await draw(page, port(page, 'Data Store Decision', 'False'), node(page, 'Failure'))
  await canvas(page).getByText('1 connection').waitFor()

  const line = page.getByRole('img', { name: /^True of Data Store Decision/ })
  await dragType(page, 'Increment Login Count', await middleOf(line))
  await publish(page)

  const { entry, nodes, pages } = await graphOf(person, 'By mouse')
  expect(entry).toBe('Page')
  expect(Object.values(nodes.Page ?? {})).toEqual(['Data Store Decision'])
  expect(nodes['Data Store Decision']).toEqual({ true: 'Increment Login Count', false: 'Failure' })
  expect(nodes['Increment Login Count']).toEqual({ outcome: 'Success' })
  expect(pages).toEqual([['Username Collector', 'Password Collector']])
})

it('the editor builds the same journey with the keyboard alone, and takes the first match of a typed target', async () => {
  const { person, page } = await editor.open(emptyJourney('By keys'))
  const type = async (name: string, how = 'Enter') => {
    await page.keyboard.press('/')
    await page.keyboard.type(name)
    await page.keyboard.press(how)
    await page.keyboard.press('F6')
  }
  await canvas(page).focus()
  await type('page node')
  await type('username collector', 'Shift+Enter')
  await page.keyboard.press('Shift+Tab')
  // The next node is connected to the outcome of the page, which the server names.
  const named = page.waitForResponse(
    (response) =>
      response.url().includes('_action=outcomes') &&
      /"innerNodes".*PasswordCollectorNode/.test(response.request().postData() ?? ''),
  )
  await type('password collector', 'Shift+Enter')
  await named
  // It asks for nothing, so it goes after the page of the selected node.
  await type('data store decision')

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('c')
  await page.getByRole('dialog', { name: 'Connect' }).locator('input:focus').waitFor()
  await page.keyboard.type('Success')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('c')
  await page.getByRole('dialog', { name: 'Connect' }).locator('input:focus').waitFor()
  await page.keyboard.type('New Message')
  await page.keyboard.press('Enter')
  await node(page, 'Message').waitFor()
  await page.keyboard.press('Control+Shift+p')
  await page.getByRole('heading', { name: 'Changes for new sign-ins' }).waitFor()
  await page.getByRole('textbox', { name: 'Note (optional)' }).press('Enter')
  await page.getByText('Published', { exact: true }).waitFor()

  const { entry, nodes, pages } = await graphOf(person, 'By keys')
  expect(entry).toBe('Page')
  expect(Object.values(nodes.Page ?? {})).toEqual(['Data Store Decision'])
  expect(nodes['Data Store Decision']).toEqual({ true: 'Success', false: 'Message' })
  expect(pages).toEqual([['Username Collector', 'Password Collector']])

  await node(page, 'Data Store Decision').click()
  const target = page.getByRole('combobox', { name: 'Target of False' })
  await target.click()
  await page.keyboard.type('succ')
  await page.keyboard.press('Enter')
  await expect.poll(() => target.inputValue()).toBe('Success')
  await page.keyboard.press('Tab')
  await target.click()
  await page.keyboard.type('mess')
  expect(await target.inputValue()).toBe('mess')
  await page.keyboard.press('Escape')
  await expect.poll(() => target.inputValue()).toBe('Success')
})
