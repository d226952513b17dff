import type { LintedNode } from '../linted-journey.ts'
import { membersOf } from '../linted-journey.ts'
import type { LintedRealm } from '../linted-realm.ts'
import type { Rule } from '../rule.ts'

export const standIn: Rule = {
  id: 'stand-in',
  severity: 'warning',
  what: 'A node can’t run here, and a stand-in chooses its outcome.',
  why: 'It checks nothing. If its outcome stands for a successful check, everyone passes that check.',
  remedy: 'Use it for tests only, or replace the node with one that checks something.',
  check(journey, realm) {
    return membersOf(journey).flatMap((node) => {
      const how = node.nodeType?.standIn ? declarationOf(node, realm) : unusedDeclaration(node, realm)
      return how === undefined ? [] : [{ nodeId: node.id, message: `'${node.name}' ${how}.` }]
    })
  },
}

/** A declaration from before the type could run here. */
function unusedDeclaration({ type, nodeType }: LintedNode, realm: LintedRealm): string | undefined {
  const declared = realm.standInFor(type)
  if (nodeType === undefined || declared === undefined || declared === 'unknown') return undefined
  return `runs here, so the stand-in that the realm declares for ${type} has no effect: remove it`
}

function declarationOf({ type, nodeType }: LintedNode, realm: LintedRealm): string | undefined {
  const declared = realm.standInFor(type)
  if (declared === undefined) return undefined
  if (declared === 'unknown')
    return `is of type ${type}, which needs a stand-in. ${nodeType?.standIn?.why ?? ''}`.replace(/\.$/, '')
  if (declared.does === 'hook') return `checks nothing here: a web service of the realm answers for ${type}`
  return `checks nothing here: the realm declares that ${type} always takes the outcome '${declared.outcome}'`
}
