import { z } from 'zod'
import { jsonObjectSchema } from '../base/json.ts'

const connectionsSchema = z.record(z.string(), z.string())

/** A journey ("tree") in the vendor's JSON format of REST interface and exports. */
export const journeyDocumentSchema = z.object({
  _id: z.string().min(1),
  description: z.string().optional(),
  entryNodeId: z.string(),
  enabled: z.boolean().default(true),
  identityResource: z.string().optional(),
  innerTreeOnly: z.boolean().default(false),
  mustRun: z.boolean().default(false),
  noSession: z.boolean().default(false),
  transactionalOnly: z.boolean().default(false),
  maximumSessionTime: z.number().optional(),
  maximumIdleTime: z.number().optional(),
  treeTimeout: z.number().optional(),
  nodes: z.record(
    z.string(),
    z.object({
      nodeType: z.string(),
      version: z.string().optional(),
      displayName: z.string().default(''),
      connections: connectionsSchema.default({}),
      x: z.number().default(0),
      y: z.number().default(0),
    }),
  ),
  staticNodes: z.record(z.string(), z.object({ x: z.number(), y: z.number() })).optional(),
  uiConfig: z.record(z.string(), z.string()).default({}),
})

export type JourneyDocument = z.infer<typeof journeyDocumentSchema>

/** The settings of one node, which the vendor's REST interface stores apart from the journey, by type and id. */
export const nodeDocumentSchema = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  version: z.string().default('1.0'),
  config: jsonObjectSchema,
})

export type NodeDocument = z.infer<typeof nodeDocumentSchema>
