import { z } from 'zod'
import { jsonSchema } from '../engine/json.ts'
import type { RequestView } from '../engine/node-type.ts'
import type { Realm } from '../realms/realm.ts'
import type { Session } from '../sessions/session.ts'

/** One request to the authenticate endpoint, whatever it asks for. */
export type AuthenticateRequest = {
  realm: Realm
  view: RequestView
  correlationId: string
  /** Who is signed in already, and with which token; `isCookie` when the browser sent it by itself. */
  signedIn: { session: Session; token: string; isCookie: boolean } | undefined
  /** Says to whom this browser is known: see `KnownDevices`. */
  deviceCookie: string | undefined
  /** What an administrator who wants to watch this run sent along. */
  watchKey: string | undefined
  /** Any request of a journey may say that it makes no session. Source: "Authenticate endpoint parameters". */
  noSession: boolean
  /** Ends when the client goes away. */
  signal: AbortSignal
}

/** The query of a start. Source: "Authenticate endpoint parameters". */
export const startSchema = z.object({
  authIndex: z.object({ type: z.string(), value: z.string() }).optional(),
  goto: z.string().optional(),
  gotoOnFail: z.string().optional(),
  forceAuth: z.boolean(),
  /** Id of the person whom an agent chose to check. Ours, not AM's. */
  chosenPerson: z.string().max(120).optional(),
})

export type StartRequest = z.infer<typeof startSchema>

/** What a client posts back: the step as it received it, inputs filled in. Members we do not know are ignored. */
export const stepBodySchema = z.object({
  authId: z.string('authId must be a string'),
  callbacks: z
    .array(
      z.object({
        type: z.string('callbacks[].type must be a string'),
        input: z
          .array(
            z.object({
              name: z.string('callbacks[].input[].name must be a string'),
              value: jsonSchema.optional(),
            }),
          )
          .optional(),
      }),
      'callbacks must be a list',
    )
    .default([]),
})

export type StepBody = z.infer<typeof stepBodySchema>
