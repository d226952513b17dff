import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { authenticatedBy, authenticationKinds } from '../multi-factor/multi-factor.ts'
import { anonymousKind } from './anonymous-user.ts'

/** Marks the upgrade of an anonymous session. Source: "Anonymous Session Upgrade node". */
export const anonymousSessionUpgrade = defineNode({
  type: 'AnonymousSessionUpgradeNode',
  title: 'Anonymous Session Upgrade',
  help: 'Records that the new session replaces an anonymous one. The journey must run in a session.',
  tags: ['utilities', 'session'],
  outcomes: singleOutcome,
  reads: () => [authenticationKinds],
  writes: () => [authenticationKinds],
  errors: { fail: { 'Failed to get previous session': 'The request has no session.' } },
  reference: { inputs: 'the session of the request', outputs: 'the session property `NodeType`' },
  run({ existingSession, state }) {
    if (existingSession === undefined) return fail('Failed to get previous session')
    const kinds = existingSession[authenticationKinds]?.split('|') ?? []
    return goTo(
      'outcome',
      kinds.includes(anonymousKind) ? authenticatedBy(state, 'AnonymousSessionUpgrade') : {},
    )
  },
})
