import { Button, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type PasswordReset, resetPassword } from '../../../api/people.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { PasswordField } from '../password-field.tsx'
import { policyProblems } from '../policy-messages.ts'
import { TemporaryPassword } from '../temporary-password.tsx'

type Props = { realm: string; id: string; name: string; onClose(): void; onDone(): void }

type ResetMethod = 'temporary' | 'typed' | 'mail'

const buttonLabels: Readonly<Record<ResetMethod, string>> = {
  temporary: 'Make a temporary password',
  typed: 'Set this password',
  mail: 'Mail the link',
}

/** A new password for somebody who cannot sign in any more. */
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
    <Sheet title={<bdi>{`Reset the password of ${name}`}</bdi>} onClose={onClose}>
      <form
        className="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          reset.mutate()
        }}
      >
        {reset.error !== null && problem === undefined && (
          <ErrorNotice title="Nothing was changed" error={reset.error} />
        )}
        <Radio.Group
          label="How"
          description="The first two end all of their sessions, and have to be changed at the next sign-in."
          value={method}
          onChange={(chosen) => {
            setWay(chosen === 'typed' || chosen === 'mail' ? chosen : 'temporary')
            reset.reset()
          }}
        >
          <div className="sheet-choices">
            <Radio value="temporary" label="A temporary password, shown here once" data-autofocus />
            <Radio value="typed" label="A password that I type" />
            <Radio value="mail" label="A link by mail, with which they choose one themselves" />
          </div>
        </Radio.Group>
        {method === 'typed' && <PasswordField value={password} onChange={setPassword} error={problem} />}
        <div className="sheet-acts">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={reset.isPending} disabled={method === 'typed' && password === ''}>
            {buttonLabels[method]}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

type DoneProps = { name: string; result: PasswordReset; onClose(): void }

function Done({ name, result: { temporaryPassword, mailedTo }, onClose }: DoneProps) {
  return (
    <Sheet
      title={<bdi>{mailedTo === undefined ? `${name} has a new password` : 'The link is on its way'}</bdi>}
      onClose={onClose}
      closeOnClickOutside={false}
    >
      {temporaryPassword !== undefined && <TemporaryPassword password={temporaryPassword} />}
      {mailedTo !== undefined && (
        <p>
          It was mailed to <bdi>{mailedTo}</bdi>. The old password counts until a new one is chosen.
        </p>
      )}
      {temporaryPassword === undefined && mailedTo === undefined && (
        <p>It has to be changed at the next sign-in. All sessions ended.</p>
      )}
      <div className="sheet-acts">
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </Sheet>
  )
}
