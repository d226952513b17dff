/** Sends a request to public addresses and listed hosts only, with limits of time and size. */
export type FencedSend = (request: {
  url: string
  method: string
  headers: Record<string, string>
}) => Promise<{
  status: number
  statusText: string
  headers: Readonly<Record<string, readonly string[]>>
  body: string
}>

/**
 * `fetch` for `oidc-provider`, through the fence of outgoing calls. The library's own dispatcher and time limit don't apply.
 */
export function fencedFetch(send: FencedSend): typeof fetch {
  return async (input, options = {}) => {
    const headers = Object.fromEntries(new Headers(options.headers))
    const {
      status,
      statusText,
      headers: received,
      body,
    } = await send({ url: input instanceof Request ? input.url : String(input), method: 'GET', headers })
    const pairs = Object.entries(received).flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    )
    return new Response([204, 205, 304].includes(status) ? null : body, {
      status,
      statusText,
      headers: pairs,
    })
  }
}
