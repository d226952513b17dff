import { suggestion } from '../../../base/suggestion.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'
import { scriptsOfNode } from '../used-scripts.ts'

export const scriptUnknownOutcome: Rule = {
  id: 'script-unknown-outcome',
  severity: 'warning',
  what: 'A script names an outcome that none of its nodes has.',
  why: 'The journey fails when the script continues with it.',
  remedy: 'Correct the outcome in the script, or add it to the node.',
  check(journey, realm) {
    return membersOf(journey).flatMap((node) =>
      scriptsOfNode(node, realm).flatMap((script) => {
        if (node.outcomes === undefined) return []
        // Nodes that share a script can each use some of its outcomes.
        const known = new Set([...node.outcomes.map(({ id }) => id), ...realm.outcomesOf(script.id)])
        const unknown = (realm.report(script)?.outcomes ?? []).filter(({ outcome }) => !known.has(outcome))
        return [...new Map(unknown.toReversed().map((each) => [each.outcome, each])).values()]
          .toReversed()
          .map(({ line, outcome }) => ({
            nodeId: node.id,
            scriptId: script.id,
            line,
            message: `Script '${script.name}', line ${line}: '${node.name}' has no outcome '${outcome}'${suggestion(outcome, [...known]) || '.'}`,
          }))
      }),
    )
  },
}
