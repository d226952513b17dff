import './custom-nodes-page.css'
import { Button, Menu, TextInput } from '@mantine/core'
import { IconPlus, IconPuzzle, IconSearch } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import {
  type CustomNode,
  exportCustomNodes,
  importCustomNodes,
  listCustomNodes,
} from '../../api/custom-nodes.ts'
import { download } from '../../design/download.ts'
import { MoreMenu } from '../components/icon-button.tsx'
import { ImportFile } from '../components/import-file.tsx'
import { ResourceList } from '../resources/resource-list.tsx'
import { RemoveCustomNode } from './remove-custom-node.tsx'

const page = {
  title: 'Custom nodes',
  description: 'Your own node types with properties, outcomes and a script. All realms can use them.',
}

/** Node types that administrators created. All realms share them. */
export function CustomNodesPage() {
  return (
    <ResourceList
      of={{ name: 'custom-nodes', list: (_realm, signal) => listCustomNodes(signal) }}
      nouns={['custom node', 'custom nodes']}
      page={page}
      empty="A custom node runs your script, which decides how a journey continues."
      renderAct={(realm) => <Acts realm={realm} />}
    >
      {(nodes, realm) => <NodeList nodes={nodes} realm={realm} />}
    </ResourceList>
  )
}

function useRefresh() {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: ['custom-nodes'] })
    await queries.invalidateQueries({ queryKey: ['node-types'] })
  }
}

function Acts({ realm }: { realm: string }) {
  return (
    <>
      <ImportFile
        accept="application/json,.json"
        send={(text) => importCustomNodes(parsed(text))}
        onImported={useRefresh()}
      />
      <NewButton realm={realm} />
    </>
  )
}

function NodeList({ nodes, realm }: { nodes: readonly CustomNode[]; realm: string }) {
  const refresh = useRefresh()
  const [removedId, setRemovedId] = useState<string>()
  // After a change by another person, the next attempt removes the type as the list shows it then.
  const removed = nodes.find(({ _id }) => _id === removedId)
  const [query, setQuery] = useState('')
  const found = nodes.filter(({ displayName, description, tags }) =>
    [displayName, description ?? '', ...tags].join(' ').toLowerCase().includes(query.toLowerCase()),
  )
  return (
    <>
      <TextInput
        className="find-node-type below-4"
        aria-label="Find a custom node"
        placeholder="Find a custom node"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <ul className="custom-nodes panel">
        {found.map((node) => (
          <NodeRow key={node._id} node={node} realm={realm} onRemove={() => setRemovedId(node._id)} />
        ))}
      </ul>
      {found.length === 0 && <p>No matching custom nodes.</p>}
      {removed !== undefined && (
        <RemoveCustomNode node={removed} onClose={() => setRemovedId(undefined)} onRemoved={refresh} />
      )}
    </>
  )
}

function NewButton({ realm }: { realm: string }) {
  return (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      renderRoot={(props) => (
        <Link {...props} to="/custom-nodes/$id" params={{ id: 'new' }} search={{ realm }} />
      )}
    >
      New custom node
    </Button>
  )
}

function NodeRow({ node, realm, onRemove }: { node: CustomNode; realm: string; onRemove(): void }) {
  const { _id, displayName, description, outcomes, errorOutcome, tags } = node
  return (
    <li className="align-center gap-4">
      <span className="tile stack place-center">
        <IconPuzzle size={18} stroke={1.75} aria-hidden />
      </span>
      <div className="what">
        <Link
          className="name-link inked medium breaks"
          to="/custom-nodes/$id"
          params={{ id: _id }}
          search={{ realm }}
        >
          <bdi>{displayName}</bdi>
        </Link>
        {description !== '' && description !== null && <p className="note">{description}</p>}
      </div>
      <p className="outcomes wrap gap-1">
        {[...outcomes, ...(errorOutcome ? ['Script Error'] : [])].map((outcome) => (
          <span key={outcome} className="chip breaks">
            <bdi>{outcome}</bdi>
          </span>
        ))}
      </p>
      <p className="tags note">{tags.filter((tag) => tag !== 'customNode').join(', ')}</p>
      <MoreMenu label={`More for ${displayName}`} color="accent">
        <Menu.Item onClick={() => exportCustomNode(node)}>Export</Menu.Item>
        <Menu.Item color="bad" onClick={onRemove}>
          Delete…
        </Menu.Item>
      </MoreMenu>
    </li>
  )
}

/** Downloads a node type in the vendor's export format. */
export async function exportCustomNode({ _id, displayName }: CustomNode): Promise<void> {
  download(`${displayName}.nodeType.json`, await exportCustomNodes([_id]))
}

/** Invalid JSON is sent as it is, so that the server reports the problem. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
