import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { applyEdits, modify } from 'jsonc-parser'
import { OperationError, RequestError } from '../../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { assemble } from '../exchange/assemble.ts'
import { type Bundle, documentKinds } from '../exchange/bundle.ts'
import { chooseRealm, type RealmChoice } from '../exchange/choose-realm.ts'
import { piecesOf, shapeOf } from '../exchange/detect.ts'
import { filesIn, type ReadNear, readerNear, type TextFile } from '../exchange/found-files.ts'
import { jsonWithComments } from '../exchange/json-problem.ts'
import { withoutKept } from '../exchange/kept-documents.ts'
import type { Piece } from '../exchange/piece.ts'
import { documentId } from '../exchange/read-document.ts'
import { parseExport } from '../exchange/safe-json.ts'
import { frConfigManager } from '../exchange/shapes/fr-config-manager.ts'
import { thingIdOf } from '../exchange/thing-id.ts'

import { type FrConfigFolders, frConfigFolders } from './fr-config-files.ts'

/** A file of the folder. `json` is the parsed text, and edits change both. */
type EditedFile = { path: string; text: string; json: Json; shape: string; isChanged: boolean }

/** A piece of a file, and the object of the file that contains it. */
export type EditedPiece = { piece: Piece; file: EditedFile; object: JsonObject }

/** Forms of exports whose files contain many things, so that new things can have further files. */
const openShapes: ReadonlySet<string> = new Set([
  'an export of several journeys',
  'an export of one journey',
  'an export of custom node types',
  'an export of a whole configuration',
  'an amtree export',
  'the layout of journeys',
])

/** A folder with exports, edited in memory. Edits keep the format of the files. Only {@link save} writes. */
export class EditedFiles {
  readonly folder: string
  readonly #choice: RealmChoice
  readonly #files: EditedFile[] = []
  /** Changed sources of scripts by path. */
  readonly #sources = new Map<string, string>()
  /** Files to remove. */
  readonly #removed: string[] = []
  readonly #near: ReadNear
  /** Stays valid while files are edited, because edits change the objects of the pieces. */
  #found: EditedPiece[] | undefined

  /**
   * @param sources files and folders to read, all below the folder. Default: all of it.
   * @throws OperationError that names an unreadable file.
   */
  constructor(folder: string, choice: RealmChoice, sources: readonly string[] = [folder]) {
    this.folder = folder
    this.#choice = choice
    const found = existsSync(folder) ? filesIn(sources) : []
    this.#near = readerNear(found)
    for (const { path } of found) this.#open(path, readFileSync(path, 'utf8'), false)
  }

