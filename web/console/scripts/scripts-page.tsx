import './scripts-page.css'
import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listScripts, type Script } from '../../api/scripts.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { Time } from '../components/time.tsx'
import { contextTitle } from './script-contexts.ts'

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
      description="Scripts for decision nodes, configuration providers and libraries."
      actions={newScript}
    >
      <LoadState query={scripts} of="scripts" rows={8} />
      {scripts.data?.length === 0 && (
        <EmptyState title="No scripts yet" action={newScript}>
          A script decides how a journey continues, or provides the settings of a node at run time.
        </EmptyState>
      )}
      {scripts.data !== undefined && scripts.data.length > 0 && (
        <ScriptList scripts={scripts.data} realm={realm} />
      )}
    </Page>
  )
}

function ScriptList({ scripts, realm }: { scripts: readonly Script[]; realm: string }) {
  const [query, setQuery] = useState('')
  // Built-in scripts only appear in search results.
  const offered = query === '' ? scripts.filter(({ isBuiltIn }) => !isBuiltIn) : scripts
  const found = offered.filter(({ name, description, context }) =>
    `${name} ${description} ${contextTitle(context)}`.toLowerCase().includes(query.toLowerCase()),
  )
  return (
    <>
      <TextInput
        className="find-script"
        aria-label="Find a script"
        placeholder="Find a script, including built-in ones"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <ul className="scripts panel text-note">
        {found.map((script) => (
          <ScriptRow key={script.id} script={script} realm={realm} />
        ))}
      </ul>
      {found.length === 0 && (
        <p>{query === '' ? 'This realm has no scripts of its own.' : 'No matching scripts.'}</p>
      )}
    </>
  )
}

function ScriptRow({ script, realm }: { script: Script; realm: string }) {
  const { id, name, description, context, language, savedAt } = script
  return (
    <li className="stack align-center gap-4">
      <div className="what">
        <Link to="/scripts/$id" params={{ id }} search={{ realm }}>
          <bdi>{name}</bdi>
        </Link>
        {description !== '' && <p>{description}</p>}
      </div>
      <span>
        {contextTitle(context)}
        {language === 'JAVASCRIPT' ? '' : ` · ${language.toLowerCase()}, not supported here`}
      </span>
      <span className="figures">{savedAt !== undefined && savedAt !== 0 && <Time at={savedAt} />}</span>
    </li>
  )
}
