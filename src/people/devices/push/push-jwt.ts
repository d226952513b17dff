import { createHmac } from 'node:crypto'
import { type JsonObject, jsonObjectSchema } from '../../../base/json.ts'

/** Keys of apps, as they are stored. */
function bytesOf(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64')
}

/** @param secret base64 */
export async function signedForApp(claims: JsonObject, secret: string): Promise<string> {
  const { SignJWT } = await import('jose')
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(bytesOf(secret))
}

/** The claims that the app with this key signed; undefined for any other text. */
export async function signedByApp(jwt: string, secret: string): Promise<JsonObject | undefined> {
  const { jwtVerify } = await import('jose')
  try {
    const { payload } = await jwtVerify(jwt, bytesOf(secret), { algorithms: ['HS256'] })
    return jsonObjectSchema.parse(payload)
  } catch {
    return undefined
  }
}

/** The only right response to a challenge. All values are base64. */
export function responseTo(challenge: string, secret: string): string {
  return createHmac('sha256', bytesOf(secret)).update(bytesOf(challenge)).digest('base64')
}
