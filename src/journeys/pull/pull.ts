import { dirname, join } from 'node:path'
import { OperationError } from '../../base/errors.ts'
import { isJsonObject, jsonObjectSchema } from '../../base/json.ts'
import type { Difference, Item } from '../compare/difference.ts'
import { differencesOf } from '../compare/differences.ts'
import { kindName } from '../compare/kind-names.ts'
import { quoted } from '../compare/shown.ts'
import { type ToWrite, toWrite } from '../compare/to-write.ts'
import { type Bundle, emptyBundle } from '../exchange/bundle.ts'
import { type Member, membersOf } from '../exchange/references.ts'
import { singleFiles, thingFile, type WrittenFile } from '../exchange/write-export.ts'
import { nodeWriter } from '../exchange/write-node.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import type { EditedFiles, EditedPiece } from './edited-files.ts'
import { frConfigFiles, frConfigNodes } from './fr-config-files.ts'
import {
  membersOfScript,
  updateDocument,
  updateNode,
  updateScript,
  updateTree,
  updateUiConfig,
} from './update-things.ts'

/**
 * Edits files such that they contain everything of the server that differs. Existing things are changed where they are, in the
 * form that they have. Things that only the files have stay.
 *
 * @throws OperationError if a thing can't be written in the form of the files. Then nothing is to be saved.
 */
export function pull(files: EditedFiles, work: ToWrite, server: Bundle): void {
  const items = new Map(work.differences.map((one) => [`${one.item.kind}\n${one.item.id}`, one]))
  const pulling = new Pull(files, work, server)
  for (const { item } of items.values()) pulling.item(item)
  const now = files.bundle()
  const left = toWrite(differencesOf(now, server), now, server).differences
  const wanted = left.filter(({ item }) => items.has(`${item.kind}\n${item.id}`))
  if (wanted.length > 0) throw notWritable(wanted)
}

function notWritable([first, ...more]: readonly Difference[]): OperationError {
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  const what = first === undefined ? '' : `${nameOf(first.item)}: ${first.words}`
  return new OperationError(`Nothing was written. The form of the files has no place for ${what}${others}`)
}

function nameOf({ kind, name }: Item): string {
  return `${kindName(kind)} ${quoted(name)}`
}

class Pull {
  readonly #files: EditedFiles
  readonly #work: ToWrite
  readonly #server: Bundle
  readonly #before: Bundle
  readonly #oldNodes: ReadonlyMap<string, NodeDocument>
  readonly #newNodes: ReadonlyMap<string, NodeDocument>

  constructor(files: EditedFiles, work: ToWrite, server: Bundle) {
    this.#files = files
    this.#work = work
    this.#server = server
    this.#before = files.bundle()
    this.#oldNodes = new Map(work.replaced.nodes.map((node) => [node.id, node]))
    this.#newNodes = new Map(work.write.nodes.map((node) => [node.id, node]))
  }

  item(item: Item): void {
    const pieces = this.#files.find(item.kind, item.id)
    if (pieces.length === 0) this.#add(item)
    for (const piece of pieces) this.#update(item, piece)
  }

