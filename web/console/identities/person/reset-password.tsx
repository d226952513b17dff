import { Button, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type PasswordReset, resetPassword } from '../../../api/people.ts'
import { Sheet } from '../../components/sheet.tsx'
import { FormSheet } from '../../saving/form-sheet.tsx'
import { PasswordField } from '../password-field.tsx'
import { policyProblems } from '../policy-messages.ts'
import { TemporaryPassword } from '../temporary-password.tsx'

type Props = { realm: string; id: string; name: string; onClose(): void; onDone(): void }

type ResetMethod = 'temporary' | 'typed' | 'mail'

const buttonLabels: Readonly<Record<ResetMethod, string>> = {
  temporary: 'Create temporary password',
  typed: 'Set password',
  mail: 'Email link',
}

/** Resets the password of a person. */
export function ResetPassword({ realm, id, name, onClose, onDone }: Props) {
  const [method, setWay] = useState<ResetMethod>('temporary')
  const [password, setPassword] = useState('')
  const reset = useMutation({
    mutationFn: () =>
      resetPassword(realm, id, method === 'mail' ? { byMail: true } : method === 'typed' ? { password } : {}),
    onSuccess: () => onDone(),
  })
  if (reset.data !== undefined) return <Done name={name} result={reset.data} onClose={onClose} />
  const problem = policyProblems(reset.error).get('password')
  return (
    <FormSheet
      title={<bdi>{`Reset the password of ${name}`}</bdi>}
      submitLabel={buttonLabels[method]}
      isReady={method !== 'typed' || password !== ''}
      isPending={reset.isPending}
      error={problem === undefined ? reset.error : null}
      errorTitle="The password was not changed"
      onSubmit={() => reset.mutate()}
      onClose={onClose}
    >
      <Radio.Group
        label="Method"
        description="The first two end all sessions, and the person must change the password at the next sign-in."
        value={method}
        onChange={(chosen) => {
          setWay(chosen === 'typed' || chosen === 'mail' ? chosen : 'temporary')
          reset.reset()
        }}
      >
        <div className="sheet-choices">
          <Radio value="temporary" label="Temporary password, shown once" data-autofocus />
          <Radio value="typed" label="Password that I enter" />
          <Radio value="mail" label="Email a password reset link" />
        </div>
      </Radio.Group>
      {method === 'typed' && <PasswordField value={password} onChange={setPassword} error={problem} />}
    </FormSheet>
  )
}

type DoneProps = { name: string; result: PasswordReset; onClose(): void }

function Done({ name, result: { temporaryPassword, mailedTo }, onClose }: DoneProps) {
  return (
    <Sheet
      title={<bdi>{mailedTo === undefined ? `${name} has a new password` : 'Link sent'}</bdi>}
      onClose={onClose}
      closeOnClickOutside={false}
    >
      {temporaryPassword !== undefined && <TemporaryPassword password={temporaryPassword} />}
      {mailedTo !== undefined && (
        <p>
          The link was emailed to <bdi>{mailedTo}</bdi>. The old password stays valid until a new one is
          chosen.
        </p>
      )}
      {temporaryPassword === undefined && mailedTo === undefined && (
        <p>All sessions ended. The password must be changed at the next sign-in.</p>
      )}
      <div className="sheet-acts">
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </Sheet>
  )
}
