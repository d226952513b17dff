import { type Json, type JsonObject, jsonSchema } from '../../base/json.ts'
import { methodsProperty } from '../../engine/system-properties.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { askedBy, endOf, isSteady } from '../../walks/steady-texts.ts'
import type { PlayedRun, Player } from '../play/player.ts'
import { type PathEntry, pathOf } from '../play/visits.ts'
import type { OnPlayed } from '../run-walk.ts'
import type { World } from '../world/world.ts'

/** What a walk can expect, in the form of walk files. */
export type Observed = {
  ends: unknown
  outcome: 'success' | 'failure' | 'underway'
  /** A text of the page on which it stopped. */
  asks: string | undefined
  path: string[]
  /** The path of each party. */
  paths: Readonly<Record<string, string[]>>
  mail: { to: string; subject?: string }[]
  people: Record<string, unknown>
  /** Calls that were made, as `METHOD URL`. */
  calls: ReadonlySet<string>
}

/** Reads what a walk has left behind. */
export async function observe(
  { world, player, runs }: Parameters<OnPlayed>[0],
  { journeys }: Pick<Bundle, 'journeys'>,
): Promise<Observed> {
  const { shown } = player
  const changed = await world.changedPeople()
  return {
    outcome: shown === undefined || shown.kind === 'page' ? 'underway' : shown.kind,
    ends:
      shown === undefined || shown.kind === 'page'
        ? undefined
        : (endWithFacts(player, world) ?? endOf(shown)),
    asks: shown?.kind === 'page' ? askedBy(shown.page) : undefined,
    path: namesIn(runs, journeys),
    paths: Object.fromEntries(
      [...Map.groupBy(runs, ({ party }) => party)].map(([party, own]) => [party, namesIn(own, journeys)]),
    ),
    mail: player.unmentionedMails.map(({ to, subject }) => ({
      to: to[0] ?? '',
      ...(subject === '' ? {} : { subject }),
    })),
    people: Object.fromEntries(changed.map(({ name, before, after }) => [name, changeOf(before, after)])),
    calls: new Set(world.http.calls.map(({ method, url }) => `${method} ${url}`)),
  }
}

/** A success with the facts of its session. Level and lifetime are named only if they are not the usual ones. */
function endWithFacts({ session }: Player, { usualSessionMinutes }: World): unknown {
  if (session?.person === undefined) return undefined
  const { person, level = 0, minutes } = session
  const properties = Object.entries(session.properties).filter(
    ([name, value]) => name !== methodsProperty && isSteady(value) && !value.startsWith('/'),
  )
  return {
    success: {
      person,
      ...(level === 0 ? {} : { level }),
      ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
      ...(minutes === usualSessionMinutes ? {} : { session: `${minutes}m` }),
    },
  }
}

function namesIn(runs: readonly PlayedRun[], journeys: Bundle['journeys']): string[] {
  return runs.flatMap(({ steps }) => pathOf(steps, journeys)).map((entry) => entryName(entry, journeys))
}

/** A node and its outcome as walks name them. An outcome that leads nowhere has no name there. */
function entryName({ name, id, outcome }: PathEntry, journeys: Bundle['journeys']): string {
  if (outcome === '') return name
  const node = journeys.map(({ nodes }) => nodes[id]).find((each) => each !== undefined)
  const isKnown = outcome === 'error' || (node !== undefined && Object.hasOwn(node.connections, outcome))
  const known = isPlainName(name) && name === node?.displayName ? name : id
  return isKnown ? `${known} → ${outcome}` : known
}

export function isPlainName(name: string): boolean {
  return name !== '' && name.trim() === name && !/→|->|\$\{/.test(name)
}

function changeOf(before: JsonObject | undefined, after: JsonObject | undefined): unknown {
  if (after === undefined) return 'deleted'
  if (before === undefined) {
    const { userName = null, mail } = after
    return { userName, ...(mail === undefined ? {} : { mail }) }
  }
  const names = Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  return Object.fromEntries(names.map((name) => [name, expectedValue(name, before[name], after[name])]))
}

function expectedValue(name: string, before: Json | undefined, after: Json | undefined): Json {
  if (after === undefined) return null
  if (name === 'password' || /profiles?$|kba/i.test(name)) return 'changed'
  if (typeof after === 'number' && (typeof before === 'number' || before === undefined)) {
    const difference = after - (before ?? 0)
    if (Math.abs(difference) < 1000) return difference < 0 ? String(difference) : `+${difference}`
  }
  const text = typeof after === 'string' ? after : JSON.stringify(after)
  return isSteady(text) && !text.startsWith('/') ? jsonSchema.parse(after) : 'changed'
}
