import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { removeTemplate } from '../../../api/email-templates.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'

export function DeleteTemplate({ realm, name }: { realm: string; name: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const deletion = useMutation({
    mutationFn: () => removeTemplate(realm, name),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['email-templates', realm], exact: true })
      await navigate({ to: '/realm/templates', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <>
      {deletion.error !== null && <ErrorNotice title="The template was not deleted" error={deletion.error} />}
      <ConfirmButton
        label="Delete template"
        question={`Delete ${name}? Journeys that send it will fail.`}
        confirmLabel={`Delete ${name}`}
        isPending={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </>
  )
}
