import { defined } from '../../base/defined.ts'
import type { JsonPage } from '../../walks/page.ts'
import { type Shown, shownIn } from '../../walks/shown.ts'
import { Browser } from './browser.ts'

/** Sends one HTTP request. @param path from the root of the server, query included. */
export type Send = (request: {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  headers: Record<string, string>
  body?: string | undefined
}) => Promise<{ status: number; body: string; cookies: readonly string[]; location: string | undefined }>

export type Start = {
  /** Undefined: the one that the query names, or the realm's default. */
  journey: string | undefined
  query: Readonly<Record<string, string>>
  headers: Readonly<Record<string, string>>
}

type Query = Readonly<Record<string, string>>

/** A client of AM's authenticate endpoint, with a browser of its own. */
export type JourneyClient = {
  start(start: Start): Promise<Shown>
  /** @param page with its inputs filled in. */
  next(page: JsonPage, query: Query): Promise<Shown>
  /** Continues a suspended journey. @param url the link of an email. */
  resume(url: string): Promise<Shown>
  /** Submits a form of another site to the server. @returns the address of the redirect that answers it. */
  submit(url: string, form: Query): Promise<string | undefined>
}

/** Our own client: it sends what an SDK sends. @param realm path of the realm. */
export function journeyClient(
  send: Send,
  realm: string,
  { browser = new Browser(), headers = {}, now }: { browser?: Browser; headers?: Query; now(): number },
): JourneyClient {
  const names = ['root', ...realm.split('/').filter((name) => name !== '')]
  const path = `/am/json${names.map((name) => `/realms/${encodeURIComponent(name)}`).join('')}/authenticate`
  let startHeaders: Query = {}

  async function post(query: Query, page?: JsonPage): Promise<Shown> {
    const search = new URLSearchParams(query).toString()
    const { status, body, cookies } = await send({
      method: 'POST',
      path: search === '' ? path : `${path}?${search}`,
      headers: {
        'content-type': 'application/json',
        'accept-api-version': 'resource=2.1, protocol=1.0',
        ...headers,
        ...startHeaders,
        ...defined({ cookie: browser.header }),
      },
      body: page === undefined ? '' : JSON.stringify(page),
    })
    browser.receive(cookies, now())
    return shownIn(status, body === '' ? {} : JSON.parse(body))
  }

  return {
    start({ journey, query, headers: more }) {
      startHeaders = more
      const named = journey === undefined ? {} : { authIndexType: 'service', authIndexValue: journey }
      return post({ ...named, ...query })
    },
    next: (page, query) => post(query, page),
    resume: (url) => post(Object.fromEntries(new URL(url).searchParams)),
    async submit(url, form) {
      const { pathname, search } = new URL(url)
      const { location, cookies } = await send({
        method: 'POST',
        path: `${pathname}${search}`,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...defined({ cookie: browser.header }),
        },
        body: new URLSearchParams(form).toString(),
      })
      browser.receive(cookies, now())
      return location
    },
  }
}
