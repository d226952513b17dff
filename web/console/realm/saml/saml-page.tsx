import '../../components/listing.css'
import '../identity-providers/identity-providers.css'
import { Button, FileInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { importMetadata, samlEntities } from '../../../api/saml.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { ResourceList } from '../../resources/resource-list.tsx'

export const samlKinds: Readonly<Record<string, string>> = {
  hosted: 'Hosted',
  remote: 'Remote',
  circle: 'Circle of trust',
}

/** The SAML 2.0 entities of a realm and the circles of trust between them. */
export function SamlPage() {
  return (
    <ResourceList
      of={samlEntities}
      nouns={['remote entity', 'SAML entities']}
      about="Service providers of this realm, identity providers of others, and which of them trust each other."
      empty="Imports bring service providers and circles of trust. A remote entity is made from its metadata."
      renderNew={(realm, onClose) => <NewEntity realm={realm} onClose={onClose} />}
    >
      {(all, realm) => (
        <ul className="listing saml panel">
          {all.map(({ id, document: { name, kind, details } }) => (
            <li className="align-center breaks" key={id}>
              <Link className="medium inked" to="/realm/saml/$id" params={{ id }} search={{ realm }}>
                <bdi>{name}</bdi>
              </Link>
              <p>{samlKinds[kind]}</p>
              <p>{details.map((each) => roles[each] ?? each).join(', ')}</p>
            </li>
          ))}
        </ul>
      )}
    </ResourceList>
  )
}

const roles: Readonly<Record<string, string>> = {
  identityProvider: 'Identity provider',
  serviceProvider: 'Service provider',
}

/** Makes a remote entity from the file with its metadata. */
function NewEntity({ realm, onClose }: { realm: string; onClose(): void }) {
  const queries = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const creation = useMutation({
    mutationFn: async (chosen: File) => importMetadata(realm, await chosen.text()),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: [samlEntities.name, realm] })
      onClose()
    },
  })
  return (
    <Sheet title="New remote entity" onClose={onClose}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (file !== null) creation.mutate(file)
        }}
      >
        {creation.error !== null && <ErrorNotice title="Nothing was imported" error={creation.error} />}
        <FileInput
          data-autofocus
          label="Metadata"
          description="The XML file of the other side. The metadata of an entity that exists is replaced."
          placeholder="Choose a file"
          accept=".xml,application/xml,text/xml"
          value={file}
          onChange={setFile}
        />
        <div className="sheet-acts">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={creation.isPending} disabled={file === null}>
            Import
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
