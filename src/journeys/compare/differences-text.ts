import type { Comparison, Difference } from './difference.ts'
import { kindName } from './kind-names.ts'
import { quoted } from './shown.ts'

/** A comparison as text for a terminal, one line per difference. */
export function differencesText(
  { differences, unknown }: Comparison,
  { withLines = false }: { withLines?: boolean } = {},
): string {
  const blocks = grouped(differences).map((group) => blockOf(group, withLines))
  const notes = unknown.length === 0 ? [] : [unknownText(unknown.length)]
  return [...(blocks.length === 0 ? ['No differences.'] : blocks), ...notes].join('\n')
}

function grouped(differences: readonly Difference[]): [Difference, ...Difference[]][] {
  const groups: [Difference, ...Difference[]][] = []
  for (const difference of differences) {
    const last = groups.at(-1)
    if (last !== undefined && isSameItem(last[0], difference)) last.push(difference)
    else groups.push([difference])
  }
  return groups
}

function isSameItem({ item: one }: Difference, { item: other }: Difference): boolean {
  return one.kind === other.kind && one.id === other.id
}

function blockOf(group: readonly [Difference, ...Difference[]], withLines: boolean): string {
  const [{ item, kind, node }] = group
  const head = `${kindName(item.kind)} ${quoted(item.name)}`
  const isShort =
    group.length === 1 && node === undefined && (kind === 'added' || kind === 'removed' || kind === 'source')
  const lines = group.flatMap(({ words, ...rest }) => [
    isShort ? `${head} ${words}` : `  ${words}`,
    ...(withLines ? hunksOf(rest.lines) : []),
  ])
  return (isShort ? lines : [head, ...lines]).join('\n')
}

function hunksOf(lines: Difference['lines']): string[] {
  const hunks = lines?.hunks ?? []
  return hunks.flatMap(({ before, after, lines }) => [
    `    @@ -${before} +${after} @@`,
    ...lines.map((line) => `    ${line}`),
  ])
}

function unknownText(count: number): string {
  return count === 1
    ? '1 secret was not compared, because only one side contains it.'
    : `${count} secrets were not compared, because only one side contains them.`
}
