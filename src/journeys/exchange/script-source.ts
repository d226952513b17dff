import { posix } from 'node:path'
import { asText } from '../../base/as-text.ts'
import { isJsonObject, type Json } from '../../base/json.ts'
import { maxSourceLength } from '../../engine/source-length.ts'

/** Reads a text file by its path in an export; undefined if it doesn't exist. */
export type ReadText = (path: string) => string | undefined

/** The source of a script, or the reason why it has none. */
export type Source = { text: string } | { problem: string }

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads the source of a script in any form of an export: a list of lines, a path (`file://…`, `{ "file": … }`, or `$inline` of a
 * file-based configuration), JSON inside the text, base64, or plain text. Source of `$inline`: "Transforming data types".
 */
export function readSource(value: Json | undefined, readText: ReadText): Source {
  const source = sourceIn(value, readText)
  if (!('text' in source) || source.text.length <= maxSourceLength) return source
  return { problem: `has a source of more than ${maxSourceLength} characters` }
}

function sourceIn(value: Json | undefined, readText: ReadText): Source {
  if (Array.isArray(value)) return { text: value.map((line) => asText(line)).join('\n') }
  const file = sourceFile(value)
  if (file !== undefined) return fromFile(file, readText)
  if (typeof value !== 'string') return { problem: 'has no source' }
  return { text: jsonText(value) ?? base64Text(value) ?? value }
}

/** The path of the file that has the source; undefined if the export has it itself. */
export function sourceFile(value: Json | undefined): string | undefined {
  if (isJsonObject(value)) {
    const { file, '$base64:encode': encoded, $inline: inlined } = value
    if (typeof inlined === 'string') return besideItsExport(inlined)
    return typeof file === 'string' ? file : isJsonObject(encoded) ? sourceFile(encoded) : undefined
  }
  return typeof value === 'string' && value.startsWith('file://') ? value.slice('file://'.length) : undefined
}

/** A path in AM's image, or one that names a variable, has its file beside the export. */
function besideItsExport(path: string): string {
  return /^\/|&\{/.test(path) ? posix.basename(path) : path
}

function fromFile(path: string, readText: ReadText): Source {
  const text = readText(path)
  return text === undefined
    ? { problem: `has its source in the file ${path}, which does not exist` }
    : { text }
}

function jsonText(value: string): string | undefined {
  if (!value.startsWith('"')) return undefined
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Plain text is almost never valid base64 of UTF-8 without control characters. */
function base64Text(value: string): string | undefined {
  const packed = value.replace(/\s/g, '')
  if (packed.length < 8 || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return undefined
  try {
    const text = utf8.decode(Buffer.from(packed, 'base64'))
    return /[\p{Cc}]/u.test(text.replace(/[\n\r\t\f]/g, '')) ? undefined : text
  } catch {
    return undefined
  }
}
