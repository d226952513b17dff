import { z } from 'zod'
import { fail } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { userInfo } from './federation-link.ts'
import { accountProviderClass, provision, provisioningErrors, toldBy } from './provisioning.ts'

/**
 * Makes a managed object of somebody whom a provider vouched for. AM sends the browser to identity management for
 * that; here it is the same server, so that nobody is sent away. Source: "Provision IDM Account node".
 */
export const provisionIdmAccount = defineNode({
  type: 'ProvisionIdmAccountNode',
  version: '1.0',
  title: 'Provision IDM Account',
  help: 'Creates a managed object from what an identity provider told, at once: the browser is not sent elsewhere. Without a password in state it has none.',
  tags: ['idm', 'federation'],
  config: z.object({ accountProviderClass }),
  outcomes: singleOutcome,
  reads: () => [userInfo, 'password'],
  requires: () => [userInfo],
  writes: () => ['username'],
  errors: provisioningErrors,
  needs: ['identities'],
  reference: { outputs: 'a new person' },
  async run(context) {
    const told = toldBy(context)
    if ('problem' in told) return fail(told.problem)
    const password = context.state.getText('password')
    return provision(context, { ...told.object, ...(password && { password }) })
  },
})
