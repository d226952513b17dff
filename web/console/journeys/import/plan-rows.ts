import type { Plan, PlanItem } from '../../../api/journey-exchange.ts'

/** A thing of a plan as people see it: a journey with its nodes, or what came along with it. */
export type PlanRow = {
  kind: string
  id: string
  name: string
  status: PlanItem['status']
  /** How many nodes a journey has, and the names of those that differ. */
  nodes?: { count: number; differing: string[] }
}

/** What stays as it is comes last. */
const order: readonly PlanItem['status'][] = ['changed', 'new', 'kept', 'identical']

/** Nodes are told with their journey. One whose nodes differ is another, even when nothing else of it is. */
export function planRows({ items }: Plan): PlanRow[] {
  const nodes = Map.groupBy(
    items.filter(({ kind }) => kind === 'node'),
    ({ journey = '' }) => journey,
  )
  const rows = items
    .filter(({ kind }) => kind !== 'node')
    .map((item) => (item.kind === 'journey' ? journeyRow(item, nodes.get(item.id) ?? []) : item))
  return rows.toSorted((one, other) => order.indexOf(one.status) - order.indexOf(other.status))
}

function journeyRow({ kind, id, name, status }: PlanItem, nodes: readonly PlanItem[]): PlanRow {
  const differing = nodes.filter((node) => node.status !== 'identical')
  const isWritten = differing.some((node) => node.status === 'new' || node.status === 'changed')
  return {
    kind,
    id,
    name,
    status: status === 'identical' && differing.length > 0 ? (isWritten ? 'changed' : 'kept') : status,
    nodes: { count: nodes.length, differing: differing.map((node) => node.name) },
  }
}

/** How many things an import writes. */
export function writtenIn(rows: readonly PlanRow[]): number {
  return rows.filter(({ status }) => status === 'new' || status === 'changed').length
}
