import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeEntry, type OutboxEntry, readOutbox } from '../../api/server-page.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { ColumnHeads } from '../components/column-heads.tsx'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { errorMessage } from '../components/error-notice.tsx'
import { LoadState } from '../components/load-state.tsx'
import { realmName } from '../components/realm-name.ts'
import { Time } from '../components/time.tsx'
import { kindLabel, problemLabel, stateLabel } from './outbox-labels.ts'

/** Emails, messages and calls of all realms that wait or were given up. */
export function Outbox({ refreshMs }: { refreshMs: number }) {
  const outbox = useQuery({
    queryKey: ['outbox'],
    queryFn: ({ signal }) => readOutbox(signal),
    refetchInterval: refreshMs,
  })
  const [message, setMessage] = useState('')
  return (
    <section className="stack gap-3" id="outbox" aria-labelledby="server-outbox">
      <h2 className="text-read strong" id="server-outbox">
        Outbox
      </h2>
      <p className="about note">
        What waits or was given up, of all realms. Entries are deleted a day after they were made, and
        messages a day after they expire.
      </p>
      <p className="callout accent told pad-2 text-note breaks" role="status">
        {message}
      </p>
      <LoadState query={outbox} of="outbox" rows={2} />
      {outbox.data?.result.length === 0 && (
        <p className="none pad-4 note">
          Nothing waits. Emails, messages and calls that can’t be sent at once appear here.
        </p>
      )}
      {outbox.data !== undefined && outbox.data.result.length > 0 && (
        <Table entries={outbox.data.result} onDone={setMessage} />
      )}
      {outbox.data?.isCut && <p>Only the newest entries are shown.</p>}
    </section>
  )
}

function Table({ entries, onDone }: { entries: readonly OutboxEntry[]; onDone(message: string): void }) {
  return (
    <table className="rows outbox panel full-width text-note">
      <ColumnHeads
        titles={['Entry', 'Realm', 'Made', 'State', 'Last error', 'Actions']}
        spoken={['Actions']}
      />
      <tbody>
        {entries.map((entry) => (
          <Row key={`${entry.kind} ${entry._id}`} entry={entry} onDone={onDone} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ entry, onDone }: { entry: OutboxEntry; onDone(message: string): void }) {
  const { about, realm, createdAt, problem } = entry
  const kind = kindLabel(entry)
  return (
    <tr>
      <td>
        {kind}
        {about !== null && (
          <>
            {' '}
            <bdi className="about fine">{plainText(about)}</bdi>
          </>
        )}
      </td>
      <td>{realmName(realm)}</td>
      <td className="figures">
        <Time at={createdAt} />
      </td>
      <td>{stateLabel(entry)}</td>
      <td>{problem === null ? '' : problemLabel(entry.kind, problem)}</td>
      <td className="acts">
        <Actions entry={entry} name={`${kind} ${about ?? ''}`.trim()} onDone={onDone} />
      </td>
    </tr>
  )
}

type ActionsProps = { entry: OutboxEntry; name: string; onDone(message: string): void }

/** Nothing can be done during an attempt. */
function Actions({ entry, name, onDone }: ActionsProps) {
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (action: 'tryNow' | 'discard') => changeEntry(entry, action),
    onSuccess: (_done, action) =>
      onDone(action === 'tryNow' ? `${name}: will be tried now.` : `${name}: discarded.`),
    onError: (error) => onDone(`${name}: ${errorMessage(error)}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['outbox'] }),
  })
  const { state, kind } = entry
  const isDiscardable = state !== 'sending' && !(state === 'failed' && kind === 'message')
  return (
    <div className="outbox-acts wrap justify-end gap-2">
      {state === 'retrying' && (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Try now, ${name}`}
          loading={change.isPending}
          onClick={() => change.mutate('tryNow')}
        >
          Try now
        </Button>
      )}
      {isDiscardable && (
        <ConfirmButton
          label="Discard"
          question={`Discard ${name}? It will not be sent.`}
          confirmLabel="Discard entry"
          isPending={change.isPending}
          onConfirm={() => change.mutate('discard')}
        />
      )}
    </div>
  )
}
