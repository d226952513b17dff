import { createPrivateKey } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'

/** A text that stands for a value elsewhere. A default would be a value. */
// rule S57: otherwise the default of a variable is no secret
export const placeholder = /^(?:&\{[^}|]*\}|\$\{[^}|]*\})$/

/** Members of a JSON Web Key that only its owner may know. */
const privateKeyMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Base64 of a key in DER is at least this long, and that of an RSA key of 16,384 bits is shorter than the maximum. */
const derLength = { min: 60, max: 20_000 }

/** Whether a member of an object is secret whatever its name means elsewhere: a private part of a JSON Web Key. */
export function isPrivateMember(object: JsonObject, name: string): boolean {
  return typeof object.kty === 'string' && privateKeyMembers.includes(name)
}

/** Whether a value is secret by its form: a private key, in PEM or as base64, or a value that the vendor encrypted. */
export function isSecretForm(value: Json): boolean {
  if (typeof value === 'string') return isPrivateKey(value)
  return isJsonObject(value) && value.$crypto !== undefined
}

function isPrivateKey(text: string): boolean {
  if (text.includes('PRIVATE KEY-----')) return true
  if (text.length < derLength.min || text.length > derLength.max || !/^[\w+/\s-]+={0,2}\s*$/.test(text))
    return false
  const bytes = Buffer.from(text, 'base64')
  // rule S57: otherwise private keys count only in PEM
  return bytes.includes('PRIVATE KEY-----') || isPrivateDer(bytes)
}

/** Keys in DER begin with a sequence. */
function isPrivateDer(key: Buffer): boolean {
  if (key[0] !== 0x30) return false
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      return createPrivateKey({ key, format: 'der', type }).type === 'private'
    } catch {
      return false
    }
  })
}
