import type { Sessions } from '../sessions/sessions.ts'
import type { SavedRun } from './saved-run.ts'

/** A session that ended since the journey began under it gives the journey nothing any more. */
export async function withoutEndedSession(
  sessions: Pick<Sessions, 'isUnderWay'>,
  { saved, claimed }: { saved: SavedRun; claimed: object | undefined },
): Promise<SavedRun> {
  const { existingSession, ...others } = saved
  // At the start the session was found a moment ago.
  if (existingSession === undefined || claimed === undefined) return saved
  return (await sessions.isUnderWay(existingSession.tokenHash)) ? saved : others
}
