import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import {
  readApplication,
  removeApplication,
  type StoredApplication,
  saveApplication,
} from '../../api/applications.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorNotice, errorMessage } from '../components/error-notice.tsx'
import { Page } from '../components/page.tsx'
import { DraftSheets } from '../saving/draft-sheets.tsx'
import { SaveBar } from '../saving/save-bar.tsx'
import { type Draft, useDraft } from '../saving/use-draft.ts'
import { BasicFields } from './basic-fields.tsx'
import {
  applicationName,
  cibaGrantType,
  rejectionText,
  settingTitle,
  textValue,
  textValues,
} from './client-settings.ts'
import { NewSecret } from './new-secret.tsx'
import { CibaSection, LifetimeSection, SignInSection } from './setting-sections.tsx'

/** Settings of an application in one form, saved together. */
export function ApplicationEditor({ realm, stored }: { realm: string; stored: StoredApplication }) {
  const { id } = stored
  const draft = useApplicationDraft(realm, stored)
  const { document, base, saveState } = draft
  const thing = { event: 'AM-CONFIG-CHANGE', kind: 'oauthClient', id } as const
  const isPublic = textValue(document, 'type') === 'Public'
  const usesCiba = !isPublic && textValues(document, 'grantTypes').includes(cibaGrantType)
  return (
    <Page
      title={applicationName(base.document, id)}
      description={`Application ${id}`}
      actions={
        <Link to="/applications" search={{ realm }}>
          All applications
        </Link>
      }
    >
      <div className="application">
        <BasicFields draft={draft} />
        <SignInSection draft={draft} />
        {usesCiba && <CibaSection draft={draft} />}
        <LifetimeSection draft={draft} />
        <section aria-label="Secret and deletion">
          <h2>{isPublic ? 'Delete' : 'Secret and deletion'}</h2>
          {!isPublic && <NewSecret realm={realm} id={id} draft={draft} />}
          <DeleteApplication realm={realm} id={id} />
        </section>
        <SaveBar
          draft={draft}
          serverError={
            saveState.kind === 'refused' ? rejectionText(errorMessage(saveState.error)) : undefined
          }
        />
      </div>
      <DraftSheets draft={draft} realm={realm} changed={thing} titleOf={settingTitle} name={id} />
    </Page>
  )
}

function useApplicationDraft(realm: string, stored: StoredApplication): Draft {
  const queries = useQueryClient()
  return useDraft(stored, {
    read: () => readApplication(realm, stored.id),
    async save(document, { revision }) {
      const saved = await saveApplication(realm, stored.id, document, revision)
      await queries.invalidateQueries({ queryKey: ['applications', realm], exact: true })
      return saved
    },
  })
}

/** Deletes an application, which ends its tokens. Nothing else refers to it. */
function DeleteApplication({ realm, id }: { realm: string; id: string }) {
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
        label="Delete application"
        question={`Delete ${id}? All its tokens stop working at once, and nobody can sign in to it.`}
        confirmLabel={`Delete ${id}`}
        isPending={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </>
  )
}
