import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const memberSchema = z.object({
  name: z.string(),
  signature: z.optional(z.string()),
  help: z._default(z.string(), ''),
  answers: z.optional(z.string()),
})

const bindingSchema = z.object({
  name: z.string(),
  kind: z.string(),
  help: z._default(z.string(), ''),
  signature: z.optional(z.string()),
  answers: z.optional(z.string()),
  members: z._default(z.array(memberSchema), []),
})

const bindingsSchema = z.object({
  bindings: z.array(bindingSchema),
  types: z._default(z.array(bindingSchema), []),
})

export type BindingMember = z.infer<typeof memberSchema>
export type Binding = z.infer<typeof bindingSchema>

/** The bindings of a script context. `types` are the objects that their functions return. */
export type Bindings = z.infer<typeof bindingsSchema>

export function readBindings(
  realm: string,
  context: string,
  evaluatorVersion: string,
  signal?: AbortSignal,
): Promise<Bindings> {
  return request(bindingsSchema, `${realmPath(realm)}/scripts/bindings`, {
    query: { context, evaluatorVersion },
    signal,
  })
}
