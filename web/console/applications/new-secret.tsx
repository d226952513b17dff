import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { readApplication, saveApplication } from '../../api/applications.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { withValue } from '../saving/changes.ts'
import type { Draft } from '../saving/use-draft.ts'
import { ClientSecret } from './client-secret.tsx'
import { newSecret, settingPath } from './client-settings.ts'

/** Another secret in the place of the old one, on top of what is saved: what is being edited stays a draft. */
export function NewSecret({ realm, id, draft }: { realm: string; id: string; draft: Draft }) {
  const renewal = useMutation({
    async mutationFn() {
      const secret = newSecret()
      const { document, revision } = await readApplication(realm, id)
      const changed = withValue(document, settingPath(document, 'secret'), secret)
      draft.rebase(await saveApplication(realm, id, changed, revision))
      return secret
    },
  })
  return (
    <>
      {renewal.error !== null && <ErrorNotice title="The secret was not changed" error={renewal.error} />}
      <ConfirmButton
        label="Make a new secret"
        question={`Make a new secret for ${id}? The old one is good for nothing then.`}
        confirmLabel="Make a new secret"
        isPending={renewal.isPending}
        onConfirm={() => renewal.mutate()}
      />
      {renewal.data !== undefined && (
        <Sheet title="The new secret" onClose={renewal.reset} closeOnClickOutside={false}>
          <ClientSecret secret={renewal.data} />
          <div className="sheet-acts">
            <Button onClick={renewal.reset} data-autofocus>
              Done
            </Button>
          </div>
        </Sheet>
      )}
    </>
  )
}
