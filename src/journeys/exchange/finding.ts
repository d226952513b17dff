import { z } from 'zod'

/**
 * One thing worth knowing about an import or an export, as a sentence.
 *
 * `conflict` alone stops an import: the files contradict each other or the realm. `missing` is needed and nowhere,
 * `unsupported` does not run here, `unreadable` was left out, and a `note` is for information.
 */
export const findingSchema = z.object({
  kind: z.enum(['conflict', 'missing', 'unsupported', 'unreadable', 'note']),
  message: z.string(),
})

export type Finding = z.infer<typeof findingSchema>

/** Makes a finding. */
export function finding(kind: Finding['kind'], message: string): Finding {
  return { kind, message }
}
