import { z } from 'zod'
import { RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { amAttributesOf } from '../../people/am-attributes.ts'
import type { Identities } from '../../people/identities.ts'
import type { Identity } from '../../people/identity.ts'
import { personOf } from '../../people/managed-object.ts'
import { landingPageOf } from '../../realms/links.ts'
import { landingPage } from '../../runtime/allowed-url.ts'
import { universalIdOf } from '../../sessions/session.ts'
import { parseBody } from '../body.ts'
import { type Answer, byAction, type Call, param, type Route, type SignedIn } from '../route.ts'

type UsersDependencies = { identities: Identities }

/** The identity of the session, and profiles. Source: "/users" in the vendor's REST reference. */
export function usersRoutes({ identities }: UsersDependencies): Route[] {
  return [
    {
      method: 'POST',
      path: 'users',
      // idFromSession needs a session, but pages call validateGoto before a sign-in.
      access: 'everyone',
      side: 'both',
      summary:
        'Reads the identity of the session (`idFromSession`), or checks a redirect URL (`validateGoto`).',
      handle: byAction({ idFromSession, validateGoto }),
    },
    {
      method: 'GET',
      path: 'users/:id',
      // The handler lets people read their own profile, and administrators all profiles.
      access: 'everyone',
      side: 'both',
      summary: "Reads a person's profile: one's own, or any for administrators.",
      async handle(call) {
        const body = profileOf(await findVisible(call, identities))
        return { body, headers: { etag: `"${body._rev}"` } }
      },
    },
  ]
}

const gotoSchema = z.object({ goto: z.string('must be a URL').min(1, 'must be a URL').max(8000) })

/**
 * Returns the URL if the realm allows it, otherwise the default. Source: "Success and failure redirection URLs" of the vendor's
 * guide.
 */
function validateGoto(call: Call): Answer {
  const { goto } = parseBody(gotoSchema, call)
  const { path, settings } = call.realm
  const allowed = landingPage(call.realm, call.baseUrl, [goto, settings.successUrl])
  return { body: { successURL: allowed ?? landingPageOf(path) } }
}

async function idFromSession(call: Call): Promise<Answer> {
  const { session } = await signedIn(call)
  const { realm, identityId: id } = session
  return {
    body: {
      id,
      realm,
      dn: universalIdOf(realm, id),
      successURL:
        landingPage(call.realm, call.baseUrl, [call.realm.settings.successUrl]) ?? `${call.baseUrl}/XUI/`,
      fullLoginURL: `${call.baseUrl}/UI/Login?realm=${encodeURIComponent(realm)}`,
    },
  }
}

async function findVisible(call: Call, identities: Identities): Promise<Identity> {
  const caller = await signedIn(call)
  const person = await identities.find(call.realm.path, param(call, 'id'))
  const { realm, identityId } = caller.session
  if (person !== undefined && person.realm === realm && person.id === identityId) return person
  // Also 403 for unknown people, so that others don't learn who exists.
  if (!(await call.rights()).may('people', call.realm.path)) throw new RequestError(403)
  if (person === undefined) throw new RequestError(404, 'Resource cannot be found.')
  return person
}

async function signedIn(call: Call): Promise<SignedIn> {
  const caller = await call.session()
  if (caller === undefined) throw new RequestError(401, 'Access Denied')
  return caller
}

function profileOf(identity: Identity): JsonObject {
  const { id, realm, rev, userName } = identity
  const universalId = universalIdOf(realm, id)
  return {
    _id: id,
    _rev: String(rev),
    username: userName,
    realm,
    universalid: [universalId],
    dn: [universalId],
    ...amAttributesOf(personOf(identity)),
  }
}
