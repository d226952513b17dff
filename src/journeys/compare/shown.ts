import { isJsonObject, type Json } from '../../base/json.ts'

/** Longer texts are shortened. */
const maxLength = 60
/** Characters before the first difference of two long texts. */
const lead = 15

/** Names by id: a value that is the id of a script or theme is shown by its name. */
export type Names = ReadonlyMap<string, string>

/** A name in quotation marks. */
export function quoted(name: string): string {
  return `'${shortened(harmless(name))}'`
}

/** A value on one line. */
export function shown(value: Json | undefined, names: Names): string {
  if (value === undefined || value === null) return 'not set'
  if (typeof value === 'string') return textOf(value, names)
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return shortened(harmless(JSON.stringify(value)))
}

/** Both values on one line. Long texts are cut such that their first difference is visible. */
export function shownChange(before: Json | undefined, after: Json | undefined, names: Names): string {
  const [old, now] =
    typeof before === 'string' && typeof after === 'string' ? nearDifference(before, after) : [before, after]
  return `${shown(old, names)} → ${shown(now, names)}`
}

function textOf(text: string, names: Names): string {
  const name = names.get(text)
  return name === undefined ? `"${shortened(harmless(text))}"` : quoted(name)
}

function nearDifference(before: string, after: string): [string, string] {
  if (before.length <= maxLength && after.length <= maxLength) return [before, after]
  let same = 0
  while (same < before.length && before[same] === after[same]) same++
  const from = same - lead
  return from <= 0 ? [before, after] : [`…${before.slice(from)}`, `…${after.slice(from)}`]
}

function shortened(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`
}

/** Without characters that control a terminal or the direction of the text. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, ' ')
}

/** Whether a value is a list of texts or numbers. */
export function isPlainList(value: Json | undefined): value is (string | number | boolean)[] {
  return (
    Array.isArray(value) && value.every((one) => one !== null && !Array.isArray(one) && !isJsonObject(one))
  )
}
