import { randomFillSync } from 'node:crypto'

/** A pool of random bytes: one call into OpenSSL costs about as much for thousands of bytes as for sixteen. */
const pool = Buffer.allocUnsafeSlow(4096)
let used = pool.length

/** Random bytes for tokens and nonces; at most 1,024 at a time. Returned bytes are erased from the pool. */
export function pooledRandomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + count))
  pool.fill(0, used, used + count)
  used += count
  return bytes
}
