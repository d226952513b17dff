import { z } from 'zod'
import type { NodeContext } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'

/** The setting of nodes that create or change people, or read their schema. */
export const identityResource = setting(
  'Identity Resource',
  'Managed object type of the people, such as `managed/alpha_user`. It must be the journey’s own.',
  z.string().min(1).default('managed/user'),
)

/** Errors of nodes configured for other people than the journey. */
export const otherResourceErrors = {
  'Configured ‹setting› for the node (‹kind›) does not match the configured ‹setting› for the tree (‹kind›)':
    '**Identity Resource** differs from the journey’s.',
} as const

/** The error in AM's words if the node's resource differs from the journey's. */
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
