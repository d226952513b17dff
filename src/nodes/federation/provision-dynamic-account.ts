import { z } from 'zod'
import { fail } from '../../engine/action.ts'
import { isJsonObject } from '../../engine/json.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { container } from '../identity-management/object-attributes.ts'
import { userInfo } from './federation-link.ts'
import { accountProviderClass, provision, provisioningErrors, type Told, toldBy } from './provisioning.ts'

/** Makes an account for somebody whom a provider vouched for. Source: "Provision Dynamic Account node". */
export const provisionDynamicAccount = defineNode({
  type: 'ProvisionDynamicAccountNode',
  version: '1.0',
  title: 'Provision Dynamic Account',
  help: 'Creates an account from what the journey collected, else from what an identity provider told. Without a password in state it gets one that nobody knows.',
  tags: ['social', 'federation'],
  config: z.object({ accountProviderClass }),
  outcomes: singleOutcome,
  reads: () => [container, userInfo, 'password'],
  writes: () => ['username'],
  errors: provisioningErrors,
  needs: ['identities', 'secrets'],
  reference: { outputs: 'a new person' },
  async run(context) {
    const { state, secrets } = context
    const collected = state.getObject(container)
    const told: Told =
      isJsonObject(collected) && Object.keys(collected).length > 0 ? { object: collected } : toldBy(context)
    if ('problem' in told) return fail(told.problem)
    const password = state.getText('password')
    const made = { userName: secrets.hex(32), password: secrets.hex(20) }
    return provision(context, { ...made, ...told.object, ...(password && { password }) })
  },
})
