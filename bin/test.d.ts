/** A page as the client received it, in AM's JSON. */
export type Page = {
  authId: string
  stage?: string
  header?: string
  description?: string
  callbacks: {
    type: string
    output?: { name: string; value: unknown }[]
    input?: { name: string; value: unknown }[]
  }[]
}

/** What a function in a walk gets. */
export type Moment = {
  /** Undefined before the first page and after the end. */
  page: Page | undefined
  /** Values that earlier steps kept. */
  kept: Record<string, string>
  /** The walk's time, in epoch milliseconds. */
  now: number
  /** Submits a form of another site to the server. Resolves to where the server sends the browser, if anywhere. */
  submit(url: string, form: Readonly<Record<string, string>>): Promise<string | undefined>
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
type Value = Json | ((moment: Moment) => unknown)

export type Ends = 'success' | 'failure' | { success: true | Success } | { failure: true | string }

/** Facts of a success and of its session. Texts can be regular expressions between slashes. */
export type Success = {
  successUrl?: string
  realm?: string
  /** The signed-in person. Default: the owner of the given password. */
  person?: string
  /** The authentication level of the session. */
  level?: number
  /** Properties that the journey puts. */
  properties?: Record<string, string>
  /** The maximum lifetime of the session, such as 60m. */
  session?: string
}

export type Action = {
  /** Starts a journey in the same browser. */
  start?: string | { journey?: string; query?: Record<string, string>; headers?: Record<string, string> }
  /** Opens a link: `link` for the link of a transaction, or a kept value. */
  opens?: string
  /** Answers by prompt or type of callback, and submits the page. */
  answer?: Record<string, Value>
  /** Returns from another site with these query parameters. */
  redirect?: Record<string, string> | ((moment: Moment) => unknown)
  /** Submits a waiting page without answers. */
  returns?: true
  /** Answers the push notification of the page on the phone, or registers its app. Approving chooses the number. */
  phone?: 'approves' | 'denies'
  /** Reports from the link of a transaction that this is not the caller. */
  rejects?: 'notMe' | 'calledMe' | 'notVouched'
  /** Repeats the answer. */
  times?: number
  /** Texts or callback types that the page after this step has, or with `not` does not have. */
  asks?: Asked | Asked[]
  /** Keeps parts of the texts on the page: regular expressions between slashes. */
  keep?: Record<string, string>
  ends?: Ends
}

export type ExpectedMail = {
  to?: string
  from?: string
  subject?: string
  /** A part of the content. */
  text?: string
  keep?: Record<string, string>
}

/** In a walk with several parties, a step is an object with one member, named after the party. */
export type Step =
  | Action
  | { mail: ExpectedMail }
  /** An application asks a person to sign in on their own device (CIBA). The link arrives by email. */
  | { request: { to: string; from?: string; message?: string } }
  /** Changes or deletes people, as an administrator does. */
  | { update: Record<string, 'deleted' | Record<string, Json>> }
  | { wait: string }
  /** A second agent decides about a check that needs one. */
  | { approve: { as: string } }
  | { decline: { as: string; reason?: string } }
  | Record<string, Action>
  | Step[]

export type Party = {
  journey?: string
  signedIn?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  transactionOf?: string
  browserOf?: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'

/** A mocked call: one member named after its method, with the URL. */
export type HttpMock = { [name in Method]?: string } & {
  body?: Json
  headers?: Record<string, string>
  reply?:
    | 'timeout'
    | 'refused'
    | { status?: number; headers?: Record<string, string>; json?: Json; text?: string }
  /** The exact number of calls, or `any`. Default: at least one. */
  times?: number | 'any'
}

type Asked = string | { not: string }
type Outcome = string | number | boolean

type Shared = {
  journey?: string
  parties?: Record<string, Party>
  query?: Record<string, string>
  headers?: Record<string, string>
  at?: string
  realm?: Record<string, Json>
  esv?: Record<string, string>
  http?: HttpMock[]
  stub?: Record<string, Outcome | { outcome: Outcome; shared?: Record<string, Json> }>
}

export type Walk = Shared & {
  it: string
  steps?: Step[]
  ends?: Ends
  path?: string[] | Record<string, string[]>
  visits?: Record<string, number>
  people?: Record<string, 'deleted' | Record<string, Json>>
  mail?: ExpectedMail[]
  told?: (string | { notification: Record<string, Json> })[]
  skip?: string
  outcome?: Outcome
  writes?: { shared?: Record<string, Json> }
  state?: { shared?: Record<string, Json> }
}

/** A walk file: the default export of a `*.walk.ts`, or the argument of {@link walk}. */
export type WalkFile = Shared & {
  script?: string
  as?: {
    context?: 'SCRIPTED_DECISION_NODE' | 'AUTHENTICATION_TREE_DECISION_NODE'
    evaluatorVersion?: '1.0' | '2.0'
    outcomes: Outcome[]
  }
  people?: Record<string, Record<string, Json>>
  state?: { shared?: Record<string, Json> }
  walks: Walk[]
}

/**
 * Runs walks in any test runner, such as Vitest or `node:test`.
 * @param options `project`: the folder of the project. Default: the nearest one around the current folder.
 * @throws Error that describes the walks that fail or can't be played.
 */
export function walk(file: WalkFile, options?: { project?: string }): Promise<void>

/**
 * The one-time password that an authenticator app shows (TOTP, RFC 6238).
 * @param key in base32, or the `otpauth:` URI that the app scans.
 * @param now epoch milliseconds, such as `now` of a {@link Moment}.
 */
export function totp(key: string, now: number): string
