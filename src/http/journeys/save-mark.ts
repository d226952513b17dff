import { defined } from '../../base/defined.ts'
import { badRequest } from '../../base/errors.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import { displayNameOf } from '../../people/display-name.ts'
import type { CallSources } from '../call.ts'
import type { Call } from '../route.ts'

/** Dependencies of {@link saveMarkOf}. */
export type MarkSources = { readIdentity: CallSources['readIdentity']; now(): number }

/** Has the reason for a change, percent-encoded, because headers are ASCII. */
const noteHeader = 'sidegate-note'

/** Maximum length of a note. */
const maxNote = 500

/** The author, time and note of a save, recorded in the versions that the call makes. */
export async function saveMarkOf(call: Call, { readIdentity, now }: MarkSources): Promise<SaveMark> {
  const { session, isServiceAccount = false } = (await call.session()) ?? {}
  const mark = { at: now(), ...defined({ note: noteOf(call) }) }
  if (session === undefined) return mark
  // A person can have the same id as a service account.
  const identity = isServiceAccount ? undefined : await readIdentity(session.realm, session.identityId)
  const name = identity === undefined ? session.username : displayNameOf(identity)
  return { ...mark, by: { id: session.identityId, name } }
}

function noteOf({ headers }: Call): string | undefined {
  const sent = headers[noteHeader]
  if (typeof sent !== 'string' || sent === '') return undefined
  const note = decoded(sent)?.trim()
  if (note === undefined || note.length > maxNote) {
    throw badRequest(`The header ${noteHeader} must be percent-encoded text of at most ${maxNote} characters`)
  }
  return note === '' ? undefined : note
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
