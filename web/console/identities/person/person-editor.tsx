import { Tabs } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { patchPerson, readPerson, type StoredPerson } from '../../../api/people.ts'
import type { PersonSchema } from '../../../api/person-schema.ts'
import type { Path } from '../../saving/changes.ts'
import { changesBetween } from '../../saving/changes.ts'
import { DraftSheets } from '../../saving/draft-sheets.tsx'
import type { StoredDocument } from '../../saving/stored-document.ts'
import { useDraft } from '../../saving/use-draft.ts'
import { personName } from '../person-name.ts'
import { AccessPanel } from './access-panel.tsx'
import { attributeTitle, editable, operationsFor } from './attributes.ts'
import { DevicesPanel } from './devices-panel.tsx'
import { PersonHeader } from './person-header.tsx'
import { ProfileForm } from './profile-form.tsx'
import { SessionsPanel } from './sessions-panel.tsx'

type Props = { realm: string; stored: StoredPerson; schema: PersonSchema }

/** The open person. Attributes are saved as a draft; other changes take effect at once. */
export function PersonEditor({ realm, stored, schema }: Props) {
  const { id } = stored
  const { person, onChanged, draft } = usePerson({ realm, stored, schema })
  return (
    <>
      <PersonHeader realm={realm} person={person} onChanged={onChanged} />{' '}
      <Tabs defaultValue="profile" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="profile">Profile</Tabs.Tab>
          <Tabs.Tab value="access">Access</Tabs.Tab>
          <Tabs.Tab value="devices">Devices</Tabs.Tab>
          <Tabs.Tab value="sessions">Sessions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="profile">
          <ProfileForm realm={realm} draft={draft} schema={schema} />
        </Tabs.Panel>
        <Tabs.Panel value="access">
          <AccessPanel realm={realm} person={person} onChanged={onChanged} />
        </Tabs.Panel>
        <Tabs.Panel value="devices">
          <DevicesPanel realm={realm} id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="sessions">
          <SessionsPanel realm={realm} id={id} />
        </Tabs.Panel>
      </Tabs>
      <DraftSheets
        draft={draft}
        realm={realm}
        changed={{ event: 'AM-IDENTITY-CHANGE', kind: 'person', id }}
        titleOf={(path: Path) => attributeTitle(schema, path)}
        name={personName(person.document)}
      />
    </>
  )
}

function usePerson({ realm, stored, schema }: Props) {
  const { id } = stored
  const queries = useQueryClient()
  const [person, setPerson] = useState(stored)
  const onRead = useCallback(
    async (read: StoredPerson): Promise<StoredDocument> => {
      setPerson(read)
      await queries.invalidateQueries({ queryKey: ['people', realm] })
      return { document: editable(read.document, schema), revision: read.revision }
    },
    [queries, realm, schema],
  )
  const read = async () => onRead(await readPerson(realm, id))
  const draft = useDraft(
    { document: editable(stored.document, schema), revision: stored.revision },
    {
      read,
      async save(document, base) {
        const operations = operationsFor(changesBetween(base.document, document))
        await patchPerson(realm, id, operations, base.revision)
        return read()
      },
    },
  )
  return {
    person,
    draft,
    /** Takes over the changed person and keeps unsaved input. */
    onChanged: async (changed?: StoredPerson) =>
      draft.rebase(changed === undefined ? await read() : await onRead(changed)),
  }
}
