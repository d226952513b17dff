/** Sends a REST request with a session. Paths below `/openidm` and `/environment` are outside the context path. */
export type Ask = (path: string, asked?: RestRequest) => Promise<RestReply>

export type RestRequest = {
  method?: string
  body?: unknown
  /** A session token; empty: no session. */
  as?: string
  headers?: Record<string, string>
}

// biome-ignore lint/suspicious/noExplicitAny: tests read answers at any depth
export type RestReply = { status: number; headers: Headers; body: any }

export function asking(url: string, token: string): Ask {
  return async (path, { method = 'GET', body, as = token, headers = {} } = {}) => {
    const base = /^\/(openidm|environment)\//.test(path) ? url.replace(/\/am$/, '') : `${url}/json`
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'accept-api-version': 'resource=1.0',
        ...(as === '' ? {} : { iplanetdirectorypro: as }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }
}

/** The newest audit events for a query, after all earlier events were written. */
export async function audited(ask: Ask, query = '', realm = '/realms/root/realms/alpha') {
  for (;;) {
    const { body } = await ask('/global-config/audit')
    if (body.waiting === 0) return (await ask(`${realm}/audit?${query}`)).body.result
    await new Promise((resolve) => setImmediate(resolve))
  }
}
