import * as z from 'zod/mini'
import { type Lazy, lazy } from './lazy.ts'

type LazySchema = Lazy<z.core.$ZodType>

/** The bodies of one call. Undefined members are not described. */
export type Exchange = {
  /** The JSON body of the request. */
  body?: LazySchema
  /** The JSON body of a successful response. */
  answer?: LazySchema
  /** The JSON data of server-sent events. */
  events?: LazySchema
}

/** An endpoint without its place. */
type Described = Exchange & {
  /** Parameters of the query, besides `_action`. */
  query?: Lazy<z.ZodMiniObject>
  /** Headers of the request, besides those of all endpoints with the method. */
  headers?: Lazy<z.ZodMiniObject>
  /** The bodies of each action, for a POST with `?_action=name`. */
  actions?: Readonly<Record<string, Exchange>>
}

/** One method of one path of the REST API. */
export type Endpoint = Described & {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/am/json{realm}`, or from the root if it begins with a slash. `:name` is a parameter. */
  path: string
}

/** An {@link Endpoint}, whose type keeps the method, the path and the schemas. */
export function endpoint<
  const Method extends Endpoint['method'],
  const Path extends string,
  const What extends Described,
>(method: Method, path: Path, described: What & Record<Exclude<keyof What, keyof Described>, never>) {
  return { method, path, ...described }
}

/** For answers that aren't always objects, and that only the vendor's reference describes. */
export const anyAnswer = lazy(() => z.unknown())

/** The values that a schema of the contract accepts. */
export type ValueOf<Schema extends LazySchema> = z.infer<ReturnType<Schema>>

/** The body of a successful response of an endpoint or an action. */
export type AnswerOf<What extends { answer: LazySchema }> = ValueOf<What['answer']>

/** An item of a list. */
export type ItemOf<What extends { answer: LazySchema }> =
  AnswerOf<What> extends { result: (infer Item)[] } ? Item : never
