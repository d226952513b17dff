import { signInUrl } from '../../api/own-session.ts'
import { endSessions, endSessionsOfPerson, type Session } from '../../api/sessions.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { ConfirmSheet } from '../components/confirm-sheet.tsx'
import { useSignedInUser } from '../components/use-signed-in-user.ts'
import { useRefreshSessions } from './use-sessions.ts'

/** Selected sessions, or all sessions of a session's person. */
export type SessionsToEnd =
  | { kind: 'sessions'; sessions: readonly Session[] }
  | { kind: 'person'; session: Session }

/** Confirms ending sessions, with a warning if the user's own session is included. */
export function EndSessions({
  realm,
  ending,
  onClose,
}: {
  realm: string
  ending: SessionsToEnd
  onClose(): void
}) {
  const refresh = useRefreshSessions(realm)
  const isOwn = useIsOwn(realm, ending)
  const done = () => {
    if (isOwn) location.assign(signInUrl('/', location.pathname + location.search))
    onClose()
  }
  return (
    <ConfirmSheet
      title={`${actionLabel(ending)}?`}
      errorTitle={ending.kind === 'sessions' ? 'Not all sessions ended' : 'The sessions did not end'}
      confirmLabel={actionLabel(ending)}
      onConfirm={() => end(realm, ending).finally(refresh)}
      onDone={done}
      onClose={onClose}
    >
      <p>{consequences(ending)}</p>
      {isOwn && (
        <p className="callout warn pad-2 above-3 text-note" role="alert">
          This includes your own session. You will have to sign in again.
        </p>
      )}
    </ConfirmSheet>
  )
}

/** Whether the user's own session ends too. */
function useIsOwn(realm: string, ending: SessionsToEnd): boolean {
  const me = useSignedInUser()
  if (ending.kind === 'sessions') return ending.sessions.some(({ isOwn }) => isOwn)
  return realm === '/' && ending.session.userId === me?.id
}

function end(realm: string, ending: SessionsToEnd): Promise<unknown> {
  if (ending.kind === 'person') return endSessionsOfPerson(realm, ending.session.userId)
  return endSessions(
    realm,
    ending.sessions.map(({ sessionHandle }) => sessionHandle),
  )
}

function actionLabel(ending: SessionsToEnd): string {
  if (ending.kind === 'person') return 'End all sessions of this person'
  const count = ending.sessions.length
  return count === 1 ? 'End session' : `End ${count} sessions`
}

function consequences(ending: SessionsToEnd) {
  if (ending.kind === 'person') {
    return (
      <>
        <bdi>{plainText(ending.session.username)}</bdi> is signed out everywhere at once.
      </>
    )
  }
  const names = [...new Set(ending.sessions.map(({ username }) => plainText(username)))]
  const [first, ...others] = names
  return (
    <>
      <bdi>{first}</bdi>
      {others.length === 1 && ' and one other person are'}
      {others.length > 1 && ` and ${others.length} other people are`}
      {others.length === 0 && ' is'} signed out of these sessions at once.
    </>
  )
}
