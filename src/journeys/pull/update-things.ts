import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { nodeTypeNamed } from '../../nodes/catalogue.ts'
import { secretSettingsNamed } from '../../nodes/secret-settings.ts'
import { secretMemberOf } from '../../realms/sealed-documents.ts'
import type { Script } from '../../scripts/script.ts'
import { isOmitted } from '../../secrets/sealed-value.ts'
import { isSameText } from '../compare/lines.ts'
import type { Bundle } from '../exchange/bundle.ts'
import { sourceFile } from '../exchange/script-source.ts'
import { nodeWriter } from '../exchange/write-node.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import type { EditedFiles, EditedPiece } from './edited-files.ts'

/** Sets the members that differ. @returns whether there are any. */
function update(
  files: EditedFiles,
  { file, object }: EditedPiece,
  before: JsonObject,
  after: JsonObject,
  isSecret: (name: string) => boolean = () => false,
): boolean {
  let isChanged = false
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name] ?? null, after[name] ?? null]
    // Exports of a server contain no secrets: those of the files stay.
    if (isDeepStrictEqual(old, now) || (isSecret(name) && isOmitted(now))) continue
    files.set(file, object, name, after[name])
    isChanged = true
  }
  return isChanged
}

export function updateDocument(
  files: EditedFiles,
  piece: EditedPiece,
  before: JsonObject,
  after: JsonObject,
): void {
  const secret = secretMemberOf(piece.piece.kind)
  const isSecret = (name: string) => name === secret || piece.piece.kind === 'variable'
  update(files, piece, withoutMeta(before), withoutMeta(after), isSecret)
}

export function updateNode(
  files: EditedFiles,
  piece: EditedPiece,
  nodes: { before: NodeDocument; after: NodeDocument },
  server: Bundle,
): void {
  const { before, after } = nodes
  const secrets = secretSettingsNamed(after.type, nodeTypeNamed(after.type, after.version))
  const isSecret = (name: string) => secrets.includes(name)
  const isChanged = update(files, piece, withoutMeta(before.config), withoutMeta(after.config), isSecret)
  if (!isChanged && before.type === after.type && before.version === after.version) return
  // The outcomes follow from the settings.
  const { _type = null, _outcomes = null } = nodeWriter(server)(after)
  const { file, object } = piece
  if (object._outcomes !== undefined) update(files, piece, { _outcomes: object._outcomes }, { _outcomes })
  if (before.type !== after.type || before.version !== after.version) files.set(file, object, '_type', _type)
}

/** Updates a script or custom node type, and its source in the form that the file has. */
export function updateScript(
  files: EditedFiles,
  piece: EditedPiece,
  before: JsonObject & { source: string },
  after: JsonObject & { source: string },
): void {
  const { source: old, ...was } = before
  const { source, ...is } = after
  update(files, piece, was, is)
  if (isSameText(old, source)) return
  const path = sourceFile(piece.piece.json.script)
  const own = path === undefined ? undefined : files.source(path, piece.piece.path ?? piece.file.path)
  if (own !== undefined) files.setSource(own.path, source)
  else files.set(piece.file, piece.object, 'script', inFormOf(piece.object.script, old, source))
}

export function membersOfScript({ name, description, context, evaluatorVersion, language, source }: Script) {
  return { name, description, context, evaluatorVersion, language, source }
}

function inFormOf(value: Json | undefined, old: string, source: string): Json {
  if (Array.isArray(value)) return source.split('\n')
  if (typeof value !== 'string' || value === old) return source
  return value.startsWith('"') ? JSON.stringify(source) : Buffer.from(source).toString('base64')
}

/**
 * Updates the properties and the nodes of a journey. Positions are written only where the file has them.
 * @param uiMembers members of `uiConfig` that belong into this file
 */
export function updateTree(
  files: EditedFiles,
  piece: EditedPiece,
  before: JourneyDocument,
  after: JourneyDocument,
  uiMembers: readonly ('categories' | 'sidegateNotes')[],
): void {
  const { nodes: oldNodes, ...old } = aboutTree(before)
  const { nodes: newNodes, ...now } = aboutTree(after)
  update(files, piece, old, now)
  for (const name of uiMembers) updateUiConfig(files, piece, name, before, after)
  const { nodes } = piece.object
  if (!isJsonObject(nodes)) {
    files.set(piece.file, piece.object, 'nodes', newNodes)
    return
  }
  for (const id of new Set([...Object.keys(oldNodes), ...Object.keys(newNodes)])) {
    const [place, was, is] = [nodes[id], oldNodes[id], newNodes[id]]
    if (is === undefined) files.set(piece.file, nodes, id, undefined)
    else if (!isJsonObject(place)) files.set(piece.file, nodes, id, withPlace(is, after.nodes[id], nodes))
    else update(files, { ...piece, object: place }, was ?? {}, withVersionOf(was, is))
  }
}

/** Updates categories or the notes on the canvas, which are JSON texts. */
export function updateUiConfig(
  files: EditedFiles,
  { file, object }: Pick<EditedPiece, 'file' | 'object'>,
  name: 'categories' | 'sidegateNotes',
  { uiConfig: { [name]: before } }: JourneyDocument,
  { uiConfig: { [name]: after } }: JourneyDocument,
): void {
  if (before === after) return
  const { uiConfig } = object
  if (isJsonObject(uiConfig)) files.set(file, uiConfig, name, after)
  else if (after !== undefined) files.set(file, object, 'uiConfig', { [name]: after })
}

function aboutTree({ nodes, staticNodes: _static, uiConfig: _ui, _id, ...about }: JourneyDocument) {
  const places = Object.entries(nodes).map(
    ([id, { x: _x, y: _y, version, ...node }]): [string, JsonObject] => [
      id,
      { ...node, ...(version !== undefined && { version }) },
    ],
  )
  return { ...jsonObjectSchema.parse(JSON.parse(JSON.stringify(about))), nodes: Object.fromEntries(places) }
}

/** Files without the version of a node mean the first one, and need none. */
function withVersionOf(before: JsonObject | undefined, after: JsonObject): JsonObject {
  const { version, ...others } = after
  return before !== undefined && before.version === undefined && version === '1.0' ? others : after
}

function withPlace(
  node: JsonObject,
  at: { x: number; y: number } | undefined,
  others: JsonObject,
): JsonObject {
  const hasPlaces = Object.values(others).some((one) => isJsonObject(one) && one.x !== undefined)
  return hasPlaces && at !== undefined ? { ...node, x: at.x, y: at.y } : node
}

function withoutMeta(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !name.startsWith('_')))
}
