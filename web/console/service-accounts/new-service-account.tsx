import { Button, JsonInput, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createServiceAccount, type ServiceAccount } from '../../api/service-accounts.ts'
import { Sheet } from '../components/sheet.tsx'
import { FormSheet } from '../saving/form-sheet.tsx'
import { accountProblem } from './account-problem.ts'
import { canMakeKeys, makeKeyPair } from './key-pair.ts'
import { PrivateKeySheet } from './private-key.tsx'
import { ScopesField } from './scopes-field.tsx'

type Input = {
  name: string
  description: string
  scopes: readonly string[]
  /** Undefined: a key is made here. */
  jwks: string | undefined
}

type Props = { realm: string; onClose(): void }

const emptyInput: Input = { name: '', description: '', scopes: ['fr:am:*'], jwks: undefined }

/** Creates a service account, and shows the private key once if it was made here. */
export function NewServiceAccount({ realm, onClose }: Props) {
  const [start] = useState(() => (canMakeKeys() ? emptyInput : { ...emptyInput, jwks: '' }))
  const [input, setInput] = useState(start)
  const creation = useCreate()
  if (creation.data !== undefined) return <Created realm={realm} {...creation.data} onClose={onClose} />
  const isComplete = input.name.trim() !== '' && input.scopes.length > 0 && input.jwks !== ''
  return (
    <FormSheet
      title="New service account"
      size="lg"
      submitLabel="Create service account"
      isReady={isComplete}
      isChanged={input !== start}
      isPending={creation.isPending}
      error={accountProblem(creation.error) === undefined ? creation.error : null}
      errorTitle="The service account was not created"
      onSubmit={() => creation.mutate(input)}
      onClose={onClose}
    >
      <Fields input={input} error={creation.error} onChange={setInput} />
    </FormSheet>
  )
}

type FieldsProps = { input: Input; error: Error | null; onChange(input: Input): void }

function Fields({ input, error, onChange }: FieldsProps) {
  const problem = accountProblem(error)
  const textOf = (member: string) => (problem?.member === member ? problem.text : undefined)
  return (
    <>
      <TextInput
        data-autofocus
        label="Name"
        description="Shown in the audit trail."
        dir="auto"
        autoComplete="off"
        value={input.name}
        error={textOf('name')}
        onChange={({ currentTarget }) => onChange({ ...input, name: currentTarget.value })}
      />
      <TextInput
        label="Description"
        dir="auto"
        autoComplete="off"
        value={input.description}
        error={textOf('description')}
        onChange={({ currentTarget }) => onChange({ ...input, description: currentTarget.value })}
      />
      <ScopesField
        scopes={input.scopes}
        problem={textOf('scopes')}
        onChange={(scopes) => onChange({ ...input, scopes })}
      />
      <KeyFields
        jwks={input.jwks}
        problem={textOf('jwks')}
        onChange={(jwks) => onChange({ ...input, jwks })}
      />
    </>
  )
}

type KeyProps = {
  jwks: string | undefined
  problem: string | undefined
  onChange(jwks: string | undefined): void
}

function KeyFields({ jwks, problem, onChange }: KeyProps) {
  return (
    <>
      <Radio.Group
        label="Key"
        value={jwks === undefined ? 'make' : 'paste'}
        onChange={(chosen) => onChange(chosen === 'make' ? undefined : '')}
      >
        <div className="sheet-choices">
          <Radio
            value="make"
            label="Make a key here"
            disabled={!canMakeKeys()}
            description={
              canMakeKeys()
                ? 'The browser makes it. The server gets only the public part, and you get the private part once.'
                : 'Browsers make keys only on pages with https.'
            }
          />
          <Radio
            value="paste"
            label="Use a key that I made"
            description="You paste the public keys. The private key stays where it is."
          />
        </div>
      </Radio.Group>
      {jwks !== undefined && (
        <JsonInput
          label="Public keys (JWKS)"
          placeholder={'{ "keys": [ … ] }'}
          autosize
          minRows={4}
          maxRows={12}
          spellCheck={false}
          value={jwks}
          error={problem}
          onChange={onChange}
        />
      )}
    </>
  )
}

type CreatedProps = Props & { account: ServiceAccount; privateJwk: string | undefined }

function Created({ realm, account: { id, document }, privateJwk, onClose }: CreatedProps) {
  const navigate = useNavigate()
  const open = () => {
    onClose()
    return navigate({ to: '/service-accounts/$id', params: { id }, search: { realm } })
  }
  const { name } = document
  const title = <bdi>{`Service account ${name} created`}</bdi>
  const done = 'Open service account'
  if (privateJwk !== undefined) {
    return <PrivateKeySheet {...{ title, done, id, name, privateJwk, onClose }} onDone={open} />
  }
  return (
    <Sheet title={title} size="lg" onClose={onClose} closeOnClickOutside={false}>
      <p>It gets tokens with the private key that belongs to the public one.</p>
      <div className="sheet-acts">
        <Button variant="default" onClick={open}>
          {done}
        </Button>
      </div>
    </Sheet>
  )
}

function useCreate() {
  const queries = useQueryClient()
  return useMutation({
    async mutationFn({ name, description, scopes, jwks }: Input) {
      const made = jwks === undefined ? await makeKeyPair() : undefined
      const keys = made === undefined ? jwks : { keys: [made.publicKey] }
      const settings = { name: name.trim(), description, scopes: [...scopes], isActive: true }
      const account = await createServiceAccount(settings, keys)
      await queries.invalidateQueries({ queryKey: ['service-accounts'] })
      return { account, privateJwk: made?.privateJwk }
    },
    // Drop the key from the cache when the dialog closes.
    gcTime: 0,
  })
}
