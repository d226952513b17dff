import { digest, isSameSecret } from '../../secrets/digest.ts'
import { letters } from '../../secrets/random.ts'

/** Number and length of codes as in AM. Their entropy is high enough for an unsalted hash. */
const count = 10
const length = 10

/** New codes to show once, and their hashes to store. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: count }, () => letters(length))
  return { codes, hashes: codes.map(digest) }
}

/** @returns the remaining hashes after using the code; undefined if it is invalid. */
export function useRecoveryCode(hashes: readonly string[], code: string): string[] | undefined {
  const used = digest(code.trim())
  const left = hashes.filter((hash) => !isSameSecret(hash, used))
  return left.length < hashes.length ? left : undefined
}
