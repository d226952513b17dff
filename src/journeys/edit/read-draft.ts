import type { z } from 'zod'
import { badRequest } from '../../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { Piece } from '../exchange/piece.ts'
import { readNodes } from '../exchange/read-nodes.ts'
import { type JourneyDocument, journeyDocumentSchema } from '../journey-document.ts'
import type { WholeJourney } from './whole-journey.ts'

/** A journey as an editor sends it, before its nodes are checked. */
export type Draft = WholeJourney & {
  /** Ids of the sent nodes by section. */
  sent: { nodes: readonly string[]; innerNodes: readonly string[] }
  /** Whether it copies a stored journey, whose nodes need no check. */
  isCopy?: boolean
}

const sections = ['innerNodes', 'nodes', 'tree'] as const

/** Members that `GET` adds, or that exports have. */
const ignored: ReadonlySet<string> = new Set([
  '_id',
  '_rev',
  '_findings',
  'isDefault',
  'savedAt',
  'savedBy',
  'savedById',
  'saves',
  'meta',
])

const treeAttributes = Object.keys(journeyDocumentSchema.shape)

/**
 * Reads a request body with a whole journey.
 * @throws RequestError 400 in AM's words for a body that is not a journey.
 */
export function readDraft(name: string, body: JsonObject): Draft {
  refuseOthers(
    Object.keys(body).filter((key) => !ignored.has(key)),
    sections,
  )
  const journey = readJourney(name, body.tree)
  const nodes = objectsOf('nodes', body.nodes)
  const innerNodes = objectsOf('innerNodes', body.innerNodes)
  const pieces = [...nodes, ...innerNodes].map(
    ([key, json]): Piece => ({ kind: 'node', key, json: { ...json, _id: key } }),
  )
  const read = readNodes([journey], pieces).nodes.map(({ node, piece: { key } }) => {
    if ('value' in node) return [key, node.value] as const
    throw invalid(`${nodes.some(([id]) => id === key) ? 'nodes' : 'innerNodes'}.${key}`, node.problem)
  })
  return {
    journey,
    nodes: new Map(read),
    sent: { nodes: nodes.map(([id]) => id), innerNodes: innerNodes.map(([id]) => id) },
  }
}

function readJourney(name: string, tree: Json | undefined): JourneyDocument {
  if (!isJsonObject(tree)) throw invalid('tree', 'must be an object')
  const { _rev, _id = name, ...rest } = tree
  if (_id !== name) throw invalid('tree', `_id must be ${name}: copy a journey to rename it`)
  refuseOthers(Object.keys(rest), treeAttributes)
  const entryNodeId = typeof rest.entryNodeId === 'string' ? rest.entryNodeId : ''
  const parsed = journeyDocumentSchema.safeParse({ ...rest, _id, entryNodeId })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(pathOf(issue), issue?.message ?? 'is not valid')
}

function pathOf(issue: z.core.$ZodIssue | undefined): string {
  return ['tree', ...(issue?.path ?? []).map(String)].join('.')
}

function objectsOf(section: 'nodes' | 'innerNodes', json: Json = {}): [string, JsonObject][] {
  if (!isJsonObject(json)) throw invalid(section, 'must be an object')
  return Object.entries(json).map(([id, node]) => {
    if (!isJsonObject(node)) throw invalid(`${section}.${id}`, 'must be an object')
    return [id, node]
  })
}

function refuseOthers(names: readonly string[], valid: readonly string[]): void {
  if (names.every((name) => valid.includes(name))) return
  throw badRequest('Invalid attribute specified.', { validAttributes: valid.toSorted() })
}

function invalid(path: string, problem: string) {
  const [section = ''] = path.split('.')
  const label = section.slice(0, 1).toUpperCase() + section.slice(1)
  return badRequest(`Data validation failed for the attribute, ${label}`, { [path]: problem })
}
