import { defined } from '../../base/defined.ts'
import { brokenReferences } from '../exchange/needs.ts'
import type { Reference } from '../exchange/references.ts'
import { membersOf } from './linted-journey.ts'
import type { Rule } from './rule.ts'

/**
 * A check for references of a journey's nodes to things that don't exist in the realm.
 * @param does what a node does with the missing thing, such as "runs script 1"
 * @param setting the one with the reference
 */
export function missing(
  kind: Reference['kind'],
  does: (id: string) => string,
  setting?: string,
): Rule['check'] {
  return (journey, realm) =>
    membersOf(journey).flatMap((node) =>
      brokenReferences({ type: node.type, settings: node }, realm.has)
        .filter((reference) => reference.kind === kind)
        .map(({ id }) => ({
          nodeId: node.id,
          ...defined({ setting }),
          message: `'${node.name}' ${does(id)}, which does not exist.`,
        })),
    )
}
