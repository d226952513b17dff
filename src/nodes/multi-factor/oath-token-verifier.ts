import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { chosenIndex, textAnswer } from '../answers.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import {
  attemptErrors,
  authenticatedBy,
  authenticationKinds,
  factorErrors,
  mfaMethod,
  personWithFactor,
} from './multi-factor.ts'
import { codeErrors, deviceAfterCode } from './oath-check.ts'
import { asOathDevice, pendingDevice } from './oath-device.ts'

const config = () =>
  z.object({
    algorithm: setting(
      'OATH Algorithm',
      'HOTP codes follow a counter, TOTP codes follow the clock. Must match the registration.',
      z.enum(['HOTP', 'TOTP']).default('TOTP'),
    ),
    hotpWindowSize: setting(
      'HOTP Window Size',
      'Number of codes that may be skipped.',
      z.int().positive().max(1000).default(100),
    ),
    totpTimeInterval: setting(
      'TOTP Time Step Interval',
      'Seconds for which a code is valid.',
      z.int().positive().default(30),
    ),
    totpTimeSteps: setting(
      'TOTP Time Steps',
      'Number of time steps before and after the current one in which a code is accepted.',
      z.int().positive().max(100).default(2),
    ),
    totpHashAlgorithm: setting(
      'TOTP Hash Algorithm',
      'Hash that generates the codes. Must match the registration.',
      z.enum(['HMAC_SHA1', 'HMAC_SHA256', 'HMAC_SHA512']).default('HMAC_SHA1'),
    ),
    maximumAllowedClockDrift: setting(
      'TOTP Maximum Allowed Clock Drift',
      'Maximum total drift of the device’s clock, in time steps.',
      z.int().positive().default(5),
    ),
    isRecoveryCodeAllowed: flagSetting('Allow recovery codes', 'Shows a button for recovery codes.'),
  })

const recoveryPressed = 1

/**
 * Checks a code of the person's authenticator. A code is rejected if it or a later one was used. Source: "OATH Token
 * Verifier node".
 */
export const oathTokenVerifier = defineNode({
  type: 'OathTokenVerifierNode',
  title: 'OATH Token Verifier',
  help: 'Asks for a one-time password from the person’s authenticator app and checks it.',
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
    ConfirmationCallback: 'Buttons to submit and for recovery codes.',
  },
  errors: { warn: { ...codeErrors, ...attemptErrors }, fail: factorErrors },
  proves: { successOutcome: 'otp' },
  needs: ['identities', 'devices', 'oath', 'attempts'],
  reference: {
    outputs: 'the codes that the authenticator has used, and the session property `NodeType`',
    outcomes: {
      successOutcome: 'The code is right.',
      failureOutcome: 'The code is wrong or was used, or there were too many wrong attempts.',
      notRegisteredOutcome: 'The person has no authenticator.',
      recoveryCodeOutcome: 'The person chose to use a recovery code.',
    },
  },
  async run({ config, state, answers, now, log, identities, devices, oath, attempts }) {
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
    // rule S05: otherwise codes of an app can be guessed without limit
    const tried = await attempts.check('oath', person._id, () =>
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
