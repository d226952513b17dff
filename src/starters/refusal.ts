import type { PlanItem } from '../journeys/exchange/plan-items.ts'
import type { Starter } from './catalogue.ts'

export type RefusalContext = {
  realm: string
  /** Whether people with published passwords are harmless on this server. */
  allowsSamplePeople: boolean
  /** What the starter would add. */
  items: readonly PlanItem[]
  mayWrite?: ((kind: string) => boolean) | undefined
}

/** Why a person can't add a starter to a realm; undefined if they can. */
export function refusalOf({ hasPeople = false }: Starter, context: RefusalContext): string | undefined {
  const { realm, allowsSamplePeople, items, mayWrite = () => true } = context
  if (hasPeople && !allowsSamplePeople) {
    return 'Sample people have published passwords: only a server that other machines can’t reach gets them, and none with SIDEGATE_SAMPLES=off'
  }
  if (hasPeople && realm === '/') return 'The root realm gets no people with published passwords'
  const forbidden = items.filter(({ kind, status }) => status === 'new' && !mayWrite(kind))
  if (forbidden.length === 0) return undefined
  const names = forbidden.map(({ name }) => name).join(', ')
  return `Ask an administrator of the server to add it: it needs what all realms share (${names})`
}
