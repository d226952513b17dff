import { type Json, type JsonObject, jsonSchema } from '../../base/json.ts'
import { methodsProperty } from '../../engine/system-properties.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { endOf, isSteady, seenOn } from '../../walks/steady-texts.ts'
import { leftInState } from '../play/left-in-state.ts'
import type { PlayedRun, Player, Screen } from '../play/player.ts'
import { type PathEntry, pathOf } from '../play/visits.ts'
import type { OnPlayed } from '../run-walk.ts'
import type { World } from '../world/world.ts'

/** What a walk can expect, in the form of walk files. */
export type Observed = {
  ends: unknown
  outcome: 'success' | 'failure' | 'underway'
  /** What a person saw at first. */
  firstPage: readonly string[] | undefined
  /** What a person saw after each step; undefined after the end. */
  pages: readonly (readonly string[] | undefined)[]
  /** Why its last node failed. */
  error: string | undefined
  path: string[]
  /** The path of each party. */
  paths: Readonly<Record<string, string[]>>
  mail: { to: string; subject?: string }[]
  people: Record<string, unknown>
  /** What the nodes leave in shared state. */
  left: JsonObject
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
    ...pagesSeen(player.screens),
    error: errorIn(runs),
    path: namesIn(runs, journeys),
    paths: Object.fromEntries(
      [...Map.groupBy(runs, ({ party }) => party)].map(([party, own]) => [party, namesIn(own, journeys)]),
    ),
    mail: player.unmentionedMails.map(({ to, subject }) => ({
      to: to[0] ?? '',
      ...(subject === '' ? {} : { subject }),
    })),
    people: Object.fromEntries(changed.map(({ name, before, after }) => [name, changeOf(before, after)])),
    left: leftInState(runs.flatMap(({ steps }) => steps)),
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

function pagesSeen([first, ...later]: readonly Screen[]): Pick<Observed, 'firstPage' | 'pages'> {
  const steps = Math.max(0, ...later.map(({ step }) => step + 1))
  const after = (step: number) => later.findLast((each) => each.step === step)
  return {
    firstPage: textsSeen(first),
    pages: Array.from({ length: steps }, (_, step) => textsSeen(after(step))),
  }
}

function textsSeen(screen: Screen | undefined): string[] | undefined {
  return screen?.shown.kind === 'page' ? seenOn(screen.shown.page) : undefined
}

/** Characters of a reason at most. */
const maxReason = 200

function errorIn(runs: readonly PlayedRun[]): string | undefined {
  const last = runs.at(-1)?.steps.findLast(({ page }) => page === null)
  if (last?.result !== 'error') return undefined
  const text = `${last.displayName || last.nodeType} ends with an error: ${last.reason ?? 'unknown'}`
  return text.replaceAll(/\s+/g, ' ').slice(0, maxReason)
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
