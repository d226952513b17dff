import { z } from 'zod'
import { defined } from '../../base/defined.ts'

/**
 * A finding about an import or export. `message` is one sentence.
 *
 * Only a `conflict` prevents an import: the files contradict each other or the realm. `missing`: a needed thing does
 * not exist. `unsupported`: it can't run on this server. `unreadable`: it was left out. `note`: for information.
 */
export const findingSchema = z.object({
  kind: z.enum(['conflict', 'missing', 'unsupported', 'unreadable', 'note']),
  message: z.string(),
  /** The kind and id of the thing in the files. */
  about: z.object({ kind: z.string(), id: z.string() }).exactOptional(),
  /** The file, and the line in it, counted from 1. */
  place: z.object({ file: z.string(), line: z.int().exactOptional() }).exactOptional(),
})

export type Finding = z.infer<typeof findingSchema>

export function finding(
  kind: Finding['kind'],
  message: string,
  about?: Finding['about'],
  place?: Finding['place'],
): Finding {
  return { kind, message, ...defined({ about, place }) }
}

/** The message with its place. */
export function sentence({ message, place }: Finding): string {
  if (place === undefined) return message
  return `${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${message}`
}
