import { asText } from '../../base/as-text.ts'
import { defined } from '../../base/defined.ts'
import type { JsonObject } from '../../base/json.ts'
import type { CustomNodeType } from '../../nodes/custom-node-type.ts'
import { type Script, scriptSchema } from '../../scripts/script.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import { type Bundle, type BundleDocument, documentKinds } from './bundle.ts'
import { chooseRealm, type RealmChoice } from './choose-realm.ts'
import { Collection } from './collection.ts'
import { type Finding, finding } from './finding.ts'
import { idOf, type Piece } from './piece.ts'
import { placeOf } from './piece-place.ts'
import { readCustomNodeType } from './read-custom-node-type.ts'
import { readDocument } from './read-document.ts'
import { readNodes } from './read-nodes.ts'
import { isSafeName, type Read, type Unread, unreadable } from './read-result.ts'
import { readTree } from './read-tree.ts'
import { type ReadText, readSource } from './script-source.ts'
import { thingIdOf } from './thing-id.ts'

/** The realm choice and the files that pieces can refer to. */
export type AssembleOptions = RealmChoice & {
  /** Reads a text file that a piece refers to. */
  readText(path: string, from: Piece): string | undefined
}

/** Builds a bundle from pieces. Unreadable pieces are left out with a finding. Never throws. */
export function assemble(all: readonly Piece[], { readText, ...choice }: AssembleOptions): Bundle {
  const { pieces, findings, realms } = chooseRealm(all, choice)
  const reading = new Reading(pieces, findings, choice.realm)
  const near =
    (piece: Piece): ReadText =>
    (path) =>
      readText(path, piece)
  const journeys = reading.journeys()
  return {
    journeys,
    nodes: reading.nodes(journeys),
    scripts: reading.read<Script>(
      'script',
      (piece) => readScript(piece.json, piece.key, near(piece)),
      ({ id, name }) => [id, name],
    ),
    customNodeTypes: reading.read<CustomNodeType>(
      'customNodeType',
      (piece) => readCustomNodeType(piece.json, piece.key, near(piece)),
      ({ serviceName, displayName }) => [serviceName, displayName],
    ),
    documents: reading.documents(near),
    findings,
    ...defined({ realms }),
  }
}

class Reading {
  readonly #pieces: Map<Piece['kind'], Piece[]>
  readonly #findings: Finding[]
  readonly #realm: string

  constructor(pieces: readonly Piece[], findings: Finding[], realm: string) {
    this.#pieces = Map.groupBy(pieces, ({ kind }) => kind)
    this.#findings = findings
    this.#realm = realm
  }

  read<Thing>(
    kind: Piece['kind'],
    read: (piece: Piece) => Read<Thing>,
    namesOf: (thing: Thing) => [id: string, name: string],
  ): Thing[] {
    const found = new Collection<Thing>(kind, this.#findings)
    for (const piece of this.#pieces.get(kind) ?? []) {
      const result = read(piece)
      if ('value' in result) found.add(...namesOf(result.value), result.value, piece)
      else this.#unreadable(piece, result)
    }
    return found.things
  }

  #unreadable(piece: Piece, { problem, at }: Unread): void {
    const about = { kind: piece.kind, id: thingIdOf(piece) }
    this.#findings.push(finding('unreadable', capital(problem), about, placeOf(piece, at)))
  }

  journeys(): JourneyDocument[] {
    const layouts = new Map((this.#pieces.get('layout') ?? []).map(({ key, json }) => [key, json]))
    return this.read<JourneyDocument>(
      'journey',
      ({ json, key }) => readTree(json, key, layouts.get(idOf({ json, key }))),
      ({ _id }) => [_id, _id],
    )
  }

  nodes(journeys: readonly JourneyDocument[]): NodeDocument[] {
    const { nodes, orphans } = readNodes(journeys, this.#pieces.get('node') ?? [])
    const found = new Collection<NodeDocument>('node', this.#findings)
    for (const { node, piece } of nodes) {
      if ('problem' in node) this.#unreadable(piece, node)
      else found.add(node.value.id, `${node.value.id} (${node.value.type})`, node.value, piece)
    }
    if (orphans > 0) {
      const note = `${orphans} node${orphans === 1 ? '' : 's'} that belong${orphans === 1 ? 's' : ''} to no journey in the files ${orphans === 1 ? 'is' : 'are'} left out`
      this.#findings.push(finding('note', note))
    }
    return found.things
  }

  documents(near: (piece: Piece) => ReadText): BundleDocument[] {
    return documentKinds.options.flatMap((kind) =>
      this.read<BundleDocument>(
        kind,
        (piece) => readDocument(kind, piece, near(piece), this.#realm),
        ({ id }) => [id, id],
      ),
    )
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** Reads a script without its author and time, which the import sets. */
function readScript(json: JsonObject, key: string, readText: ReadText): Read<Script> {
  const id = idOf({ json, key })
  const name = typeof json.name === 'string' && json.name !== '' ? json.name : id
  if (!isSafeName(id)) return { problem: `script '${name}' has an invalid id` }
  const source = readSource(json.script, readText)
  if ('problem' in source) return { problem: `script '${name}' ${source.problem}` }
  const parsed = scriptSchema.safeParse({
    id,
    name,
    description: json.description ?? '',
    source: source.text,
    language: asText(json.language, 'JAVASCRIPT').toUpperCase(),
    context: json.context ?? 'AUTHENTICATION_TREE_DECISION_NODE',
    isDefault: json.default === true,
    evaluatorVersion: asText(json.evaluatorVersion, '1.0'),
  })
  return parsed.success ? { value: parsed.data } : unreadable(`script '${name}'`, parsed.error)
}
