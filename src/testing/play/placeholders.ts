import { OperationError } from '../../base/errors.ts'
import { suggestion } from '../../base/suggestion.ts'
import { totp } from '../totp.ts'

/** Values that `${…}` can name. */
export type Known = {
  kept: Readonly<Record<string, string>>
  people: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What parties who opened a transaction know: its `link` and codes. */
  parties?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Epoch milliseconds, for `${totp:kept}`. */
  now?: () => number
  /** Environment of the command, for `${secret:NAME}`. */
  secrets: Readonly<Record<string, string | undefined>>
}

/**
 * Replaces `${kept}`, `${person.attribute}`, `${party.code}`, `${totp:kept}` and `${secret:NAME}` in all texts of a value.
 * @throws OperationError for an unknown name.
 */
export function filled<Value>(value: Value, known: Known): Value {
  // Only texts change, and they stay texts.
  return filledIn(value, known) as Value
}

function filledIn(value: unknown, known: Known): unknown {
  if (typeof value === 'string') return filledText(value, known)
  if (Array.isArray(value)) return value.map((one) => filledIn(one, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filledIn(one, known)]))
}

function filledText(text: string, known: Known): string {
  return text.replaceAll(/\$\{([^{}]+)\}/g, (_all, name: string) => {
    const value = valueIn(name.trim(), known)
    if (value !== undefined) return value
    const people = Object.keys(known.people).map((person) => `${person}.password`)
    const parties = Object.entries(known.parties ?? {}).flatMap(([party, values]) =>
      Object.keys(values).map((value) => `${party}.${value}`),
    )
    const names = [...Object.keys(known.kept), ...people, ...parties]
    const variable = /^secret:(.*)$/.exec(name.trim())?.[1]
    if (variable !== undefined)
      throw new OperationError(`\${${name}} is unknown: set the environment variable ${variable}`)
    throw new OperationError(`\${${name}} is unknown: no earlier step keeps it${suggestion(name, names)}`)
  })
}

function valueIn(name: string, known: Known): string | undefined {
  const { kept, people, parties = {}, secrets, now } = known
  if (name.startsWith('secret:')) return secrets[name.slice('secret:'.length)]
  if (name.startsWith('totp:')) {
    const key = valueIn(name.slice('totp:'.length), known)
    return key === undefined || now === undefined ? undefined : totp(key, now())
  }
  if (Object.hasOwn(kept, name)) return kept[name]
  const [owner = '', attribute = ''] = name.split('.')
  const values = [people, parties].find(
    (each) => Object.hasOwn(each, owner) && Object.hasOwn(each[owner] ?? {}, attribute),
  )
  return values?.[owner]?.[attribute]
}
