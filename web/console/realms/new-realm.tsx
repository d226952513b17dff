import { Button, Select, TagsInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { createRealm, type RealmEntry } from '../../api/realms.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { realmName } from '../components/realm-name.ts'
import { Sheet } from '../components/sheet.tsx'
import { useConfirmClose } from '../saving/use-confirm-close.tsx'

type Props = { parents: readonly string[]; onClose(): void; onCreated(realm: RealmEntry): void }

type RealmInput = { name: string; parent: string; aliases: string[] }

export function NewRealm({ parents, onClose, onCreated }: Props) {
  const [input, setWanted] = useState<RealmInput>({ name: '', parent: '/', aliases: [] })
  const { name, parent, aliases } = input
  const { close, question } = useConfirmClose(name !== '' || aliases.length > 0, onClose)
  const creation = useMutation({
    mutationFn: () => createRealm(parent, name.trim(), aliases),
    onSuccess(realm) {
      onCreated(realm)
      onClose()
    },
  })
  return (
    <Sheet title="New realm" onClose={close}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          creation.mutate()
        }}
      >
        {creation.error !== null && <ErrorNotice title="The realm was not created" error={creation.error} />}
        <RealmFields input={input} parents={parents} onChange={setWanted} />
        {question}
        <div className="sheet-acts">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={creation.isPending}
            disabled={name.trim() === '' || nameProblem(name) !== undefined}
          >
            Create realm
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

type FieldsProps = { input: RealmInput; parents: readonly string[]; onChange(input: RealmInput): void }

function RealmFields({ input, parents, onChange }: FieldsProps) {
  const { name, parent, aliases } = input
  return (
    <>
      <TextInput
        label="Name"
        description="Part of every URL of the realm. It can’t be changed later."
        data-autofocus
        value={name}
        onChange={({ currentTarget }) => onChange({ ...input, name: currentTarget.value })}
        error={nameProblem(name)}
      />
      <Select
        label="Parent realm"
        data={parents.map((path) => ({ value: path, label: realmName(path) }))}
        value={parent}
        allowDeselect={false}
        onChange={(chosen) => onChange({ ...input, parent: chosen ?? '/' })}
      />
      <TagsInput
        label="Aliases"
        description="Other names for the realm, in URLs and in ?realm=."
        placeholder={aliases.length === 0 ? 'Type and press Enter' : ''}
        acceptValueOnBlur
        dropdownOpened={false}
        value={aliases}
        onChange={(texts) => onChange({ ...input, aliases: texts })}
      />
    </>
  )
}

/** Checks the characters of the name. The server validates again. */
function nameProblem(name: string): string | undefined {
  return name === '' || /^\w[\w.-]{0,63}$/.test(name.trim())
    ? undefined
    : 'Use letters, digits, dots, dashes and underscores'
}
