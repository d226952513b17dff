import { bytesToBase64 } from '../../../api/base64.ts'

/** A file that can't be used as a picture. The message says why. */
export class PictureError extends Error {}

/** Endings for the browser's file dialog. The content decides. */
export const pictureEndings = '.png,.jpg,.jpeg,.webp,.gif,.svg,.ico'

const formats: Readonly<Record<string, string>> = {
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/svg+xml': 'SVG',
  'image/x-icon': 'ICO',
}

/** Reads a picture as a data URI, whose type follows from the content. @throws PictureError */
export async function readPicture(file: File, maxBytes: number): Promise<string> {
  if (file.size > maxBytes) {
    throw new PictureError(
      `${file.name} has ${kilobytes(file.size)}. At most ${kilobytes(maxBytes)} are allowed.`,
    )
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = typeOf(bytes)
  if (type === undefined) {
    throw new PictureError(`${file.name} is not a PNG, JPEG, WebP, GIF, SVG or ICO picture.`)
  }
  return `data:${type};base64,${bytesToBase64(bytes)}`
}

/** Format and size of a data URI: `PNG, 12 kB`. */
export function describePicture(dataUri: string): string {
  const [head = '', content = ''] = dataUri.split(',')
  const type = head.replace(/^data:|;base64$/g, '')
  const bytes = Math.floor((content.replace(/=+$/, '').length * 3) / 4)
  return `${formats[type] ?? 'Picture'}, ${kilobytes(bytes)}`
}

export function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000)} kB`
}

/** Byte order mark, declaration, comments and document type may precede the root element. */
const svgStart =
  /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>\s*)*<svg[\s/>]/is

function typeOf(bytes: Uint8Array): string | undefined {
  // As Latin-1: a character for each byte.
  const start = String.fromCharCode(...bytes.subarray(0, 4096))
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(start)) return 'image/gif'
  if (start.startsWith('RIFF') && start.startsWith('WEBP', 8)) return 'image/webp'
  if (start.startsWith('\0\0\x01\0')) return 'image/x-icon'
  return svgStart.test(start) ? 'image/svg+xml' : undefined
}
