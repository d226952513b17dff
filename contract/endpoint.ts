import type { z } from 'zod/mini'

/** The bodies of one call. Undefined members are not described. */
export type Exchange = {
  /** The JSON body of the request. */
  body?: z.core.$ZodType
  /** The JSON body of a successful response. */
  answer?: z.core.$ZodType
  /** The JSON data of server-sent events. */
  events?: z.core.$ZodType
}

/** One method of one path of the REST API. */
export type Endpoint = Exchange & {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/am/json{realm}`, or from the root if it begins with a slash. `:name` is a parameter. */
  path: string
  /** Parameters of the query, besides `_action`. */
  query?: z.ZodMiniObject
  /** The bodies of each action, for a POST with `?_action=name`. */
  actions?: Readonly<Record<string, Exchange>>
}

/** The body of a successful response of an endpoint or an action. */
export type AnswerOf<What extends { answer: z.core.$ZodType }> = z.infer<What['answer']>

/** An item of a list. */
export type ItemOf<What extends { answer: z.core.$ZodType }> =
  AnswerOf<What> extends { result: (infer Item)[] } ? Item : never
