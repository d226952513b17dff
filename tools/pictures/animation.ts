import { indexesOf, type Palette, type Pixels, paletteOf } from './palette.ts'
import { type Box, beginning, chunk, compressed, rowsOf, words } from './png.ts'

// Writes an animated PNG, which browsers and GitHub show like any picture. Source: "Portable Network Graphics
// (PNG) Specification (Third Edition)", animation chunks.

/** One frame and its duration. All frames have the same size. */
export type Frame = { pixels: Pixels; milliseconds: number }

/** An endless animation with 256 colours. Each frame stores only the part that changed. */
export function animationOf(frames: readonly Frame[]): Uint8Array {
  const [first] = frames
  if (first === undefined) throw new Error('an animation needs a frame')
  const { width, height } = first.pixels
  const palette = paletteOf(frames.map(({ pixels }) => pixels))
  return Buffer.concat([
    ...beginning(width, height, palette, chunk('acTL', words(frames.length, 0))),
    ...frameChunks(frames, palette, width, height),
    chunk('IEND'),
  ])
}

function* frameChunks(frames: readonly Frame[], palette: Palette, width: number, height: number) {
  let before: Uint8Array | undefined
  let sequence = 0
  for (const { pixels, milliseconds } of frames) {
    const indexes = indexesOf(pixels, palette)
    const box = before === undefined ? { x: 0, y: 0, width, height } : changedBox(before, indexes, width)
    const timing = Buffer.alloc(6)
    timing.writeUInt16BE(milliseconds, 0)
    timing.writeUInt16BE(1000, 2)
    yield chunk('fcTL', words(sequence++, box.width, box.height, box.x, box.y), timing)
    const data = compressed(rowsOf(indexes, box, width))
    yield before === undefined ? chunk('IDAT', data) : chunk('fdAT', words(sequence++), data)
    before = indexes
  }
}

/** The smallest rectangle with all differences; one pixel without differences. */
function changedBox(before: Uint8Array, now: Uint8Array, width: number): Box {
  let [left, top, right, bottom] = [width, Number.POSITIVE_INFINITY, 0, 0]
  for (let at = 0; at < now.length; at++) {
    if (before[at] === now[at]) continue
    const x = at % width
    const y = (at - x) / width
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = y
  }
  if (left > right) return { x: 0, y: 0, width: 1, height: 1 }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}
