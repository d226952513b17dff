import { readFile, writeFile } from 'node:fs/promises'
import type { Access, Route } from '../src/http/route.ts'
import { sectionOf, shownPath } from '../src/http/route-reference.ts'
import { allRoutes, type RouteDependencies } from '../src/http/routes.ts'

// Writes docs/rest.md from the route table; with --check it only tells whether the page is up to date.

const intro = `# REST

Every route of the server, made from the route table by \`tools/rest-reference.ts\`. \`{realm}\` is
\`/realms/root/realms/alpha\`; \`/realms/alpha\`, \`/alpha\` and \`?realm=/alpha\` mean the same, and nothing means the
root realm. OAuth2 and OpenID Connect live below \`/am/oauth2{realm}\`.

- **For** says who may call: \`everyone\`, which includes routes that decide for themselves by the token that they are
  given; \`backchannel\`, a bearer token with the scope \`back_channel_authentication\`; \`metrics\`, an administrator or the
  password of \`SIDEGATE_METRICS_PASSWORD\`; any other a session whose identity has a role for it, as
  [access.md](access.md) has it. \`administrator\` is the role \`admin\` of the root realm. Roles count in their own realm.
- A session goes along as the cookie \`iPlanetDirectoryPro\` or as a header of that name. A write by cookie needs a JSON
  content type, \`Accept-API-Version\` or \`X-Requested-With\`, which no other site's form can send.
- Lists take \`_queryFilter\`, \`_sortKeys\`, \`_pageSize\`, \`_pagedResultsOffset\`, \`_pagedResultsCookie\` and \`_fields\`.
- \`PUT\` answers 201 for what is new and 200 otherwise; \`If-None-Match: *\` only creates.
- \`/am/json/openapi.json\` describes all routes as an OpenAPI 3.1 document; bodies and answers of our own resources come
  from \`contract/\`.
- Errors are \`{ code, reason, message, detail? }\`. \`X-ForgeRock-TransactionId\` is taken over into answer and log.
`

function restReference(routes: readonly Route[]): string {
  const sections = Map.groupBy(routes, sectionOf)
  return [intro, ...[...sections].map(([title, rows]) => section(title, rows))].join('\n')
}

function section(title: string, routes: readonly Route[]): string {
  const rows = routes.map(
    ({ method, path, access, readAccess, summary }) =>
      `| ${method} | \`${shownPath(path)}\` | ${shownAccess(access, readAccess)} | ${summary.replaceAll('|', '\\|')} |`,
  )
  return [`## ${title}`, '', '| | Path | For | |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

function shownAccess(access: Access, readAccess: Access | undefined): string {
  return readAccess === undefined ? access : `${access}; ${readAccess} to read`
}

const page = new URL('../docs/rest.md', import.meta.url)
// Nothing is called: a route's handler alone needs what is left out here.
const routes = allRoutes({} as RouteDependencies)
const expected = restReference(routes)

if (!process.argv.includes('--check')) {
  await writeFile(page, expected)
  console.log(`docs/rest.md: ${routes.length} routes`)
} else if ((await readFile(page, 'utf8').catch(() => '')) !== expected) {
  console.error('docs/rest.md is stale: run "node tools/rest-reference.ts"')
  process.exitCode = 1
}
