import { type Json, type JsonObject, jsonSchema } from '../../engine/json.ts'
import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { textsOf } from '../play/page.ts'
import { type PathEntry, pathOf } from '../play/visits.ts'
import type { OnPlayed } from '../run-walk.ts'
import type { JsonPage } from '../walk-file.ts'

/** What a walk can expect, in the form of walk files. */
export type Observed = {
  ends: unknown
  outcome: 'success' | 'failure' | 'underway'
  /** A text of the page on which it stopped. */
  asks: string | undefined
  path: string[]
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
    ends: shown === undefined || shown.kind === 'page' ? undefined : endOf(shown),
    asks: shown?.kind === 'page' ? askedBy(shown.page) : undefined,
    path: runs.flatMap(({ steps }) => pathOf(steps, journeys)).map((entry) => entryName(entry, journeys)),
    mail: player.unmentionedMails.map(({ to, subject }) => ({
      to: to[0] ?? '',
      ...(subject === '' ? {} : { subject }),
    })),
    people: Object.fromEntries(changed.map(({ name, before, after }) => [name, changeOf(before, after)])),
    calls: new Set(world.http.calls.map(({ method, url }) => `${method} ${url}`)),
  }
}

function endOf(shown: { kind: 'success' } | { kind: 'failure'; message: string }): unknown {
  if (shown.kind === 'success') return 'success'
  return isSteady(shown.message) && !shown.message.startsWith('/') ? { failure: shown.message } : 'failure'
}

/** A text that a person sees, or else the type of the first callback. */
function askedBy(page: JsonPage): string | undefined {
  const types = new Set(page.callbacks.map(({ type }) => type))
  const texts = textsOf(page).filter(
    (text) => isSteady(text) && !text.startsWith('/') && !text.includes('${'),
  )
  const words = texts.filter((text) => !types.has(text) && /^[\p{L}\p{N} .,:?!'-]{3,60}$/u.test(text))
  return words[0] ?? page.callbacks[0]?.type
}

/** Whether a text has nothing that differs from run to run. */
function isSteady(text: string): boolean {
  return text !== '' && text.length <= 100 && !/[\w+/=-]{24,}|\d{6,}|\d:\d/.test(text) && !text.includes('\n')
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
