import type { Json, JsonObject } from '../../src/base/json.ts'
import { listedMembers, type Member, type Members } from '../../src/base/members.ts'

/** A member with a value that changes what the server does, in documents without and with it. */
export type MemberRow = { path: string; member: Member; value: Json; before: JsonObject; after: JsonObject }

/** Values that have an effect, with other members that it needs, by path. */
export type Examples = Readonly<Record<string, [value: Json, beside?: Record<string, Json>]>>

/** All members of a table. @param usual what each document has, by path */
export function memberRows(
  members: Members,
  examples: Examples,
  usual: Readonly<Record<string, Json>>,
): MemberRow[] {
  return listedMembers(members).map(([path, member]) => {
    const [value, beside = {}] = examples[path] ?? [otherThan(member.start)]
    const before = { ...usual, ...beside }
    return {
      path,
      member,
      value,
      before: documentOf(before),
      after: documentOf({ ...before, [path]: value }),
    }
  })
}

/** Paths of the rows that are done: each must have an example. */
export function pathsDone(rows: readonly MemberRow[]): string[] {
  return rows.flatMap(({ path, member }) => (member.state === 'done' ? [path] : [])).toSorted()
}

/** A document with members by path. */
export function documentOf(members: Readonly<Record<string, Json>>): JsonObject {
  const document: JsonObject = {}
  for (const [path, value] of Object.entries(members)) put(document, path.split('.'), value)
  return document
}

function put(document: JsonObject, [name = '', ...rest]: string[], value: Json): void {
  if (rest.length === 0) {
    document[name] = value
    return
  }
  const inner = { ...(document[name] as JsonObject | undefined) }
  document[name] = inner
  put(inner, rest, value)
}

function otherThan(start: Json): Json {
  if (typeof start === 'boolean') return !start
  if (typeof start === 'number') return start + 1
  return Array.isArray(start) ? ['other'] : 'other'
}

/** The table of a page. @param under the members below it, whose names it shortens */
export function memberTable(rows: readonly MemberRow[], under: string): string {
  const words = { done: 'done', note: 'kept for administrators', kept: 'no effect', refused: 'refused' }
  const line = ({ path, member: { state, choices, why } }: MemberRow) => {
    const values = choices?.map((choice) => `\`${choice}\``).join(', ')
    const reason = why === 'is not served' ? 'others are refused' : why
    return `| \`${path.slice(under.length)}\` | ${words[state]} | ${[values, reason].filter(Boolean).join('; ')} |`
  }
  const lines = rows.filter(({ path }) => path.startsWith(under)).map(line)
  return ['| member | here | values and reason |', '| --- | --- | --- |', ...lines].join('\n')
}
