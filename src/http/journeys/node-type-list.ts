import { listNodeTypes, readOutcomes } from '../../../contract/node-types.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { CustomNodeStore } from '../../journeys/custom-node-store.ts'
import { draftOutcomes, outcomeRequestSchema } from '../../journeys/edit/draft-outcomes.ts'
import { nodeTypeList } from '../../journeys/edit/node-type-list.ts'
import { maxFileBytes } from '../../journeys/exchange/safe-json.ts'
import { parseBody } from '../body.ts'
import { byAction, type Call, type Route } from '../route.ts'

type NodeTypeDependencies = { configuration: ConfigurationStore; customNodes: CustomNodeStore }

/** Node types for an editor's palette and forms. Not in AM; `docs/console-wire.md` describes the bodies. */
export function nodeTypeRoutes(from: NodeTypeDependencies): Route[] {
  const content = async ({ realm }: Call) => ({
    nodes: await from.configuration.nodes(realm.path),
    customNodeTypes: await from.customNodes.all(),
  })
  const access = 'journeys'
  return [
    {
      ...listNodeTypes,
      access,
      summary: 'Describes every node type: settings, outcomes and references.',
      handle: async (call) => ({ body: nodeTypeList(await content(call)) }),
    },
    {
      ...readOutcomes,
      access,
      resource: { kind: 'node-types' },
      reads: ['outcomes'],
      summary: 'Computes the outcomes of nodes from their settings (`outcomes`).',
      actions: { outcomes: { ...readOutcomes.actions.outcomes, body: () => outcomeRequestSchema } },
      bodyLimitBytes: maxFileBytes,
      handle: byAction({
        async outcomes(call) {
          const request = parseBody(outcomeRequestSchema, call)
          return { body: { result: draftOutcomes(request, await content(call)) } }
        },
      }),
    },
  ]
}
