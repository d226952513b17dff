import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Locks or unlocks the account of the person under `username`. Source: "Account Lockout node". */
export const accountLockout = defineNode({
  type: 'AccountLockoutNode',
  title: 'Account Lockout',
  help: 'Locks or unlocks the person’s account.',
  tags: ['basic authn', 'basic authentication'],
  family: 'identity',
  config: () =>
    z.object({
      lockAction: setting(
        'Lock Action',
        'Locks or unlocks the account.',
        z.enum(['LOCK', 'UNLOCK']).default('LOCK'),
      ),
    }),
  outcomes: singleOutcome,
  reads: () => ['username'],
  errors: {
    fail: {
      'Could not get a valid username from the context': 'State has no username.',
      'Could not find the identity based on the information available on context.':
        'No person has this username.',
    },
  },
  needs: ['identities'],
  reference: { outputs: 'whether the person can sign in' },
  async run({ config, state, identities }) {
    const username = state.getText('username')
    if (!username) return fail('Could not get a valid username from the context')
    const person = await identities.find(username)
    if (person === undefined) {
      return fail('Could not find the identity based on the information available on context.')
    }
    await identities.setActive(person._id, config.lockAction === 'UNLOCK')
    return goTo('outcome')
  },
})
