import { z } from 'zod'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { flagSetting, localisedSetting, setting, textSetting } from '../define-node.ts'
import { accountNames } from './oath-registration-uri.ts'

/** Settings of all nodes that register an authenticator app. */
export const appSettings = {
  issuer: textSetting('Issuer', 'Issuer shown above the code in the authenticator app.', 'ForgeRock'),
  accountName: setting(
    'Account Name',
    'Attribute that names the account in the app. If it is empty, the username is used.',
    z.enum(accountNames).default('USERNAME'),
  ),
  bgColor: textSetting('Background Color', 'Background of the logo in the app, in hexadecimal.', '032b75'),
  imgUrl: textSetting('Logo Image URL', 'URL of the logo in the app.'),
  generateRecoveryCodes: flagSetting(
    'Generate Recovery Codes',
    'Creates recovery codes for a lost device. A Recovery Code Display node shows them.',
    true,
  ),
  scanQRCodeMessage: localisedSetting('QR code message', 'Text above the QR code by locale.'),
}

/** Settings of nodes that register one-time passwords. */
export const oathSettings = {
  passwordLength: setting(
    'One Time Password Length',
    'Number of digits of a code.',
    z.enum(['SIX_DIGITS', 'EIGHT_DIGITS']).default('SIX_DIGITS'),
  ),
  minSharedSecretLength: setting(
    'Minimum Secret Key Length',
    'Minimum length of the key in hexadecimal digits. Shorter keys than 32 are never created.',
    z.int().positive().default(32),
  ),
  algorithm: setting(
    'OATH Algorithm',
    'HOTP codes follow a counter, TOTP codes follow the clock.',
    z.enum(['HOTP', 'TOTP']).default('TOTP'),
  ),
  totpTimeInterval: setting(
    'TOTP Time Step Interval',
    'Seconds for which a code is valid.',
    z.int().positive().default(30),
  ),
  totpHashAlgorithm: setting(
    'TOTP Hash Algorithm',
    'Hash that generates the codes. Many apps support only `HMAC_SHA1`.',
    z.enum(['HMAC_SHA1', 'HMAC_SHA256', 'HMAC_SHA512']).default('HMAC_SHA1'),
  ),
  addChecksum: flagSetting('HOTP Checksum Digit', 'Not supported: must be disabled.'),
  truncationOffset: setting('HOTP Truncation Offset', 'Not supported: must be -1.', z.int().default(-1)),
}

/**
 * The text, a script that draws the code if the page has a QR code library, and the URI in it. Apps read the URI from the hidden
 * value.
 */
export function qrCallbacks(uri: string, text: string) {
  const code = { id: 'callback_0', text: uri, version: '20', code: 'L' }
  const script = `if (window.QRCodeReader) { window.QRCodeReader.createCode(${JSON.stringify(code)}); }`
  return [
    textOutput(text),
    textOutput(script, '4'),
    callback('HiddenValueCallback', { value: uri, id: 'mfaDeviceRegistration' }),
  ] as const
}
