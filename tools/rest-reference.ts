import { readFile, writeFile } from 'node:fs/promises'
import type { Access, Route } from '../src/http/route.ts'
import { allRoutes, type RouteDependencies } from '../src/http/routes.ts'

// Writes docs/rest.md from the route table; with --check it only tells whether the page is up to date.

const whoMay: Record<Access, string> = {
  everyone: 'everyone',
  administrator: 'administrator',
  helpdesk: 'agent',
  backchannel: 'bearer token with `back_channel_authentication`',
  metrics: 'administrator, or the password of `SIDEGATE_METRICS_PASSWORD`',
}

const intro = `# REST

Every route of the server, made from the route table by \`tools/rest-reference.ts\`. \`{realm}\` is
\`/realms/root/realms/alpha\`; \`/realms/alpha\`, \`/alpha\` and \`?realm=/alpha\` mean the same, and nothing means the
root realm. OAuth2 and OpenID Connect live below \`/am/oauth2{realm}\`.

- An **administrator** is a session of the root realm whose identity has the role \`admin\`, sent as the cookie
  \`iPlanetDirectoryPro\` or as a header of that name. A write by cookie needs a JSON content type, \`Accept-API-Version\`
  or \`X-Requested-With\`, which no other site's form can send. **Everyone** includes routes that decide for themselves
  by the token that they are given.
- An **agent** is a session of the realm whose identity has the role \`helpdesk\`, or an administrator.
- Lists take \`_queryFilter\`, \`_sortKeys\`, \`_pageSize\`, \`_pagedResultsOffset\`, \`_pagedResultsCookie\` and \`_fields\`.
- \`PUT\` answers 201 for what is new and 200 otherwise; \`If-None-Match: *\` only creates.
- Errors are \`{ code, reason, message, detail? }\`. \`X-ForgeRock-TransactionId\` is taken over into answer and log.
`

function restReference(routes: readonly Route[]): string {
  const sections = Map.groupBy(routes, sectionOf)
  return [intro, ...[...sections].map(([title, rows]) => section(title, rows))].join('\n')
}

/** Routes of one resource stand together: the first part of the path that tells them apart. */
function sectionOf({ path }: Route): string {
  const parts = path.split('/').filter((part) => part !== '' && !part.startsWith(':'))
  const containers = [
    'realm-config',
    'global-config',
    'authentication',
    'authenticationtrees',
    'agents',
    'am',
    'json',
  ]
  return parts.find((part) => !containers.includes(part)) ?? parts.at(-1) ?? ''
}

function section(title: string, routes: readonly Route[]): string {
  const rows = routes.map(
    ({ method, path, access, summary }) =>
      `| ${method} | \`${shownPath(path)}\` | ${whoMay[access]} | ${summary.replaceAll('|', '\\|')} |`,
  )
  return [`## ${title}`, '', '| | Path | For | |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

/** These know no realm. */
const global = /^(global-config|node-designer|health|metrics)\//

function shownPath(path: string): string {
  const full = path.startsWith('/') ? path : `/am/json${global.test(path) ? '' : '{realm}'}/${path}`
  return full.replace(/:(\w+)/g, '{$1}')
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
