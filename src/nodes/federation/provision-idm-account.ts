import { z } from 'zod'
import { fail } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { userInfo } from './federation-link.ts'
import { accountProviderClass, profileIn, provision, provisioningErrors } from './provisioning.ts'

/**
 * Creates a managed object for a person whom a provider vouched for. AM redirects the browser to identity management
 * for this, which is the same server here. Source: "Provision IDM Account node".
 */
export const provisionIdmAccount = defineNode({
  type: 'ProvisionIdmAccountNode',
  title: 'Provision IDM Account',
  help: 'Creates a managed object from the identity provider’s data, without redirecting the browser. Without a password in state, it has none.',
  tags: ['idm', 'federation'],
  config: () => z.object({ accountProviderClass }),
  outcomes: singleOutcome,
  reads: () => [userInfo, 'password'],
  requires: () => [userInfo],
  writes: () => ['username'],
  errors: provisioningErrors,
  needs: ['identities'],
  reference: { outputs: 'a new person' },
  async run(context) {
    const profile = profileIn(context)
    if ('problem' in profile) return fail(profile.problem)
    const password = context.state.getText('password')
    return provision(context, { ...profile.object, ...(password && { password }) })
  },
})
