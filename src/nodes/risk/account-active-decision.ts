import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, noSettings } from '../define-node.ts'

/** Tells whether a person may sign in. Source: "Account Active Decision node". */
export const accountActiveDecision = defineNode({
  type: 'AccountActiveDecisionNode',
  version: '1.0',
  title: 'Account Active Decision',
  help: 'Leaves by `true` unless the person is inactive or locked out by wrong passwords.',
  tags: ['risk'],
  config: noSettings,
  outcomes: decisionOutcomes,
  reads: () => ['username'],
  errors: { fail: { 'Failed to get the identity object': 'State has no user name, or nobody has it.' } },
  requires: () => ['username'],
  needs: ['identities'],
  async run({ state, identities }) {
    const username = state.getText('username')
    const person = username ? await identities.find(username) : undefined
    if (person === undefined) return fail('Failed to get the identity object')
    return goTo((await identities.isLocked(person._id)) ? 'false' : 'true')
  },
})
