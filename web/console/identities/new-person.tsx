import { Button, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createPerson, resetPassword } from '../../api/people.ts'
import { ErrorNotice, errorMessage } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { useConfirmClose } from '../saving/use-confirm-close.tsx'
import { TypedPassword } from './password-field.tsx'
import { policyProblems } from './policy-messages.ts'
import { NewPassword } from './temporary-password.tsx'

const fields = [
  ['userName', 'User name'],
  ['givenName', 'First name'],
  ['sn', 'Last name'],
  ['mail', 'Mail address'],
  ['telephoneNumber', 'Telephone number'],
] as const

type FieldName = (typeof fields)[number][0]

const empty: Readonly<Record<FieldName, string>> = {
  userName: '',
  givenName: '',
  sn: '',
  mail: '',
  telephoneNumber: '',
}

/** How somebody new gets to a password. */
type Way = 'temporary' | 'typed' | 'none'

type Made = { id: string; temporaryPassword?: string | undefined; problem?: string }

/** Somebody new. What policies have against a value is told at its field. */
export function NewPerson({ realm, onClose }: { realm: string; onClose(): void }) {
  const [values, setValues] = useState(empty)
  const [way, setWay] = useState<Way>('temporary')
  const [password, setPassword] = useState('')
  const making = useMaking(realm)
  const problems = policyProblems(making.error)
  const { close, question } = useConfirmClose(values !== empty && !making.isSuccess, onClose)
  if (making.data !== undefined) {
    return <MadePerson realm={realm} made={making.data} name={values.userName} onClose={onClose} />
  }
  return (
    <Sheet title="New person" onClose={close}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          making.mutate({ values, way, password })
        }}
      >
        {making.error !== null && problems.size === 0 && (
          <ErrorNotice title="Nobody was made" error={making.error} />
        )}
        <NameFields
          values={values}
          problems={problems}
          onChange={(name, value) => setValues((held) => ({ ...held, [name]: value }))}
        />
        <WayToPassword way={way} onChange={setWay} />
        {way === 'typed' && (
          <TypedPassword value={password} onChange={setPassword} error={problems.get('password')} />
        )}
        {question}
        <div className="sheet-acts">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={making.isPending}>
            Create the person
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

type FieldsGiven = {
  values: Readonly<Record<FieldName, string>>
  problems: ReadonlyMap<string, string>
  onChange(name: FieldName, value: string): void
}

function NameFields({ values, problems, onChange }: FieldsGiven) {
  return fields.map(([name, label], at) => (
    <TextInput
      key={name}
      label={label}
      dir="auto"
      autoComplete="off"
      {...(at === 0 ? { 'data-autofocus': true } : {})}
      withAsterisk={name !== 'telephoneNumber'}
      value={values[name]}
      error={problems.get(name)}
      onChange={({ currentTarget: { value } }) => onChange(name, value)}
    />
  ))
}

function WayToPassword({ way, onChange }: { way: Way; onChange(way: Way): void }) {
  return (
    <Radio.Group
      label="Password"
      value={way}
      onChange={(chosen) => onChange(chosen === 'typed' || chosen === 'none' ? chosen : 'temporary')}
    >
      <div className="sheet-choices">
        <Radio
          value="temporary"
          label="A temporary one, shown once: it has to be changed at the first sign-in"
        />
        <Radio value="typed" label="One that I type" />
        <Radio value="none" label="None: they sign in another way" />
      </div>
    </Radio.Group>
  )
}

type Wish = { values: Readonly<Record<FieldName, string>>; way: Way; password: string }

function useMaking(realm: string) {
  const queries = useQueryClient()
  return useMutation({
    async mutationFn({ values, way, password }: Wish): Promise<Made> {
      const given = Object.entries(values).filter(([, value]) => value.trim() !== '')
      const object = Object.fromEntries(given.map(([name, value]) => [name, value.trim()]))
      const id = await createPerson(realm, way === 'typed' ? { ...object, password } : object)
      await queries.invalidateQueries({ queryKey: ['people', realm] })
      if (way !== 'temporary') return { id }
      try {
        return { id, ...(await resetPassword(realm, id)) }
      } catch (error) {
        return { id, problem: error instanceof Error ? errorMessage(error) : '' }
      }
    },
  })
}

type MadeGiven = { realm: string; made: Made; name: string; onClose(): void }

function MadePerson({ realm, made: { id, temporaryPassword, problem }, name, onClose }: MadeGiven) {
  const navigate = useNavigate()
  const open = async () => {
    onClose()
    await navigate({ to: '/identities/$id', params: { id }, search: { realm } })
  }
  return (
    <Sheet title={<bdi>{`${name} is there`}</bdi>} onClose={onClose} closeOnClickOutside={false}>
      {temporaryPassword !== undefined && <NewPassword password={temporaryPassword} />}
      {problem !== undefined && <p role="alert">There is no password yet: {problem} Reset it once more.</p>}
      <div className="sheet-acts">
        <Button onClick={open} data-autofocus>
          Open {name}
        </Button>
      </div>
    </Sheet>
  )
}
