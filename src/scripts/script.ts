import { z } from 'zod'

/** A script of a realm. `source` is plain text. Source: "Scripts" in the vendor's REST reference. */
export const scriptSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string().default(''),
  source: z.string(),
  language: z.enum(['JAVASCRIPT', 'GROOVY']).default('JAVASCRIPT'),
  context: z.string(),
  isDefault: z.boolean().default(false),
  /** `1.0`: legacy engine. `2.0`: next generation. */
  evaluatorVersion: z.string().default('1.0'),
  createdBy: z.string().default('null'),
  /** Epoch milliseconds. */
  createdAt: z.number().default(0),
  lastModifiedBy: z.string().default('null'),
  lastModifiedAt: z.number().default(0),
})

export type Script = z.infer<typeof scriptSchema>
