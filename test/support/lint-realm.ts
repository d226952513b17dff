import type { JsonObject } from '../../src/base/json.ts'
import type { ExpressionType } from '../../src/engine/expression-type.ts'
import type { EsvLookup } from '../../src/engine/placeholders.ts'
import { type JourneyDocument, journeyDocumentSchema } from '../../src/journeys/journey-document.ts'
import type { Finding } from '../../src/journeys/lint/finding.ts'
import { lintJourney } from '../../src/journeys/lint/lint-journey.ts'
import {
  type LintedScript,
  type LintInput,
  lintedRealm,
  reportKey,
  type ScriptReport,
} from '../../src/journeys/lint/linted-realm.ts'
import { typesWith } from '../../src/journeys/revisions.ts'
import { type CustomNodeType, customNodeTypeSchema } from '../../src/nodes/custom-node-type.ts'
import { scriptSchema } from '../../src/scripts/script.ts'

type SampleNode = {
  type: string
  to?: Record<string, string>
  config?: JsonObject
  version?: string
  /** Nodes on a page. */
  children?: Record<string, { type: string; config?: JsonObject }>
  /** Its settings were never stored. */
  isBare?: boolean
}

export type SampleJourney = Partial<Omit<JourneyDocument, 'nodes'>> & { nodes: Record<string, SampleNode> }

export type SampleRealm = {
  journeys: Record<string, SampleJourney>
  /** Source by id, which is also the name; ids of library scripts start with `lib`. */
  scripts?: Record<string, string>
  customNodeTypes?: (Partial<CustomNodeType> & { serviceName: string })[]
  /** Journeys that only help-desk agents can start. */
  forAgents?: string[]
  /** What agents can start. */
  desk?: LintInput['desk']
  /** Declarations of the realm. */
  standIns?: LintInput['standIns']
  /** Names by kind. */
  documents?: Record<string, string[]>
  /** Texts and types of the known variables. */
  esvs?: Record<string, [text: string, type?: ExpressionType]>
  /** By source text. */
  reports?: Record<string, Partial<ScriptReport>>
}

/** A realm for tests, from journeys that start at their first node. */
function lintRealm({ journeys, scripts = {}, ...more }: SampleRealm) {
  const customNodeTypes = (more.customNodeTypes ?? []).map((type) =>
    customNodeTypeSchema.parse({ displayName: type.serviceName, outcomes: ['next'], script: '', ...type }),
  )
  const stored = Object.entries(scripts).map(([id, source]) =>
    scriptSchema.parse({ id, name: id, source, context: id.startsWith('lib') ? 'LIBRARY' : 'DECISION' }),
  )
  const input: LintInput = {
    realm: '/alpha',
    journeys: Object.entries(journeys).map(([name, journey]) => documentOf(name, journey)),
    nodes: Object.values(journeys).flatMap(({ nodes }) => settingsOf(nodes)),
    scripts: stored,
    customNodeTypes,
    forAgents: more.forAgents ?? [],
    standIns: more.standIns ?? [],
    desk: more.desk,
    documents: Object.entries(more.documents ?? {}).flatMap(([kind, ids]) =>
      ids.map((id) => ({ kind, id, document: { name: `The ${id}` } })),
    ),
    esv: more.esvs && lookupOf(more.esvs),
    reports: reportsFor([...stored, ...customNodeTypes.map(scriptOfType)], more.reports ?? {}),
    typeNamed: typesWith(customNodeTypes),
  }
  return lintedRealm(input)
}

function lookupOf(esvs: NonNullable<SampleRealm['esvs']>): EsvLookup {
  return (name) => {
    const [text, type] = esvs[name] ?? []
    return text === undefined ? undefined : { text, type, isVariable: true }
  }
}

function scriptOfType({ script: source, properties }: CustomNodeType): LintedScript {
  const kind = { context: 'NODE_DESIGNER', evaluatorVersion: '2.0', properties: Object.keys(properties) }
  return { id: '', name: '', source, language: 'JAVASCRIPT', ...kind }
}

function reportsFor(scripts: readonly LintedScript[], reports: Record<string, Partial<ScriptReport>>) {
  const empty = { problems: [], incompatibilities: [], unknownNames: [], outcomes: [] }
  return new Map(
    scripts.flatMap((script) => {
      const report = reports[script.source]
      return report === undefined ? [] : [[reportKey(script), { ...empty, ...report }] as const]
    }),
  )
}

/** Findings of one rule for a journey. */
export function complaints(rule: string, realm: SampleRealm, journey = 'Main'): Finding[] {
  return lintJourney(lintRealm(realm), journey).filter((finding) => finding.rule === rule)
}

function documentOf(name: string, { nodes, ...flags }: SampleJourney): JourneyDocument {
  const entries = Object.entries(nodes).map(([id, { type, version, to = {} }]) => [
    id,
    { nodeType: type, version, displayName: `Node ${id}`, connections: to },
  ])
  const [first = ''] = Object.keys(nodes)
  return journeyDocumentSchema.parse({
    _id: name,
    entryNodeId: first,
    ...flags,
    nodes: Object.fromEntries(entries),
  })
}

function settingsOf(nodes: SampleJourney['nodes']): LintInput['nodes'][number][] {
  return Object.entries(nodes).flatMap(([id, { type, version = '1.0', config = {}, children, isBare }]) => {
    if (isBare) return []
    const onPage = Object.entries(children ?? {})
    const list = onPage.map(([child, { type: nodeType }]) => ({
      _id: child,
      nodeType,
      displayName: `Node ${child}`,
    }))
    return [
      { id, type, version, config: children ? { ...config, nodes: list } : config },
      ...onPage.map(([child, { type, config = {} }]) => ({ id: child, type, version: '1.0', config })),
    ]
  })
}
