import { z } from 'zod'
import { RequestError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import type { Submitted } from '../engine/callbacks.ts'
import type { Cookie } from '../engine/cookie.ts'
import type { RequestView } from '../engine/node-type.ts'
import type { Realm } from '../realms/realm.ts'
import type { Session } from '../sessions/session.ts'

/** One request to the authenticate endpoint: the start of a journey, answers to callbacks, or a resume link. */
export type AuthenticateRequest = {
  realm: Realm
  view: RequestView
  correlationId: string
  /** The session that the request comes with. `isCookie`: the browser sent the token automatically. */
  signedIn: { session: Session; token: string; isCookie: boolean } | undefined
  /** Names the people who have signed in with this browser: see `KnownBrowsers`. */
  browserCookie: string | undefined
  /** A secret that ties answers of identity providers to this browser. */
  askingCookie: string | undefined
  /** Lets an administrator watch this run: see `RunWatches`. */
  watchKey: string | undefined
  /** Whether to create no session; any request of a journey may ask for this. Source: "Authenticate endpoint parameters". */
  noSession: boolean
  /** @returns a signal that aborts when the client disconnects. */
  disconnected(): AbortSignal
}

/** The query parameters of a start. Source: "Authenticate endpoint parameters". */
export const startSchema = z.object({
  authIndex: z.object({ type: z.string(), value: z.string() }).optional(),
  goto: z.string().optional(),
  gotoOnFail: z.string().optional(),
  forceAuth: z.boolean(),
  /** Id of the person that an agent chose to check. Not part of AM. */
  chosenPerson: z.string().max(120).optional(),
})

export type StartRequest = z.infer<typeof startSchema>

/** Answers to a page. */
export type StepBody = { authId: string; callbacks: readonly Submitted[] }

export type AuthenticateAnswer = {
  status: number
  body: JsonObject
  /** Token of a new session, which becomes a cookie. */
  token?: string
  headers?: Readonly<Record<string, string>>
  /** Cookies that nodes set, and the one that makes this browser known. */
  cookies?: readonly Cookie[]
}

/** The journey session is gone or expired. Clients act on error code 110, so it must have no other meaning. */
export function timedOut(): RequestError {
  return new RequestError(401, 'Session has timed out', { errorCode: '110' })
}
