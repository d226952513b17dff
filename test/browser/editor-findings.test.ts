import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { expectAccessible } from './browser.ts'
import { failureId, type Journey, node, successId } from './editor.ts'
import { editorTest } from './editor-test.ts'
import { chooseJourney, fillIn } from './inspector.ts'

const editor = editorTest()

/** A journey that opens a transaction and reads its data, without the switches that such a journey needs. */
function agentsJourney(name: string): Pick<Journey, 'tree' | 'nodes' | 'innerNodes'> {
  const place = (nodeType: string, displayName: string, x: number, connections: Record<string, string>) => ({
    ...{ nodeType, displayName, x, y: 80, connections },
  })
  const [openId, statusId, noticeId] = [randomUUID(), randomUUID(), randomUUID()]
  return {
    tree: {
      _id: name,
      entryNodeId: openId,
      nodes: {
        [openId]: place('BackChannelInitNode', 'Open', 200, { created: statusId }),
        [statusId]: place('BackChannelStatusNode', 'Status', 480, { success: noticeId }),
        [noticeId]: place('BackchannelNotificationNode', 'Tell', 760, {
          success: successId,
          error: failureId,
        }),
      },
      uiConfig: {},
    },
    nodes: {
      [openId]: {
        _id: openId,
        _type: { _id: 'BackChannelInitNode' },
        tree: name,
        idType: 'USER',
        usernameKey: 'caller',
      },
      [statusId]: {
        _id: statusId,
        _type: { _id: 'BackChannelStatusNode' },
        recordTransactionData: true,
        transactionDataKey: 'transaction:data',
      },
      [noticeId]: {
        _id: noticeId,
        _type: { _id: 'BackchannelNotificationNode' },
        dataKey: 'transaction:data',
      },
    },
    innerNodes: {},
  }
}

it('a finding about a switch turns it on, and undo turns it off again', async () => {
  const { page } = await editor.open(agentsJourney('Opens'))
  await page.getByRole('button', { name: /^\d+ findings$/ }).click()
  const findings = page.getByRole('dialog', { name: /finding/ })
  const noSession = findings.getByRole('button', { name: 'Turn on “No session”', exact: true })
  await findings.getByRole('button', { name: 'Turn on “Always run”', exact: true }).waitFor()
  await noSession.click()
  await findings.getByText('may sign the agent in').waitFor({ state: 'detached' })
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  const settings = page.getByRole('region', { name: 'Settings' })
  await chooseJourney(page)
  const flag = settings.getByRole('switch', { name: 'No session' })
  expect(await flag.isChecked()).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => flag.isChecked()).toBe(false)
})

it('the State tab follows the settings of a node', async () => {
  const { page } = await editor.open(agentsJourney('Reads'))
  await node(page, 'Tell').click()
  const settings = page.getByRole('region', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'State' }).click()
  await settings.getByText('transaction:data').waitFor()
  await settings.getByText('Written by').waitFor()
  await settings.getByRole('button', { name: 'Status' }).click()
  await settings.getByRole('heading', { name: 'Status' }).waitFor()

  await settings.getByRole('tab', { name: 'Settings' }).click()
  await fillIn(page, { texts: { 'Transaction Data Key': 'other:data' } })
  await settings.getByRole('tab', { name: 'State' }).click()
  await settings.getByText('other:data').last().waitFor()
  await node(page, 'Tell').click()
  await settings.getByText('Written by').waitFor({ state: 'detached' })
})
