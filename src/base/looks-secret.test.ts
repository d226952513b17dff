import { expect, test } from 'vitest'
import { isSecretSetting, isSecretState } from './looks-secret.ts'

test.each([
  ...['password', 'newPassword', 'password2', 'passphrase', 'passcode', 'bindPasswd', 'user_pwd'],
  ...['clientSecret', 'secrets', 'secretValues', 'credentials', 'privateKeyPem', 'privateJwk'],
  ...['apiKey', 'API_KEY', 'X-Api-Key', 'clientAPIKeys', 'API Key', 'privateKey', 'secretKey', 'signingKey'],
  ...['encryptionKey', 'hmacKey', 'subscriptionKey', 'sharedKey', 'masterKey', 'accessKey'],
  ...['token', 'access_token', 'idToken', 'authorization', 'Proxy-Authorization', 'cookie', 'Set-Cookie'],
  ...['pin', 'userPin', 'PINs', 'pinCode', 'otp', 'smsOtp', 'smsotp', 'OTPs', 'totp', 'oneTimePassword'],
  ...['recoveryCode', 'recoveryCodes', 'backup-codes', 'valueBase64', 'activeValue', 'foo-encrypted'],
  // A letter that upper and lower case turn into another one.
  'client\u017fecret',
])('a setting named %s is a credential, and so is state', (name) => {
  expect(isSecretSetting(name)).toBe(true)
  expect(isSecretState(name) || name === 'foo-encrypted').toBe(true)
})

test.each([
  ...['kbaInfo', 'authId', 'verificationCode', 'userCode', 'code', 'inviteLink', 'links', 'socialOAuthData'],
  ...['backchannel-transaction', 'backchannel-redirectUri', 'resumeUrl', 'web-authn-challenge', 'signature'],
  ...['DeviceBinding.DEVICE', 'deviceData', 'samlAssertion', 'sessionJwt', 'one-time', 'Ihr Kennwort'],
  ...['passwordAttribute', 'passwordLength', 'secretQuestionLabel', 'secretIdIdentifier', 'signingKeyAlias'],
  ...['authorizationEndpoint', 'tokenEndpoint', 'accessKeyId', 'otpTimestamp'],
])('%s says something about a setting, and may be a credential or a proof in state', (name) => {
  expect(isSecretSetting(name)).toBe(false)
  expect(isSecretState(name)).toBe(true)
})

test.each([
  ...[
    'keyboard',
    'keyword',
    'monkey',
    'tokenizer',
    'publicKey',
    'siteKey',
    'primaryKey',
    'shipping',
    'pinned',
  ],
  ...[
    'spinning',
    'footprint',
    'option',
    'postalCode',
    'statusCode',
    'encoded',
    'successUrl',
    'compassHeading',
  ],
  ...['username', 'mail', 'objectAttributes', 'transaction:data', 'isEncrypted', 'constructor', ''],
])('%s is neither', (name) => {
  expect(isSecretSetting(name)).toBe(false)
  expect(isSecretState(name)).toBe(false)
})
