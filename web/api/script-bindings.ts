import type { AnswerOf } from '../../contract/endpoint.ts'
import { readBindings as endpoint } from '../../contract/scripts.ts'
import { callEndpoint } from './endpoint.ts'

/** The bindings of a script context. `types` are the objects that their functions return. */
export type Bindings = Pick<AnswerOf<typeof endpoint>, 'bindings' | 'types'>
export type Binding = Bindings['bindings'][number]
export type BindingMember = NonNullable<Binding['members']>[number]

export function readBindings(
  realm: string,
  context: string,
  evaluatorVersion: string,
  signal?: AbortSignal,
): Promise<Bindings> {
  return callEndpoint(endpoint, { realm, query: { context, evaluatorVersion }, signal })
}
