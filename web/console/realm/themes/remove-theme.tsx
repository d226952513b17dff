import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { readThemes, saveThemes } from '../../../api/themes.ts'
import { ConfirmButton } from '../../components/confirm-button.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'

export function DeleteTheme({ realm, id, name }: { realm: string; id: string; name: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const deletion = useMutation({
    async mutationFn() {
      const { themes, revision } = await readThemes(realm)
      const others = themes.filter(({ _id }) => _id !== id)
      await saveThemes(realm, others, revision)
    },
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['themes', realm], exact: true })
      await navigate({ to: '/realm/themes', search: { realm }, ignoreBlocker: true })
    },
  })
  return (
    <>
      {deletion.error !== null && <ErrorNotice title="The theme was not deleted" error={deletion.error} />}
      <ConfirmButton
        label="Delete theme"
        question={`Delete ${name}? Its journeys will use the default theme.`}
        confirmLabel={`Delete ${name}`}
        isPending={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </>
  )
}
