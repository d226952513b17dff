import { asText } from '../../base/as-text.ts'
import type { JsonObject } from '../../base/json.ts'
import { pageChildren } from '../../engine/journey.ts'
import type { EsvLookup } from '../../engine/placeholders.ts'
import { backchannelInitialize } from '../../nodes/backchannel/backchannel-initialize.ts'
import { customNodeTypeId } from '../../nodes/custom-node-type.ts'
import { configProvider } from '../../nodes/utilities/config-provider.ts'
import { innerTreeEvaluator } from '../../nodes/utilities/inner-tree-evaluator.ts'
import { type ReferableThings, type ReferenceLookup, referenceLookup } from '../exchange/needs.ts'
import type { NodeDocument } from '../journey-document.ts'
import type { RealmConfiguration, TypeLookup } from '../revision.ts'
import { type LintedJourney, lintedJourney } from './linted-journey.ts'

export type ScriptRemark = { line: number; message: string }

/** Findings about a script source. */
export type ScriptReport = {
  /** Syntax errors. */
  problems: readonly ScriptRemark[]
  /** Constructs that the vendor's engine rejects. */
  incompatibilities: readonly ScriptRemark[]
  /** Names that don't exist where the script runs. */
  unknownNames: readonly ScriptRemark[]
  /** Outcomes that the script names. */
  outcomes: readonly { line: number; outcome: string }[]
  /** Whether the engine failed, so that another check may find something else. */
  isUnsure?: true
}

/** A script, or the script of a custom node type. */
export type LintedScript = {
  id: string
  name: string
  source: string
  language: 'JAVASCRIPT' | 'GROOVY'
  context: string
  evaluatorVersion: string
  /** Names of the settings of a custom node. */
  properties?: readonly string[]
}

/** A node that runs an inner journey or starts a journey with a transaction. */
export type Starter = { journey: string; type: string; config: JsonObject; isImitated: boolean }

/** A declared stand-in, as far as rules use it. */
export type DeclaredStandIn = { type: string; does: 'outcome' | 'hook'; outcome: string }

/** What agents can start at the desk of a realm. */
export type DeskChecks = {
  checks: readonly { journey: string; asksCode: boolean }[]
  /** Actions for which none of them is enough. */
  actionsWithoutCheck: readonly string[]
}

/** Everything that rules can use. */
export type LintInput = RealmConfiguration & {
  typeNamed: TypeLookup
  /** Email templates, themes and other documents. */
  documents: ReferableThings['documents']
  /** Names of the journeys that only help-desk agents may start. */
  forAgents: readonly string[]
  /** undefined if it is not known: for files, and for drafts, whose checks are not saved. */
  desk?: DeskChecks | undefined
  /** What the realm declares for types that can't run here. undefined for files, which don't say. */
  standIns?: readonly DeclaredStandIn[] | undefined
  /** The variables and secrets that placeholders of the realm can read. Undefined if they are not known. */
  esv?: EsvLookup | undefined
  /** By {@link reportKey}. */
  reports: ReadonlyMap<string, ScriptReport>
}

/** Scripts with the same text that run in the same way have the same report. */
export function reportKey(script: LintedScript): string {
  const { language, context, evaluatorVersion, properties = [], source } = script
  return `${JSON.stringify([language, context, evaluatorVersion, properties])} ${source}`
}

export type LintedRealm = {
  journey(name: string): LintedJourney | undefined
  script(id: string): LintedScript | undefined
  library(name: string): LintedScript | undefined
  customNodeType(serviceName: string): LintedScript | undefined
  has: ReferenceLookup
  /** The realm's declaration for a type; undefined without one, `unknown` for files. */
  standInFor(type: string): DeclaredStandIn | 'unknown' | undefined
  esv: EsvLookup | undefined
  desk: DeskChecks | undefined
  /** Whether only help-desk agents may start this journey. */
  isForAgents(journey: string): boolean
  /** undefined for a source that was not checked. */
  report(script: LintedScript): ScriptReport | undefined
  /** Outcomes of all nodes that have this script in their settings. */
  outcomesOf(scriptId: string): ReadonlySet<string>
  /** The Backchannel Initialize nodes that can start this journey with a transaction. */
  openersOf(name: string): readonly Starter[]
  /** The nodes that can run this journey as an inner journey. */
  entrancesOf(name: string): readonly Starter[]
}

