import { randomInt } from 'node:crypto'
import type { PasswordPolicy } from '../../attributes/password-policy.ts'
import { Secret } from '../../secrets/secret.ts'

/** Without characters that look or sound like others, because the password is read aloud. */
const capitals = 'ABCDEFGHJKMNPQRTUVWXYZ'
const small = 'abcdefghjkmnpqrstuvwxyz'
const numbers = '2346789'

/** About 70 bits of entropy. */
const usualLength = 16

/** A random password that meets the policy. */
export function temporaryPassword({ minLength, maxLength, minCapitals, minNumbers }: PasswordPolicy): Secret {
  const length = Math.min(maxLength, Math.max(minLength, usualLength, minCapitals + minNumbers))
  const required = [
    ...some(capitals, Math.min(length, Math.max(minCapitals, 1))),
    ...some(numbers, Math.max(minNumbers, 1)),
  ].slice(0, length)
  return new Secret(shuffled([...required, ...some(small, length - required.length)]).join(''))
}

function some(alphabet: string, count: number): string[] {
  return Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)] ?? '')
}

function shuffled(items: readonly string[]): string[] {
  const left = [...items]
  return items.map(() => left.splice(randomInt(left.length), 1)[0] ?? '')
}
