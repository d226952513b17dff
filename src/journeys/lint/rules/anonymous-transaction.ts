import { backchannelInitialize } from '../../../nodes/backchannel/backchannel-initialize.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const anonymousTransaction: Rule = {
  id: 'anonymous-transaction',
  severity: 'warning',
  what: 'A transaction is about nobody: its Subject Type is None.',
  why: 'Whoever signs in by the link completes it, as whatever person.',
  remedy: 'Set Subject Type to User, and Subject Name Key to the state key of the name.',
  check(journey) {
    return membersOf(journey)
      .filter(
        ({ type, config }) => type === backchannelInitialize.type && (config.idType ?? 'NONE') === 'NONE',
      )
      .map(({ id, name }) => ({
        nodeId: id,
        message: `'${name}' opens a transaction that anybody may complete.`,
      }))
  },
}
