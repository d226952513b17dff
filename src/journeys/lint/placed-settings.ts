import type { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import {
  type EsvLookup,
  type EsvValue,
  type FoundPlaceholder,
  maxPlaceholders,
  maxResolvedLength,
  PlaceholderError,
  placeholdersIn,
  resolution,
} from '../../engine/placeholders.ts'
import { placedIn, resolvedSetting } from '../../nodes/settings-of.ts'
import type { LintedJourney, LintedNode } from './linted-journey.ts'
import { membersOf } from './linted-journey.ts'

/** A setting with placeholders, each name once. */
export type PlacedSetting = { node: LintedNode; setting: string; placed: FoundPlaceholder[] }

/**
 * The placeholders in the settings of a journey's nodes, also of those on pages. Nodes with more than can be resolved are left out:
 * each has one misfit.
 */
export function placedSettings(journey: LintedJourney): PlacedSetting[] {
  return membersOf(journey).flatMap((node) => {
    const settings = placedOf(node)
    const count = settings.reduce((sum, { placed }) => sum + placed.length, 0)
    return count > maxPlaceholders ? [] : settings
  })
}

/** Names of the settings with placeholders. Nothing reads those of a stand-in. */
function placesOf({ nodeType, config }: LintedNode): string[] {
  return nodeType?.standIn === undefined ? placedIn(config) : []
}

function placedOf(node: LintedNode): PlacedSetting[] {
  return placesOf(node).map((setting) => {
    const found = placeholdersIn(node.config[setting] ?? null)
    const distinct = new Map(found.map((each) => [each.name, each]))
    // One without a default needs a value, whatever the others have.
    for (const each of found) if (!each.hasDefault) distinct.set(each.name, each)
    return { node, setting, placed: [...distinct.values()] }
  })
}

/** Why a setting can't take the values of its placeholders. */
export type Misfit = { node: LintedNode; setting: string; name: string; why: string }

/** Maximum length that is resolved for a journey, so that a check takes no longer than its journey is long. */
const maxJourneyLength = 8 * maxResolvedLength

/** The settings of a journey that can't take the values of their placeholders. Each node is resolved and parsed once. */
export function misfitsIn(journey: LintedJourney, esv: EsvLookup | undefined): Misfit[] {
  const misfits: Misfit[] = []
  let length = 0
  for (const node of membersOf(journey)) {
    if (esv === undefined || placesOf(node).length === 0) continue
    const checked = misfitsOf(node, esv)
    misfits.push(...checked.misfits)
    length += checked.length
    // rule S52: otherwise a check resolves the settings of a journey to any length together
    if (length <= maxJourneyLength) continue
    const [first] = placedOf(node)
    const why = 'the values in this journey are too long to check'
    return [...misfits, { node, setting: first?.setting ?? '', name: first?.placed[0]?.name ?? '', why }]
  }
  return misfits
}

function misfitsOf(node: LintedNode, esv: EsvLookup): { misfits: Misfit[]; length: number } {
  const { nodeType, config } = node
  if (nodeType === undefined) return { misfits: [], length: 0 }
  const within = resolution(esv)
  const misfits: Misfit[] = []
  const values: JsonObject = {}
  for (const setting of placedIn(config)) {
    try {
      values[setting] = resolvedSetting(nodeType, setting, config[setting] ?? null, within)
    } catch (error) {
      if (!(error instanceof PlaceholderError)) throw error
      if (error.problem !== 'missing') misfits.push({ node, setting, name: error.esv, why: error.message })
      // The settings that follow would have the same problem.
      if (error.problem === 'size') break
    }
  }
  const issues = nodeType.config.safeParse({ ...config, ...values }).error?.issues ?? []
  const parsed = Object.keys(values).flatMap((setting) => schemaMisfit(node, setting, esv, issues) ?? [])
  return { misfits: [...misfits, ...parsed], length: within.length }
}

function schemaMisfit(
  node: LintedNode,
  setting: string,
  esv: EsvLookup,
  issues: readonly z.core.$ZodIssue[],
): Misfit | undefined {
  const issue = issues.find(({ path }) => path[0] === setting)
  if (issue === undefined) return undefined
  const names = placeholdersIn(node.config[setting] ?? null).map(({ name }) => name)
  // A sample of a text says nothing about the form of the text.
  if (names.some((name) => isUnknown(esv(name)))) return undefined
  // Other messages could quote the value.
  const why =
    issue.code === 'invalid_type' ? `expected ${issue.expected}` : 'the setting does not take its value'
  return { node, setting, name: [...new Set(names)].slice(0, maxNamed).join(', '), why }
}

/** Maximum number of variables that a finding names. */
const maxNamed = 3

function isUnknown(found: EsvValue | undefined): boolean {
  return found?.isSample === true && found.type === 'string'
}
