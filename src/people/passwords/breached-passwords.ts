import { createHash } from 'node:crypto'
import type { PasswordPolicy } from './password-policy.ts'

/** Whether a password is known from breaches, as far as a realm asks somebody. */
export type IsBreached = (
  password: string,
  policy: Pick<PasswordPolicy, 'breachService' | 'breachServiceMustAnswer'>,
) => Promise<boolean>

type Parts = {
  /** Reaches what the settings allow, within a time. @throws when there is no answer. */
  send(request: {
    url: string
    method: 'GET'
    headers: Record<string, string>
  }): Promise<{ status: number; body: string }>
  /** What kept a password from being checked; never the password, nor what was asked. */
  onSilence(reason: string): void
}

/** Of the SHA-1 in hexadecimal digits: the service learns so many, which some hundreds of known passwords share. */
const askedDigits = 5

/**
 * Asks a range service by k-anonymity, such as that of Have I Been Pwned. Source: "Searching by range" of its API.
 * Padding keeps whoever counts bytes on the wire from knowing the range.
 */
export function breachedPasswords({ send, onSilence }: Parts): IsBreached {
  return async (password, { breachService, breachServiceMustAnswer }) => {
    if (breachService === '') return false
    const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
    const url = `${breachService.replace(/\/*$/, '/')}${hash.slice(0, askedDigits)}`
    try {
      const { status, body } = await send({ url, method: 'GET', headers: { 'Add-Padding': 'true' } })
      if (status !== 200) throw new Error(`it answered ${status}`)
      return countIn(body, hash.slice(askedDigits)) > 0
    } catch (error) {
      onSilence(error instanceof Error ? error.message : 'no answer')
      return breachServiceMustAnswer
    }
  }
}

/** How often it was seen; padding stands in the list with 0. @throws Error for what is no such list. */
function countIn(body: string, rest: string): number {
  const lines = body.split(/\r?\n/).filter((line) => line !== '')
  const counts = lines.map((line) => /^([0-9A-F]{35}):(\d+)$/i.exec(line))
  if (counts.length === 0 || counts.includes(null)) throw new Error('it answered no list of hashes')
  return Number(counts.find((found) => found?.[1]?.toUpperCase() === rest)?.[2] ?? 0)
}
