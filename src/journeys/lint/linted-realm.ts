import { asText } from '../../engine/as-text.ts'
import { pageChildren } from '../../engine/journey.ts'
import type { JsonObject } from '../../engine/json.ts'
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
}

/** Maximum length of a source that is checked, in UTF-16 units. The script engine's default limit. */
export const maxSourceLength = 65_536

/** A script, or the script of a custom node type. */
export type LintedScript = { id: string; name: string; source: string; language: 'JAVASCRIPT' | 'GROOVY' }

/** A node that runs an inner journey or starts a journey with a transaction. */
export type Starter = { journey: string; type: string; config: JsonObject; isImitated: boolean }

/** Everything that rules can use. */
export type LintInput = RealmConfiguration & {
  typeNamed: TypeLookup
  /** Email templates, themes and other documents. */
  documents: ReferableThings['documents']
  /** Names of the journeys that only help-desk agents may start. */
  forAgents: readonly string[]
  /** By {@link reportKey}. */
  reports: ReadonlyMap<string, ScriptReport>
}

/** Scripts with the same text and language have the same report. */
export function reportKey({ language, source }: Pick<LintedScript, 'language' | 'source'>): string {
  return `${language} ${source}`
}

export type LintedRealm = {
  journey(name: string): LintedJourney | undefined
  script(id: string): LintedScript | undefined
  library(name: string): LintedScript | undefined
  customNodeType(serviceName: string): LintedScript | undefined
  has: ReferenceLookup
  /** Whether only help-desk agents may start this journey. */
  isForAgents(journey: string): boolean
  /** undefined for a source that was not checked. */
  report(script: LintedScript): ScriptReport | undefined
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
      },
    ]),
  )
  const linted = new Map<string, LintedJourney>()
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
    isForAgents: (name) => input.forAgents.includes(name),
    report: (script) => input.reports.get(reportKey(script)),
    openersOf: (name) => startersOf(backchannelInitialize.type, name),
    entrancesOf: (name) => startersOf(innerTreeEvaluator.type, name),
  }
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
