import { relative, resolve } from 'node:path'
import { OperationError, RequestError } from '../../base/errors.ts'
import type { Item } from '../../journeys/compare/difference.ts'
import { kindName } from '../../journeys/compare/kind-names.ts'
import { quoted } from '../../journeys/compare/shown.ts'
import { placesOf } from '../../journeys/exchange/places.ts'
import type { ChangedThing, Conflict } from './decide.ts'
import type { SyncedFiles } from './synced-files.ts'

export function nameOf({ kind, name }: Item): string {
  return `${kindName(kind)} ${quoted(name)}`
}

/** The differences of a thing, one per line. */
export function changeLines({ item, differences }: ChangedThing): string[] {
  return differences.map(({ words, kind, node }) =>
    (kind === 'added' || kind === 'removed') && node === undefined
      ? `${nameOf(item)} ${words}`
      : `${nameOf(item)}: ${words}`,
  )
}

/** The file of a thing, relative to the project. @param line of the source of a script. */
export function fileOf({ kind, id }: Item, { folder, sources, realm }: SyncedFiles, line?: number): string {
  const places = placesOf(sources, { realm })
  const isSource = kind === 'script' || kind === 'customNodeType'
  const place = (isSource ? places.script(id, line) : undefined) ?? places.thing(kind, id)
  if (place === undefined) return 'the files'
  const file = relative(folder, resolve(place.file))
  return line === undefined ? file : `${file}:${place.line}`
}

export function conflictText({ item, files, server }: Conflict): string {
  const [ours, theirs] = [files, server].map((changes) => changes.map(({ words }) => words).join('; '))
  return [
    `CONFLICT  ${nameOf(item)} changed on both sides, and nothing was overwritten. Take a side in the panel.`,
    `  in the files    ${ours}`,
    `  on the server   ${theirs}`,
  ].join('\n')
}

/** Lines of saved files, with paths relative to the project. */
export function savedLines(lines: readonly string[], folder: string): string[] {
  return lines.map((line) =>
    line.replace(
      /^(\w+) (.*)$/,
      (_all, verb: string, path: string) => `${verb} ${relative(folder, resolve(path))}`,
    ),
  )
}

/** Why something can't be read or written, without the full stop. @throws any other error. */
export function problemText(error: unknown, folder: string): string {
  if (error instanceof OperationError || error instanceof RequestError) {
    return error.message.replace(/\.$/, '')
  }
  if (!(error instanceof Error && 'path' in error && typeof error.path === 'string')) throw error
  const reason = /^\w+: ([^,]+), /.exec(error.message)?.[1] ?? error.message
  return `${relative(folder, resolve(error.path))}: ${reason}`
}
