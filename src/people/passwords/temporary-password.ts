import { randomInt } from 'node:crypto'
import { Secret } from '../../secrets/secret.ts'
import type { PasswordPolicy } from './password-policy.ts'

/** Without those that look or sound like others: it is read aloud, and typed once. */
const capitals = 'ABCDEFGHJKMNPQRTUVWXYZ'
const small = 'abcdefghjkmnpqrstuvwxyz'
const numbers = '2346789'

/** Some 70 bits. */
const usualLength = 16

/** A password that meets the policy and is guessed by nobody. */
export function temporaryPassword({ minLength, maxLength, minCapitals, minNumbers }: PasswordPolicy): Secret {
  const length = Math.min(maxLength, Math.max(minLength, usualLength, minCapitals + minNumbers))
  const wanted = [
    ...some(capitals, Math.min(length, Math.max(minCapitals, 1))),
    ...some(numbers, Math.max(minNumbers, 1)),
  ].slice(0, length)
  return new Secret(shuffled([...wanted, ...some(small, length - wanted.length)]).join(''))
}

function some(alphabet: string, count: number): string[] {
  return Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)] ?? '')
}

function shuffled(items: readonly string[]): string[] {
  const left = [...items]
  return items.map(() => left.splice(randomInt(left.length), 1)[0] ?? '')
}
