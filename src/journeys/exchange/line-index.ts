import { visit } from 'jsonc-parser'
import type { Json } from '../../base/json.ts'

/** The lines of a parsed JSON text, counted from 1. */
export type LineIndex = {
  /** The line on which an object or list starts. */
  of(container: object): number | undefined
  /** The line of a member's name, or of a list's element. */
  ofMember(container: object, key: string | number): number | undefined
}

/** An object or list that encloses the current position. `key` is the member or element there. */
type Level = { container: object | undefined; key: string | number; lines: Map<string | number, number> }

/**
 * Finds the lines of all objects, lists and members.
 * @param value the parsed text; the index knows its objects by identity.
 */
export function lineIndex(text: string, value: Json): LineIndex {
  const starts = new Map<object, number>()
  const members = new Map<object, Map<string | number, number>>()
  const levels: Level[] = []
  const inList = (line: number) => {
    const level = levels.at(-1)
    if (typeof level?.key === 'number') level.lines.set(level.key, line + 1)
  }
  const begin = (firstKey: string | number) => (_offset: number, _length: number, line: number) => {
    inList(line)
    const container = levels.length === 0 ? objectOf(value) : memberOf(levels.at(-1))
    const lines = new Map<string | number, number>()
    levels.push({ container, key: firstKey, lines })
    if (container === undefined) return
    starts.set(container, line + 1)
    members.set(container, lines)
  }
  const next = () => {
    const level = levels.at(-1)
    if (typeof level?.key === 'number') level.key++
  }
  const end = () => {
    levels.pop()
    next()
  }
  visit(text, {
    onObjectBegin: begin(''),
    onObjectProperty(name, _offset, _length, line) {
      const level = levels.at(-1)
      if (level === undefined) return
      level.key = name
      level.lines.set(name, line + 1)
    },
    onObjectEnd: end,
    onArrayBegin: begin(0),
    onArrayEnd: end,
    onLiteralValue(_value, _offset, _length, line) {
      inList(line)
      next()
    },
  })
  return {
    of: (container) => starts.get(container),
    ofMember: (container, key) => members.get(container)?.get(key),
  }
}

/** Undefined in the first of two members of one name, because the parsed value has only the second. */
function memberOf(level: Level | undefined): object | undefined {
  const { container, key = '' } = level ?? {}
  return container === undefined ? undefined : objectOf(Reflect.get(container, key))
}

function objectOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined
}