  #update({ kind, id }: Item, piece: EditedPiece): void {
    const { replaced, write } = this.#work
    if (kind === 'journey') {
      const [before, after] = [find(replaced.journeys, '_id', id), find(write.journeys, '_id', id)]
      if (before && after) this.#updateJourney(piece, before, after)
    } else if (kind === 'script') {
      const [before, after] = [find(replaced.scripts, 'id', id), find(write.scripts, 'id', id)]
      if (before && after) updateScript(this.#files, piece, membersOfScript(before), membersOfScript(after))
    } else if (kind === 'customNodeType') {
      const types = [replaced, write].map(({ customNodeTypes }) => find(customNodeTypes, 'serviceName', id))
      const [before, after] = types.map((type) => {
        const { script: source = '', ...about } = { ...type }
        return { ...jsonObjectSchema.parse(JSON.parse(JSON.stringify(about))), source }
      })
      if (before && after) updateScript(this.#files, piece, before, after)
    } else {
      const of = ({ documents }: Bundle) =>
        documents.find((one) => one.kind === kind && one.id === id)?.document
      const [before, after] = [of(replaced), of(write)]
      if (before && after) updateDocument(this.#files, piece, before, after)
    }
  }

  #updateJourney(piece: EditedPiece, before: JourneyDocument, after: JourneyDocument): void {
    const [old, now] = [membersOf(before, this.#oldNodes), membersOf(after, this.#newNodes)]
    const hasLayout = this.#files.find('layout', after._id).length > 0
    updateTree(
      this.#files,
      piece,
      before,
      after,
      hasLayout ? ['categories'] : ['categories', 'sidegateNotes'],
    )
    for (const member of now) this.#writeNode(piece, after, member)
    this.#addNodeFiles(piece, after)
    const kept = new Set(now.map(({ id }) => id))
    for (const { id } of old) if (!kept.has(id)) this.#removeNode(piece, id)
    this.#updateLayout(before, after)
  }

  #writeNode(tree: EditedPiece, journey: JourneyDocument, { id, settings }: Member): void {
    if (settings === undefined) return
    const before = this.#oldNodes.get(id)
    const pieces = this.#files
      .find('node', id)
      .filter(({ file }) => file === tree.file || !this.#isInFileOf(tree))
    if (before !== undefined) {
      for (const piece of pieces) updateNode(this.#files, piece, { before, after: settings }, this.#server)
    }
    if (pieces.length > 0) return
    const section = this.#sectionOf(tree, Object.hasOwn(journey.nodes, id))
    if (section !== undefined) this.#files.set(tree.file, section, id, nodeWriter(this.#server)(settings))
  }

  #removeNode(tree: EditedPiece, id: string): void {
    for (const isOuter of [true, false]) {
      const section = this.#sectionOf(tree, isOuter)
      if (section !== undefined && Object.hasOwn(section, id)) {
        this.#files.set(tree.file, section, id, undefined)
      }
    }
    if (this.#isInFileOf(tree) || this.#isShared(id)) return
    for (const piece of this.#files.find('node', id)) this.#files.remove(piece)
  }

  /** Whether several journeys of the files have this node. */
  #isShared(id: string): boolean {
    const nodes = new Map(this.#before.nodes.map((node) => [node.id, node]))
    const users = this.#before.journeys.filter((journey) =>
      membersOf(journey, nodes).some((one) => one.id === id),
    )
    return users.length > 1
  }

  /** Adds the nodes of an existing journey that have no file yet. */
  #addNodeFiles({ file }: EditedPiece, journey: JourneyDocument): void {
    if (typeof this.#files.formOfNew === 'string') return
    const hasNone = ({ id }: Member) => this.#files.find('node', id).length === 0
    const files = frConfigNodes(journey, this.#server, dirname(file.path), hasNone)
    for (const { name, text } of files) this.#files.add(name, text)
  }

  #isInFileOf(tree: EditedPiece): boolean {
    return this.#sectionOf(tree, true) !== undefined
  }

  /** The map with the nodes of a journey, or with those on its pages, in files that contain both. */
  #sectionOf(tree: EditedPiece, isOuter: boolean) {
    const container = this.#files.containerOf(tree)
    if (container === undefined || container.tree !== tree.object) return undefined
    const section = isOuter ? container.nodes : (container.innerNodes ?? container.innernodes)
    return isJsonObject(section) ? section : undefined
  }

  /** Sidegate's own exports have the positions and the notes in another file. */
  #updateLayout(before: JourneyDocument, after: JourneyDocument): void {
    const { _id, nodes } = after
    for (const { file, object } of this.#files.find('layout', _id)) {
      updateUiConfig(this.#files, { file, object }, 'sidegateNotes', before, after)
      const places = object.nodes
      if (!isJsonObject(places)) continue
      for (const id of Object.keys(places))
        if (!Object.hasOwn(nodes, id)) this.#files.set(file, places, id, undefined)
      for (const [id, { x, y }] of Object.entries(nodes)) {
        if (!Object.hasOwn(places, id)) this.#files.set(file, places, id, { x, y })
      }
    }
  }

  #add(item: Item): void {
    for (const { name, text } of this.#newFiles(item)) this.#files.add(name, text)
  }

  #newFiles(item: Item): WrittenFile[] {
    const bundle = this.#only(item)
    const { formOfNew, journeyFolder } = this.#files
    if (formOfNew === 'none') {
      throw new OperationError(
        `Nothing was written. ${nameOf(item)} is new, and pull can't add it to files of this form: export it with the tool that wrote them`,
      )
    }
    if (formOfNew !== 'own') return frConfigFiles(bundle, this.#server, formOfNew)
    const own =
      bundle.journeys.length > 0
        ? singleFiles(bundle)
        : [thingFile(bundle)].filter((file) => file !== undefined)
    return own.map(({ name, text }) => ({ name: join(journeyFolder, name), text }))
  }

  /** One new thing. The other things that it needs have their own files. */
  #only({ kind, id }: Item): Bundle {
    const { journeys, nodes, scripts, customNodeTypes, documents } = this.#work.write
    const journey = kind === 'journey' ? find(journeys, '_id', id) : undefined
    const members = journey === undefined ? [] : membersOf(journey, this.#newNodes)
    const ids = new Set(members.map((member) => member.id))
    return {
      ...emptyBundle(),
      journeys: journey === undefined ? [] : [journey],
      nodes: nodes.filter((node) => ids.has(node.id)),
      scripts: kind === 'script' ? scripts.filter((script) => script.id === id) : [],
      customNodeTypes:
        kind === 'customNodeType' ? customNodeTypes.filter(({ serviceName }) => serviceName === id) : [],
      documents: documents.filter((document) => document.kind === kind && document.id === id),
    }
  }
}

function find<Key extends string, Thing extends Record<Key, string>>(
  things: readonly Thing[],
  key: Key,
  value: string,
): Thing | undefined {
  return things.find((thing) => thing[key] === value)
}
