import { digest, isSameSecret } from '../../secrets/digest.ts'
import { letters } from '../../secrets/random.ts'

/** How many codes a device gets, and how long they are, as AM makes them: too many to guess, so a hash can be plain. */
const count = 10
const length = 10

/** New codes to show once, and what to keep of them. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: count }, () => letters(length))
  return { codes, hashes: codes.map(digest) }
}

/** The hashes that are left once the code is used; undefined when it is none of them. */
export function useRecoveryCode(hashes: readonly string[], code: string): string[] | undefined {
  const used = digest(code.trim())
  const left = hashes.filter((hash) => !isSameSecret(hash, used))
  return left.length < hashes.length ? left : undefined
}
