import { kindName } from '../journeys/compare/kind-names.ts'
import { type Finding, sentence } from '../journeys/exchange/finding.ts'
import type { Plan } from '../journeys/exchange/plan.ts'

const statuses = ['new', 'changed', 'identical', 'kept'] as const

/** A plan as text, one line per item and change. Nodes are only counted: their changes are listed with their journey. */
export function planText({ items, findings }: Plan, realm: string): string {
  const lines = items
    .filter(({ kind }) => kind !== 'node')
    .flatMap(({ kind, name, status, changes = [] }) => [
      `  ${(changes.length > 0 ? 'changed' : status).padEnd(9)}  ${kindName(kind)} '${name}'`,
      ...changes.map((change) => `               ${change}`),
    ])
  const nodes = items.filter(({ kind }) => kind === 'node')
  const counts = statuses
    .map((status) => ({ status, count: nodes.filter((node) => node.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
  return [
    items.length === 0 ? `Nothing to import into realm ${realm}.` : `Into realm ${realm}:`,
    ...lines,
    ...(nodes.length === 0 ? [] : [`  nodes: ${counts.join(', ')}`]),
    ...findingLines(findings),
  ].join('\n')
}

/** Findings, starting with those that prevent an import. */
export function findingLines(findings: readonly Finding[]): string[] {
  const kinds: Finding['kind'][] = ['conflict', 'missing', 'unsupported', 'unreadable', 'note']
  return kinds.flatMap((kind) =>
    findings.filter((one) => one.kind === kind).map((one) => `  ${kind.padEnd(11)}  ${sentence(one)}`),
  )
}
