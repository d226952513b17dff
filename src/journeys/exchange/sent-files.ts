import { z } from 'zod'
import { jsonSchema } from '../../base/json.ts'
import type { Bundle } from './bundle.ts'
import type { RealmChoice } from './choose-realm.ts'
import type { Piece } from './piece.ts'
import { readTogether } from './read-together.ts'
import { parseExport, withoutMark } from './safe-json.ts'

/** Files as a page sends them: parsed JSON, or text. */
export const sentFilesSchema = z
  .array(
    z.union([
      z.object({ path: z.string().min(1), json: jsonSchema }),
      z.object({ path: z.string().min(1), text: z.string() }),
    ]),
  )
  .min(1, 'must contain a file')

type SentFile = z.infer<typeof sentFilesSchema>[number]

/**
 * Reads sent files as one bundle. Script sources are found among them.
 * @throws RequestError 400 with the unreadable file and the reason.
 */
export function readSentFiles(files: readonly SentFile[], choice: RealmChoice): Bundle {
  const sources = new Map(files.map((file) => [resolved(file.path.split('/')), file]))
  const isAlone = files.length === 1
  const meant = isAlone ? files : files.filter(isJson)
  return readTogether(
    meant.map((file) => ({
      path: file.path,
      isMeant: isAlone,
      read: () => ('json' in file ? file.json : parseExport(file.text)),
      text: () => ('json' in file ? '' : withoutMark(file.text)),
    })),
    { ...choice, readText: (path, from) => textNear(path, from, sources) },
  )
}

/** A file named as JSON that isn't JSON is an error. Other files may be script sources. */
function isJson(file: SentFile): boolean {
  return 'json' in file || file.path.toLowerCase().endsWith('.json')
}

/** Exports write paths relative to the file, or to a folder above it. */
function textNear(
  path: string,
  from: Piece,
  sources: ReadonlyMap<string | undefined, SentFile>,
): string | undefined {
  const folders = (from.path ?? '').split('/').slice(0, -1)
  for (let depth = folders.length; depth >= 0; depth--) {
    const fullPath = resolved([...folders.slice(0, depth), ...path.split('/')])
    const file = fullPath === undefined ? undefined : sources.get(fullPath)
    if (file !== undefined && 'text' in file) return file.text
  }
  return undefined
}

/** Resolves `.` and `..`; undefined for a path outside the sent files. */
function resolved(names: readonly string[]): string | undefined {
  const way: string[] = []
  for (const name of names) {
    if (name === '..') {
      if (way.pop() === undefined) return undefined
    } else if (name !== '.' && name !== '') way.push(name)
  }
  return way.join('/')
}
