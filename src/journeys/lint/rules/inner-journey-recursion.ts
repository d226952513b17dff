import { asText } from '../../../base/as-text.ts'
import { reachableFrom } from '../../../engine/graph.ts'
import { innerTreeEvaluator } from '../../../nodes/utilities/inner-tree-evaluator.ts'
import { innerJourneys } from '../inner-journeys.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const innerJourneyRecursion: Rule = {
  id: 'inner-journey-recursion',
  severity: 'error',
  what: 'A journey enters itself, directly or through its inner journeys.',
  why: 'Each pass nests one journey deeper until the journey fails.',
  remedy: 'Build the loop from nodes of one journey instead.',
  check(journey, realm) {
    return membersOf(journey).flatMap(({ id, name, type, config }) => {
      if (type !== innerTreeEvaluator.type) return []
      const inner = asText(config.tree)
      if (!reachableFrom([inner], (each) => innerJourneys(realm, each)).has(journey.name)) return []
      return [
        {
          nodeId: id,
          setting: 'tree',
          message: `'${name}' enters '${inner}', which leads back into this journey.`,
        },
      ]
    })
  },
}
