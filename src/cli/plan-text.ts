import { kindName } from '../journeys/compare/kind-names.ts'
import { type Finding, sentence } from '../journeys/exchange/finding.ts'
import type { Plan } from '../journeys/exchange/plan.ts'
import type { PlanItem } from '../journeys/exchange/plan-items.ts'

const statuses = ['new', 'changed', 'identical', 'kept', 'left'] as const

/** Plans with more items, such as those of a whole tenant, are grouped by kind. */
const longPlan = 40

/**
 * A plan as text, one line per item and change. Nodes are only counted: their changes are listed with their journey. A long plan
 * begins with its problems, and counts the items of each kind that are new or identical.
 */
export function planText({ items, findings }: Plan, realm: string): string {
  const listed = items.filter(({ kind }) => kind !== 'node')
  const nodes = items.filter(({ kind }) => kind === 'node')
  const title = items.length === 0 ? `Nothing to import into realm ${realm}.` : `Into realm ${realm}:`
  const ofNodes = nodes.length === 0 ? [] : [`  nodes: ${counts(nodes)}`]
  if (listed.length <= longPlan) {
    return [title, ...listed.flatMap(itemLines), ...ofNodes, ...findingLines(findings)].join('\n')
  }
  const problems = findings.filter(({ kind }) => kind !== 'note')
  const notes = findings.filter(({ kind }) => kind === 'note')
  const groups = [...Map.groupBy(listed, ({ kind }) => kind)].flatMap(([kind, group]) => [
    `  ${kindName(kind)}: ${counts(group)}`,
    ...group
      .filter(({ status, changes = [] }) => isDifferent(status) || changes.length > 0)
      .flatMap(itemLines),
  ])
  return [...findingLines(problems), title, ...groups, ...ofNodes, ...findingLines(notes)].join('\n')
}

function isDifferent(status: PlanItem['status']): boolean {
  return status === 'changed' || status === 'kept'
}

function itemLines({ kind, name, status, changes = [] }: PlanItem): string[] {
  return [
    `  ${(status === 'identical' && changes.length > 0 ? 'changed' : status).padEnd(9)}  ${kindName(kind)} '${name}'`,
    ...changes.map((change) => `               ${change}`),
  ]
}

function counts(items: readonly PlanItem[]): string {
  return statuses
    .map((status) => ({ status, count: items.filter((item) => item.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(', ')
}

/** Findings, starting with those that prevent an import. */
export function findingLines(findings: readonly Finding[]): string[] {
  const kinds: Finding['kind'][] = ['conflict', 'missing', 'unsupported', 'unreadable', 'note']
  return kinds.flatMap((kind) =>
    findings.filter((one) => one.kind === kind).map((one) => `  ${kind.padEnd(11)}  ${sentence(one)}`),
  )
}
