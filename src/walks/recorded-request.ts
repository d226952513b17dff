/** One authenticate request and its response. */
export type RecordedRequest = {
  /** When the request was sent, in epoch milliseconds. */
  at: number
  query: Readonly<Record<string, string>>
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  /** Values of the request's cookies. */
  cookies: readonly string[]
  /** The body of the request; undefined if it was empty. */
  request: unknown
  status: number
  /** The body of the response. */
  response: unknown
  /** Values of the cookies that the response sets. */
  newCookies: readonly string[]
}
