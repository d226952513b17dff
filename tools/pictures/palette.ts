/** Red, green and blue, three bytes per pixel, row by row. */
export type Pixels = { width: number; height: number; data: Uint8Array }

export type Palette = number[][]

/** A byte per pixel. */
const most = 256

/** Maximum difference, per component, between colours that count as one. */
const near = 6

/**
 * Chooses a palette: frequent colours that differ enough, then the most frequent of the rest. Pages have few
 * colours and many shades at the edges of letters.
 */
export function paletteOf(pictures: readonly Pixels[]): Palette {
  const counts = new Map<number, number>()
  for (const { data } of pictures) {
    for (let at = 0; at < data.length; at += 3) {
      const colour = colourAt(data, at)
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
    }
  }
  const frequent = [...counts].sort(([one, a], [other, b]) => b - a || one - other).map(([colour]) => colour)
  const chosen: number[] = []
  for (const distance of [near, 0]) {
    for (const colour of frequent) {
      if (chosen.length === most) break
      if (chosen.every((other) => distanceOf(colour, other) > distance)) chosen.push(colour)
    }
  }
  return chosen.map(partsOf)
}

/** For each pixel, the index of its colour or the nearest one. */
export function indexesOf({ data }: Pixels, palette: Palette): Uint8Array {
  const colours = palette.map(([red = 0, green = 0, blue = 0]) => (red << 16) | (green << 8) | blue)
  const known = new Map(colours.map((colour, place) => [colour, place]))
  const indexes = new Uint8Array(data.length / 3)
  for (let pixel = 0; pixel < indexes.length; pixel++) {
    const colour = colourAt(data, pixel * 3)
    const place = known.get(colour) ?? nearest(colour, colours)
    known.set(colour, place)
    indexes[pixel] = place
  }
  return indexes
}

function nearest(colour: number, colours: readonly number[]): number {
  let best = 0
  let shortest = Number.POSITIVE_INFINITY
  for (const [place, other] of colours.entries()) {
    const distance = squareOf(colour, other)
    if (distance < shortest) {
      shortest = distance
      best = place
    }
  }
  return best
}

function colourAt(data: Uint8Array, at: number): number {
  return ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0)
}

function partsOf(colour: number): [number, number, number] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255]
}

function differencesOf(one: number, other: number): [number, number, number] {
  const [red, green, blue] = partsOf(one)
  const [otherRed, otherGreen, otherBlue] = partsOf(other)
  return [red - otherRed, green - otherGreen, blue - otherBlue]
}

function distanceOf(one: number, other: number): number {
  return Math.max(...differencesOf(one, other).map(Math.abs))
}

function squareOf(one: number, other: number): number {
  const [red, green, blue] = differencesOf(one, other)
  return red * red + green * green + blue * blue
}
