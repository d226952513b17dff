import { suggestion } from '../../base/suggestion.ts'

/** How a script runs. */
export type ScriptKind = {
  context: string
  evaluatorVersion: string
  /** Names of the settings of a custom node. */
  properties?: readonly string[] | undefined
}

export type NameRemark = { line: number; message: string }

/** What a script says about names outside of it. */
export type ScriptNames = {
  /** Names that do not exist where the script runs, each once. */
  unknown: NameRemark[]
  /** Outcomes that the script names as a literal text. */
  outcomes: { line: number; outcome: string }[]
}

/** Outcomes that a script names, and that its node does not have. Each once. */
export function unknownOutcomes(
  { outcomes }: Pick<ScriptNames, 'outcomes'>,
  known: readonly string[],
): NameRemark[] {
  const unknown = outcomes.filter(({ outcome }) => !known.includes(outcome))
  return [...new Map(unknown.toReversed().map((each) => [each.outcome, each])).values()]
    .toReversed()
    .map(({ line, outcome }) => ({
      line,
      message: `'${outcome}' is no outcome of the node${suggestion(outcome, known)}`,
    }))
}
