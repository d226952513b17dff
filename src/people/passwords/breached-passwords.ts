import { createHash } from 'node:crypto'
import type { PasswordPolicy } from '../../attributes/password-policy.ts'

/** Whether a password is known from breaches. Always false in realms without a breach service. */
export type IsBreached = (
  password: string,
  policy: Pick<PasswordPolicy, 'breachService' | 'breachServiceMustAnswer'>,
) => Promise<boolean>

type Parts = {
  /** Sends through the outgoing fence with a timeout. @throws without a response. */
  send(request: {
    url: string
    method: 'GET'
    headers: Record<string, string>
  }): Promise<{ status: number; body: string }>
  /** Called if a password could not be checked. The reason never contains the password or any part of its hash. */
  onSilence(reason: string): void
}

/** Hexadecimal digits of the SHA-1 hash that the service learns. Hundreds of known passwords share each prefix. */
const prefixLength = 5

/** The public service. */
export const usualBreachService = 'https://api.pwnedpasswords.com/range/'

/**
 * Asks a range service (k-anonymity), such as Have I Been Pwned. Source: "Searching by range" of its API.
 * Padding hides the range from observers of the response size.
 */
export function breachedPasswords({ send, onSilence }: Parts): IsBreached {
  const countOf = breachCount(send)
  return async (password, { breachService, breachServiceMustAnswer }) => {
    if (breachService === '') return false
    try {
      return (await countOf(breachService, password)) > 0
    } catch (error) {
      onSilence(error instanceof Error ? error.message : 'no answer')
      return breachServiceMustAnswer
    }
  }
}

/** How often a password is known to a service. @throws Error if the service doesn't say so. It never contains the password. */
export function breachCount(send: Parts['send']) {
  return async (service: string, password: string, userAgent?: string): Promise<number> => {
    const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
    const url = `${service.replace(/\/*$/, '/')}${hash.slice(0, prefixLength)}`
    const headers = { 'Add-Padding': 'true', ...(userAgent && { 'User-Agent': userAgent }) }
    const { status, body } = await send({ url, method: 'GET', headers })
    if (status !== 200) throw new Error(`the service responded with status ${status}`)
    return countIn(body, hash.slice(prefixLength))
  }
}

/** How often the password was seen. Padding entries have the count 0. @throws Error if the body is not a list of hashes. */
function countIn(body: string, rest: string): number {
  const lines = body.split(/\r?\n/).filter((line) => line !== '')
  const counts = lines.map((line) => /^([0-9A-F]{35}):(\d+)$/i.exec(line))
  if (counts.length === 0 || counts.includes(null)) throw new Error('the response is not a list of hashes')
  return Number(counts.find((found) => found?.[1]?.toUpperCase() === rest)?.[2] ?? 0)
}
