import './scripts-page.css'
import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listScripts, type Script } from '../../api/scripts.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Page } from '../components/page.tsx'
import { contextTitle } from './script-contexts.ts'

/** The scripts of a realm. */
export function ScriptsPage() {
  const { realm } = useSearch({ from: '__root__' })
  const scripts = useQuery({
    queryKey: ['scripts', realm],
    queryFn: ({ signal }) => listScripts(realm, signal),
  })
  const newScript = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/scripts/$id" params={{ id: 'new' }} search={{ realm }} />}
    >
      New script
    </Button>
  )
  return (
    <Page
      title="Scripts"
      description="What decision nodes, configuration providers and libraries run."
      actions={newScript}
    >
      {scripts.error !== null && (
        <ErrorNotice title="The scripts could not be read" error={scripts.error} onRetry={scripts.refetch} />
      )}
      {scripts.data?.length === 0 && (
        <EmptyState title="No scripts yet" action={newScript}>
          A script decides which way a journey goes, or makes the settings of a node while it runs.
        </EmptyState>
      )}
      {scripts.data !== undefined && scripts.data.length > 0 && (
        <ScriptList scripts={scripts.data} realm={realm} />
      )}
    </Page>
  )
}

function ScriptList({ scripts, realm }: { scripts: readonly Script[]; realm: string }) {
  const [wanted, setWanted] = useState('')
  // The built-in scripts would bury the realm's own: a search finds them.
  const offered = wanted === '' ? scripts.filter(({ isBuiltIn }) => !isBuiltIn) : scripts
  const found = offered.filter(({ name, description, context }) =>
    `${name} ${description} ${contextTitle(context)}`.toLowerCase().includes(wanted.toLowerCase()),
  )
  return (
    <>
      <TextInput
        className="find-script"
        aria-label="Find a script"
        placeholder="Find, also among built-in scripts"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <ul className="scripts">
        {found.map((script) => (
          <ScriptRow key={script.id} script={script} realm={realm} />
        ))}
      </ul>
      {found.length === 0 && (
        <p>{wanted === '' ? 'This realm has no scripts of its own.' : 'Nothing is called that.'}</p>
      )}
    </>
  )
}

function ScriptRow({ script, realm }: { script: Script; realm: string }) {
  const { id, name, description, context, language, savedAt } = script
  return (
    <li>
      <div className="what">
        <Link to="/scripts/$id" params={{ id }} search={{ realm }}>
          <bdi>{name}</bdi>
        </Link>
        {description !== '' && <p>{description}</p>}
      </div>
      <span>
        {contextTitle(context)}
        {language === 'JAVASCRIPT' ? '' : ` · ${language.toLowerCase()}, does not run here`}
      </span>
      <span className="figures">
        {savedAt === undefined || savedAt === 0 ? '' : new Date(savedAt).toLocaleString()}
      </span>
    </li>
  )
}
