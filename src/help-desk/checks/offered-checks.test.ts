import { expect, test } from 'vitest'
import { type Journey, successId } from '../../engine/journey.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { offeredChecks } from './offered-checks.ts'

/** A front journey with a node for a second agent. @param entry the node where it begins. */
function frontJourney(entry: 'second' | 'opens'): Journey {
  const node = (type: string, next: string) => ({
    ...{ type, version: '1.0', config: {}, displayName: type, reads: [] },
    connections: { approved: next },
  })
  return {
    name: 'Front',
    entryNodeId: entry,
    ...{ enabled: true, innerTreeOnly: false, mustRun: false, noSession: false, transactionalOnly: false },
    identityResource: 'managed/alpha_user',
    nodes: {
      second: node('SidegateSecondAgentNode', 'opens'),
      opens: node('BackChannelInitNode', successId),
    },
    children: {},
  }
}

async function offered(entry: 'second' | 'opens') {
  const content = { v: 1, realm: '/alpha', root: 'Front', journeys: { Front: frontJourney(entry) } } as const
  const frozen = { content: { ...content, scripts: {}, customNodeTypes: [] }, typeNamed: typesWith([]) }
  const checks = [{ journey: 'Front', title: '', description: '' }]
  const settings = realmSettingsSchema.parse({ helpDesk: { checks } })
  const current = async (_realm: string, name: string) => (name === 'Front' ? frozen : undefined)
  // The function reads nothing else.
  const from = { configuration: {}, revisions: { current } } as unknown as Parameters<typeof offeredChecks>[0]
  return offeredChecks(from, { path: '/alpha', isActive: true, aliases: [], settings } as never)
}

test('a check has a second agent if its journey can reach one', async () => {
  expect(await offered('second')).toMatchObject([{ journey: 'Front', hasSecondAgent: true }])
  expect(await offered('opens')).toMatchObject([{ journey: 'Front', hasSecondAgent: false }])
})
