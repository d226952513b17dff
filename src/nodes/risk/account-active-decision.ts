import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'

/** Decides whether the person may sign in. Source: "Account Active Decision node". */
export const accountActiveDecision = defineNode({
  type: 'AccountActiveDecisionNode',
  title: 'Account Active Decision',
  help: 'Takes the outcome `true` unless the person is inactive or locked after wrong passwords.',
  tags: ['risk'],
  outcomes: decisionOutcomes,
  reads: () => ['username'],
  errors: { fail: { 'Failed to get the identity object': 'State has no username, or no person has it.' } },
  requires: () => ['username'],
  needs: ['identities'],
  async run({ state, identities }) {
    const username = state.getText('username')
    const person = username ? await identities.find(username) : undefined
    if (person === undefined) return fail('Failed to get the identity object')
    return goTo((await identities.isLocked(person._id)) ? 'false' : 'true')
  },
})