/** Prepares a realm for rules. Journeys are built on first use. */
export function lintedRealm(input: LintInput): LintedRealm {
  const documents = new Map(input.journeys.map((document) => [document._id, document]))
  const nodes = new Map(input.nodes.map((node) => [node.id, node]))
  const scripts = new Map(input.scripts.map((script) => [script.id, script]))
  const libraries = new Map(
    input.scripts.filter(({ context }) => context === 'LIBRARY').map((script) => [script.name, script]),
  )
  const customTypes = new Map(
    input.customNodeTypes.map((type) => [
      type.serviceName,
      {
        id: customNodeTypeId(type),
        name: type.displayName,
        source: type.script,
        language: 'JAVASCRIPT' as const,
        context: 'NODE_DESIGNER',
        evaluatorVersion: '2.0',
        properties: Object.keys(type.properties),
      },
    ]),
  )
  const linted = new Map<string, LintedJourney>()
  const outcomes = outcomesByScript(input.nodes)
  const starters = startersIn(input, nodes)
  const startersOf = (type: string, name: string) =>
    starters.filter((each) => each.type === type && (each.isImitated || each.config.tree === name))
  return {
    journey(name) {
      const document = documents.get(name)
      if (document === undefined) return undefined
      const known = linted.get(name) ?? lintedJourney(document, { nodes, typeNamed: input.typeNamed })
      linted.set(name, known)
      return known
    },
    script: (id) => scripts.get(id),
    library: (name) => libraries.get(name),
    customNodeType: (serviceName) => customTypes.get(serviceName),
    has: referenceLookup(input),
    standInFor: (type) =>
      input.standIns === undefined ? 'unknown' : input.standIns.find((each) => each.type === type),
    esv: input.esv,
    desk: input.desk,
    isForAgents: (name) => input.forAgents.includes(name),
    report: (script) => input.reports.get(reportKey(script)),
    outcomesOf: (scriptId) => outcomes.get(scriptId) ?? new Set(),
    openersOf: (name) => startersOf(backchannelInitialize.type, name),
    entrancesOf: (name) => startersOf(innerTreeEvaluator.type, name),
  }
}

/** Outcomes of all nodes that have a script in their settings, by its id. */
export function outcomesByScript(nodes: readonly NodeDocument[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const { config } of nodes) {
    const script = asText(config.script)
    if (script === '' || !Array.isArray(config.outcomes)) continue
    const known = found.get(script) ?? new Set()
    for (const outcome of config.outcomes) known.add(asText(outcome))
    found.set(script, known)
  }
  return found
}

/** The nodes of a realm that start journeys. A node that a Configuration Provider imitates can start any journey. */
function startersIn({ journeys }: LintInput, nodes: ReadonlyMap<string, NodeDocument>): Starter[] {
  const starter = (journey: string, type: string, config: JsonObject): Starter =>
    type === configProvider.type
      ? { journey, type: asText(config.nodeType), config: {}, isImitated: true }
      : { journey, type, config, isImitated: false }
  return journeys.flatMap((journey) =>
    Object.entries(journey.nodes).flatMap(([id, { nodeType }]) => {
      const config = nodes.get(id)?.config ?? {}
      const onPage = pageChildren(config).map((child) =>
        starter(journey._id, child.type, nodes.get(child.id)?.config ?? {}),
      )
      return [starter(journey._id, nodeType, config), ...onPage]
    }),
  )
}
