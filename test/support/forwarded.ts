import { z } from 'zod'
import { type JourneyServer, peopleNamed } from './agreement-servers.ts'
import type { Handler } from './recorded-tenant.ts'

/** Passes requests on to a server. */
export function forwardedTo({ url: server }: JourneyServer): Handler {
  const { origin } = new URL(server)
  return async ({ url = '', method = 'GET', headers }, body, response) => {
    const { host: _host, 'content-length': _length, connection: _connection, ...others } = headers
    const answer = await fetch(origin + url, {
      method,
      headers: others as Record<string, string>,
      ...(body === '' ? {} : { body }),
    })
    response.writeHead(answer.status).end(await answer.text())
  }
}

const newUser = z.looseObject({ username: z.string(), userpassword: z.string() })
const attributes = z.record(z.string(), z.union([z.string(), z.tuple([z.string()])]))
const amNames: Readonly<Record<string, string>> = { l: 'city', inetUserStatus: 'accountStatus' }

/** A server as an AM without managed objects, with the requests that PingAM documents for its users. */
export function withoutManagedObjects(server: JourneyServer): Handler {
  const forward = forwardedTo(server)
  const managed = '/openidm/managed/alpha_user'
  const objectOf = (given: unknown) =>
    Object.fromEntries(
      Object.entries(attributes.parse(given))
        .filter(([name]) => name !== 'inetUserStatus')
        .map(([name, value]) => [amNames[name] ?? name, typeof value === 'string' ? value : value[0]]),
    )
  const idOf = async (userName: string) => {
    const filter = encodeURIComponent(`userName eq "${userName}"`)
    const { body } = await server.ask(`${managed}?_queryFilter=${filter}`)
    return String(body.result[0]._id)
  }
  return async (request, body, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const answer = (status: number, json: object) => void response.writeHead(status).end(JSON.stringify(json))
    if (pathname.startsWith('/openidm/')) return answer(404, { code: 404 })
    const [, name] = /\/alpha\/users(?:\/(.+))?$/.exec(pathname) ?? [undefined, undefined]
    if (!pathname.includes('/alpha/users') || (request.method === 'GET' && name !== undefined)) {
      return forward(request, body, response)
    }
    if (request.method === 'GET') {
      const names = await peopleNamed(server, (searchParams.get('_queryId') ?? '').replace(/\*$/, ''))
      return answer(200, { result: names.map((username) => ({ username })) })
    }
    if (request.method === 'POST') {
      const { username, userpassword, ...others } = newUser.parse(JSON.parse(body))
      const person = { ...objectOf(others), userName: username, password: userpassword }
      return answer(
        201,
        (await server.ask(`${managed}?_action=create`, { method: 'POST', body: person })).body,
      )
    }
    const path = `${managed}/${await idOf(decodeURIComponent(name ?? ''))}`
    if (request.method === 'DELETE') return answer(200, (await server.ask(path, { method: 'DELETE' })).body)
    const changes = Object.entries(objectOf(JSON.parse(body)))
    const operations = changes.map(([field, value]) => ({ operation: 'replace', field: `/${field}`, value }))
    return answer(200, (await server.ask(path, { method: 'PATCH', body: operations })).body)
  }
}
