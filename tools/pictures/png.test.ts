import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestBrowser } from '../../test/browser/browser.ts'
import { animationOf } from './animation.ts'
import type { Pixels } from './palette.ts'
import { readPng, writePng } from './png.ts'

let browser: TestBrowser

beforeAll(async () => {
  browser = await TestBrowser.launch()
})

afterAll(() => browser.close())

/** A small picture, one letter per pixel. */
function picture(...rows: string[]): Pixels {
  const colours: Record<string, number[]> = { w: [255, 255, 255], b: [0, 0, 200], r: [200, 0, 0] }
  const data = rows.flatMap((row) => [...row].flatMap((letter) => colours[letter] ?? []))
  return { width: rows[0]?.length ?? 0, height: rows.length, data: Uint8Array.from(data) }
}

/** The frames of a file as a browser shows them, with durations and number of repetitions. */
async function seenIn(file: Uint8Array) {
  const person = await browser.person()
  await person.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  const page = await person.newPage()
  await page.goto('http://localhost/')
  return page.evaluate(
    async (bytes) => {
      const decoder = new ImageDecoder({ data: Uint8Array.from(bytes), type: 'image/png' })
      await decoder.tracks.ready
      await decoder.completed
      const track = decoder.tracks.selectedTrack
      const frames = []
      for (let frameIndex = 0; frameIndex < (track?.frameCount ?? 0); frameIndex++) {
        const { image } = await decoder.decode({ frameIndex })
        const { displayWidth: width, displayHeight: height, duration } = image
        const context = new OffscreenCanvas(width, height).getContext('2d')
        context?.drawImage(image, 0, 0)
        const { data = [] } = context?.getImageData(0, 0, width, height) ?? {}
        const colours = [...data].filter((_part, at) => at % 4 !== 3)
        frames.push({ colours, milliseconds: (duration ?? 0) / 1000 })
      }
      return { frames, isEndless: track?.repetitionCount === Number.POSITIVE_INFINITY }
    },
    [...file],
  )
}

describe('a screenshot', () => {
  it('reads and writes pictures like a browser', async () => {
    const page = await (await browser.person()).newPage()
    await page.setViewportSize({ width: 120, height: 80 })
    // Lines, letters and gradients, which compress differently.
    await page.setContent(
      `<body style="margin: 0; font-size: 30px; background: linear-gradient(45deg, #c00, #fff 40%, #06c)">Abc<hr>xyz`,
    )
    const screenshot = await page.screenshot()
    const [{ colours = [] } = {}] = (await seenIn(screenshot)).frames
    const pixels = readPng(screenshot)
    expect([...pixels.data]).toEqual(colours)

    const few = { ...pixels, data: pixels.data.map((part) => part & 0x80) }
    expect((await seenIn(writePng(few))).frames[0]?.colours).toEqual([...few.data])
  })
})

describe('an animation', () => {
  it('writes animations that a browser shows with complete frames, durations and repetition', async () => {
    const frames = [
      picture('wwww', 'wbww', 'wwww'),
      picture('wwww', 'wbrw', 'wwrw'),
      picture('wwww', 'wbrw', 'wwrw'),
      picture('bbbb', 'wwrw', 'wwrw'),
    ].map((pixels, place) => ({ pixels, milliseconds: 500 * (place + 1) }))
    const seen = await seenIn(animationOf(frames))
    expect(seen.isEndless).toBe(true)
    expect(seen.frames).toEqual(
      frames.map(({ pixels, milliseconds }) => ({ colours: [...pixels.data], milliseconds })),
    )
  })
})
