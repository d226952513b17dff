import { z } from 'zod'
import type { ServerVersion } from './server-version.ts'
import type { Verdict } from './verdicts.ts'

const counts = { agrees: z.int().min(0), differs: z.int().min(0) }
const unobserved = z.record(z.string(), z.int().min(1))

/** `agreement.json`: no texts of walks, and no addresses unless they were asked for. */
export const agreementSchema = z.strictObject({
  /** Version of this format. */
  version: z.literal(1),
  sidegate: z.string(),
  server: z.strictObject({
    product: z.enum(['Sidegate', 'AM', 'unknown']),
    version: z.string(),
    origin: z.string().exactOptional(),
  }),
  /** `inside`: compared with the same walks inside this Sidegate. `walks`: with what the walks declare. */
  comparedWith: z.enum(['inside', 'walks']),
  walks: z.strictObject({ played: z.int().min(0), broken: z.int().min(0), unplayed: unobserved }),
  /** For each type of node and depth. Unobserved and unobservable by reason. `nodeType` is null if it is unknown. */
  nodeTypes: z.array(
    z.strictObject({
      nodeType: z.string().nullable(),
      depth: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
      ...counts,
      unobserved,
      /** What no server shows. */
      unobservable: unobserved,
    }),
  ),
})

export type Agreement = z.infer<typeof agreementSchema>

type Compared = { verdicts: readonly Verdict[]; unplayed: string | undefined; isBroken: boolean }

/** Counts the verdicts of all walks. @param origin is shown. */
export function agreementOf(
  walks: readonly Compared[],
  about: {
    sidegate: string
    server: ServerVersion
    comparedWith: Agreement['comparedWith']
    origin?: string | undefined
  },
): Agreement {
  const rows = new Map<string, Agreement['nodeTypes'][number]>()
  for (const verdict of walks.flatMap(({ verdicts }) => verdicts)) {
    const nodeType = verdict.node?.type ?? null
    const key = JSON.stringify([nodeType ?? '', verdict.depth])
    const row = rows.get(key) ?? newRow(nodeType, verdict.depth)
    rows.set(key, row)
    if ('reason' in verdict) count(row[verdict.status], verdict.reason)
    else row[verdict.status]++
  }
  const unplayed: Record<string, number> = {}
  for (const { unplayed: reason } of walks) if (reason !== undefined) count(unplayed, reason)
  const { sidegate, server, comparedWith, origin } = about
  return {
    version: 1,
    sidegate,
    server: { ...server, ...(origin === undefined ? {} : { origin }) },
    comparedWith,
    walks: {
      played: walks.filter((walk) => walk.unplayed === undefined && !walk.isBroken).length,
      broken: walks.filter((walk) => walk.isBroken).length,
      unplayed,
    },
    nodeTypes: [...rows.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row),
  }
}

function newRow(nodeType: string | null, depth: Verdict['depth']): Agreement['nodeTypes'][number] {
  return { nodeType, depth, agrees: 0, differs: 0, unobserved: {}, unobservable: {} }
}

function count(reasons: Record<string, number>, reason: string): void {
  reasons[reason] = (reasons[reason] ?? 0) + 1
}
