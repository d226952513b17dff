import type { Json, JsonObject } from '../../base/json.ts'
import { textsOf } from '../../walks/page.ts'
import type { Shown } from '../../walks/shown.ts'
import type { Asked, Told, Walk } from '../walk-file.ts'
import { contains } from '../world/mocked-http.ts'
import { matchesText, regexOf } from './expected.ts'
import { Mismatch } from './mismatch.ts'
import { pageText } from './page.ts'
import { isVisit, type Visit, visitText } from './visits.ts'

/** What a client shows, as a line of text. */
export function shownText(shown: Shown | undefined): string {
  if (shown === undefined) return 'nothing: the journey has not started'
  if (shown.kind === 'page') return `a page: ${pageText(shown.page)}`
  if (shown.kind === 'failure') return `failure "${shown.message}"`
  return shown.successUrl === undefined ? 'success' : `success, to ${shown.successUrl}`
}

/** @throws Mismatch without a page, if a text is not on it, or if one is that it must not have. */
export function checkAsks(expected: Asked, shown: Shown | undefined): void {
  const isText = typeof expected === 'string'
  const text = isText ? expected : expected.not
  const isFound = shown?.kind === 'page' && textsOf(shown.page).some((each) => matchesText(text, each))
  if (shown?.kind !== 'page' || isFound !== isText)
    throw new Mismatch('asks', `${isText ? '' : 'a page without '}"${text}"`, shownText(shown))
}

/** @throws Mismatch if the journey has not ended like that. */
export function checkEnds(expected: NonNullable<Walk['ends']>, shown: Shown | undefined): void {
  if (!isEnd(expected, shown)) throw new Mismatch('ends', endText(expected), shownText(shown))
}

function isEnd(expected: NonNullable<Walk['ends']>, shown: Shown | undefined): boolean {
  if (typeof expected === 'string') return shown?.kind === expected
  if ('failure' in expected) {
    return (
      shown?.kind === 'failure' && (expected.failure === true || matchesText(expected.failure, shown.message))
    )
  }
  if (shown?.kind !== 'success') return false
  const { successUrl, realm } = expected.success === true ? {} : expected.success
  return (
    (successUrl === undefined || matchesText(successUrl, shown.successUrl ?? '')) &&
    (realm === undefined || matchesText(realm, shown.realm ?? ''))
  )
}

function endText(expected: NonNullable<Walk['ends']>): string {
  if (typeof expected === 'string') return expected
  if ('failure' in expected) return expected.failure === true ? 'failure' : `failure "${expected.failure}"`
  const { successUrl, realm } = expected.success === true ? {} : expected.success
  const where = [
    successUrl === undefined ? '' : `, to ${successUrl}`,
    realm === undefined ? '' : `, in ${realm}`,
  ]
  return `success${where.join('')}`
}

/**
 * Finds values in texts.
 * @param keep regular expressions by name. The first group counts, or else the whole match.
 * @throws Mismatch if no text matches.
 */
export function keepFrom(
  keep: Readonly<Record<string, string>>,
  texts: readonly string[],
): Record<string, string> {
  const found = Object.entries(keep).map(([name, pattern]) => {
    const regex = regexOf(pattern)
    const match = texts.map((text) => regex?.exec(text)).find((each) => each != null)
    if (match == null) throw new Mismatch('keep', `a text that matches ${pattern}`, 'none')
    return [name, match[1] ?? match[0]] as const
  })
  return Object.fromEntries(found)
}

/** @throws Mismatch if a node was left another number of times. */
export function checkVisits(expected: Readonly<Record<string, number>>, visits: readonly Visit[]): void {
  for (const [text, times] of Object.entries(expected)) {
    const count = visits.filter((visit) => isVisit(text, visit)).length
    if (count !== times) {
      throw new Mismatch(
        'visits',
        `${text} ${timesText(times)}`,
        `${timesText(count)}: ${visits.map(visitText).join(', ')}`,
      )
    }
  }
}

