import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { factorErrors, mfaMethod, personWithFactor } from './multi-factor.ts'

/** Attributes with the person's choice, named as in AM. */
const attributes = {
  oath: 'oath2faEnabled',
  push: 'push2faEnabled',
  webauthn: 'webauthn2faEnabled',
} as const

/** AM's values. A person who must not skip the factor is still recorded as opted out if they have a device. */
const mayBeSkipped = '1'
const mustNotBeSkipped = '2'

/** Records that a person opts out of a second factor. Source: "MFA Opt-out node". */
export const optOutMultiFactorAuthentication = defineNode({
  type: 'OptOutMultiFactorAuthenticationNode',
  title: 'Opt-out Multi-Factor Authentication',
  help: 'Records that the person opts out of the second factor that the journey offers.',
  tags: ['mfa', 'multi-factor authentication'],
  outcomes: singleOutcome,
  reads: () => ['username', mfaMethod],
  errors: {
    fail: {
      ...factorErrors,
      'Expected MFA method to be set.': 'No earlier node set the kind of second factor.',
      'Unsupported MFA method has been set.': 'The kind is not `oath`, `push` or `webauthn`.',
    },
  },
  requires: () => ['username', mfaMethod],
  needs: ['identities', 'devices'],
  reference: {
    outputs: 'the person’s attribute `oath2faEnabled`, `push2faEnabled` or `webauthn2faEnabled`',
  },
  async run({ state, identities, devices, log }) {
    const person = await personWithFactor(state, identities)
    if (person === 'Expected username to be set.') return fail(person)
    const method = state.getText(mfaMethod) ?? ''
    if (method.trim() === '') return fail('Expected MFA method to be set.')
    if (!isMethod(method)) return fail('Unsupported MFA method has been set.')
    if (typeof person === 'string') return fail(person)
    const choice = person[attributes[method]]
    const hasDevice = (await devices.registered(person._id, method)).length > 0
    if (choice === mayBeSkipped || (choice === mustNotBeSkipped && !hasDevice)) return goTo('outcome')
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
