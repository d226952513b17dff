import { readRights } from '../../contract/server.ts'
import { staffAccesses } from './guards/rights.ts'
import type { Answer, Call, Route } from './route.ts'

/** What pages ask before they offer something. Ours, not AM's. */
export function rightsRoutes(): Route[] {
  return [
    {
      ...readRights,
      access: 'staff',
      summary:
        'Tells which roles the caller has, and what they allow in the realm: the columns of `docs/access.md`.',
      handle: tell,
    },
  ]
}

async function tell(call: Call): Promise<Answer> {
  const rights = await call.rights()
  const allowed = staffAccesses.filter((access) => rights.may(access, call.realm.path))
  return { body: { realm: rights.realm, roles: rights.roles, may: allowed } }
}
