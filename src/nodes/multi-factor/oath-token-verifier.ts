import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { chosenIndex, textAnswer } from '../answers.ts'
import { defineNode, setting } from '../define-node.ts'
import {
  authenticatedBy,
  authenticationKinds,
  factorErrors,
  mfaMethod,
  personWithFactor,
  triesErrors,
} from './multi-factor.ts'
import { codeErrors, deviceAfterCode } from './oath-check.ts'
import { asOathDevice, pendingDevice } from './oath-device.ts'

const config = z.object({
  algorithm: setting(
    'OATH Algorithm',
    'Whether codes count up (HOTP) or follow the clock (TOTP); the same as at registration.',
    z.enum(['HOTP', 'TOTP']).default('TOTP'),
  ),
  hotpWindowSize: setting(
    'HOTP Window Size',
    'How many codes may be left out.',
    z.int().positive().max(1000).default(100),
  ),
  totpTimeInterval: setting(
    'TOTP Time Step Interval',
    'Seconds that a code lasts.',
    z.int().positive().default(30),
  ),
  totpTimeSteps: setting(
    'TOTP Time Steps',
    'How many steps before and after now a code may belong to.',
    z.int().positive().max(100).default(2),
  ),
  totpHashAlgorithm: setting(
    'TOTP Hash Algorithm',
    'How codes are computed; the same as at registration.',
    z.enum(['HMAC_SHA1', 'HMAC_SHA256', 'HMAC_SHA512']).default('HMAC_SHA1'),
  ),
  maximumAllowedClockDrift: setting(
    'TOTP Maximum Allowed Clock Drift',
    'How many steps the clock of the device may be off, all in all.',
    z.int().positive().default(5),
  ),
  isRecoveryCodeAllowed: setting(
    'Allow recovery codes',
    'Whether a button leads to recovery codes.',
    z.boolean().default(false),
  ),
})

const recoveryPressed = 1

/**
 * Asks for a code of the person's authenticator. Each code counts once: one that was used, or is older than one that was,
 * is wrong. Source: "OATH Token Verifier node".
 */
export const oathTokenVerifier = defineNode({
  type: 'OathTokenVerifierNode',
  version: '1.0',
  title: 'OATH Token Verifier',
  help: "Asks for a one-time password of the person's authenticator app and checks it.",
  tags: ['multi-factor authentication'],
  config,
  outcomes: {
    all: {
      successOutcome: 'Success',
      failureOutcome: 'Failure',
      notRegisteredOutcome: 'Not registered',
      recoveryCodeOutcome: 'Recovery Code',
    },
    offered: ({ isRecoveryCodeAllowed }) => [
      'successOutcome',
      'failureOutcome',
      'notRegisteredOutcome',
      ...(isRecoveryCodeAllowed ? (['recoveryCodeOutcome'] as const) : []),
    ],
  },
  reads: () => ['username', authenticationKinds, pendingDevice.device],
  writes: () => [mfaMethod, authenticationKinds, pendingDevice.device],
  callbacks: {
    NameCallback: 'The one-time password.',
    ConfirmationCallback: 'Buttons to go on and for recovery codes.',
  },
  errors: { warn: { ...codeErrors, ...triesErrors }, fail: factorErrors },
  proves: { successOutcome: 'otp' },
  needs: ['identities', 'devices', 'oath', 'tries'],
  reference: {
    outputs: 'which codes of the authenticator count no more; the session property `NodeType`',
    outcomes: {
      successOutcome: 'The password is right.',
      failureOutcome: 'It is wrong, or was used, or too many were wrong.',
      notRegisteredOutcome: 'The person has no authenticator.',
      recoveryCodeOutcome: 'The person has lost it and pressed the button.',
    },
  },
  async run({ config, state, answers, now, log, identities, devices, oath, tries }) {
    const person = await personWithFactor(state, identities)
    if (typeof person === 'string') return fail(person)
    const pending = asOathDevice(devices.open(state.getText(pendingDevice.device) ?? ''))
    const registered = await devices.registered(person._id, 'oath')
    const device = pending ?? asOathDevice(registered[0])
    if (device === undefined) {
      state.putShared(mfaMethod, 'oath')
      return goTo('notRegisteredOutcome')
    }
    const isRecovery = chosenIndex(answers, 'ConfirmationCallback') === recoveryPressed
    if (config.isRecoveryCodeAllowed && isRecovery) return goTo('recoveryCodeOutcome')
    const code = textAnswer(answers, 'NameCallback')
    if (code === undefined) return ask(config.isRecoveryCodeAllowed)
    const tried = await tries.check('oath', person._id, () =>
      deviceAfterCode(oath, device, code.trim(), config, now),
    )
    if (tried.kind === 'wrong') {
      log.warn(tried.reason)
      return goTo('failureOutcome')
    }
    const used = tried.value
    await devices.save(person._id, 'oath', [used, ...(pending ? [] : registered.slice(1))])
    if (pending !== undefined) state.putShared(pendingDevice.device, devices.seal(used))
    return goTo('successOutcome', authenticatedBy(state, 'AuthenticatorOATH'))
  },
})

function ask(isRecoveryCodeAllowed: boolean) {
  const options = ['Submit', ...(isRecoveryCodeAllowed ? ['Use recovery code'] : [])]
  return send([
    callback('NameCallback', { prompt: 'Enter verification code' }),
    callback('ConfirmationCallback', {
      prompt: '',
      messageType: 0,
      options,
      optionType: -1,
      defaultOption: 0,
    }),
  ])
}
