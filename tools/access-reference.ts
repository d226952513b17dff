import { readFile, writeFile } from 'node:fs/promises'
import { answersAlike, type Decision, decisions, playerNames, players } from '../src/http/guards/decisions.ts'
import { isStaffAccess, reachOf, roleNames, staffAccesses } from '../src/http/guards/rights.ts'
import type { Access, Route } from '../src/http/route.ts'
import { shownPath } from '../src/http/route-reference.ts'
import { allRoutes, type RouteDependencies } from '../src/http/routes.ts'

// Writes docs/access.md from the table of roles and the route table; with --check it only tells whether the page is up
// to date. test/http/access.test.ts reads the page and proves each of its cells against a running server.

const intro = `# Who may call what

Made by \`tools/access-reference.ts\` from the roles in \`src/http/guards/rights.ts\` and the accesses of the route table.

A role is a name at an identity (\`setRoles\`). It counts from the next request on, and is gone with the next request after it
was taken away. **all**: in every realm. **own**: in the realm of the person. **below**: in the realm of the person,
unless it is the root realm. \`admin\` counts for people of the root realm alone. \`helpdesk\` is an older name of \`agent\`.

Nobody gives a role to themselves, and nobody gives or takes a role that allows more than they may do. Who writes the
journeys of a realm can write one that signs in anybody of that realm: give \`journey-author\` to people whom you trust with
it. It leads no further: custom node types, which run in all realms, are for \`admin\`, and in the root realm neither
\`journey-author\` nor \`realm-admin\` counts.

## Roles

`

const columns = [...roleNames, 'none', 'nobody'] as const

type Column = (typeof columns)[number]

/** `none` is somebody without a role, `nobody` a call without a session. */
function cell(access: Access, column: Column): string {
  if (access === 'everyone') return 'yes'
  if (access === 'backchannel') return 'token'
  if (access === 'metrics') return column === 'admin' ? 'all' : column === 'nobody' ? 'password' : ''
  if (!isStaffAccess(access) || column === 'none' || column === 'nobody') return ''
  const reach = reachOf(column, access)
  return reach === 'no' ? '' : reach
}

function table(first: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(first), line(first.map(() => '---')), ...rows.map(line), ''].join('\n')
}

const rolesTable = table(
  ['', ...staffAccesses],
  roleNames.map((role) => [`\`${role}\``, ...staffAccesses.map((access) => cell(access, role))]),
)

function rowsOf({ method, path, access, reads = [], readAccess, dangerous }: Route): string[][] {
  const row = (shown: string, as: Access) => [
    method,
    `\`${shown}\``,
    ...columns.map((column) => cell(as, column)),
    as === access ? (dangerous?.when ?? '') : '',
  ]
  const full = shownPath(path)
  return [
    row(full, access),
    ...(readAccess === undefined ? [] : [row(`${full}?_action=${reads[0]}`, readAccess)]),
  ]
}

const routesIntro = `
## Routes

\`yes\`: everyone may call the route. [Some of these routes](#decisions) decide by the session, link or token of the call.
\`token\` is a bearer token with the scope \`back_channel_authentication\`, \`password\` that of \`SIDEGATE_METRICS_PASSWORD\`.
\`none\` is somebody without a role, \`nobody\` a call without a session. \`?_action=template\` stands for all actions
that answer something and change nothing. **fresh** says which calls need a sign-in of the last minutes too (the setting
\`freshSignInMinutes\` of the caller's realm); others get 403 with \`detail.freshSignIn\`.

`

const decisionsIntro = `
## Decisions

These routes look at more than a role: whose check, session or device it is. The table is \`src/http/guards/decisions.ts\`;
\`test/http/decisions.test.ts\` tries every cell against a running server. A call is \`yes\` or refused.

`

const playersTable = table(
  ['column', 'who calls'],
  playerNames.map((player) => [`\`${player}\``, players[player]]),
)

const decisionsTable = table(
  ['', 'Path', 'does', ...playerNames],
  Object.values<Decision>(decisions).map(({ method, path, does, may }) => [
    method,
    `\`${path.startsWith('/') ? path : shownPath(path)}\``,
    does,
    ...playerNames.map((player) => (may.includes(player) ? 'yes' : '')),
  ]),
)

const alikeIntro = `
The other routes for everyone answer every caller alike:

`

const alikeTable = table(
  ['Path', 'what it answers'],
  Object.entries(answersAlike).map(([path, what]) => [`\`${shownPath(path)}\``, what]),
)

const page = new URL('../docs/access.md', import.meta.url)
// Nothing is called: a route's handler alone needs what is left out here.
const routes = allRoutes({} as RouteDependencies)
const routesTable = table(['', 'Path', ...columns, 'fresh'], routes.flatMap(rowsOf))
const expected = [
  intro,
  rolesTable,
  routesIntro,
  routesTable,
  decisionsIntro,
  playersTable,
  '\n',
  decisionsTable,
  alikeIntro,
  alikeTable,
].join('')

if (!process.argv.includes('--check')) {
  await writeFile(page, expected)
  console.log(`docs/access.md: ${routes.length} routes`)
} else if ((await readFile(page, 'utf8').catch(() => '')) !== expected) {
  console.error('docs/access.md is stale: run "node tools/access-reference.ts"')
  process.exitCode = 1
}
