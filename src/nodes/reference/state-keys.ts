import type { AnyNodeType } from '../../engine/node-type.ts'
import { sentence } from './sentence.ts'
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

/** A state key, or `*` for any, and its content in Markdown. */
export type KeyLine = { key: string; content: string }

/** The state keys that a type reads, without its internal ones. */
export function inputKeys(type: AnyNodeType, meanings: KeyMeanings): KeyLine[] {
  const required = derivedFrom(type, (settings) => type.requires?.(settings) ?? [])
  return readKeys(type).map((key) => {
    const need = required.find(({ text }) => text === key.text)
    const condition = need ? ['required', need.condition ?? ''].join(' ').trimEnd() : key.condition
    return { key: key.text, content: described(meaningOf(key, type, meanings), condition) }
  })
}

/** The state keys that a type writes, without its internal ones. */
export function outputKeys(type: AnyNodeType, meanings: KeyMeanings): KeyLine[] {
  return writtenKeys(type).map((key) => ({
    key: key.text,
    content: described(meaningOf(key, type, meanings), key.condition),
  }))
}

/** The keys that only the node itself uses. They contain its id. */
export function internalKeys(type: AnyNodeType): string[] {
  return allRead(type)
    .filter(isOwn)
    .map(({ text }) => text)
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
