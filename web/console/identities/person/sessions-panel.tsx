import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endSessionsOfPerson, listSessions, type Session } from '../../../api/sessions.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { LoadState } from '../../components/load-state.tsx'
import { timeInText } from '../../components/relative-time.ts'

/** Active sessions of a person. */
export function SessionsPanel({ realm, id }: { realm: string; id: string }) {
  const queries = useQueryClient()
  const queryKey = ['person-sessions', realm, id]
  const sessions = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await listSessions(realm, id, { signal })).sessions,
    staleTime: 0,
  })
  const ending = useMutation({
    mutationFn: () => endSessionsOfPerson(realm, id),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  if (sessions.data === undefined) return <LoadState query={sessions} of="sessions" rows={2} />
  const { length: count } = sessions.data
  const isOwn = sessions.data.some((session) => session.isOwn)
  return (
    <section className="sessions stack items-start gap-3" aria-label="Sessions">
      <h3 className="heading-3">
        {count === 0 ? 'Not signed in' : count === 1 ? '1 session' : `${count} sessions`}
      </h3>
      {ending.error !== null && <ErrorNotice title="The sessions did not end" error={ending.error} />}
      {count > 0 && (
        <>
          <ul>
            {sessions.data.map((session) => (
              <SessionRow key={session.sessionHandle} session={session} />
            ))}
          </ul>
          <ConfirmButton
            label="End all sessions"
            question={
              isOwn
                ? 'This includes your own session. You will have to sign in again.'
                : 'The person has to sign in again everywhere.'
            }
            confirmLabel={count === 1 ? 'End session' : `End all ${count} sessions`}
            isPending={ending.isPending}
            onConfirm={() => ending.mutate()}
          />
        </>
      )}
    </section>
  )
}

function SessionRow({ session: { journey, createdTime, latestAccessTime, isOwn } }: { session: Session }) {
  return (
    <li className="row wrap gap-2 pad-2">
      <div className="what shrink breaks">
        <bdi>{journey || 'Unknown journey'}</bdi>
        {isOwn && ' (this session)'}
        <p className="fine">
          Since {timeInText(createdTime)}, used {timeInText(latestAccessTime)}
        </p>
      </div>
    </li>
  )
}
