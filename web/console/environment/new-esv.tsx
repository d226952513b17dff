import { Checkbox, Radio, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { createSecret, createVariable, type SecretInput, type VariableInput } from '../../api/environment.ts'
import { FormSheet } from '../saving/form-sheet.tsx'
import { idOf, nameInSettings, placeholderOf } from './esv-names.ts'
import { type EsvProblem, esvProblem } from './esv-problem.ts'
import { RealmsField } from './realms-field.tsx'
import { SecretValueField } from './secret-value-field.tsx'
import { types, ValueField } from './value-field.tsx'

type Input = VariableInput & SecretInput & { kind: 'variable' | 'secret'; name: string }

const emptyInput: Input = {
  kind: 'variable',
  name: '',
  value: '',
  description: '',
  realms: null,
  expressionType: 'string',
  encoding: 'generic',
  useInPlaceholders: true,
}

type Props = { onClose(): void; onCreated(name: string): void }

export function NewEsv({ onClose, onCreated }: Props) {
  const [input, setInput] = useState(emptyInput)
  const creation = useCreateEsv((name) => {
    onCreated(name)
    onClose()
  })
  const problem = creation.error === null ? undefined : esvProblem(creation.error)
  const fields = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (creation.error !== null) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [creation.error])
  return (
    <FormSheet
      title="New variable or secret"
      size="lg"
      submitLabel={`Create ${input.kind}`}
      isReady={input.name.trim() !== ''}
      isChanged={input !== emptyInput}
      isPending={creation.isPending}
      error={problem?.field === undefined ? creation.error : null}
      errorTitle="It was not created"
      onSubmit={() => creation.mutate(input)}
      onClose={onClose}
    >
      <div className="sheet-form" ref={fields}>
        <Fields input={input} problem={problem} onChange={setInput} />
      </div>
    </FormSheet>
  )
}

type FieldsProps = { input: Input; problem: EsvProblem | undefined; onChange(input: Input): void }

function Fields({ input, problem, onChange }: FieldsProps) {
  const { kind, name, description, realms } = input
  const textOf = (field: EsvProblem['field']) => (problem?.field === field ? problem?.text : undefined)
  return (
    <>
      <Radio.Group
        label="Kind"
        value={kind}
        onChange={(chosen) => onChange({ ...input, kind: chosen === 'secret' ? 'secret' : 'variable' })}
      >
        <div className="sheet-choices">
          <Radio value="variable" label="Variable: administrators of the server can read its value" />
          <Radio value="secret" label="Secret: nobody can read its value here" />
        </div>
      </Radio.Group>
      <TextInput
        data-autofocus
        label="Name"
        description={
          name.trim() === ''
            ? 'Such as mail.host. Lowercase letters, digits, dots and underscores. It can’t be changed later.'
            : `Settings read it as ${placeholderOf(nameInSettings(idOf(name)))}. The name can’t be changed later.`
        }
        autoComplete="off"
        spellCheck={false}
        value={name}
        error={textOf('name')}
        onChange={({ currentTarget }) => onChange({ ...input, name: currentTarget.value })}
      />
      {kind === 'variable' ? (
        <VariableFields input={input} problem={textOf('value')} onChange={onChange} />
      ) : (
        <SecretFields input={input} problem={textOf('value')} onChange={onChange} />
      )}
      <TextInput
        label="Description"
        dir="auto"
        autoComplete="off"
        value={description}
        onChange={({ currentTarget }) => onChange({ ...input, description: currentTarget.value })}
      />
      <RealmsField
        realms={realms}
        problem={textOf('realms')}
        onChange={(chosen) => onChange({ ...input, realms: chosen })}
      />
    </>
  )
}

type KindProps = { input: Input; problem: string | undefined; onChange(input: Input): void }

function VariableFields({ input, problem, onChange }: KindProps) {
  const { expressionType, value } = input
  return (
    <>
      <Select
        label="Type"
        description="It can’t be changed later."
        data={types.map(({ value, label }) => ({ value, label }))}
        allowDeselect={false}
        value={expressionType}
        onChange={(chosen) => {
          const type = types.find((each) => each.value === chosen)?.value
          if (type !== undefined) onChange({ ...input, expressionType: type })
        }}
      />
      <ValueField
        type={expressionType}
        value={value}
        problem={problem}
        onChange={(text) => onChange({ ...input, value: text })}
      />
    </>
  )
}

const encodings = [
  { value: 'generic', label: 'generic: text' },
  { value: 'pem', label: 'pem: key or certificate' },
  { value: 'base64hmac', label: 'base64hmac: HMAC key in base64' },
  { value: 'base64aes', label: 'base64aes: AES key in base64' },
]

function SecretFields({ input, problem, onChange }: KindProps) {
  const { encoding, useInPlaceholders, value } = input
  return (
    <>
      <Select
        label="Encoding"
        description="It can’t be changed later."
        data={encodings}
        allowDeselect={false}
        value={encoding}
        onChange={(chosen) => onChange({ ...input, encoding: chosen ?? 'generic' })}
      />
      <SecretValueField
        label="Value"
        encoding={encoding}
        value={value}
        problem={problem}
        onChange={(text) => onChange({ ...input, value: text })}
      />
      <Checkbox
        label="Placeholders and scripts can read it"
        description="If not, only settings that name a secret can use it. It can’t be changed later."
        checked={useInPlaceholders}
        onChange={({ currentTarget }) => onChange({ ...input, useInPlaceholders: currentTarget.checked })}
      />
    </>
  )
}

function useCreateEsv(onCreated: (name: string) => void) {
  const queries = useQueryClient()
  return useMutation({
    async mutationFn({ kind, name, description, realms, value, ...others }: Input) {
      const { expressionType, encoding, useInPlaceholders } = others
      const id = idOf(name)
      if (kind === 'variable') await createVariable(id, { value, description, realms, expressionType })
      else await createSecret(id, { value, description, realms, encoding, useInPlaceholders })
      await queries.invalidateQueries({ queryKey: ['environment'] })
      return nameInSettings(id)
    },
    onSuccess: onCreated,
    // Drop the value from the cache when the dialog closes.
    gcTime: 0,
  })
}
