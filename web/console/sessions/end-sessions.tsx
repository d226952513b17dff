import { useQuery } from '@tanstack/react-query'
import { readSignedInUser, signInUrl } from '../../api/own-session.ts'
import { endSessions, endSessionsOfPerson, type Session } from '../../api/sessions.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { ConfirmSheet } from '../components/confirm-sheet.tsx'
import { useRefreshSessions } from './use-sessions.ts'

/** What is to end: sessions one by one, or all that the person of a session has. */
export type SessionsToEnd =
  | { kind: 'sessions'; sessions: readonly Session[] }
  | { kind: 'person'; session: Session }

/** Asks before sessions end. Who ends their own is warned, and has to sign in again. */
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
      errorTitle={ending.kind === 'sessions' ? 'Not all of them ended' : 'They did not end'}
      confirmLabel={actionLabel(ending)}
      onConfirm={() => end(realm, ending).finally(refresh)}
      onDone={done}
      onClose={onClose}
    >
      <p>{consequences(ending)}</p>
      {isOwn && (
        <p className="own-warning" role="alert">
          The session that you use right now is among them: you have to sign in again.
        </p>
      )}
    </ConfirmSheet>
  )
}

/** Whether the session of whoever looks on ends too. */
function useIsOwn(realm: string, ending: SessionsToEnd): boolean {
  const signedIn = useQuery({
    queryKey: ['signed-in'],
    queryFn: async () => (await readSignedInUser('/')) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (ending.kind === 'sessions') return ending.sessions.some(({ isOwn }) => isOwn)
  return realm === '/' && ending.session.userId === signedIn.data?.id
}

function end(realm: string, ending: SessionsToEnd): Promise<unknown> {
  if (ending.kind === 'person') return endSessionsOfPerson(realm, ending.session.userId)
  return endSessions(
    realm,
    ending.sessions.map(({ sessionHandle }) => sessionHandle),
  )
}

function actionLabel(ending: SessionsToEnd): string {
  if (ending.kind === 'person') return 'End all their sessions'
  const count = ending.sessions.length
  return count === 1 ? 'End the session' : `End ${count} sessions`
}

function consequences(ending: SessionsToEnd) {
  if (ending.kind === 'person') {
    return (
      <>
        <bdi>{plainText(ending.session.username)}</bdi> is signed out everywhere, at once.
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
      {others.length === 0 && ' is'} signed out at once, wherever these sessions are used.
    </>
  )
}
