import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { readApplication, type StoredApplication, saveApplication } from '../../api/applications.ts'
import { errorMessage } from '../components/error-notice.tsx'
import { Page } from '../components/page.tsx'
import { DraftSheets } from '../saving/draft-sheets.tsx'
import { SaveBar } from '../saving/save-bar.tsx'
import { type Draft, useDraft } from '../saving/use-draft.ts'
import { BasicFields } from './basic-fields.tsx'
import { CibaFields } from './ciba-fields.tsx'
import {
  applicationName,
  cibaGrantType,
  rejectionText,
  settingTitle,
  textValue,
  textValues,
} from './client-settings.ts'
import { NewSecret } from './new-secret.tsx'
import { DeleteApplication } from './remove-application.tsx'
import { SignInFields } from './sign-in-fields.tsx'
import { TokenFields } from './token-fields.tsx'

/** What an application may do, as sections that are saved together. */
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
        <SignInFields draft={draft} />
        {usesCiba && <CibaFields draft={draft} />}
        <TokenFields draft={draft} />
        <section aria-label="Secret and removal">
          <h2>{isPublic ? 'Removal' : 'Secret and removal'}</h2>
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
