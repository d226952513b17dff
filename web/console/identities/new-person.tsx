import { Button, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createPerson, resetPassword, setRoles } from '../../api/people.ts'
import { errorMessage } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { FormSheet } from '../saving/form-sheet.tsx'
import { PasswordField } from './password-field.tsx'
import { policyProblems } from './policy-messages.ts'
import { roleTitle } from './role-titles.ts'
import { TemporaryPassword } from './temporary-password.tsx'

const fields = [
  ['userName', 'Username'],
  ['givenName', 'First name'],
  ['sn', 'Last name'],
  ['mail', 'Email address'],
  ['telephoneNumber', 'Phone number'],
] as const

type FieldName = (typeof fields)[number][0]

const empty: Readonly<Record<FieldName, string>> = {
  userName: '',
  givenName: '',
  sn: '',
  mail: '',
  telephoneNumber: '',
}

/** How the new person gets a password. */
type PasswordChoice = 'temporary' | 'typed' | 'none'

type CreatedPerson = { id: string; temporaryPassword?: string | undefined; problem?: string }

type Props = {
  realm: string
  /** A role that the person gets. */
  grants?: string
  /** Label of a button that closes the dialog once the person exists, instead of opening the person. */
  backTo?: string
  onClose(): void
}

/** Creates a person. Policy problems are shown at their fields. */
export function NewPerson({ realm, grants: role, backTo, onClose }: Props) {
  const [values, setValues] = useState(empty)
  const [choice, setChoice] = useState<PasswordChoice>('temporary')
  const [password, setPassword] = useState('')
  const creation = useCreatePerson(realm, role)
  const problems = policyProblems(creation.error)
  if (creation.data !== undefined) {
    const about = { realm, created: creation.data, name: values.userName, backTo }
    return <PersonCreated {...about} onClose={onClose} />
  }
  return (
    <FormSheet
      title={role === undefined ? 'New person' : `New ${roleTitle(role).toLowerCase()}`}
      submitLabel="Create person"
      isChanged={values !== empty}
      isPending={creation.isPending}
      error={problems.size === 0 ? creation.error : null}
      errorTitle="The person was not created"
      onSubmit={() => creation.mutate({ values, choice, password })}
      onClose={onClose}
    >
      <NameFields
        values={values}
        problems={problems}
        onChange={(name, value) => setValues((current) => ({ ...current, [name]: value }))}
      />
      <PasswordChoices choice={choice} onChange={setChoice} />
      {choice === 'typed' && (
        <PasswordField value={password} onChange={setPassword} error={problems.get('password')} />
      )}
    </FormSheet>
  )
}

type FieldsProps = {
  values: Readonly<Record<FieldName, string>>
  problems: ReadonlyMap<string, string>
  onChange(name: FieldName, value: string): void
}

function NameFields({ values, problems, onChange }: FieldsProps) {
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

type PasswordChoicesProps = { choice: PasswordChoice; onChange(choice: PasswordChoice): void }

function PasswordChoices({ choice, onChange }: PasswordChoicesProps) {
  return (
    <Radio.Group
      label="Password"
      value={choice}
      onChange={(chosen) => onChange(chosen === 'typed' || chosen === 'none' ? chosen : 'temporary')}
    >
      <div className="sheet-choices">
        <Radio
          value="temporary"
          label="Temporary password, shown once. The person changes it at the first sign-in."
        />
        <Radio value="typed" label="Password that I enter" />
        <Radio value="none" label="No password. The person signs in another way." />
      </div>
    </Radio.Group>
  )
}

type NewPersonInput = {
  values: Readonly<Record<FieldName, string>>
  choice: PasswordChoice
  password: string
}

function useCreatePerson(realm: string, role: string | undefined) {
  const queries = useQueryClient()
  return useMutation({
    async mutationFn({ values, choice, password }: NewPersonInput): Promise<CreatedPerson> {
      const entries = Object.entries(values).filter(([, value]) => value.trim() !== '')
      const object = Object.fromEntries(entries.map(([name, value]) => [name, value.trim()]))
      const id = await createPerson(realm, choice === 'typed' ? { ...object, password } : object)
      const missing = await problemOfRole(realm, id, role)
      await queries.invalidateQueries({ queryKey: ['people', realm] })
      if (missing !== undefined) return { id, problem: missing }
      if (choice !== 'temporary') return { id }
      try {
        return { id, ...(await resetPassword(realm, id)) }
      } catch (error) {
        const reason = error instanceof Error ? errorMessage(error) : ''
        return { id, problem: `No password was set: ${reason} Open the person to reset it.` }
      }
    },
  })
}

/** Gives the new person the role. @returns why they have none. */
async function problemOfRole(
  realm: string,
  id: string,
  role: string | undefined,
): Promise<string | undefined> {
  if (role === undefined) return undefined
  try {
    await setRoles(realm, id, [role])
    return undefined
  } catch (error) {
    return `The role “${roleTitle(role)}” was not granted: ${error instanceof Error ? errorMessage(error) : ''} Open the person to grant it.`
  }
}

type PersonCreatedProps = Pick<Props, 'realm' | 'onClose'> & {
  created: CreatedPerson
  name: string
  backTo: string | undefined
}

function PersonCreated({
  realm,
  created: { id, temporaryPassword, problem },
  name,
  backTo,
  onClose,
}: PersonCreatedProps) {
  const navigate = useNavigate()
  const open = async () => {
    onClose()
    await navigate({ to: '/identities/$id', params: { id }, search: { realm } })
  }
  return (
    <Sheet title={<bdi>{`${name} was created`}</bdi>} onClose={onClose} closeOnClickOutside={false}>
      {temporaryPassword !== undefined && <TemporaryPassword password={temporaryPassword} />}
      {problem !== undefined && <p role="alert">{problem}</p>}
      <div className="sheet-acts">
        <Button variant={backTo === undefined ? 'filled' : 'default'} onClick={open}>
          Open {name}
        </Button>
        {backTo !== undefined && <Button onClick={onClose}>{backTo}</Button>}
      </div>
    </Sheet>
  )
}
