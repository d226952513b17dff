import type { Json, JsonObject } from '../engine/json.ts'
import type { Identity } from './identity.ts'

/** Attributes through which a person is reached or vouched for; changes of these are dated. */
export const datedAttributes = ['mail', 'telephoneNumber', 'manager'] as const

export type DatedAttribute = (typeof datedAttributes)[number]

type Times = Partial<Pick<Identity, 'mailChangedAt' | 'telephoneNumberChangedAt' | 'managerChangedAt'>>

const members = {
  mail: 'mailChangedAt',
  telephoneNumber: 'telephoneNumberChangedAt',
  manager: 'managerChangedAt',
} as const satisfies Record<DatedAttribute, keyof Times>

/** When a dated attribute was last changed; undefined for the first value of a new person. Epoch milliseconds. */
export function changeTimeOf(times: Times, attribute: DatedAttribute): number | undefined {
  return times[members[attribute]]
}

/**
 * The change times of a person whose attributes change from `before` to `after`. Times never go back: `after` may have
 * been prepared before another change was saved.
 *
 * @param now epoch milliseconds.
 */
export function changeTimes(
  before: Times & Pick<Identity, 'attributes'>,
  after: Times & Pick<Identity, 'attributes'>,
  now: number,
): Times {
  const times: Times = {}
  for (const name of datedAttributes) {
    const [earlier, later] = [changeTimeOf(before, name), changeTimeOf(after, name)]
    const known = earlier === undefined || later === undefined ? (earlier ?? later) : Math.max(earlier, later)
    times[members[name]] = isChanged(name, before.attributes, after.attributes) ? now : known
  }
  return times
}

/** Whether an attribute has another value. Case in addresses and punctuation in numbers make no difference. */
export function isChanged(name: DatedAttribute, before: JsonObject, after: JsonObject): boolean {
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
