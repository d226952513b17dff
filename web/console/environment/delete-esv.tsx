import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { removeEsv } from '../../api/environment.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { nameInSettings, variableOfId } from './esv-names.ts'

type Props = {
  realm: string
  kind: 'variables' | 'secrets'
  id: string
  /** Whether the process has a variable of the same name, which counts afterwards. */
  isInProcess: boolean
}

export function DeleteEsv({ realm, kind, id, isInProcess }: Props) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const deletion = useMutation({
    mutationFn: () => removeEsv(kind, id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['environment'], exact: true })
      await navigate({ to: '/environment', search: { realm }, ignoreBlocker: true })
    },
  })
  const name = nameInSettings(id)
  const versions = kind === 'secrets' ? ' with all versions' : ''
  const effect = isInProcess
    ? `Settings and scripts then read ${variableOfId(id)} of the server process.`
    : 'Journeys whose settings or scripts refer to it fail from their next step on.'
  return (
    <section aria-label="Delete">
      <h2>Delete</h2>
      {deletion.error !== null && <ErrorNotice title="It was not deleted" error={deletion.error} />}
      <ConfirmButton
        label={kind === 'secrets' ? 'Delete secret' : 'Delete variable'}
        question={`Delete ${name}${versions}? ${effect}`}
        confirmLabel={`Delete ${name}`}
        isPending={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </section>
  )
}
