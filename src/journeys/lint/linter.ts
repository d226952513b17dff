import { KeptByVersion } from '../../base/kept-by-version.ts'
import type { EsvLookup } from '../../engine/placeholders.ts'
import type { Esvs } from '../../esvs/esvs.ts'
import { readGroovyTransformation } from '../../people/providers/social/groovy-transformation.ts'
import type { RealmSettings } from '../../realms/realm.ts'
import { plusBuiltInScripts } from '../../scripts/built-in/built-in-scripts.ts'
import { leaveOutMoved } from '../../secrets/moved-secret.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { documentKinds } from '../exchange/bundle.ts'
import { keptKind } from '../exchange/kept-documents.ts'
import { type ExchangeStores, mergedContent, readRealm } from '../exchange/realm-content.ts'
import type { JourneyDocument, NodeDocument } from '../journey-document.ts'
import { typesWith } from '../revisions.ts'
import { withSecretsOf } from '../sealed-configuration.ts'
import type { Finding } from './finding.ts'
import { lintJourney } from './lint-journey.ts'
import {
  type DeskChecks,
  type LintedScript,
  type LintInput,
  lintedRealm,
  reportKey,
  type ScriptRemark,
  type ScriptReport,
} from './linted-realm.ts'
import { rules } from './rules.ts'
import { usedScripts } from './used-scripts.ts'

export type ScriptChecks = {
  /** Checks the syntax. @returns an empty list if the source compiles. */
  checkScript(name: string, source: string): Promise<readonly ScriptRemark[]>
  findIncompatibilities(source: string): Promise<readonly ScriptRemark[]>
  /** Finds names that don't exist where the script runs, and outcomes that it names. */
  findNames(
    source: string,
    kind: Pick<LintedScript, 'context' | 'evaluatorVersion' | 'properties'>,
  ): Promise<{ unknown: readonly ScriptRemark[]; outcomes: ScriptReport['outcomes'] }>
}

export type LintSources = ExchangeStores &
  ScriptChecks & {
    realms: {
      read(path: string): Promise<{ settings: Pick<RealmSettings, 'helpDesk' | 'standIns'> } | undefined>
    }
    /** The variables and secrets in force, if they are known. */
    placeholders?: Pick<Esvs, 'inRealm' | 'state'>
    /** What agents can start at the desk, if it is known. */
    deskOf?(realm: string): Promise<DeskChecks | undefined>
  }

/** The findings about the named journeys, or all journeys of the realm; undefined for an unknown journey. */
export type Lint = ((realm: string, names?: readonly string[]) => Promise<Finding[] | undefined>) & {
  /** Checks a draft as if it were saved. */
  draft(realm: string, journey: JourneyDocument, nodes: readonly NodeDocument[]): Promise<Finding[]>
  /** Checks all journeys of a content as if it were saved. */
  content(realm: string, content: ConfigurationChange): Promise<Finding[]>
}

/** Without what is only kept, which can be large. */
const usedKinds = documentKinds.options.filter((kind) => kind !== keptKind)

/** Reports are cached by source. */
const maxReports = 500

/** Checks stored journeys, and the scripts that they use. */
export function createLinter(from: LintSources): Lint {
  const reportOf = keptReports(from)
  const kept = new KeptByVersion<Finding[] | undefined>(async () => [
    await from.configuration.version(),
    from.placeholders?.state,
  ])
  const lint = (realm: string, names?: readonly string[]) =>
    kept.of(JSON.stringify([realm, names]), async () => {
      let isCertain = true
      const content = await readRealm(from, realm, usedKinds)
      const value = await findingsIn(await savedPlaceOf(from, realm), content, names, async (script) => {
        const report = await reportOf(script)
        isCertain &&= report.isUnsure !== true
        return report
      })
      return { value, isKept: isCertain && value !== undefined }
    })
  return Object.assign(lint, {
    content: async (realm: string, content: ConfigurationChange) =>
      (await findingsIn(await placeOf(from, realm), content, undefined, reportOf)) ?? [],
    async draft(realm: string, journey: JourneyDocument, nodes: readonly NodeDocument[]) {
      const stored = await readRealm(from, realm, usedKinds)
      const draft = {
        journeys: [journey],
        nodes: withSecretsOf(nodes, stored.nodes, leaveOutMoved),
        scripts: [],
        customNodeTypes: [],
        documents: [],
      }
      const content = mergedContent(draft, stored)
      return (await findingsIn(await placeOf(from, realm), content, [journey._id], reportOf)) ?? []
    },
  })
}

