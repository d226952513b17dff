import type { AnswerOf } from '../../contract/endpoint.ts'
import { readRights } from '../../contract/server.ts'
import { staffAccesses } from './guards/rights.ts'
import type { Answer, Call, Route } from './route.ts'

/** The caller's rights, so that pages can hide forbidden actions. Not in AM. */
export function rightsRoutes(): Route[] {
  return [
    {
      ...readRights,
      access: 'staff',
      summary: "Lists the caller's roles and what they allow in the realm, in the terms of `docs/access.md`.",
      handle: readOwnRights,
    },
  ]
}

async function readOwnRights(call: Call): Promise<Answer> {
  const rights = await call.rights()
  const allowed = staffAccesses.filter((access) => rights.may(access, call.realm.path))
  const body: AnswerOf<typeof readRights> = { realm: rights.realm, roles: [...rights.roles], may: allowed }
  return { body }
}
