import type { SaveMark } from '../../journeys/configuration-store.ts'
import { displayNameOf } from '../../people/display-name.ts'
import type { CallSources } from '../call.ts'
import type { Call } from '../route.ts'

/** Dependencies of {@link saveMarkOf}. */
export type MarkSources = { readIdentity: CallSources['readIdentity']; now(): number }

/** The author and time of a save, recorded in the journeys that the call changes. */
export async function saveMarkOf(call: Call, { readIdentity, now }: MarkSources): Promise<SaveMark> {
  const session = (await call.session())?.session
  if (session === undefined) return { at: now() }
  const identity = await readIdentity(session.realm, session.identityId)
  const name = identity === undefined ? session.username : displayNameOf(identity)
  return { at: now(), by: { id: session.identityId, name } }
}
