import type { PushPort } from '../ports/push-port.ts'
import type { AppAccount } from './oath-registration-uri.ts'

/** What an app needs to register. Keys and challenge are base64. */
export type PushRegistration = {
  messageId: string
  challenge: string
  secret: string
  addresses: PushPort['addresses']
}

/**
 * The parameters of the QR code that registers an app for push notifications, with the names and encodings that the vendor's apps
 * read. It contains the key: only the person may see it.
 */
export function pushParameters({ issuer, bgColor, imgUrl }: AppAccount, registration: PushRegistration) {
  const { messageId, challenge, secret, addresses } = registration
  return {
    l: base64url('amlbcookie=01'),
    issuer: base64url(issuer),
    m: messageId,
    s: recoded(secret),
    c: recoded(challenge),
    r: base64url(addresses.register),
    a: base64url(addresses.authenticate),
    b: bgColor.replace('#', ''),
    ...(imgUrl === '' ? {} : { image: base64url(imgUrl) }),
  }
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

function recoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('base64url')
}
