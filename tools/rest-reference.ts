import { readFile, writeFile } from 'node:fs/promises'
import type { Access, Route } from '../src/http/route.ts'
import { sectionOf, shownPath } from '../src/http/route-reference.ts'
import { allRoutes, type RouteDependencies } from '../src/http/routes.ts'

// Writes docs/rest.md from the route table. With --check, only reports whether the page is up to date.

const intro = `# REST

All routes of the server, generated from the route table by \`tools/rest-reference.ts\`. \`{realm}\` is
\`/realms/root/realms/alpha\`; \`/realms/alpha\`, \`/alpha\` and \`?realm=/alpha\` mean the same. Without it, a call is
about the root realm. OAuth2 and OpenID Connect are below \`/am/oauth2{realm}\`.

- **For** is the access that a call needs. \`everyone\`: none, although some of these routes check the session, link or token
  themselves. \`backchannel\`: a bearer token with the scope \`back_channel_authentication\`. \`metrics\`: an administrator or
  the password of \`SIDEGATE_METRICS_PASSWORD\`. Any other: a session whose identity has a role for it; [access.md](access.md)
  has the roles. \`administrator\` is the role \`admin\` of the root realm. Roles apply in their own realm.
- Send the session as the cookie \`iPlanetDirectoryPro\` or as a header of that name. A write with the cookie needs a JSON
  content type, \`Accept-API-Version\` or \`X-Requested-With\`, which forms of other sites cannot send.
- Lists take \`_queryFilter\`, \`_sortKeys\`, \`_pageSize\`, \`_pagedResultsOffset\`, \`_pagedResultsCookie\` and \`_fields\`.
- \`PUT\` answers 201 for a new resource and 200 otherwise; with \`If-None-Match: *\` it only creates.
- \`/am/json/openapi.json\` describes all routes as an OpenAPI 3.1 document; bodies and answers of our own resources come
  from \`contract/\`.
- Errors are \`{ code, reason, message, detail? }\`. \`X-ForgeRock-TransactionId\` is repeated in the answer and the log.
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
// No handler runs, so none of their dependencies are needed.
const routes = allRoutes({} as RouteDependencies)
const expected = restReference(routes)

if (!process.argv.includes('--check')) {
  await writeFile(page, expected)
  console.log(`docs/rest.md: ${routes.length} routes`)
} else if ((await readFile(page, 'utf8').catch(() => '')) !== expected) {
  console.error('docs/rest.md is stale: run "node tools/rest-reference.ts"')
  process.exitCode = 1
}
