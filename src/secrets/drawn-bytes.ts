import { randomFillSync } from 'node:crypto'

/** A pool of random bytes: one call into OpenSSL costs about as much for thousands of bytes as for sixteen. */
const drawn = Buffer.allocUnsafeSlow(4096)
let used = drawn.length

/** Random bytes for tokens and nonces; at most 1,024 at a time. Returned bytes are erased from the pool. */
export function drawBytes(count: number): Buffer {
  if (used + count > drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  const bytes = Buffer.from(drawn.subarray(used, used + count))
  drawn.fill(0, used, used + count)
  used += count
  return bytes
}
