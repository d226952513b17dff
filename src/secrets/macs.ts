import { createHmac } from 'node:crypto'

/** The keys of a purpose at this moment: the newest first, which signs; the others are still believed. */
export type KeySource = () => readonly Uint8Array[]

/** HMAC-SHA256 of a text under each key, in base64url. The first is what to write, all are what to believe. */
export function macsOf(keys: readonly Uint8Array[], text: string): [string, ...string[]] {
  const [newest, ...others] = keys.map((key) => createHmac('sha256', key).update(text).digest('base64url'))
  if (newest === undefined) throw new Error('there is no key to sign with')
  return [newest, ...others]
}
