import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '../base/json.ts'
import type { Identity } from './identity.ts'

/** Attributes used to reach or vouch for a person. The time of their last change is kept. */
export const datedAttributes = ['mail', 'telephoneNumber', 'manager'] as const

export type DatedAttribute = (typeof datedAttributes)[number]

type Times = Partial<
  Pick<Identity, 'mailChangedAt' | 'telephoneNumberChangedAt' | 'managerChangedAt' | 'updatedAt'>
>

const members = {
  mail: 'mailChangedAt',
  telephoneNumber: 'telephoneNumberChangedAt',
  manager: 'managerChangedAt',
} as const satisfies Record<DatedAttribute, keyof Times>

/** Time of an attribute's last change in epoch milliseconds; undefined if it still has its first value. */
export function changeTimeOf(times: Times, attribute: DatedAttribute): number | undefined {
  return times[members[attribute]]
}

/**
 * The change times after a person changes from `before` to `after`. Times never go back: `after` may have been prepared
 * before another change was saved.
 *
 * @param now epoch milliseconds.
 */
export function changeTimes(before: Times & Dated, after: Times & Dated, now: number): Times {
  const isSame = before.userName === after.userName && isDeepStrictEqual(before.attributes, after.attributes)
  const times: Times = { updatedAt: isSame ? latest(before.updatedAt, after.updatedAt) : now }
  for (const name of datedAttributes) {
    const known = latest(changeTimeOf(before, name), changeTimeOf(after, name))
    times[members[name]] = isChanged(name, before.attributes, after.attributes) ? now : known
  }
  return times
}

type Dated = Pick<Identity, 'userName' | 'attributes'>

function latest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other)
}

/** Compares an attribute's values, ignoring case in email addresses and punctuation in telephone numbers. */
export function isChanged(name: DatedAttribute, before: JsonObject, after: JsonObject): boolean {
  // Most changes keep the value itself.
  if (before[name] === after[name]) return false
  return comparable(name, before[name]) !== comparable(name, after[name])
}

function comparable(name: DatedAttribute, value: Json | undefined): string {
  const values = [value ?? []].flat().filter((each) => each !== '')
  const texts = values.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
  if (name === 'manager') return JSON.stringify(texts)
  const folded = texts.map((text) =>
    name === 'mail' ? text.trim().toLowerCase() : text.replace(/[\s().\-/]/g, ''),
  )
  return JSON.stringify(folded)
}

/**
 * Whether a link may be sent to an address. A recently changed address can belong to an attacker.
 * @param changedAt time of the last change, if known; epoch milliseconds.
 */
export function isSettled(changedAt: number | undefined, quietHours: number, now: number): boolean {
  return changedAt === undefined || now - changedAt >= quietHours * 3_600_000
}
