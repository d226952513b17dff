import { z } from 'zod'

/** Choices for single items. Nodes go with their journey. */
export const choicesSchema = z
  .array(z.object({ kind: z.string(), id: z.string(), take: z.boolean() }))
  .transform((all) => new Map(all.map(({ kind, id, take }) => [keyOf({ kind, id }), take])))

/** The effect of an import on one thing. `kept`: the realm's version stays, although the files differ. `left`: it is left out. */
export const planStatusSchema = z.enum(['new', 'changed', 'identical', 'kept', 'left'])

type PlanStatus = z.infer<typeof planStatusSchema>

export type Choices = {
  /** How to treat things whose id exists in the realm. */
  existing: 'replace' | 'skip'
  /** Whether to import single items, by {@link keyOf}; the others follow `existing`. Plans then list the differences of kept items. */
  choices?: ReadonlyMap<string, boolean>
}

export function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind}\n${id}`
}

/** Whether an import writes a thing that differs from the realm's. */
export function takes(
  { existing, choices }: Choices,
  item: { kind: string; id: string },
  isThere: boolean,
): boolean {
  return choices?.get(keyOf(item)) ?? (!isThere || existing === 'replace')
}

/** The status of a thing that the realm doesn't have in the same form. */
export function statusOf(choices: Choices, item: { kind: string; id: string }, isThere: boolean): PlanStatus {
  if (takes(choices, item, isThere)) return isThere ? 'changed' : 'new'
  return isThere ? 'kept' : 'left'
}

/** Whether the plan lists how an item differs. */
export function listsChanges({ choices }: Choices, status: PlanStatus): boolean {
  return status === 'changed' || (status === 'kept' && choices !== undefined)
}
