import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { removeApplication } from '../../api/applications.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'

/** Nothing else names an application: what ends with it are its tokens. */
export function RemoveApplication({ realm, id }: { realm: string; id: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const removal = useMutation({
    mutationFn: () => removeApplication(realm, id),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['applications', realm], exact: true })
      await navigate({ to: '/applications', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <>
      {removal.error !== null && (
        <ErrorNotice title="The application was not deleted" error={removal.error} />
      )}
      <ConfirmButton
        label="Delete the application"
        question={`Delete ${id}? All of its tokens end at once, and nobody can sign in to it any more.`}
        confirmLabel={`Delete ${id}`}
        isPending={removal.isPending}
        onConfirm={() => removal.mutate()}
      />
    </>
  )
}
