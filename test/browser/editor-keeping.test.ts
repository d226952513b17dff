import { expect, it } from 'vitest'
import { canvas, emptyJourney, node, publish, waitingJourney } from './editor.ts'
import { editorTest } from './editor-test.ts'

const editor = editorTest()

/** AM's default script of decisions, which every realm has. */
const builtInScript = '01e1a3c0-038b-4c16-956a-6c9d89328cff'

it('a journey is saved unchanged after a node was moved back, and the nodes of a page are reordered or moved off it', async () => {
  const person = await editor.person()
  const before = await editor.stored(person, 'VerifyCaller')
  const page = await editor.show(person, 'VerifyCaller')
  await node(page, 'Data Store Decision').click({ position: { x: 60, y: 10 } })
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByText('1 unsaved change').waitFor()
  await publish(page)
  const moved = await editor.stored(person, 'VerifyCaller')
  expect(moved.tree).not.toEqual(before.tree)

  await page.keyboard.press('Control+z')
  await page.getByText('1 unsaved change').waitFor()
  await publish(page)
  const { tree, nodes, innerNodes } = await editor.stored(person, 'VerifyCaller')
  expect({ tree, nodes, innerNodes }).toEqual({
    tree: before.tree,
    nodes: before.nodes,
    innerNodes: before.innerNodes,
  })

  const holder = Object.values(nodes).find(({ nodes }) => Array.isArray(nodes))
  const children = holder?.nodes as { displayName: string }[]
  const [first = '', second = ''] = children.map(({ displayName }) => displayName)
  const onPage = canvas(page).getByRole('list', { name: 'On the page' }).first().getByRole('listitem')
  await onPage
    .filter({ hasText: second })
    .dragTo(onPage.filter({ hasText: first }), { targetPosition: { x: 60, y: 2 } })
  await expect.poll(() => onPage.first().textContent()).toContain(second)

  await onPage.filter({ hasText: second }).dragTo(canvas(page), { targetPosition: { x: 420, y: 560 } })
  await node(page, second).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => onPage.first().textContent()).toContain(second)
})

it('the editor undoes and redoes one step at a time', async () => {
  const { page } = await editor.openWaiting('Undo', 2)
  await node(page, 'Wait 1').click({ position: { x: 60, y: 10 } })
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill('')
  await name.pressSequentially('First')
  await name.blur()
  await page.getByRole('textbox', { name: 'Seconds To Wait' }).fill('9')
  await canvas(page).focus()
  await page.keyboard.press('Delete')
  await expect.poll(() => node(page, 'First').count()).toBe(0)

  await page.getByRole('button', { name: 'Undo' }).click()
  await node(page, 'First').getByText('9 s').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await node(page, 'First').getByText('1 s').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await node(page, 'Wait 1').waitFor()
  expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
  expect(await page.getByText(/unsaved/).isVisible()).toBe(false)

  for (let times = 0; times < 3; times += 1) await page.getByRole('button', { name: 'Redo' }).click()
  await expect.poll(() => node(page, 'First').count()).toBe(0)
})

it('the editor copies nodes and their connections into a journey in another tab', async () => {
  const person = await editor.person()
  await editor.store(person, waitingJourney('From', 3))
  await editor.store(person, emptyJourney('To'))
  const from = await editor.show(person, 'From')
  await node(from, 'Wait 1').click({ position: { x: 60, y: 10 } })
  await node(from, 'Wait 2').click({ position: { x: 60, y: 10 }, modifiers: ['Control'] })
  await from.getByRole('heading', { name: '2 nodes' }).waitFor()
  await from.keyboard.press('Control+c')

  const to = await editor.show(person, 'To')
  await canvas(to).focus()
  await to.keyboard.press('Control+v')
  await node(to, 'Wait 2').waitFor()
  await canvas(to).focus()
  await to.keyboard.press('Tab')
  await node(to, 'Start').click({ position: { x: 20, y: 10 } })
  await to.getByRole('combobox', { name: 'First node' }).click()
  await to.getByRole('option', { name: 'Wait 1' }).click()
  await publish(to)

  const journey = await editor.stored(person, 'To')
  const entries = Object.entries(journey.tree.nodes)
  const [first, second] = ['Wait 1', 'Wait 2'].map(
    (name) => entries.find(([, { displayName }]) => displayName === name)?.[0] ?? '',
  )
  expect(entries).toHaveLength(2)
  expect(journey.tree.nodes[first ?? '']?.connections).toEqual({ DONE: second })
  expect(journey.tree.nodes[second ?? '']?.connections).toEqual({})
  expect(journey.nodes[first ?? '']).toMatchObject({ secondsToWait: 1 })
})

it('the editor asks before it is left with changes, offers to save them, and shows them again', async () => {
  const id = 'a0000000-0000-4000-8000-00000000000a'
  const { tree, innerNodes } = emptyJourney('Scripted')
  const decide = { nodeType: 'ScriptedDecisionNode', displayName: 'Decide', connections: {}, x: 240, y: 80 }
  const { person, page } = await editor.open({
    tree: { ...tree, entryNodeId: id, nodes: { [id]: decide } },
    nodes: {
      [id]: { _id: id, _type: { _id: 'ScriptedDecisionNode' }, script: builtInScript, outcomes: ['a'] },
    },
    innerNodes,
  })
  await node(page, 'Decide').click({ position: { x: 60, y: 10 } })
  await page.getByRole('textbox', { name: 'Name' }).fill('Decide later')
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await page.getByRole('link', { name: 'Journeys' }).last().click()
  await dialog.getByRole('button', { name: 'Stay' }).click()
  await page.getByText('1 unsaved change').waitFor()

  await page.getByRole('link', { name: 'Open script' }).click()
  await dialog.getByRole('button', { name: 'Save and leave' }).click()
  await page.getByRole('textbox', { name: 'Script', exact: true }).waitFor()
  const draft = await editor.draft(person, 'Scripted')
  expect(draft?.tree.nodes[id]?.displayName).toBe('Decide later')
  await page.goBack()
  await node(page, 'Decide later').waitFor()
  await page.getByText(/^Draft, saved/).waitFor()
})
