import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyObject, namedObject, schemaNames } from './lazy.ts'

const memberSchema = namedObject('CallbackMember', () => ({ name: z.string(), value: z.unknown() }))

/** A question to the person, or a text. `input` is empty or absent if it needs no answer. */
const callbackSchema = namedObject('Callback', () => ({
  type: z.string(),
  output: z.array(memberSchema()),
  input: z.optional(z.array(memberSchema())),
  _id: z.optional(z.number()),
}))

/** The next page of a journey. Clients send it back with the inputs filled in. */
const stepSchema = namedObject('Step', () => ({
  authId: z.string(),
  callbacks: z.array(callbackSchema()),
  stage: z.optional(z.string()),
  header: z.optional(z.string()),
  description: z.optional(z.string()),
}))

/** The end of a journey. There is no token without a session, or if a cookie has it. */
const signedInSchema = namedObject('SignedIn', () => ({
  tokenId: z.optional(z.string()),
  successUrl: z.string(),
  realm: z.string(),
}))

/** A request with answers: the page as the client received it, with inputs filled in. Unknown members are ignored. */
export const stepBodySchema = lazyObject(() => ({
  authId: z.string('authId must be a string'),
  callbacks: z._default(
    z.array(
      z.object({
        type: z.string('callbacks[].type must be a string'),
        input: z.optional(
          z.array(
            z.object({
              name: z.string('callbacks[].input[].name must be a string'),
              value: z.optional(z.json()),
            }),
          ),
        ),
      }),
      'callbacks must be a list',
    ),
    [],
  ),
}))

const flag = lazy(() => z.optional(z.enum(['true', 'false'])))

/** Source: "Authenticate endpoint parameters". */
export const runJourney = endpoint('POST', 'authenticate', {
  query: lazyObject(() => ({
    authIndexType: z.optional(z.string()),
    authIndexValue: z.optional(z.string()),
    suspendedId: z.optional(z.string()),
    goto: z.optional(z.string()),
    gotoOnFail: z.optional(z.string()),
    noSession: flag(),
    ForceAuth: flag(),
    locale: z.optional(z.string()),
  })),
  headers: lazyObject(() => ({
    /** The session of the agent or person, if they are signed in. */
    iPlanetDirectoryPro: z.optional(z.string()),
    'X-OpenAM-Username': z.optional(z.string()),
    'X-OpenAM-Password': z.optional(z.string()),
    /** `wait=N`: holds the answer of a page that polls for up to so many seconds. */
    Prefer: z.optional(z.string()),
  })),
  /** The filled in step, or only its answers. Without a body, the call starts a journey. */
  body: lazy(() =>
    z.union([stepSchema(), z.partial(stepBodySchema()).register(schemaNames, { id: 'StepAnswers' })]),
  ),
  answer: lazy(() => z.union([stepSchema(), signedInSchema()])),
})
