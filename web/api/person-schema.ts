import * as z from 'zod/mini'
import { userObject } from './realm-path.ts'
import { type ApiError, request } from './request.ts'

const policySchema = z.object({ policyId: z.string(), params: z.optional(z.record(z.string(), z.json())) })

const attributeSchema = z.object({
  title: z._default(z.string(), ''),
  description: z._default(z.string(), ''),
  type: z._default(z.string(), 'string'),
  viewable: z._default(z.boolean(), true),
  policies: z._default(z.array(policySchema), []),
  items: z.optional(z.object({ type: z._default(z.string(), 'string') })),
  order: z._default(z.array(z.string()), []),
  get properties() {
    return z.optional(z.record(z.string(), attributeSchema))
  },
})

const personSchemaSchema = z.object({
  properties: z.record(z.string(), attributeSchema),
  order: z._default(z.array(z.string()), []),
  required: z._default(z.array(z.string()), []),
})

/** An attribute of the managed object. */
export type Attribute = z.infer<typeof attributeSchema>

/** The attributes of a realm's people in display order, with the policies for their values. */
export type PersonSchema = z.infer<typeof personSchemaSchema>

export function readPersonSchema(realm: string, signal?: AbortSignal): Promise<PersonSchema> {
  const object = encodeURIComponent(userObject(realm))
  return request(personSchemaSchema, `/openidm/schema/managed/${object}`, { signal })
}

const requirementSchema = z.object({
  policyRequirement: z.string(),
  params: z.optional(z.record(z.string(), z.json())),
})

const failedSchema = z.object({
  failedPolicyRequirements: z.array(
    z.object({ property: z.string(), policyRequirements: z.array(requirementSchema) }),
  ),
})

/** A requirement that a value fails, such as `MIN_LENGTH` with `{ minLength: 8 }`. */
export type Requirement = z.infer<typeof requirementSchema>

/** The failed requirements by attribute; empty if the error has another cause. */
export function failedRequirements({ detail }: ApiError): ReadonlyMap<string, readonly Requirement[]> {
  const parsed = z.safeParse(failedSchema, detail)
  if (!parsed.success) return new Map()
  return new Map(
    parsed.data.failedPolicyRequirements.map(({ property, policyRequirements }) => [
      property,
      policyRequirements,
    ]),
  )
}
