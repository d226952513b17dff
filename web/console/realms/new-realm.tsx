import { Button, Select, TagsInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { createRealm, type RealmEntry } from '../../api/realms.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { realmName } from '../components/realm-name.ts'
import { Sheet } from '../components/sheet.tsx'
import { useConfirmClose } from '../saving/use-confirm-close.tsx'

type Given = { parents: readonly string[]; onClose(): void; onMade(realm: RealmEntry): void }

type Wanted = { name: string; parent: string; aliases: string[] }

export function NewRealm({ parents, onClose, onMade }: Given) {
  const [wanted, setWanted] = useState<Wanted>({ name: '', parent: '/', aliases: [] })
  const { name, parent, aliases } = wanted
  const { close, question } = useConfirmClose(name !== '' || aliases.length > 0, onClose)
  const making = useMutation({
    mutationFn: () => createRealm(parent, name.trim(), aliases),
    onSuccess(made) {
      onMade(made)
      onClose()
    },
  })
  return (
    <Sheet title="New realm" onClose={close}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate()
        }}
      >
        {making.error !== null && <ErrorNotice title="The realm was not made" error={making.error} />}
        <RealmFields wanted={wanted} parents={parents} onChange={setWanted} />
        {question}
        <div className="sheet-acts">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={making.isPending}
            disabled={name.trim() === '' || hintFor(name) !== undefined}
          >
            Create the realm
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

type FieldsGiven = { wanted: Wanted; parents: readonly string[]; onChange(wanted: Wanted): void }

function RealmFields({ wanted, parents, onChange }: FieldsGiven) {
  const { name, parent, aliases } = wanted
  return (
    <>
      <TextInput
        label="Name"
        description="Part of every address of the realm. It cannot be changed later."
        data-autofocus
        value={name}
        onChange={({ currentTarget }) => onChange({ ...wanted, name: currentTarget.value })}
        error={hintFor(name)}
      />
      <Select
        label="Inside"
        data={parents.map((path) => ({ value: path, label: realmName(path) }))}
        value={parent}
        allowDeselect={false}
        onChange={(chosen) => onChange({ ...wanted, parent: chosen ?? '/' })}
      />
      <TagsInput
        label="Also called"
        description="Other names that lead here, in addresses and in ?realm=."
        placeholder={aliases.length === 0 ? 'Type and press Enter' : ''}
        acceptValueOnBlur
        dropdownOpened={false}
        value={aliases}
        onChange={(texts) => onChange({ ...wanted, aliases: texts })}
      />
    </>
  )
}

/** What a name in addresses can be; the server has the last word. */
function hintFor(name: string): string | undefined {
  return name === '' || /^\w[\w.-]{0,63}$/.test(name.trim())
    ? undefined
    : 'Letters, digits, dots, dashes and underscores'
}
