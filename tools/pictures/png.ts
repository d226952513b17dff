import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { indexesOf, type Palette, type Pixels, paletteOf } from './palette.ts'

// The parts of PNG that screenshots need. Source: "Portable Network Graphics (PNG) Specification (Third
// Edition)".

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Reads a screenshot as Chromium writes it: 8-bit RGB, not interlaced. */
export function readPng(file: Uint8Array): Pixels {
  const bytes = Buffer.from(file)
  const parts: Buffer[] = []
  for (let at = signature.length; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const header = signature.length + 8
  const [width, height] = [bytes.readUInt32BE(header), bytes.readUInt32BE(header + 4)]
  if (bytes.readUInt32BE(header + 8) !== 0x08_02_00_00)
    throw new Error('the file is not a screenshot of Chromium')
  return { width, height, data: withoutFilters(inflateSync(Buffer.concat(parts)), width * 3) }
}

/**
 * Reverses the filter of each row: bytes are stored as differences to the left, above, or a prediction from
 * both.
 */
function withoutFilters(rows: Uint8Array, rowLength: number): Uint8Array {
  const height = rows.length / (rowLength + 1)
  const data = new Uint8Array(height * rowLength)
  for (let row = 0; row < height; row++) {
    const filter = rows[row * (rowLength + 1)] ?? 0
    const start = row * rowLength
    for (let at = 0; at < rowLength; at++) {
      const left = at < 3 ? 0 : (data[start + at - 3] ?? 0)
      const above = row === 0 ? 0 : (data[start + at - rowLength] ?? 0)
      const corner = at < 3 || row === 0 ? 0 : (data[start + at - rowLength - 3] ?? 0)
      const guess = [0, left, above, (left + above) >> 1, nearestOf(left, above, corner)][filter] ?? 0
      data[start + at] = (rows[row * (rowLength + 1) + 1 + at] ?? 0) + guess
    }
  }
  return data
}

/** The Paeth predictor. */
function nearestOf(left: number, above: number, corner: number): number {
  const aim = left + above - corner
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((part) => Math.abs(aim - part))
  if (toLeft === undefined || toAbove === undefined || toCorner === undefined) return 0
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

/** Writes a picture with 256 colours, which keeps files small. */
export function writePng(pixels: Pixels): Uint8Array {
  const palette = paletteOf([pixels])
  const { width, height } = pixels
  const data = rowsOf(indexesOf(pixels, palette), { x: 0, y: 0, width, height }, width)
  return Buffer.concat([...beginning(width, height, palette), chunk('IDAT', compressed(data)), chunk('IEND')])
}

/**
 * Everything before the first pixel.
 * @param more chunks that come before the palette.
 */
export function beginning(width: number, height: number, palette: Palette, ...more: Buffer[]): Buffer[] {
  const indexed = Buffer.from([8, 3, 0, 0, 0])
  const header = chunk('IHDR', words(width, height), indexed)
  return [signature, header, ...more, chunk('PLTE', Buffer.from(palette.flat()))]
}

export type Box = { x: number; y: number; width: number; height: number }

/** The rows of a part of a picture, each after its filter type (none). */
export function rowsOf(indexes: Uint8Array, { x, y, width, height }: Box, pictureWidth: number): Uint8Array {
  const rows = new Uint8Array((width + 1) * height)
  for (let row = 0; row < height; row++) {
    const start = (y + row) * pictureWidth + x
    rows.set(indexes.subarray(start, start + width), row * (width + 1) + 1)
  }
  return rows
}

export function compressed(rows: Uint8Array): Buffer {
  return deflateSync(rows, { level: 9 })
}

/** Big-endian 32-bit numbers. */
export function words(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [place, number] of numbers.entries()) bytes.writeUInt32BE(number, place * 4)
  return bytes
}

export function chunk(type: string, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat([Buffer.from(type, 'latin1'), ...parts])
  return Buffer.concat([words(data.length - 4), data, words(crc32(data))])
}
