import { z } from 'zod'
import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, setting } from '../define-node.ts'
import type { AttemptResult, DeviceKind, DevicePort } from '../ports/ports.ts'
import { attemptErrors, authenticatedBy, authenticationKinds, personWithFactor } from './multi-factor.ts'

/** Kinds of devices with recovery codes, and what the session records for each. */
const kinds = {
  OATH: { kind: 'oath', authentication: 'AuthenticatorOATH' },
  PUSH: { kind: 'push', authentication: 'AuthenticatorPushRegistration' },
  WEB_AUTHN: { kind: 'webauthn', authentication: 'WebAuthnAuthentication' },
} as const

const wrongCode = 'The recovery code is wrong or was used'

/**
 * Accepts a recovery code in place of a lost device. Each code works once. Source: "Recovery Code Collector Decision
 * node".
 */
export const recoveryCodeCollectorDecision = defineNode({
  type: 'RecoveryCodeCollectorDecisionNode',
  title: 'Recovery Code Collector Decision',
  help: 'Asks for a recovery code, which replaces a lost device once.',
  tags: ['multi-factor authentication'],
  config: () =>
    z.object({
      recoveryCodeType: setting(
        'Recovery Code Type',
        'Kind of device to which the code belongs.',
        z.enum(['OATH', 'PUSH', 'WEB_AUTHN']).default('OATH'),
      ),
    }),
  outcomes: decisionOutcomes,
  reads: () => ['username', authenticationKinds],
  writes: () => [authenticationKinds],
  callbacks: { NameCallback: 'The recovery code.' },
  proves: { true: 'rc' },
  errors: { warn: { ...attemptErrors, [wrongCode]: 'The person has no such code left.' } },
  needs: ['identities', 'devices', 'attempts'],
  reference: {
    outputs: 'the remaining recovery codes, and the session property `NodeType`',
    outcomes: {
      true: 'The code is right.',
      false: 'The code is wrong or was used, or there were too many wrong attempts.',
    },
  },
  async run({ config, state, answers, log, identities, devices, attempts }) {
    const code = textAnswer(answers, 'NameCallback')
    if (!code) return send([callback('NameCallback', { prompt: 'Recovery Code' })])
    const { kind, authentication } = kinds[config.recoveryCodeType]
    const auditDetail = { recoveryCodeType: config.recoveryCodeType }
    const person = await personWithFactor(state, identities)
    const personId = typeof person === 'string' ? undefined : person._id
    // rule S05: otherwise recovery codes can be guessed without limit
    const tried = await attempts.check('recovery', personId, () => useCode(devices, personId, kind, code))
    if (tried.kind === 'wrong') {
      log.warn(tried.reason)
      return goTo('false', { auditDetail })
    }
    return goTo('true', { auditDetail, ...authenticatedBy(state, authentication) })
  },
})

/** Kinds can share codes, as Combined MFA Registration stores them, so that a code is removed from devices of all kinds. */
async function useCode(
  devices: DevicePort,
  personId: string | undefined,
  kind: DeviceKind,
  code: string,
): Promise<AttemptResult<true>> {
  const wrong = { kind: 'wrong', reason: wrongCode } as const
  if (personId === undefined || !(await removeCode(devices, personId, kind, code))) return wrong
  for (const { kind: other } of Object.values(kinds)) {
    if (other !== kind) await removeCode(devices, personId, other, code)
  }
  return { kind: 'right', value: true }
}

/** @returns false if no device of the kind has the code */
async function removeCode(
  devices: DevicePort,
  personId: string,
  kind: DeviceKind,
  code: string,
): Promise<boolean> {
  const registered = await devices.registered(personId, kind)
  const left = registered.map((device) => {
    const recoveryCodes = devices.useRecoveryCode(device.recoveryCodes, code)
    return recoveryCodes === undefined ? device : { ...device, recoveryCodes }
  })
  if (left.every((device, place) => device === registered[place])) return false
  await devices.save(personId, kind, left)
  return true
}
