import { z } from 'zod'
import type { NodeContext } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'

/** The setting of nodes that create, change or look at the schema of a journey's people. */
export const identityResource = setting(
  'Identity Resource',
  "The kind of people, such as `managed/alpha_user`. It must be the journey's own.",
  z.string().min(1).default('managed/user'),
)

/** What nodes fail with that are about other people than the journey. */
export const otherResourceErrors = {
  'Configured ‹setting› for the node (‹kind›) does not match the configured ‹setting› for the tree (‹kind›)':
    "**Identity Resource** is not the journey's.",
} as const

/** In AM's words, why the node is not about the journey's people; undefined when it is. */
export function otherResource(
  { config, journey }: NodeContext<{ identityResource: string }>,
  called: 'identity resource' | 'object type' = 'identity resource',
): string | undefined {
  const { identityResource: own } = config
  if (own === journey.identityResource) return undefined
  return (
    `Configured ${called} for the node (${own}) does not match the configured ${called} for the tree ` +
    `(${journey.identityResource})`
  )
}
