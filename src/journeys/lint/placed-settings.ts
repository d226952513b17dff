import { type FoundPlaceholder, PlaceholderError, placeholdersIn } from '../../engine/placeholders.ts'
import { resolvedSettings } from '../../nodes/settings-of.ts'
import type { LintedJourney, LintedNode } from './linted-journey.ts'
import { membersOf } from './linted-journey.ts'
import type { LintedRealm } from './linted-realm.ts'

/** A setting with a placeholder. */
export type PlacedSetting = { node: LintedNode; setting: string; placed: FoundPlaceholder }

/** The placeholders in the settings of a journey's nodes, also of those on pages. */
export function placedSettings(journey: LintedJourney): PlacedSetting[] {
  return membersOf(journey).flatMap((node) =>
    Object.entries(node.config).flatMap(([setting, value]) =>
      placeholdersIn(value).map((placed) => ({ node, setting, placed })),
    ),
  )
}

/** Why the settings of a node can't take the values of their placeholders; undefined if they can. */
export function misfitOf(
  { node: { nodeType, config }, setting, placed }: PlacedSetting,
  { esv }: LintedRealm,
): string | undefined {
  // A sample of a text says nothing about the form of the text.
  const found = esv?.(placed.name)
  const isUnknown = found?.isSample === true && found.type === 'string'
  if (nodeType === undefined || esv === undefined || isUnknown) return undefined
  try {
    const settings = resolvedSettings(nodeType, { [setting]: config[setting] ?? null }, esv)
    const parsed = nodeType.config.safeParse({ ...config, ...settings })
    const issue = parsed.error?.issues.find(({ path }) => path[0] === setting)
    if (issue === undefined) return undefined
    // Other messages could quote the value.
    return issue.code === 'invalid_type'
      ? `expected ${issue.expected}`
      : 'the setting does not take its value'
  } catch (error) {
    if (error instanceof PlaceholderError) return error.problem === 'missing' ? undefined : error.message
    throw error
  }
}
