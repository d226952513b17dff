import type { Plan, PlanItem } from '../../../api/journey-exchange.ts'

/** An item of the plan. Journeys include their nodes. */
export type PlanRow = {
  kind: string
  id: string
  name: string
  status: PlanItem['status']
  /** Only for journeys: number of nodes, and names of the nodes that differ. */
  nodes?: { count: number; differing: string[] }
  /** What changes, in words. */
  changes?: readonly string[] | undefined
}

/** Unchanged items come last. */
const order: readonly PlanItem['status'][] = ['changed', 'new', 'kept', 'identical']

/** Kept settings change nothing, and come after the changes. */
function rank({ kind, status }: Pick<PlanRow, 'kind' | 'status'>): number {
  return 2 * order.indexOf(status) + (kind === 'keptDocument' && status !== 'identical' ? 3 : 0)
}

/** Merges nodes into the row of their journey. A journey counts as changed if one of its nodes differs. */
export function planRows({ items }: Pick<Plan, 'items'> & Partial<Plan>): PlanRow[] {
  const nodes = Map.groupBy(
    items.filter(({ kind }) => kind === 'node'),
    ({ journey = '' }) => journey,
  )
  const rows = items
    .filter(({ kind }) => kind !== 'node')
    .map((item) => (item.kind === 'journey' ? journeyRow(item, nodes.get(item.id) ?? []) : item))
  return rows.toSorted((one, other) => rank(one) - rank(other))
}

function journeyRow({ kind, id, name, status, changes }: PlanItem, nodes: readonly PlanItem[]): PlanRow {
  const differing = nodes.filter((node) => node.status !== 'identical')
  const isWritten = differing.some((node) => node.status === 'new' || node.status === 'changed')
  return {
    kind,
    id,
    name,
    status: status === 'identical' && differing.length > 0 ? (isWritten ? 'changed' : 'kept') : status,
    nodes: { count: nodes.length, differing: differing.map((node) => node.name) },
    ...(changes !== undefined && { changes }),
  }
}

/** Number of items that the import writes. */
export function writtenIn(rows: readonly PlanRow[]): number {
  return rows.filter(({ status }) => status === 'new' || status === 'changed').length
}
