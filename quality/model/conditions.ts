import { keysOf, type Thing, type Things } from './rows.ts'

/** What an operation asks for: `id` is the check or request, `by` the person, `now` the time that the operation read. */
export type Asked = {
  readonly id: string
  readonly by: string
  readonly to: string
  readonly now: number
  /** Names the request; another one after a crash. */
  readonly owner: string
  readonly delayMs: number
  /** Checks in the last list that it read, and in the one before. */
  readonly seen: readonly string[]
  readonly seenBefore: readonly string[]
  /** Writes before this one. */
  readonly writes: number
  readonly key?: string
  readonly session?: string | undefined
}

export type When = (one: Thing, asked: Asked, things: Things) => boolean
type Set = (asked: Asked, one: Thing) => Thing

/** A change is allowed if all conditions hold. It sets columns, and appends an event if there is a third part. */
export type Row = readonly [when: readonly When[], set: Set, event?: string | ((asked: Asked) => string)]

const resultMs = 10 * 60_000
const pauseMs = 30 * 60_000
const handOverMs = 7 * 86_400_000 + resultMs

export function is(column: string, ...values: unknown[]): When {
  return (one) => values.includes(one[column])
}

export function unset(...columns: string[]): When {
  return (one) => columns.every((column) => one[column] === null)
}

export function known(column: string): When {
  return (one) => one[column] !== null
}

/** Whether a time is later than a number of milliseconds ago. */
export function later(column: string, ms: number | ((asked: Asked) => number)): When {
  return (one, asked) => Number(one[column]) > asked.now - (typeof ms === 'number' ? ms : ms(asked))
}

export function not(when: When): When {
  return (...about) => !when(...about)
}

function all(...whens: When[]): When {
  return (...about) => whens.every((when) => when(...about))
}

function any(...whens: When[]): When {
  return (...about) => whens.some((when) => when(...about))
}

/** Whether a check is about a person, or about another one who vouches for that person. */
export function isAbout({ subject_id, vouch_for_id }: Thing, person: unknown): boolean {
  return person !== null && (person === subject_id || person === vouch_for_id)
}

/** The reports about the person of a check that pause the person's checks. */
export function reports(things: Things, { realm, subject_id, vouch_for_id }: Thing): [string, Thing][] {
  const isReport = (one: Thing) => one.rejected_at !== null && one.pause_lifted === null
  const isSame = (one: Thing) => one.realm === realm && isAbout({ subject_id, vouch_for_id }, one.subject_id)
  return Object.entries(things).filter(([, one]) => isSame(one) && isReport(one))
}

export const reported: When = (one, { now }, things) =>
  reports(things, one).some(([, { rejected_at }]) => Number(rejected_at) > now - pauseMs)

/** When the pause of the person of a check ends. */
export function pausedUntil(things: Things, id: string, now: number): number | undefined {
  const ends = reports(things, things[id] ?? {}).map(([, { rejected_at }]) => Number(rejected_at) + pauseMs)
  return ends.filter((each) => each > now).toSorted((one, other) => other - one)[0]
}

const live = all(is('is_cancelled', 0), later('expires_at', 0))
export const created = all(live, is('state', 'CREATED'))
export const open = all(live, is('state', 'CREATED', 'IN_PROGRESS'))
/** Whether a step has reason to fail: its check is over, or its approval was refused, which may be possible again. */
export function unable(things: Things, asked: Asked): boolean {
  const one = things[asked.id]
  return asked.writes > 1 || one === undefined || !open(one, asked, things)
}

