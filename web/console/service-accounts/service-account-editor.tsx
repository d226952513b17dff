import { Switch, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ServiceAccount, serviceAccounts } from '../../api/service-accounts.ts'
import { CopyField } from '../../design/copy-field.tsx'
import { Page } from '../components/page.tsx'
import { DeleteResource } from '../resources/delete-resource.tsx'
import { useResourceDraft } from '../resources/use-resource-draft.ts'
import { type Path, pathKey } from '../saving/changes.ts'
import { DraftSheets } from '../saving/draft-sheets.tsx'
import { SaveBar } from '../saving/save-bar.tsx'
import type { Draft } from '../saving/use-draft.ts'
import { settingsIn } from './account-document.ts'
import { Keys } from './account-keys.tsx'
import { accountProblem } from './account-problem.ts'
import { frodoCommand } from './key-pair.ts'
import { ScopesField } from './scopes-field.tsx'

const titles: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  isActive: 'Active',
  scopes: 'Scopes',
  keys: 'Keys',
}

const titleOf = (path: Path) => titles[String(path[0])] ?? pathKey(path)

/** Settings and keys of a service account. */
export function ServiceAccountEditor({ realm, stored }: { realm: string; stored: ServiceAccount }) {
  const { id } = stored
  const draft = useResourceDraft(serviceAccounts, realm, stored)
  const { name } = settingsIn(draft.base.document)
  const problem = accountProblem(draft.saveState.kind === 'refused' ? draft.saveState.error : null)
  return (
    <Page
      title={name}
      description={`Service account ${id}`}
      actions={
        <Link to="/service-accounts" search={{ realm }}>
          All service accounts
        </Link>
      }
    >
      <div className="sections">
        <Settings draft={draft} />
        <Keys id={id} name={name} draft={draft} />
        <section className="panel stack gap-4" aria-label="Use">
          <h2 className="heading-2">Use with frodo</h2>
          <CopyField text={frodoCommand(id, name, location.origin)} label="Command for frodo" />
          <p>Run it in the folder with the file of the private key. It stores the account in a connection.</p>
        </section>
        <section className="panel stack gap-4" aria-label="Delete">
          <h2 className="heading-2">Delete</h2>
          <DeleteResource
            of={serviceAccounts}
            realm={realm}
            id={id}
            noun="service account"
            question={`Delete ${name}? Its tokens stop working at once.`}
            confirmLabel={`Delete ${name}`}
          />
        </section>
        <SaveBar draft={draft} serverError={problem?.text} />
      </div>
      <DraftSheets
        draft={draft}
        realm="/"
        changed={{ event: 'AM-CONFIG-CHANGE', kind: 'serviceAccount', id }}
        titleOf={titleOf}
        name={name}
      />
    </Page>
  )
}

function Settings({ draft }: { draft: Draft }) {
  const { document, set, saveState } = draft
  const { name, description, isActive, scopes } = settingsIn(document)
  const problem = accountProblem(saveState.kind === 'refused' ? saveState.error : null)
  const textOf = (member: string) => (problem?.member === member ? problem.text : undefined)
  return (
    <section className="panel stack gap-4" aria-label="Settings">
      <Switch
        label="Active"
        description="When off, it gets no tokens, and the ones that it has stop working."
        checked={isActive}
        onChange={({ currentTarget }) => set(['isActive'], currentTarget.checked)}
      />
      <TextInput
        label="Name"
        dir="auto"
        autoComplete="off"
        value={name}
        error={textOf('name')}
        onChange={({ currentTarget }) => set(['name'], currentTarget.value)}
      />
      <TextInput
        label="Description"
        dir="auto"
        autoComplete="off"
        value={description}
        error={textOf('description')}
        onChange={({ currentTarget }) => set(['description'], currentTarget.value)}
      />
      <ScopesField
        scopes={scopes}
        problem={textOf('scopes')}
        onChange={(chosen) => set(['scopes'], chosen)}
      />
    </section>
  )
}