/**
 * Checks all journeys of an export. Leaves out rules that need something that exports lack.
 * @param esv undefined if variables are not known.
 */
export async function lintExport(
  content: ConfigurationChange,
  realm: string,
  checks: ScriptChecks,
  esv?: EsvLookup,
): Promise<Finding[]> {
  const whole = { ...content, scripts: plusBuiltInScripts(content.scripts) }
  const findings = await findingsIn({ realm, forAgents: [], esv }, whole, undefined, keptReports(checks))
  const needRealm = new Set(rules.flatMap(({ id, needsRealm }) => (needsRealm ? [id] : [])))
  return (findings ?? []).filter(({ rule }) => !needRealm.has(rule))
}

type Place = Pick<LintInput, 'realm' | 'forAgents' | 'standIns' | 'esv' | 'desk'>

async function savedPlaceOf(from: LintSources, realm: string): Promise<Place> {
  return { ...(await placeOf(from, realm)), desk: await from.deskOf?.(realm) }
}

async function placeOf({ realms, placeholders }: LintSources, realm: string): Promise<Place> {
  const settings = (await realms.read(realm))?.settings
  const { helpDesk, standIns } = settings ?? { helpDesk: undefined, standIns: [] }
  const isProtected = helpDesk?.onlyAgentsStartChecks === true
  const forAgents = isProtected ? helpDesk.checks.map(({ journey }) => journey) : []
  return { realm, standIns, forAgents, esv: placeholders?.inRealm(realm) }
}

async function findingsIn(
  place: Place,
  content: ConfigurationChange,
  names: readonly string[] | undefined,
  reportOf: (script: LintedScript) => Promise<ScriptReport>,
): Promise<Finding[] | undefined> {
  const reports = new Map<string, ScriptReport>()
  const typeNamed = typesWith(content.customNodeTypes)
  const linted = lintedRealm({ ...content, ...place, reports, typeNamed })
  const chosen = names ?? content.journeys.map(({ _id }) => _id)
  const journeys = chosen.map((name) => linted.journey(name)).filter((journey) => journey !== undefined)
  if (journeys.length < chosen.length) return undefined
  const used = journeys.flatMap((journey) => usedScripts(journey, linted).map(({ script }) => script))
  const distinct = new Map(used.map((script) => [reportKey(script), script]))
  await Promise.all(
    [...distinct].map(async ([key, script]) =>
      reports.set(key, script.language === 'GROOVY' ? groovyReport(script.source) : await reportOf(script)),
    ),
  )
  return chosen.flatMap((name) => lintJourney(linted, name))
}

/** Groovy is supported only for profile transformations that map fields. */
function groovyReport(source: string): ScriptReport {
  const message = 'it is in Groovy, which is supported only for mapping fields'
  const isTable = readGroovyTransformation(source) !== undefined
  const problems = isTable ? [] : [{ line: 1, message }]
  return { problems, incompatibilities: [], unknownNames: [], outcomes: [] }
}

/** Checks each source once, and again if the engine failed. */
function keptReports(from: ScriptChecks): (script: LintedScript) => Promise<ScriptReport> {
  const kept = new Map<string, ScriptReport>()
  return async (script) => {
    const { source } = script
    const key = reportKey(script)
    const known = kept.get(key)
    if (known !== undefined) return known
    const { unknown: unknownNames, outcomes } = await from.findNames(source, script)
    const found = { incompatibilities: await from.findIncompatibilities(source), unknownNames, outcomes }
    try {
      const report = { problems: await from.checkScript('script', source), ...found }
      kept.set(key, report)
      const [oldest] = kept.keys()
      if (kept.size > maxReports && oldest !== undefined) kept.delete(oldest)
      return report
    } catch (error) {
      return { problems: cannotBeChecked(error), ...found, isUnsure: true }
    }
  }
}

/** A source that the engine fails to check would also fail to run. */
function cannotBeChecked(error: unknown): ScriptRemark[] {
  return [
    { line: 1, message: error instanceof Error ? error.message : 'the script engine failed to check it' },
  ]
}
