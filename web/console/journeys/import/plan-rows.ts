import type { ImportOptions, Plan, PlanItem } from '../../../api/journey-exchange.ts'

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
  /** Those that protect the realm less. */
  weakens?: readonly string[] | undefined
}

/** Choices of single items don't change the order. Unchanged items come last. */
const ranks: Readonly<Record<PlanItem['status'], number>> = {
  changed: 0,
  kept: 0,
  new: 2,
  left: 2,
  identical: 6,
}

/** Kept settings change nothing, and come after the changes. */
function rank({ kind, status }: Pick<PlanRow, 'kind' | 'status'>): number {
  return ranks[status] + (kind === 'keptDocument' && status !== 'identical' ? 3 : 0)
}

/** The rows with the choices of the person, before the server has planned them. */
export function chosenRows(
  rows: readonly PlanRow[],
  { existing, choices }: Pick<ImportOptions, 'existing' | 'choices'>,
): PlanRow[] {
  const byKey = new Map(choices.map(({ kind, id, take }) => [`${kind} ${id}`, take]))
  return rows.map((row) => {
    if (row.status === 'identical') return row
    const isNew = row.status === 'new' || row.status === 'left'
    const isTaken = byKey.get(`${row.kind} ${row.id}`) ?? (isNew || existing === 'replace')
    return { ...row, status: isNew ? (isTaken ? 'new' : 'left') : isTaken ? 'changed' : 'kept' }
  })
}

export function isWritten({ status }: PlanRow): boolean {
  return status === 'new' || status === 'changed'
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
  return rows.filter(isWritten).length
}
