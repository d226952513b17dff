import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../src/base/json.ts'
import { failureId, pageChildren, successId } from '../../src/engine/journey.ts'
import type { AnyNodeType } from '../../src/engine/node-type.ts'
import type { JourneyDocument, NodeDocument } from '../../src/journeys/journey-document.ts'
import { secretSettings } from '../../src/journeys/lint/plain-secrets.ts'
import { nodeTypeNamed } from '../../src/nodes/catalogue.ts'
import { readJourneyExport } from '../../test/support/journey-export.ts'

/** A journey in this repository that uses a type. */
export type Example = {
  /** Such as `Start → Page → **Data Store Decision** → …`. */
  path: string
  /** Path from the root of the repository. */
  file: string
  journey: string
  /** Without secrets. */
  settings: JsonObject
}

type ReadJourney = { file: string; journey: JourneyDocument; nodes: ReadonlyMap<string, NodeDocument> }

const root = join(import.meta.dirname, '..', '..')
/** Samples come before test fixtures. */
const folders = ['samples/alpha/journeys', 'samples/root/journeys', 'test/fixtures/journeys']

/** Finds the first journey that uses a type. */
export function exampleFinder(): (type: AnyNodeType) => Example | undefined {
  const journeys = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .toSorted()
      .map((file) => readJourney(`${folder}/${file}`)),
  )
  return (type) => {
    for (const each of journeys) {
      const node = [...each.nodes.values()].find(
        (node) => node.type === type.type && node.version === type.version,
      )
      if (node !== undefined) return exampleOf(each, node)
    }
    return undefined
  }
}

function readJourney(file: string): ReadJourney {
  const { journey, nodes } = readJourneyExport(JSON.parse(readFileSync(join(root, file), 'utf8')))
  return { file, journey, nodes: new Map(nodes.map((node) => [node.id, node])) }
}

function exampleOf(from: ReadJourney, node: NodeDocument): Example {
  const { file, journey } = from
  const secrets = secretSettings(node.config)
  const settings = Object.entries(node.config).filter(([name]) => !secrets.includes(name))
  return {
    file,
    journey: journey._id,
    path: pathThrough(from, node),
    settings: Object.fromEntries(settings),
  }
}

/** The path to the node, the node itself, and the next node on success. */
function pathThrough({ journey, nodes }: ReadJourney, { id }: NodeDocument): string {
  const place = Object.keys(journey.nodes).find(
    (each) => each === id || childrenOf(nodes.get(each)).includes(id),
  )
  if (place === undefined) return ''
  const named = (of: string) => titleOf(of, { journey, nodes }, id)
  const before = wayTo(place, journey)
  const beginning = before.length > 1 ? ['…'] : ['Start']
  const connections = Object.entries(journey.nodes[place]?.connections ?? {})
  const [outcome, target] = connections.find(([, to]) => to !== failureId) ?? connections[0] ?? ['']
  const taken = childrenOf(nodes.get(place)).reduce((left, child) => left.replace(`${child}-`, ''), outcome)
  const next =
    target === undefined ? [] : [...(connections.length > 1 ? [`\`${taken}\``] : []), named(target)]
  const rest = target === undefined || isEnd(target) ? [] : ['…']
  return [...beginning, ...before.slice(-1).map(named), named(place), ...next, ...rest].join(' → ')
}

/** The shortest path from the start, without the node itself. */
function wayTo(place: string, { entryNodeId, nodes }: JourneyDocument): string[] {
  const ways = new Map<string, string[]>([[entryNodeId, []]])
  for (const [id, way] of ways) {
    for (const target of Object.values(nodes[id]?.connections ?? {})) {
      if (!ways.has(target)) ways.set(target, [...way, id])
    }
  }
  return ways.get(place) ?? []
}

function isEnd(id: string): boolean {
  return id === successId || id === failureId
}

function childrenOf(node: NodeDocument | undefined): string[] {
  return node === undefined ? [] : pageChildren(node.config).map(({ id }) => id)
}

/** The title of a node's type, in bold for the subject. A page that contains the subject also lists its nodes. */
function titleOf(id: string, from: Pick<ReadJourney, 'journey' | 'nodes'>, subject: string): string {
  if (id === successId) return 'Success'
  if (id === failureId) return 'Failure'
  const { journey, nodes } = from
  const children = childrenOf(nodes.get(id))
  const title = typeTitle(nodes.get(id)) ?? journey.nodes[id]?.displayName ?? ''
  if (id === subject) return `**${title}**`
  if (!children.includes(subject)) return title
  const inside = children.map((child) => {
    const name = typeTitle(nodes.get(child)) ?? ''
    return child === subject ? `**${name}**` : name
  })
  return `${title} (${inside.join(', ')})`
}

function typeTitle(node: NodeDocument | undefined): string | undefined {
  return node && nodeTypeNamed(node.type, node.version)?.title.replace(/ Node$/, '')
}
