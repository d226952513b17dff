import { z } from 'zod'
import { isJsonObject } from '../../base/json.ts'
import { fail } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { container } from '../identity-management/object-attributes.ts'
import { userInfo } from './federation-link.ts'
import {
  accountProviderClass,
  type Profile,
  profileIn,
  provision,
  provisioningErrors,
} from './provisioning.ts'

/** Creates an account for a person whom a provider vouched for. Source: "Provision Dynamic Account node". */
export const provisionDynamicAccount = defineNode({
  type: 'ProvisionDynamicAccountNode',
  title: 'Provision Dynamic Account',
  help: 'Creates an account from the collected attributes, or else from the identity provider’s data. Without a password in state, the account gets a random one.',
  tags: ['social', 'federation'],
  config: () => z.object({ accountProviderClass }),
  outcomes: singleOutcome,
  reads: () => [container, userInfo, 'password'],
  writes: () => ['username'],
  errors: provisioningErrors,
  needs: ['identities', 'secrets'],
  reference: { outputs: 'a new person' },
  async run(context) {
    const { state, secrets } = context
    const collected = state.getObject(container)
    const profile: Profile =
      isJsonObject(collected) && Object.keys(collected).length > 0
        ? { object: collected }
        : profileIn(context)
    if ('problem' in profile) return fail(profile.problem)
    const password = state.getText('password')
    const made = { userName: secrets.hex(32), password: secrets.hex(20) }
    return provision(context, { ...made, ...profile.object, ...(password && { password }) })
  },
})
