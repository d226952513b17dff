import { createHash } from 'node:crypto'
import type { Random } from '../../server/outside.ts'

/** Random values that are the same in every run with the same seed. */
export function seededRandom(seed: string): Random {
  let block = createHash('sha256').update(seed).digest()
  let used = 0
  function nextByte(): number {
    if (used === block.length) {
      block = createHash('sha256').update(block).digest()
      used = 0
    }
    return block[used++] ?? 0
  }
  const fraction = () => {
    let value = 0
    for (let bytes = 0; bytes < 6; bytes++) value = value * 256 + nextByte()
    return value / 2 ** 48
  }
  const drawn = (length: number, base: number) =>
    Array.from({ length }, () => Math.floor(fraction() * base).toString(base)).join('')
  return { fraction, digits: (length) => drawn(length, 10), hex: (length) => drawn(length, 16) }
}
