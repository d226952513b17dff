import '../../components/listing.css'
import './kept-page.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { forgetKeptSettings, type KeptKind, readKeptSettings } from '../../../api/kept-settings.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { LoadState } from '../../components/load-state.tsx'
import { kindOrigin, kindTitle, sizeText } from './kind-words.ts'

/** What a realm keeps of imports and of the vendor's tools, by kind, and its removal. */
export function KeptPage() {
  const { realm } = useSearch({ from: '__root__' })
  const read = useQuery({
    queryKey: ['kept-settings', realm],
    queryFn: ({ signal }) => readKeptSettings(realm, signal),
    staleTime: 0,
  })
  if (read.data === undefined) return <LoadState query={read} of="kept settings" rows={3} />
  if (read.data.length === 0) {
    return (
      <EmptyState title="Nothing kept">
        When an import or one of the vendor’s tools brings settings that have no effect here, they are kept
        for exports and listed on this page.
      </EmptyState>
    )
  }
  return (
    <>
      <p className="kept-note below-4 muted">
        Kept from imports: these settings have no effect here and come back in exports. What an import set in
        the realm, such as an OAuth2 client or a service, stays when you remove them.
      </p>
      <ul className="listing kept panel" aria-label="Kept settings">
        {read.data.toSorted(byTitle).map((kind) => (
          <Row key={kind._id} realm={realm} kind={kind} />
        ))}
      </ul>
    </>
  )
}

function byTitle({ _id: one }: KeptKind, { _id: other }: KeptKind): number {
  return kindTitle(one).localeCompare(kindTitle(other)) || one.localeCompare(other)
}

function Row({ realm, kind }: { realm: string; kind: KeptKind }) {
  const { _id: id, count, characters, names, isServerWide } = kind
  const title = kindTitle(id)
  const queries = useQueryClient()
  const removal = useMutation({
    mutationFn: () => forgetKeptSettings(realm, id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['kept-settings', realm] }),
  })
  const what = count === 1 ? '1 setting' : `${count} settings`
  return (
    <li className="align-center breaks">
      <div>
        <b>{title}</b>
        {names.length > 0 && (
          <p>
            <bdi>{names.join(', ')}</bdi>
            {count > names.length && ` and ${count - names.length} more`}
          </p>
        )}
      </div>
      <p className="size stack">
        <span>
          {what}, {sizeText(characters)}
        </span>
        <span>{isServerWide ? 'Whole server' : kindOrigin(id)}</span>
      </p>
      <div className="act">
        {removal.error !== null && <ErrorNotice title="They were not removed" error={removal.error} />}
        <ConfirmButton
          label="Remove"
          question={`Remove ${what} of the kind “${title}”? Exports no longer have ${count === 1 ? 'it' : 'them'}, until another import brings ${count === 1 ? 'it' : 'them'} back.`}
          confirmLabel={`Remove ${what}`}
          isPending={removal.isPending}
          onConfirm={() => removal.mutate()}
        />
      </div>
    </li>
  )
}
