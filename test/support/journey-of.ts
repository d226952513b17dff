import type { JsonObject } from '../../src/base/json.ts'
import type { Journey } from '../../src/engine/journey.ts'

type SampleNode = {
  to: Record<string, string>
  type?: string
  config?: JsonObject
  reads?: string[]
}

/** A journey for tests, from its nodes and connections; the first node is its entry. */
export function journeyOf(
  name: string,
  nodes: Record<string, SampleNode>,
  more: Partial<Journey> = {},
): Journey {
  const ready = Object.entries(nodes).map(([id, { to, type = 'TestNode', config = {}, reads = [] }]) => [
    id,
    { type, version: '1.0', displayName: `Node ${id}`, config, reads, connections: to },
  ])
  return {
    name,
    entryNodeId: Object.keys(nodes)[0] ?? '',
    enabled: true,
    innerTreeOnly: false,
    mustRun: false,
    noSession: false,
    transactionalOnly: false,
    identityResource: 'managed/alpha_user',
    nodes: Object.fromEntries(ready),
    children: {},
    ...more,
  }
}
