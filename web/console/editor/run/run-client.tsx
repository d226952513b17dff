import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { Step } from '../../../api/authenticate.ts'
import { Mark } from '../../../design/mark.tsx'
import { errorMessage } from '../../components/error-notice.tsx'
import { CallbackForm } from './callback-form.tsx'
import { noChoices, type RunChoices } from './choices/run-choices.ts'
import type { ClientState } from './use-run-client.ts'

type Props = {
  /** Of the page that starts the same journey. */
  address?: string
  state: ClientState
  /** What the run is started as. Default: as this browser is. */
  choices?: RunChoices
  onAnswer(step: Step): void
  onRetry(): void
  /** Offered if the journey starts only for an agent. */
  onSignIn?: (() => void) | undefined
}

/** The client side of a run: shows each step and answers it. */
export function RunClient({ address, ...view }: Props) {
  return (
    <div className="client">
      {address !== undefined && (
        <p className="address row fine gap-6px">
          <code className="one-line flexible" title={address}>
            {address}
          </code>
          <a href={address} target="_blank" rel="noreferrer" aria-label="Open as a page in a new tab">
            <IconExternalLink size={16} stroke={1.75} aria-hidden />
          </a>
        </p>
      )}
      <div className="sheet panel">
        <ClientView {...view} />
      </div>
    </div>
  )
}

function ClientView({ state, choices = noChoices, onAnswer, onRetry, onSignIn }: Omit<Props, 'address'>) {
  switch (state.kind) {
    case 'starting':
      return <p className="fine">Starting…</p>
    case 'step':
      return (
        <CallbackForm
          key={state.step.authId}
          step={state.step}
          choices={choices}
          isWaiting={state.isWaiting}
          onAnswer={onAnswer}
        />
      )
    case 'success':
      return (
        <div className="ended stack gap-1 breaks text-center">
          <Mark state={{ kind: 'verified' }} />
          <strong>Signed in</strong>
          {state.successUrl !== '' && (
            <p className="fine">
              Continues at <code>{state.successUrl}</code>
            </p>
          )}
        </div>
      )
    case 'failure':
      return <Failed {...state} onSignIn={onSignIn} />
    case 'stopped':
      return <p className="fine">Stopped. The journey times out on the server.</p>
    case 'broken':
      return (
        <div className="ended stack gap-1 breaks text-center" role="alert">
          <strong>The run failed</strong>
          <p>{errorMessage(state.error)}</p>
          <Button variant="default" size="compact-md" onClick={onRetry}>
            Start again
          </Button>
        </div>
      )
  }
}

type FailedProps = Pick<Extract<ClientState, { kind: 'failure' }>, 'message' | 'problem'> &
  Pick<Props, 'onSignIn'>

function Failed({ message, problem, onSignIn }: FailedProps) {
  return (
    <div className="ended stack gap-1 breaks text-center">
      <Mark state={{ kind: 'not-verified' }} />
      <strong>Not signed in</strong>
      <p>
        <bdi>{message}</bdi>
      </p>
      {problem === 'notAgent' && onSignIn !== undefined && (
        <Button variant="default" size="compact-md" onClick={onSignIn}>
          Sign in first
        </Button>
      )}
    </div>
  )
}
