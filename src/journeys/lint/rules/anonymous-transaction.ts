import { backchannelInitialize } from '../../../nodes/backchannel/backchannel-initialize.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const anonymousTransaction: Rule = {
  id: 'anonymous-transaction',
  severity: 'warning',
  what: 'A transaction has no subject: its Subject Type is None.',
  why: 'Any person who signs in with the link completes it.',
  remedy: 'Set Subject Type to User, and Subject Name Key to the state key of the username.',
  check(journey) {
    return membersOf(journey)
      .filter(
        ({ type, config }) => type === backchannelInitialize.type && (config.idType ?? 'NONE') === 'NONE',
      )
      .map(({ id, name }) => ({
        nodeId: id,
        setting: 'idType',
        message: `'${name}' opens a transaction that any person can complete.`,
      }))
  },
}
