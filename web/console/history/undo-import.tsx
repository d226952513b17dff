import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { planUndo, type Undone, undoImport } from '../../api/versions.ts'
import { ConfirmSheet } from '../components/confirm-sheet.tsx'
import { LoadState } from '../components/load-state.tsx'
import { NoteField } from '../saving/note-field.tsx'
import { kindTitles } from './version-text.ts'

type Outcome = Undone['items'][number]['outcome']

const titles: Readonly<Record<Outcome, string>> = {
  restored: 'As before the import',
  deleted: 'Deleted, because the import created them',
  changed: 'Stay: changed since the import',
  used: 'Stay: other things use them',
  shared: 'Stay: other realms can use them',
}

type Props = { realm: string; number: number; onDone(): void; onClose(): void }

/** Asks before an import is undone, and says what happens to each of its things. */
export function UndoImport({ realm, number, onDone, onClose }: Props) {
  const [note, setNote] = useState('')
  const queries = useQueryClient()
  const plan = useQuery({
    queryKey: ['undo-plan', realm, number],
    queryFn: ({ signal }) => planUndo(realm, number, signal),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <ConfirmSheet
      title="Undo this import?"
      errorTitle="Nothing was undone"
      confirmLabel="Undo this import"
      cancelLabel="Cancel"
      isReady={plan.data?.items.some(isUndone) === true}
      onConfirm={async () => {
        await undoImport(realm, number, note)
        await queries.invalidateQueries()
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <div className="stack gap-3">
        <LoadState query={plan} of="plan" rows={4} />
        {plan.data !== undefined && <Outcomes items={plan.data.items} />}
        <p className="note">
          Applications, variables, identity providers and other things without a history stay as the import
          left them.
        </p>
        <NoteField note={note} onChange={setNote} />
      </div>
    </ConfirmSheet>
  )
}

function isUndone({ outcome }: Undone['items'][number]): boolean {
  return outcome === 'restored' || outcome === 'deleted'
}

function Outcomes({ items }: Pick<Undone, 'items'>) {
  return Object.entries(titles).map(([outcome, title]) => {
    const those = items.filter((one) => one.outcome === outcome)
    if (those.length === 0) return null
    return (
      <section key={outcome} aria-label={title}>
        <h3 className="heading-3">{title}</h3>
        <ul className="restore-findings text-note breaks">
          {those.map(({ kind, id, name }) => (
            <li key={`${kind} ${id}`}>
              <bdi>{kind === 'realmSettings' ? kindTitles[kind] : `${kindTitles[kind]} “${name}”`}</bdi>
            </li>
          ))}
        </ul>
      </section>
    )
  })
}
