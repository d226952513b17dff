import { Link } from '@tanstack/react-router'
import { applications } from '../../api/applications.ts'
import type { Stored } from '../../api/collection.ts'
import { errorMessage } from '../components/error-notice.tsx'
import { Page } from '../components/page.tsx'
import { FormContext } from '../form/form-context.tsx'
import { DeleteResource } from '../resources/delete-resource.tsx'
import { useResourceDraft } from '../resources/use-resource-draft.ts'
import { DraftSheets } from '../saving/draft-sheets.tsx'
import { SaveBar } from '../saving/save-bar.tsx'
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
export function ApplicationEditor({ realm, stored }: { realm: string; stored: Stored }) {
  const { id } = stored
  const draft = useResourceDraft(applications, realm, stored)
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
      <FormContext value={{ realm, stateKeys: [], nodeTypes: [] }}>
        <div className="sections">
          <BasicFields draft={draft} />
          <SignInSection draft={draft} />
          {usesCiba && <CibaSection draft={draft} />}
          <LifetimeSection draft={draft} />
          <section aria-label="Secret and deletion">
            <h2 className="heading-2">{isPublic ? 'Delete' : 'Secret and deletion'}</h2>
            {!isPublic && <NewSecret realm={realm} id={id} draft={draft} />}
            <DeleteResource
              of={applications}
              realm={realm}
              id={id}
              noun="application"
              question={`Delete ${id}? All its tokens stop working at once, and nobody can sign in to it.`}
              confirmLabel={`Delete ${id}`}
            />
          </section>
          <SaveBar
            draft={draft}
            serverError={
              saveState.kind === 'refused' ? rejectionText(errorMessage(saveState.error)) : undefined
            }
          />
        </div>
      </FormContext>
      <DraftSheets draft={draft} realm={realm} changed={thing} titleOf={settingTitle} name={id} />
    </Page>
  )
}