export const completed = all(live, is('state', 'COMPLETED'))
const unsettled = unset('used_at', 'withdrawn_at', 'rejected_at')
const result = all(is('result', 'APPROVED'), is('is_cancelled', 0), unsettled)
const isYoung = later('ended_at', ({ delayMs }) => delayMs + resultMs)
export const usable = all(result, not(later('ended_at', 0)), isYoung)
export const delayed = later('ended_at', ({ delayMs }) => delayMs)
export const own: When = (one, { by }) => one.agent_id === by
export const isRecent = all(result, later('ended_at', handOverMs))
/** Whether its agent can hand a check over: while it is live, and longer while its result is usable. */
export const movable = all(own, is('is_cancelled', 0), any(live, isRecent))
export const offered: When = (one, { to: agent }) => one.offered_to === '' || one.offered_to === agent
export const fresh: When = (one, { key }) => Number(one.tries_left) > 0 && !keysOf(one).includes(key)
export const unknownKey: When = (one, { key }) => !keysOf(one).includes(key)
/** Whether no other check has the short code. */
export const unspoken: When = (one, { key }, things) =>
  Object.values(things).every((other) => other === one || other.mac !== key)
export const last = is('tries_left', 1)
export const waiting = is('state', 'waiting')
export const ofJourney: When = (one, { id, session = `front-${id}` }) => one.journey_session === session
export const mine: When = (one, { owner }) => one.claimed_by === owner
export const claimable = all(is('step', 1), any(unset('claimed_until'), not(later('claimed_until', 1))))

/** Whether nothing was sent for a minute. */
export function quiet(column: string): When {
  return any(unset(column), not(later(column, 60_000)))
}

export function at(column: string): Set {
  return ({ now }) => ({ [column]: now })
}

export function to(columns: Thing): Set {
  return () => columns
}

export function sets(...parts: Set[]): Set {
  return (...about) => Object.assign({}, ...parts.map((part) => part(...about)))
}

export function ended(columns: Thing): Set {
  return sets(at('ended_at'), to(columns))
}

export function denied(denial: string | null): Set {
  return ended({ state: 'COMPLETED', result: 'DENIED', denial })
}

/** A person who doesn't vouch for another one begins no pause. */
export const rejected = sets(at('rejected_at'), (_, { vouch_for_id }) => ({
  pause_lifted: vouch_for_id === null ? null : 1,
}))
export const moved: Set = ({ to: agent }) => ({ agent_id: agent, offered_to: null })

/** The time and the person of a use or withdrawal. */
export function settled(what: string): Set {
  return ({ now, by }) => ({ [`${what}_at`]: now, [`${what}_by`]: by })
}

export const notified: Set = ({ key = '', id }, one) => {
  const data = JSON.parse(String(one.notification_data ?? '{}'))
  return { keys: [...keysOf(one), key], notification_data: JSON.stringify({ ...data, [key]: id }) }
}
export const used = sets(settled('used'), ({ by }) => ({ used_key: `${by}s` }))
const noted: Set = ({ key }, one) => ({ keys: [...keysOf(one), key] })
export const matched = sets(noted, at('matched_at'))
export const spent = sets(noted, (_, one) => ({ tries_left: Number(one.tries_left) - 1 }))

export const answered: Set = ({ now, by, key }) => ({
  ...{ state: key, answered_by: JSON.stringify({ id: by, name: by }), answered_at: now },
})

/** Whether a journey session waits for its first answer, and no request holds its claim. */
export function unanswered(session: Thing | undefined, now: number): boolean {
  const { step, outcome, claimed_until } = session ?? {}
  return step === 1 && outcome === 'underway' && (claimed_until === null || Number(claimed_until) < now)
}

/** A check that nothing has happened to, and the journey session that opened it. */
export function newCheck(things: Things, { id, by, now }: Asked): Things {
  const blank = Object.fromEntries(Object.keys(things.b5 ?? {}).map((column) => [column, null]))
  const opened = { id_hash: id, realm: '/alpha', subject_id: 'person', state: 'CREATED', result: 'UNKNOWN' }
  const numbers = { is_cancelled: 0, sequence: 0, tries_left: 3, is_bound: 0, level: 0 }
  const session = { id_hash: `front-${id}`, step: 7, body: 'sealed', outcome: 'underway' }
  return {
    [id]: { ...blank, ...opened, ...numbers, agent_id: by, expires_at: now + 180_000 },
    [session.id_hash]: { ...session, claimed_by: null, claimed_until: null },
  }
}
