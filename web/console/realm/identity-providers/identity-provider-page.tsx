import '../../components/sections.css'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Stored } from '../../../api/collection.ts'
import { identityProviders, providerType } from '../../../api/identity-providers.ts'
import type { JsonObject } from '../../../api/json.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { useLacksSecret } from '../../components/use-missing.ts'
import { schemaOf } from '../../form/document-schema.ts'
import { FormContext } from '../../form/form-context.tsx'
import { GroupFields } from '../../form/settings-form.tsx'
import { DeleteResource } from '../../resources/delete-resource.tsx'
import { ResourcePage } from '../../resources/resource-page.tsx'
import { useResourceDraft } from '../../resources/use-resource-draft.ts'
import { type Path, pathKey } from '../../saving/changes.ts'
import { DraftSheets } from '../../saving/draft-sheets.tsx'
import { SaveBar } from '../../saving/save-bar.tsx'
import { providerSettings, typeTitle } from './provider-settings.ts'

const route = getRouteApi('/realm/identity-providers/$id')
const noProblems = new Map<string, string>()

export function IdentityProviderPage() {
  const { id } = route.useParams()
  const { realm } = route.useSearch()
  return (
    <ResourcePage of={identityProviders} realm={realm} id={id} noun="identity provider">
      {(stored) => <Editor key={`${realm} ${id}`} realm={realm} stored={stored} />}
    </ResourcePage>
  )
}

/** All settings of a provider, also those that only the vendor's server uses. */
function Editor({ realm, stored }: { realm: string; stored: Stored }) {
  const { id } = stored
  const draft = useResourceDraft(identityProviders, realm, stored, withoutEmpty)
  const { document, set, saveState } = draft
  const schema = useMemo(() => schemaOf(stored.document, providerSettings), [stored])
  const context = useMemo(() => ({ realm, stateKeys: [], nodeTypes: [] }), [realm])
  const lacksSecret = useLacksSecret(realm, 'socialIdentityProvider')
  // The server never sends the secret.
  const shown = { ...document, clientSecret: document.clientSecret ?? (lacksSecret(id) ? null : 'stored') }
  return (
    <FormContext value={context}>
      <div className="sections">
        <div className="wrap align-baseline justify-between">
          <h2 className="heading-2 breaks">
            <bdi>{id}</bdi> · {typeTitle(providerType(document))}
          </h2>
          <Link to="/realm/identity-providers" search={{ realm }}>
            All identity providers
          </Link>
        </div>
        <section aria-label="Settings">
          <GroupFields setting={schema} path={[]} value={shown} problems={noProblems} onChange={set} />
        </section>
        <section aria-label="Delete">
          <DeleteResource
            of={identityProviders}
            realm={realm}
            id={id}
            noun="identity provider"
            question={`Delete ${id}? Journeys that offer it fail when people choose it.`}
            confirmLabel={`Delete ${id}`}
          />
        </section>
        <SaveBar
          draft={draft}
          serverError={saveState.kind === 'refused' ? errorMessage(saveState.error) : undefined}
        />
      </div>
      <DraftSheets
        draft={draft}
        realm={realm}
        changed={{ event: 'AM-CONFIG-CHANGE', kind: 'identityProvider', id }}
        titleOf={titleOf}
        name={id}
      />
    </FormContext>
  )
}

/** Emptied settings are not set. An empty secret stays, because it removes the stored one. */
function withoutEmpty(document: JsonObject): JsonObject {
  const isKept = ([name, value]: [string, unknown]) => value !== '' || name === 'clientSecret'
  return Object.fromEntries(Object.entries(document).filter(isKept))
}

function titleOf(path: Path): string {
  return providerSettings[String(path[0])]?.title ?? pathKey(path)
}
