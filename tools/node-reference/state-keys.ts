import type { AnyNodeType } from '../../src/engine/node-type.ts'
import { sentence, table } from './markdown.ts'
import { type Derived, derivedFrom } from './variants.ts'

/** The content of state keys, by key. */
export type KeyMeanings = ReadonlyMap<string, string>

const nodeId = '‹node id›'

/** The content of state keys according to all types. The first type that describes a key decides, except in a type's own section. */
export function meaningsOf(types: readonly AnyNodeType[]): KeyMeanings {
  return new Map(types.toReversed().flatMap(({ reference }) => Object.entries(reference?.keys ?? {})))
}

/** State keys that a type reads or writes, but no type describes. */
export function unexplainedKeys(type: AnyNodeType, meanings: KeyMeanings): string[] {
  return [...readKeys(type), ...writtenKeys(type)]
    .filter((key) => meaningOf(key, type, meanings) === undefined)
    .map(({ text }) => text)
}

/** A table of the state keys that a type reads. */
export function inputKeys(type: AnyNodeType, meanings: KeyMeanings): string[] {
  const required = derivedFrom(type, (settings) => type.requires?.(settings) ?? [])
  const rows = readKeys(type).map((key) => {
    const need = required.find(({ text }) => text === key.text)
    const condition = need ? ['required', need.condition ?? ''].join(' ').trimEnd() : key.condition
    return [shown(key), described(meaningOf(key, type, meanings), condition)]
  })
  return table(['State key', 'Content'], rows)
}

/** A table of the state keys that a type writes, and its internal ones. */
export function outputKeys(type: AnyNodeType, meanings: KeyMeanings): string[] {
  const rows = writtenKeys(type).map((key) => [
    shown(key),
    described(meaningOf(key, type, meanings), key.condition),
  ])
  const own = allRead(type).filter(isOwn).map(shown)
  const kept =
    own.length === 0 ? [] : [...(rows.length === 0 ? [] : ['']), `Internal keys: ${own.join(', ')}.`]
  return [...table(['State key', 'Content'], rows), ...kept]
}

function readKeys(type: AnyNodeType): Derived[] {
  return allRead(type).filter((key) => !isOwn(key))
}

function allRead(type: AnyNodeType): Derived[] {
  return derivedFrom(type, (settings) => type.reads?.(settings, nodeId) ?? [])
}

function writtenKeys(type: AnyNodeType): Derived[] {
  return derivedFrom(type, (settings) => type.writes?.(settings) ?? [])
}

function isOwn({ text }: Derived): boolean {
  return text.startsWith(nodeId)
}

function shown({ text }: Derived): string {
  return text === '*' ? 'any' : `\`${text}\``
}

function described(meaning = '', condition = ''): string {
  return [meaning, condition && sentence(condition)].join(' ').trim()
}

function meaningOf({ text, namedBy }: Derived, type: AnyNodeType, meanings: KeyMeanings): string | undefined {
  if (text === '*') return 'Any existing key.'
  if (namedBy === undefined) return type.reference?.keys?.[text] ?? meanings.get(text)
  const { title, preset } = namedBy
  const usual = Array.isArray(preset) ? preset : [preset]
  const names = usual.filter((each) => typeof each === 'string' && each !== '').map((each) => `\`${each}\``)
  return sentence(`named by **${title}**${names.length === 0 ? '' : `, by default ${names.join(', ')}`}`)
}
