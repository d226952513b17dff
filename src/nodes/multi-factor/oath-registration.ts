import { z } from 'zod'
import { localise } from '../../base/locale.ts'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, flagSetting } from '../define-node.ts'
import { appSettings, oathSettings, qrCallbacks } from './app-registration.ts'
import { factorErrors, personWithFactor, recoveryCodesToShow } from './multi-factor.ts'
import { asOathDevice, pendingDevice, randomOathDevice, storeOathDevice } from './oath-device.ts'
import { registrationUri } from './oath-registration-uri.ts'

const config = () =>
  z.object({
    ...appSettings,
    ...oathSettings,
    postponeDeviceProfileStorage: flagSetting(
      'Store device data in shared state',
      'Stores the sealed device in shared state for an OATH Device Storage node.',
    ),
  })

const next = 0

/**
 * Registers an authenticator app with a QR code. The key waits sealed in shared state, where AM stores it readable.
 * Source: "OATH Registration node".
 */
export const oathRegistration = defineNode({
  type: 'OathRegistrationNode',
  title: 'OATH Registration',
  help: 'Registers an authenticator app for one-time passwords with a QR code.',
  tags: ['multi-factor authentication'],
  config,
  outcomes: { all: { successOutcome: 'Success', failureOutcome: 'Failure' } },
  reads: () => ['username', ...Object.values(pendingDevice)],
  writes: () => [...Object.values(pendingDevice), ...Object.values(recoveryCodesToShow)],
  callbacks: {
    TextOutputCallback: 'The text, and a script that draws the QR code.',
    HiddenValueCallback: 'The URI in the QR code, as `mfaDeviceRegistration`.',
    ConfirmationCallback: 'A button to continue.',
  },
  errors: {
    error: { 'No device profile found on shared state': 'The device is missing from state.' },
    fail: {
      ...factorErrors,
      'A checksum digit or a truncation offset of HOTP is not supported':
        '**HOTP Checksum Digit** is enabled, or **HOTP Truncation Offset** is not -1.',
    },
  },
  needs: ['identities', 'devices', 'secrets', 'oath'],
  reference: {
    outputs: 'the person’s authenticator',
    keys: {
      [pendingDevice.device]: 'The sealed authenticator until it is stored.',
      [pendingDevice.hasRecoveryCodes]: 'Whether to create recovery codes when the authenticator is stored.',
    },
    outcomes: {
      successOutcome: 'The person has scanned the QR code.',
      failureOutcome: 'The device is missing from state.',
    },
  },
  async run({ config, state, answers, request, now, log, identities, devices, secrets, oath }) {
    if (config.algorithm === 'HOTP' && (config.addChecksum || config.truncationOffset !== -1)) {
      return fail('A checksum digit or a truncation offset of HOTP is not supported')
    }
    const person = await personWithFactor(state, identities)
    if (typeof person === 'string') return fail(person)
    if (chosenIndex(answers, 'ConfirmationCallback') !== next) {
      const device = randomOathDevice(secrets, now, config)
      state.putShared(pendingDevice.device, devices.seal(device))
      state.putShared(pendingDevice.hasRecoveryCodes, config.generateRecoveryCodes)
      const secret = await oath.base32(device.sharedSecret)
      const text = localise(config.scanQRCodeMessage, request.locales, scanText)
      return send(askToScan(registrationUri(config, person, secret, device.counter), text))
    }
    if (config.postponeDeviceProfileStorage) return goTo('successOutcome')
    const device = asOathDevice(devices.open(state.getText(pendingDevice.device) ?? ''))
    if (device === undefined) {
      log.error('No device profile found on shared state')
      return goTo('failureOutcome')
    }
    await storeOathDevice({ devices, state }, person, device, config.generateRecoveryCodes)
    return goTo('successOutcome')
  },
})

const scanText =
  'Scan the QR code image below with the ForgeRock Authenticator app to register your device with your login.'

function askToScan(uri: string, text: string) {
  const button = { prompt: '', messageType: 0, options: ['Next'], optionType: -1, defaultOption: next }
  return [...qrCallbacks(uri, text), callback('ConfirmationCallback', button)] as const
}
