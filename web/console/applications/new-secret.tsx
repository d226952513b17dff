import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { applications } from '../../api/applications.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { withValue } from '../saving/changes.ts'
import type { Draft } from '../saving/use-draft.ts'
import { ClientSecret } from './client-secret.tsx'
import { newSecret, settingPath } from './client-settings.ts'

/** Replaces the secret of the stored application. Unsaved changes stay in the draft. */
export function NewSecret({ realm, id, draft }: { realm: string; id: string; draft: Draft }) {
  const renewal = useMutation({
    async mutationFn() {
      const secret = newSecret()
      const { document, revision } = await applications.read(realm, id)
      const changed = withValue(document, settingPath(document, 'secret'), secret)
      draft.rebase(await applications.save(realm, id, changed, revision))
      return secret
    },
  })
  return (
    <>
      {renewal.error !== null && <ErrorNotice title="The secret was not changed" error={renewal.error} />}
      <ConfirmButton
        label="Create new secret"
        question={`Create a new secret for ${id}? The old secret stops working at once.`}
        confirmLabel="Create new secret"
        isPending={renewal.isPending}
        onConfirm={() => renewal.mutate()}
      />
      {renewal.data !== undefined && (
        <Sheet title="New client secret" onClose={renewal.reset} closeOnClickOutside={false}>
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
