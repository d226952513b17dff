import { ZodError } from 'zod'
import { isJsonObject, type JsonObject } from '../base/json.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import { type EsvLookup, PlaceholderError, placeholdersIn } from '../engine/placeholders.ts'
import { resolvedSettings } from '../nodes/settings-of.ts'

/** Longer settings are parsed at every run rather than kept, in UTF-16 units. */
const maxKeptLength = 65_536

/**
 * Prepares a node whose settings contain placeholders. They are resolved at every run, and parsed again only if a value changed.
 * @param parsed parses resolved settings.
 */
export function placedNode<Prepared>(
  type: AnyNodeType,
  config: JsonObject,
  lookup: EsvLookup,
  parsed: (settings: JsonObject) => Prepared,
): () => Prepared {
  let last: { settings: string; prepared: Prepared } | undefined
  return () => {
    const settings = resolvedSettings(type, config, lookup)
    const text = JSON.stringify(settings)
    if (text.length > maxKeptLength) return withoutValues(config, () => parsed(settings))
    if (last?.settings !== text)
      last = { settings: text, prepared: withoutValues(config, () => parsed(settings)) }
    return last.prepared
  }
}

/** Names the variable of an invalid setting instead of what a schema says about its value. */
function withoutValues<Prepared>(config: JsonObject, parse: () => Prepared): Prepared {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof ZodError)) throw error
    for (const issue of error.issues) {
      const setting = String(issue.path[0] ?? '')
      const [placed] = placeholdersIn(config[setting] ?? null)
      if (placed === undefined) continue
      throw new PlaceholderError(placed.name, 'type', `does not fit: ${expected(issue)}`, setting)
    }
    throw error
  }
}

function expected(issue: ZodError['issues'][number]): string {
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`
  // Keys come from the value.
  return issue.code === 'unrecognized_keys' || isJsonObject(issue.input)
    ? 'expected other members'
    : issue.message
}
