import './scripts-page.css'
import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { listScripts, type Script } from '../../api/scripts.ts'
import { Time } from '../components/time.tsx'
import { ResourceList } from '../resources/resource-list.tsx'
import { typeTitle } from './script-contexts.ts'

const page = {
  title: 'Scripts',
  description: 'Scripts for decision nodes, configuration providers and libraries.',
}

export function ScriptsPage() {
  return (
    <ResourceList
      of={{ name: 'scripts', list: listScripts }}
      nouns={['script', 'scripts']}
      page={page}
      empty="A script decides how a journey continues, or provides the settings of a node at run time."
      renderAct={(realm) => <NewScript realm={realm} />}
    >
      {(scripts, realm) => <ScriptList scripts={scripts} realm={realm} />}
    </ResourceList>
  )
}

function NewScript({ realm }: { realm: string }) {
  return (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/scripts/$id" params={{ id: 'new' }} search={{ realm }} />}
    >
      New script
    </Button>
  )
}

function ScriptList({ scripts, realm }: { scripts: readonly Script[]; realm: string }) {
  const [query, setQuery] = useState('')
  // Built-in scripts only appear in search results.
  const offered = query === '' ? scripts.filter(({ isBuiltIn }) => !isBuiltIn) : scripts
  const found = offered.filter((script) =>
    `${script.name} ${script.description} ${typeTitle(script)}`.toLowerCase().includes(query.toLowerCase()),
  )
  return (
    <>
      <TextInput
        className="find-script below-4"
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
  const { id, name, description, language, savedAt } = script
  return (
    <li className="stack align-center gap-4">
      <div className="what">
        <Link
          className="name-link inked text-body medium breaks"
          to="/scripts/$id"
          params={{ id }}
          search={{ realm }}
        >
          <bdi>{name}</bdi>
        </Link>
        {description !== '' && <p className="muted">{description}</p>}
      </div>
      <span className="muted">
        {typeTitle(script)}
        {language === 'JAVASCRIPT' ? '' : ` · ${language.toLowerCase()}, not supported here`}
      </span>
      <span className="figures muted">{savedAt !== undefined && savedAt !== 0 && <Time at={savedAt} />}</span>
    </li>
  )
}
