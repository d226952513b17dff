import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Resources } from '../../api/collection.ts'
import { ApiError } from '../../api/request.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'

type Props = {
  of: Pick<Resources, 'name' | 'remove'>
  realm: string
  id: string
  /** Refuses the deletion if the resource has changed since. Absent: deletes whatever is stored. */
  revision?: string
  noun: string
  question: string
  confirmLabel: string
}

/** Deletes the resource of a page after a question, and opens the list above it. */
export function DeleteResource(props: Props) {
  const { of, realm, id, revision, noun, question, confirmLabel } = props
  const queries = useQueryClient()
  const navigate = useNavigate()
  const deletion = useMutation({
    mutationFn: () => of.remove(realm, id, revision).catch(ignoreNotFound),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: [of.name, realm], exact: true })
      await navigate({ to: '..', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <>
      {deletion.error !== null && <DeletionError noun={noun} error={deletion.error} />}
      <ConfirmButton
        label={`Delete ${noun}`}
        question={question}
        confirmLabel={confirmLabel}
        isPending={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </>
  )
}

function DeletionError({ noun, error }: { noun: string; error: Error }) {
  const isChanged = error instanceof ApiError && error.code === 412
  return isChanged ? (
    <p className="refusal" role="alert">
      The {noun} was changed since you opened it, so it was not deleted. Reload it first.
    </p>
  ) : (
    <ErrorNotice title={`The ${noun} was not deleted`} error={error} />
  )
}

/** Already deleted by someone else, which is fine. */
function ignoreNotFound(error: unknown): void {
  if (!(error instanceof ApiError && error.code === 404)) throw error
}
