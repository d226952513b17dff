import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, noSettings } from '../define-node.ts'
import { factorErrors, mfaMethod, personWithFactor } from './multi-factor.ts'

/** Where a person's wish is kept, by method; called as AM's. */
const attributes = {
  oath: 'oath2faEnabled',
  push: 'push2faEnabled',
  webauthn: 'webauthn2faEnabled',
} as const

/** AM's numbers. A person must not skip a factor that is theirs to have, unless a device shows that they chose it. */
const mayBeSkipped = '1'
const mustNotBeSkipped = '2'

/** Notes that a person wants no second factor. Source: "MFA Opt-out node". */
export const optOutMultiFactorAuthentication = defineNode({
  type: 'OptOutMultiFactorAuthenticationNode',
  version: '1.0',
  title: 'Opt-out Multi-Factor Authentication',
  help: 'Notes with the person that they want no second factor of the kind that the journey is about.',
  tags: ['mfa', 'multi-factor authentication'],
  config: noSettings,
  outcomes: singleOutcome,
  reads: () => ['username', mfaMethod],
  errors: {
    fail: {
      ...factorErrors,
      'Expected MFA method to be set.': 'No node before told which second factor it is about.',
      'Unsupported MFA method has been set.': 'It is none of `oath`, `push` and `webauthn`.',
    },
  },
  requires: () => ['username', mfaMethod],
  needs: ['identities', 'devices'],
  reference: {
    outputs: 'the attribute `oath2faEnabled`, `push2faEnabled` or `webauthn2faEnabled` of the person',
  },
  async run({ state, identities, devices, log }) {
    const person = await personWithFactor(state, identities)
    if (person === 'Expected username to be set.') return fail(person)
    const method = state.getText(mfaMethod) ?? ''
    if (method.trim() === '') return fail('Expected MFA method to be set.')
    if (!isMethod(method)) return fail('Unsupported MFA method has been set.')
    if (typeof person === 'string') return fail(person)
    const wish = person[attributes[method]]
    const hasDevice = (await devices.registered(person._id, method)).length > 0
    if (wish === mayBeSkipped || (wish === mustNotBeSkipped && !hasDevice)) return goTo('outcome')
    try {
      await identities.patch(person._id, { [attributes[method]]: mayBeSkipped })
    } catch (error) {
      log.debug('Unable to set user attribute as skippable.', error)
    }
    return goTo('outcome')
  },
})

function isMethod(method: string): method is keyof typeof attributes {
  return Object.hasOwn(attributes, method)
}
