import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { OperationError } from '../base/errors.ts'
import type { Item } from '../journeys/compare/difference.ts'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import { membersOf } from '../journeys/exchange/references.ts'
import { contentHash } from '../journeys/history/content-hash.ts'
import { createOwnFolder, ownFolder } from './own-folder.ts'
import { shownPath } from './project/project.ts'

/** Hashes of all things of a configuration, by kind and id. */
const verifiedSchema = z.object({ v: z.literal(1), things: z.record(z.string(), z.string()) })

const fileIn = (folder: string) => join(ownFolder(folder), 'verified.json')

/** Records that all walks of a project passed with this configuration. */
export function recordVerified(folder: string, bundle: Bundle): void {
  const things = Object.fromEntries(thingsOf(bundle).map(({ key, hash }) => [key, hash]))
  createOwnFolder(folder)
  writeFileSync(fileIn(folder), `${JSON.stringify({ v: 1, things }, null, 2)}\n`)
}

/** Forgets the record, because a walk failed. */
export function forgetVerified(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

/**
 * The things of a configuration with which no run of all walks of the project passed.
 * @throws OperationError without a record, or with an unreadable one.
 */
export function unverified(folder: string, bundle: Bundle): Item[] {
  const things = readVerified(folder)
  return thingsOf(bundle)
    .filter(({ key, hash }) => things.get(key) !== hash)
    .map(({ item }) => item)
}

function readVerified(folder: string): ReadonlyMap<string, string> {
  const file = fileIn(folder)
  try {
    return new Map(Object.entries(verifiedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).things))
  } catch (cause) {
    throw new OperationError(
      `${shownPath(file)}: no run of all walks has passed. Run \`sidegate test\` first, without -t, --shard and paths.`,
      { cause },
    )
  }
}

type Thing = { key: string; item: Item; hash: string }

function thingsOf({ journeys, nodes, scripts, customNodeTypes, documents }: Bundle): Thing[] {
  const settings = new Map(nodes.map((node) => [node.id, node]))
  const thing = (kind: string, id: string, name: string, content: unknown): Thing => ({
    key: `${kind} ${id}`,
    item: { kind, id, name },
    // Exports differ in their marks.
    hash: contentHash(content, ['_rev']),
  })
  return [
    ...journeys.map((journey) =>
      thing('journey', journey._id, journey._id, [journey, membersOf(journey, settings)]),
    ),
    ...scripts.map((script) => thing('script', script.id, script.name, script)),
    ...customNodeTypes.map((type) =>
      thing('customNodeType', type.serviceName, type.displayName ?? type.serviceName, type),
    ),
    ...documents.map(({ kind, id, document }) => thing(kind, id, id, document)),
  ]
}
