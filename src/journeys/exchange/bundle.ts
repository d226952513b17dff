import { z } from 'zod'
import { jsonObjectSchema } from '../../base/json.ts'
import { customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { scriptSchema } from '../../scripts/script.ts'
import { journeyDocumentSchema, nodeDocumentSchema } from '../journey-document.ts'
import { findingSchema } from './finding.ts'
import { isSafeName, safeName } from './read-result.ts'

/**
 * Kinds of documents that are stored unchanged, and their sections in the vendor's exports. `variable` is an environment
 * secret or variable without its value.
 */
export const documentSections = {
  emailTemplate: 'emailTemplates',
  theme: 'themes',
  socialIdentityProvider: 'socialIdentityProviders',
  saml2Entity: 'saml2Entities',
  circleOfTrust: 'circlesOfTrust',
  variable: 'variable',
  keptDocument: 'kept',
} as const

export type DocumentKind = keyof typeof documentSections

/** The kinds of documents, in the order of {@link documentSections}. */
export const documentKinds = z.enum([
  'emailTemplate',
  'theme',
  'socialIdentityProvider',
  'saml2Entity',
  'circleOfTrust',
  'variable',
  'keptDocument',
])

/** Names and ids become parts of addresses and file names. Storage may have older, invalid ones. */
const nameSchema = z.string().refine(isSafeName, `must be ${safeName}`)

const documentSchema = z.object({ kind: documentKinds, id: nameSchema, document: jsonObjectSchema })

/** The common form of all exports. */
export const bundleSchema = z.object({
  journeys: z.array(
    journeyDocumentSchema
      // rule S22: otherwise a bundle stores a journey that is named like a path
      .extend({ _id: nameSchema }),
  ),
  nodes: z.array(nodeDocumentSchema.extend({ id: nameSchema })),
  scripts: z.array(scriptSchema),
  customNodeTypes: z.array(customNodeTypeSchema),
  documents: z.array(documentSchema),
  /** Findings from reading the files. */
  findings: z.array(findingSchema),
  /** The realms in the files, if there are several. One of them was read. */
  realms: z.array(z.string()).optional(),
})

export type Bundle = z.infer<typeof bundleSchema>
export type BundleDocument = z.infer<typeof documentSchema>

export function emptyBundle(): Bundle {
  return { journeys: [], nodes: [], scripts: [], customNodeTypes: [], documents: [], findings: [] }
}
