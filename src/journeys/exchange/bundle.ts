import { z } from 'zod'
import { jsonObjectSchema } from '../../engine/json.ts'
import { customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import { scriptSchema } from '../../scripts/script.ts'
import { journeyDocumentSchema, nodeDocumentSchema } from '../journey-document.ts'
import { findingSchema } from './finding.ts'
import { isSafeName, safeName } from './read-result.ts'

/**
 * What is kept as it came, by kind, and the section of the vendor's exports that holds it. `variable` is an
 * environment secret or variable without its value.
 */
export const documentSections = {
  emailTemplate: 'emailTemplates',
  theme: 'themes',
  socialIdentityProvider: 'socialIdentityProviders',
  saml2Entity: 'saml2Entities',
  circleOfTrust: 'circlesOfTrust',
  variable: 'variable',
} as const

export type DocumentKind = keyof typeof documentSections

/** All kinds of raw documents, in the order of {@link documentSections}. */
export const documentKinds = z.enum([
  'emailTemplate',
  'theme',
  'socialIdentityProvider',
  'saml2Entity',
  'circleOfTrust',
  'variable',
])

/** Names and ids become parts of addresses and of file names. Storage may still have others, from before they were checked. */
const nameSchema = z.string().refine(isSafeName, `must be ${safeName}`)

const documentSchema = z.object({ kind: documentKinds, id: nameSchema, document: jsonObjectSchema })

/** The one form that all exports are read into, and all exports are written from. */
export const bundleSchema = z.object({
  journeys: z.array(journeyDocumentSchema.extend({ _id: nameSchema })),
  nodes: z.array(nodeDocumentSchema.extend({ id: nameSchema })),
  scripts: z.array(scriptSchema),
  customNodeTypes: z.array(customNodeTypeSchema),
  documents: z.array(documentSchema),
  /** What was found while the bundle was put together. */
  findings: z.array(findingSchema),
  /** The realms that the files are from, where they are from several; one of them was read. */
  realms: z.array(z.string()).optional(),
})

export type Bundle = z.infer<typeof bundleSchema>
export type BundleDocument = z.infer<typeof documentSchema>

/** A bundle with nothing in it. */
export function emptyBundle(): Bundle {
  return { journeys: [], nodes: [], scripts: [], customNodeTypes: [], documents: [], findings: [] }
}
