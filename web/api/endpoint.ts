import type * as z from 'zod/mini'
import type { AnswerOf, Endpoint, Exchange } from '../../contract/endpoint.ts'
import type { Lazy } from '../../contract/lazy.ts'
import { realmPath } from './realm-path.ts'
import { type RequestOptions, request } from './request.ts'

/** Names of a path's parameters: `id` of `audit/:id`. */
type ParameterName<Path extends string> = Path extends `${infer Part}/${infer Rest}`
  ? ParameterName<Part> | ParameterName<Rest>
  : Path extends `:${infer Name}`
    ? Name
    : never

type Parameters<Path extends string> = { [Name in ParameterName<Path>]: string }

/** Bodies that only the server can describe are not checked. */
type Input<Schema> = Schema extends Lazy<z.ZodMiniType> ? z.input<ReturnType<Schema>> : unknown

type Call<On extends Pick<Endpoint, 'path' | 'query'>, What extends Exchange> = Parameters<On['path']> &
  Pick<RequestOptions, 'headers' | 'signal'> & {
    /** Left out for resources of the whole server. */
    realm?: string
    query?: Input<On['query']>
    body?: Input<What['body']>
  }

/** An exchange whose response is parsed. */
type Answered = Exchange & { answer: Lazy<z.ZodMiniType> }

/**
 * Calls an endpoint of the contract and parses its response. Parameters of the path are members of `call`.
 * @throws ApiError for an error status.
 * @throws OfflineError
 */
export function callEndpoint<On extends Endpoint & Answered>(
  endpoint: On,
  call: Call<On, On>,
): Promise<AnswerOf<On>> {
  const { method, answer } = endpoint
  return request(schemaOf<On['answer']>(answer), endpointPath(endpoint, call), { method, ...optionsOf(call) })
}

/** Calls an action of an endpoint, as {@link callEndpoint} does. */
export function callAction<
  On extends Pick<Endpoint, 'path' | 'query'>,
  Actions extends Readonly<Record<string, Answered>>,
  Name extends keyof Actions & string,
>(
  endpoint: On & { actions: Actions },
  action: Name,
  call: Call<On, Actions[Name]>,
): Promise<AnswerOf<Actions[Name]>> {
  const { answer }: Actions[Name] = endpoint.actions[action]
  const { query, body = {}, ...options } = optionsOf(call)
  return request(schemaOf<Actions[Name]['answer']>(answer), endpointPath(endpoint, call), {
    method: 'POST',
    query: { _action: action, ...query },
    body,
    ...options,
  })
}

function schemaOf<Answer extends Lazy<z.ZodMiniType>>(answer: Answer): ReturnType<Answer> {
  // The compiler doesn't see that calling a function returns its return type.
  return answer() as ReturnType<Answer>
}

function optionsOf({ query, body, headers, signal }: Omit<RequestOptions, 'query'> & { query?: unknown }) {
  // The contract's queries consist of texts and numbers.
  return { query: query as RequestOptions['query'], body, headers, signal }
}

/** The path of an endpoint, with the values of its parameters. */
export function endpointPath<Path extends string>(
  { path }: { path: Path },
  values: { realm?: string } & Parameters<Path>,
): string {
  const named: Readonly<Record<string, string | undefined>> = values
  const parts = path.split('/').map((part) => {
    return part.startsWith(':') ? encodeURIComponent(named[part.slice(1)] ?? '') : part
  })
  if (path.startsWith('/')) return parts.join('/')
  const root = values.realm === undefined ? '/am/json' : realmPath(values.realm)
  return `${root}/${parts.join('/')}`
}
