import { Button, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type PasswordReset, resetPassword } from '../../../api/people.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { TypedPassword } from '../password-field.tsx'
import { policyProblems } from '../policy-messages.ts'
import { NewPassword } from '../temporary-password.tsx'

type Given = { realm: string; id: string; name: string; onClose(): void; onDone(): void }

type Way = 'temporary' | 'typed' | 'mail'

const acts: Readonly<Record<Way, string>> = {
  temporary: 'Make a temporary password',
  typed: 'Set this password',
  mail: 'Mail the link',
}

/** A new password for somebody who cannot sign in any more. */
export function ResetPassword({ realm, id, name, onClose, onDone }: Given) {
  const [way, setWay] = useState<Way>('temporary')
  const [password, setPassword] = useState('')
  const reset = useMutation({
    mutationFn: () =>
      resetPassword(realm, id, way === 'mail' ? { byMail: true } : way === 'typed' ? { password } : {}),
    onSuccess: () => onDone(),
  })
  if (reset.data !== undefined) return <Done name={name} told={reset.data} onClose={onClose} />
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
          value={way}
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
        {way === 'typed' && <TypedPassword value={password} onChange={setPassword} error={problem} />}
        <div className="sheet-acts">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={reset.isPending} disabled={way === 'typed' && password === ''}>
            {acts[way]}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

type DoneGiven = { name: string; told: PasswordReset; onClose(): void }

function Done({ name, told: { temporaryPassword, mailedTo }, onClose }: DoneGiven) {
  return (
    <Sheet
      title={<bdi>{mailedTo === undefined ? `${name} has a new password` : 'The link is on its way'}</bdi>}
      onClose={onClose}
      closeOnClickOutside={false}
    >
      {temporaryPassword !== undefined && <NewPassword password={temporaryPassword} />}
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
