import { relative } from 'node:path'
import type { Json } from '../../base/json.ts'
import { chooseRealm, type RealmChoice } from './choose-realm.ts'
import { PlacedFiles, type PlacedPiece } from './placed-files.ts'
import { sourceFile } from './script-source.ts'
import { entriesOf } from './shapes/sections.ts'

/** A line of a file. The path is relative to the current folder; lines count from 1. */
export type Place = { file: string; line: number }

/** Where a project defines things. A member that is not written in the files has the place of the thing around it. */
export type Places = {
  /** @param setting a member of the journey itself, such as `entryNodeId`. */
  journey(name: string, setting?: string): Place | undefined
  /** The settings of a node. */
  node(journey: string, nodeId: string): Place | undefined
  setting(journey: string, nodeId: string, key: string): Place | undefined
  connection(journey: string, nodeId: string, outcome: string): Place | undefined
  /** Any thing of the files, by its kind and id. */
  thing(kind: string, id: string): Place | undefined
  /**
   * The source of a script, or of the custom node type with this id.
   * @param line of the source. Has no effect where the export has the source as one text.
   */
  script(id: string, line?: number): Place | undefined
}

/** Finds places in files of any layout that an import reads. Reads nothing before the first question. */
export function placesOf(paths: readonly string[], choice: RealmChoice): Places {
  let opened: Project | undefined
  const project = () => {
    opened ??= new Project(new PlacedFiles(paths), choice)
    return opened
  }
  return {
    journey: (name, setting) => project().journey(name, setting),
    node: (journey, nodeId) => project().node(journey, nodeId),
    setting: (journey, nodeId, key) => project().node(journey, nodeId, key),
    connection: (journey, nodeId, outcome) => project().connection(journey, nodeId, outcome),
    script: (id, line) => project().script(id, line),
    thing: (kind, id) => project().thing(kind, id),
  }
}

class Project {
  readonly #files: PlacedFiles
  readonly #choice: RealmChoice

  constructor(files: PlacedFiles, choice: RealmChoice) {
    this.#files = files
    this.#choice = choice
  }

  journey(name: string, key?: string): Place | undefined {
    const tree = this.#tree(name)
    return tree && placeIn(tree, originalOf(tree), key)
  }

  node(journey: string, nodeId: string, key?: string): Place | undefined {
    const found = this.#find(['node'], nodeId)
    const node = found.find(({ piece }) => piece.journey === journey) ?? found[0]
    return node === undefined ? this.connection(journey, nodeId) : placeIn(node, originalOf(node), key)
  }

  connection(journey: string, nodeId: string, outcome?: string): Place | undefined {
    const tree = this.#tree(journey)
    if (tree === undefined) return undefined
    const node = entriesOf(tree.piece.json.nodes).find(([id]) => id === nodeId)?.[1]
    const connected = outcome === undefined ? undefined : memberIn(tree, node?.connections, outcome)
    return connected ?? placeIn(tree, node) ?? placeIn(tree, originalOf(tree))
  }

  thing(kind: string, id: string): Place | undefined {
    const [found] = this.#find([kind], id)
    return found && placeIn(found, originalOf(found), 'script')
  }

  script(id: string, line = 1): Place | undefined {
    const [script] = this.#find(['script', 'customNodeType'], id)
    if (script === undefined) return undefined
    const { script: source } = script.piece.json
    const path = sourceFile(source)
    const own = path === undefined ? undefined : this.#files.near(path, script.file)
    if (own !== undefined) return placeAt(own.path, line)
    return memberIn(script, source, line - 1) ?? placeIn(script, originalOf(script), 'script')
  }

  #tree(name: string): PlacedPiece | undefined {
    return this.#find(['journey'], name)[0]
  }

  /** Pieces of the realm that an import would read. */
  #find(kinds: readonly string[], id: string): PlacedPiece[] {
    const found = this.#files.find(kinds, id)
    const { pieces } = chooseRealm(
      found.map(({ piece }) => piece),
      this.#choice,
    )
    return found.filter(({ piece }) => pieces.includes(piece))
  }
}

function originalOf({ piece }: PlacedPiece): Json {
  return piece.original ?? piece.json
}

/** The place of a member, or of the object if it has no such member. */
function placeIn(found: PlacedPiece, container: Json | undefined, key?: string): Place | undefined {
  const member = key === undefined ? undefined : memberIn(found, container, key)
  if (member !== undefined || typeof container !== 'object' || container === null) return member
  return placeAt(found.file, found.lines.of(container))
}

/** The place of a member of an object, or of an element of a list. */
function memberIn(
  { file, lines }: PlacedPiece,
  container: Json | undefined,
  key: string | number,
): Place | undefined {
  if (typeof container !== 'object' || container === null) return undefined
  return placeAt(file, lines.ofMember(container, key))
}

function placeAt(path: string, line: number | undefined): Place | undefined {
  return line === undefined ? undefined : { file: relative(process.cwd(), path), line }
}
