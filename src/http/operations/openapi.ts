import type { JsonObject } from '../../base/json.ts'
import type { Route } from '../route.ts'

/** Serves the OpenAPI document of all routes, itself included. Generated on the first request. */
export function withOpenApi(routes: readonly Route[]): Route[] {
  let document: JsonObject | undefined
  const all: Route[] = [
    ...routes,
    {
      method: 'GET',
      path: 'openapi.json',
      access: 'everyone',
      side: 'both',
      summary: 'Describes all routes as an OpenAPI 3.1 document.',
      async handle({ baseUrl }) {
        // Few clients ask for it: a server starts without.
        const { openApiDocument } = await import('./openapi-document.ts')
        document ??= openApiDocument(all)
        return { body: { ...document, servers: [{ url: new URL(baseUrl).origin }] } }
      },
    },
  ]
  return all
}
