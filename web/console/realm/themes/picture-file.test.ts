import { expect, test } from 'vitest'
import { describePicture, PictureError, readPicture } from './picture-file.ts'

const bytesOf = (latin1: string) => Uint8Array.from(latin1, (character) => character.charCodeAt(0))
const fileOf = (content: string, name = 'logo.png') => new File([bytesOf(content)], name)
const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['image/gif', 'GIF89a\x01\0'],
  ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['image/x-icon', '\0\0\x01\0\x01\0'],
  ['image/svg+xml', svg],
  ['image/svg+xml', '<svg/>'],
  [
    'image/svg+xml',
    `\xef\xbb\xbf<?xml version="1.0"?>\n<!-- A <logo> -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n${svg}`,
  ],
])('reads %s by its content, whatever its name', async (type, content) => {
  const read = await readPicture(fileOf(content, 'picture.txt'), 1000)
  expect(read).toBe(`data:${type};base64,${Buffer.from(content, 'latin1').toString('base64')}`)
})

test.each([
  ['a text', 'Hello'],
  ['a page', `<!DOCTYPE html><html><body>${svg}</body></html>`],
  ['nothing', ''],
  ['many comments', '<!---->'.repeat(140)],
  ['a sound', 'RIFF\x24\0\0\0WAVEfmt '],
])('rejects %s, whatever its name', async (_what, content) => {
  await expect(readPicture(fileOf(content), 1000)).rejects.toThrow(
    new PictureError('logo.png is not a PNG, JPEG, WebP, GIF, SVG or ICO picture.'),
  )
})

test('rejects files over the limit before reading them', async () => {
  const file = fileOf('x'.repeat(100_001))
  file.arrayBuffer = () => Promise.reject(new Error('was read'))
  await expect(readPicture(file, 100_000)).rejects.toThrow(
    new PictureError('logo.png has 101 kB. At most 100 kB are allowed.'),
  )
  await expect(readPicture(fileOf('GIF87a'.padEnd(100_000)), 100_000)).resolves.toMatch(/^data:image\/gif/)
})

test('describes a data URI by format and size', async () => {
  expect(describePicture(await readPicture(fileOf('GIF89a'.padEnd(12_345)), 20_000))).toBe('GIF, 13 kB')
  expect(describePicture('data:image/vnd.microsoft.icon;base64,AAAB')).toBe('Picture, 1 kB')
})
