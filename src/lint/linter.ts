import { type ExchangeStores, readRealm } from '../exchange/realm-content.ts'
import { typesWith } from '../journeys/revisions.ts'
import type { Finding } from './finding.ts'
import { lintJourney } from './lint-journey.ts'
import { lintedRealm, type ScriptRemark, type ScriptReport } from './linted-realm.ts'
import { usedScripts } from './used-scripts.ts'

export type LintSources = ExchangeStores & {
  /** Checks the syntax alone; empty when it compiles. */
  checkScript(name: string, source: string): Promise<readonly ScriptRemark[]>
  /** Where a script would not run on the vendor's engine. */
  findIncompatibilities(source: string): readonly ScriptRemark[]
}

/** The findings about the journeys named, all of the realm if none is. undefined when one of them is not there. */
export type Lint = (realm: string, names?: readonly string[]) => Promise<Finding[] | undefined>

/** Judges journeys as they are stored. Scripts are looked at as far as these journeys use them. */
export function createLinter(from: LintSources): Lint {
  return async (realm, names) => {
    const content = await readRealm(from, realm)
    const reports = new Map<string, ScriptReport>()
    const emailTemplates = content.documents
      .filter(({ kind }) => kind === 'emailTemplate')
      .map(({ id }) => id)
    const typeNamed = typesWith(content.customNodeTypes)
    const linted = lintedRealm({ ...content, realm, emailTemplates, reports, typeNamed })
    const chosen = names ?? content.journeys.map(({ _id }) => _id)
    const journeys = chosen.map((name) => linted.journey(name)).filter((journey) => journey !== undefined)
    if (journeys.length < chosen.length) return undefined
    const sources = new Set(
      journeys.flatMap((journey) => usedScripts(journey, linted).map(({ script }) => script.source)),
    )
    await Promise.all([...sources].map(async (source) => reports.set(source, await reportOn(source, from))))
    return chosen.flatMap((name) => lintJourney(linted, name))
  }
}

async function reportOn(source: string, from: LintSources): Promise<ScriptReport> {
  const problems = await from.checkScript('script', source).catch(cannotBeChecked)
  return { problems, incompatibilities: from.findIncompatibilities(source) }
}

/** A text that the engine gives up on would not run either. */
function cannotBeChecked(error: unknown): ScriptRemark[] {
  return [{ line: 1, message: error instanceof Error ? error.message : 'the script engine gave up on it' }]
}
