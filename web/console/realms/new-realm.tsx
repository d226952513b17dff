import { Select, TagsInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { createRealm, type RealmEntry } from '../../api/realms.ts'
import { realmName } from '../components/realm-name.ts'
import { FormSheet } from '../saving/form-sheet.tsx'

type Props = { parents: readonly string[]; onClose(): void; onCreated(realm: RealmEntry): void }

type RealmInput = { name: string; parent: string; aliases: string[] }

export function NewRealm({ parents, onClose, onCreated }: Props) {
  const [input, setWanted] = useState<RealmInput>({ name: '', parent: '/', aliases: [] })
  const { name, parent, aliases } = input
  const creation = useMutation({
    mutationFn: () => createRealm(parent, name.trim(), aliases),
    onSuccess(realm) {
      onCreated(realm)
      onClose()
    },
  })
  return (
    <FormSheet
      title="New realm"
      submitLabel="Create realm"
      isReady={name.trim() !== '' && nameProblem(name) === undefined}
      isChanged={name !== '' || aliases.length > 0}
      isPending={creation.isPending}
      error={creation.error}
      errorTitle="The realm was not created"
      onSubmit={() => creation.mutate()}
      onClose={onClose}
    >
      <RealmFields input={input} parents={parents} onChange={setWanted} />
    </FormSheet>
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