  /** The form that new things get: files of our own, those of fr-config-manager, or none. */
  get formOfNew(): 'own' | FrConfigFolders | 'none' {
    if (this.#files.every(({ shape }) => openShapes.has(shape))) return 'own'
    const isFrConfig = this.#files.every(({ shape }) => shape === frConfigManager.name)
    const [first] = isFrConfig ? this.#pieces().filter(({ piece }) => piece.kind === 'journey') : []
    return (first && frConfigFolders(first.file.path)) ?? 'none'
  }

  /** The folder of the existing journeys. */
  get journeyFolder(): string {
    const first = this.#pieces().find(({ piece }) => piece.kind === 'journey')
    return first === undefined ? this.folder : dirname(first.file.path)
  }

  /** The content with all edits, without what a server only keeps. */
  bundle(): Bundle {
    const pieces = this.#files.flatMap(({ json, path }) => piecesOf(json, path))
    const readText = (path: string, { path: from = '' }: Piece) => this.source(path, from)?.text
    return withoutKept(assemble(pieces, { ...this.#choice, readText }))
  }

  /** The pieces of a thing. The same thing may be in several files. */
  find(kind: string, id: string): EditedPiece[] {
    return this.#pieces().filter(({ piece }) => piece.kind === kind && idOf(piece) === id)
  }

  /** The object that has this one as a member. */
  containerOf({ file, object }: EditedPiece): JsonObject | undefined {
    const path = pathOf(file.json, object)?.slice(0, -1)
    const container = path?.reduce<Json | undefined>(memberOf, file.json)
    return isJsonObject(container) ? container : undefined
  }

  /** Sets a member of an object of a file, or removes it. */
  set(file: EditedFile, object: JsonObject, name: string, value: Json | undefined): void {
    const path = pathOf(file.json, object)
    if (path === undefined) throw new Error(`${file.path} does not contain the object to edit`)
    const options = {
      formattingOptions: { insertSpaces: !file.text.includes('\n\t'), tabSize: indentOf(file.text) },
    }
    file.text = applyEdits(file.text, modify(file.text, [...path, name], value, options))
    file.isChanged = true
    if (value === undefined) delete object[name]
    else object[name] = value
  }

  /** The source file of a script. */
  source(path: string, from: string): TextFile | undefined {
    for (
      let folder = dirname(resolve(from));
      folder.startsWith(resolve(this.folder));
      folder = dirname(folder)
    ) {
      const text = this.#sources.get(join(folder, path))
      if (text !== undefined) return { path: join(folder, path), text }
    }
    const found = this.#near(path, from)
    return found && { path: found.path, text: this.#sources.get(found.path) ?? found.text }
  }

  /** @throws OperationError for a link to a file outside of the folder. */
  setSource(path: string, text: string): void {
    const way = relative(realpathSync(this.folder), realpathSync(path))
    if (way.startsWith('..') || isAbsolute(way)) {
      throw new OperationError(
        `Nothing was written. ${relative(process.cwd(), path)} is a link out of the folder`,
      )
    }
    this.#sources.set(path, text)
  }

  /** Adds a file. @throws OperationError if it exists. */
  add(path: string, text: string): void {
    if (existsSync(path)) throw new OperationError(`${path} exists already, with something else in it`)
    if (path.endsWith('.json')) this.#open(path, text, true)
    else this.#sources.set(resolve(path), text)
  }

  /** Removes a file that contains nothing but this piece. @returns whether it did. */
  remove({ file, object }: EditedPiece): boolean {
    if (file.json !== object) return false
    this.#removed.push(file.path)
    this.#files.splice(this.#files.indexOf(file), 1)
    this.#found = undefined
    return true
  }

  /**
   * Writes what has changed.
   * @returns a line for each file, with its path relative to the current folder.
   * @throws the error of a file that can't be written, before any file changes.
   */
  save(): string[] {
    const files = this.#files
      .filter(({ isChanged }) => isChanged)
      .map(({ path, text }) => [path, text] as const)
    const written = [...files, ...this.#sources]
    for (const [path] of written) checkWritable(path)
    for (const path of this.#removed) checkFolder(dirname(path))
    for (const [path, text] of written) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    for (const path of this.#removed) rmSync(path, { force: true })
    return [
      ...written.map(([path]) => `wrote ${relative(process.cwd(), path)}`),
      ...this.#removed.map((path) => `removed ${relative(process.cwd(), path)}`),
    ]
  }

  #open(path: string, text: string, isChanged: boolean): void {
    const json = parsed(path, text)
    const shape = shapeOf(json, path)
    if (shape !== undefined) this.#files.push({ path, text, json, shape: shape.name, isChanged })
    this.#found = undefined
  }

  /** The pieces of the realm that is read. */
  #pieces(): EditedPiece[] {
    if (this.#found !== undefined) return this.#found
    const all = this.#files.flatMap((file) =>
      piecesOf(file.json, file.path).map((piece) => ({ piece, file, object: piece.original ?? piece.json })),
    )
    const { pieces } = chooseRealm(
      all.map(({ piece }) => piece),
      this.#choice,
    )
    const chosen = new Set(pieces)
    this.#found = all.filter(({ piece }) => chosen.has(piece))
    return this.#found
  }
}

function checkWritable(path: string): void {
  if (existsSync(path)) closeSync(openSync(path, 'r+'))
  else checkFolder(dirname(path))
}

/** The nearest existing folder gets new folders and files. */
function checkFolder(folder: string): void {
  // The dot makes the check fail for a file.
  if (existsSync(folder)) accessSync(`${folder}/.`, constants.W_OK)
  else checkFolder(dirname(folder))
}

/** Files with comments belong to other tools. */
function parsed(path: string, text: string): Json {
  try {
    return parseExport(text)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    if (jsonWithComments(text) !== undefined) return null
    const line = error.detail?.line
    const at = typeof line === 'number' ? `:${line}` : ''
    throw new OperationError(`${relative(process.cwd(), path)}${at}: ${error.message}`, { cause: error })
  }
}

/** The id of a thing in a bundle. That of a custom node type has no version. */
function idOf(piece: Piece): string {
  const { kind, json, key } = piece
  if (kind === 'customNodeType') return thingIdOf(piece).replace(/-\d+$/, '')
  return documentKinds.safeParse(kind).success ? documentId(json, key) : thingIdOf(piece)
}

/** The way to an object inside a value. */
function pathOf(value: Json, object: JsonObject): (string | number)[] | undefined {
  if (value === object) return []
  if (typeof value !== 'object' || value === null) return undefined
  const members: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  for (const [name, member] of members) {
    const path = pathOf(member, object)
    if (path !== undefined) return [name, ...path]
  }
  return undefined
}

function memberOf(value: Json | undefined, name: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof name === 'number' ? value[name] : undefined
  return isJsonObject(value) ? value[String(name)] : undefined
}

/** Spaces of the first indented line. */
function indentOf(text: string): number {
  return /\n( +)\S/.exec(text)?.[1]?.length ?? 2
}
