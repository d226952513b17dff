import { createHmac, type KeyObject } from 'node:crypto'

/** The current keys of a purpose. The first signs; all verify. */
export type KeySource = () => readonly KeyObject[]

/** HMAC-SHA256 of a text with each key, in base64url. Write the first; accept any when verifying. */
export function macsOf(keys: readonly KeyObject[], text: string): [string, ...string[]] {
  const [newest, ...others] = keys.map((key) => createHmac('sha256', key).update(text).digest('base64url'))
  if (newest === undefined) throw new Error('there is no key to sign with')
  return [newest, ...others]
}
