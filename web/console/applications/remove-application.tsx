import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { removeApplication } from '../../api/applications.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'

/** Nothing else names an application: what ends with it are its tokens. */
export function DeleteApplication({ realm, id }: { realm: string; id: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const deletion = useMutation({
    mutationFn: () => removeApplication(realm, id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['applications', realm], exact: true })
      await navigate({ to: '/applications', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <>
      {deletion.error !== null && (
        <ErrorNotice title="The application was not deleted" error={deletion.error} />
      )}
      <ConfirmButton
        label="Delete the application"
        question={`Delete ${id}? All of its tokens end at once, and nobody can sign in to it any more.`}
        confirmLabel={`Delete ${id}`}
        isPending={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </>
  )
}