function timesText(times: number): string {
  return times === 1 ? 'once' : `${times} times`
}

/** Compares the live feed of a transaction with the expected events, all of them and in order. @throws Mismatch. */
export function checkTold(expected: readonly Told[], told: readonly JsonObject[]): void {
  const isSame =
    expected.length === told.length && expected.every((each, place) => isEvent(each, told[place]))
  if (!isSame)
    throw new Mismatch('told', expected.map(toldText).join(', '), told.map(eventText).join(', ') || 'nothing')
}

function isEvent(expected: Told, event: JsonObject | undefined): boolean {
  if (typeof expected === 'string') return event?.kind === expected
  return event?.kind === 'notification' && contains(event.data, expected.notification)
}

function toldText(expected: Told): string {
  return typeof expected === 'string' ? expected : `notification ${JSON.stringify(expected.notification)}`
}

function eventText({ kind, data }: JsonObject): string {
  return kind === 'notification' ? `notification ${JSON.stringify(data)}` : String(kind)
}

type Changed = { name: string; before: JsonObject | undefined; after: JsonObject | undefined }

/** @returns a mismatch for each change of a person that differs from the declared ones. */
export function peopleMismatches(
  expected: NonNullable<Walk['people']>,
  changed: readonly Changed[],
): Mismatch[] {
  const undone = Object.keys(expected).filter((name) => !changed.some((one) => one.name === name))
  return [
    ...undone.map((name) => new Mismatch('people', `a change of ${name}`, 'none')),
    ...changed.flatMap((one) => personMismatches(expected[one.name], one)),
  ]
}

function personMismatches(
  expected: NonNullable<Walk['people']>[string] | undefined,
  { name, before, after }: Changed,
) {
  if (after === undefined) {
    return expected === 'deleted'
      ? []
      : [new Mismatch('people', `no deletion of ${name}`, 'it was deleted', [`people: { ${name}: deleted }`])]
  }
  const attributes = Object.keys({ ...before, ...after }).filter(
    (attribute) => JSON.stringify(before?.[attribute]) !== JSON.stringify(after[attribute]),
  )
  const yaml = `people: { ${name}: { ${attributes.map((one) => `${one}: ${changeText(one, after[one])}`).join(', ')} } }`
  if (expected === undefined || expected === 'deleted') {
    const what = before === undefined ? 'a new person' : `changes of ${attributes.join(', ')}`
    return [new Mismatch('people', `no change of ${name}`, what, [yaml])]
  }
  const isNew = before === undefined
  const undeclared = isNew ? [] : attributes.filter((attribute) => !Object.hasOwn(expected, attribute))
  return [
    ...undeclared.map(
      (one) => new Mismatch('people', `no change of ${name}'s ${one}`, changeText(one, after[one]), [yaml]),
    ),
    ...Object.entries(expected)
      .filter(([attribute, value]) => !isChange(attribute, value, before?.[attribute], after[attribute]))
      .map(
        ([one, value]) =>
          new Mismatch('people', `${name}'s ${one} ${JSON.stringify(value)}`, changeText(one, after[one])),
      ),
  ]
}

function isChange(
  attribute: string,
  expected: Json,
  before: Json | undefined,
  after: Json | undefined,
): boolean {
  if (attribute === 'password' || expected === 'changed')
    return JSON.stringify(before) !== JSON.stringify(after)
  const [, sum] = /^([+-]\d+)$/.exec(String(expected)) ?? []
  if (sum !== undefined && typeof expected === 'string')
    return Number(after) - Number(before ?? 0) === Number(sum)
  return expected === null ? after === undefined : contains(after, expected)
}

/** Password hashes and sealed devices are never shown. */
function changeText(attribute: string, value: Json | undefined): string {
  if (value === undefined) return 'null'
  return attribute === 'password' || /profiles?$|kba/i.test(attribute) ? 'changed' : JSON.stringify(value)
}
