import { z } from 'zod'
import { goTo, send } from '../journey/action.ts'
import { callback } from '../journey/callbacks.ts'
import { decisionOutcomes } from '../journey/node-type.ts'
import { textAnswer } from './answers.ts'
import { defineNode, setting } from './define-node.ts'
import { authenticatedBy, authenticationKinds, personWithFactor } from './multi-factor.ts'
import type { DeviceKind, DevicePort } from './ports.ts'

/** Whose codes they are, and what a session remembers of one that was right. */
const kinds = {
  OATH: { kind: 'oath', authentication: 'AuthenticatorOATH' },
  PUSH: { kind: 'push', authentication: 'AuthenticatorPushRegistration' },
  WEB_AUTHN: { kind: 'webauthn', authentication: 'WebAuthnAuthentication' },
} as const

/** Takes a recovery code in the place of a lost device; each counts once. Source: "Recovery Code Collector Decision node". */
export const recoveryCodeCollectorDecision = defineNode({
  type: 'RecoveryCodeCollectorDecisionNode',
  version: '1.0',
  title: 'Recovery Code Collector Decision',
  help: 'Asks for a recovery code, which stands in for a lost device once.',
  tags: ['multi-factor authentication'],
  config: z.object({
    recoveryCodeType: setting(
      'Recovery Code Type',
      'Kind of device that the code belongs to.',
      z.enum(['OATH', 'PUSH', 'WEB_AUTHN']).default('OATH'),
    ),
  }),
  outcomes: decisionOutcomes,
  reads: () => ['username', authenticationKinds],
  writes: () => [authenticationKinds],
  callbacks: { NameCallback: 'The recovery code.' },
  proves: { true: 'rc' },
  needs: ['identities', 'devices'],
  reference: {
    outputs: 'the recovery codes that are left; the session property `NodeType`',
    outcomes: { true: 'It is right.', false: 'It is wrong, or was used.' },
  },
  async run({ config, state, answers, identities, devices }) {
    const code = textAnswer(answers, 'NameCallback')
    if (!code) return send([callback('NameCallback', { prompt: 'Recovery Code' })])
    const { kind, authentication } = kinds[config.recoveryCodeType]
    const auditDetail = { recoveryCodeType: config.recoveryCodeType }
    const person = await personWithFactor(state, identities)
    const isRight = typeof person !== 'string' && (await useCode(devices, person._id, kind, code))
    if (!isRight) return goTo('false', { auditDetail })
    return goTo('true', { auditDetail, ...authenticatedBy(state, authentication) })
  },
})

async function useCode(
  devices: DevicePort,
  personId: string,
  kind: DeviceKind,
  code: string,
): Promise<boolean> {
  const registered = await devices.registered(personId, kind)
  for (const [place, device] of registered.entries()) {
    const recoveryCodes = devices.useRecoveryCode(device.recoveryCodes, code)
    if (recoveryCodes === undefined) continue
    await devices.save(personId, kind, registered.with(place, { ...device, recoveryCodes }))
    return true
  }
  return false
}
