import { Button, type ButtonProps } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { makeDefaultJourney, setJourneyEnabled } from '../../api/journeys.ts'
import { freshSignInUrl } from '../../api/own-session.ts'
import type { ChecklistStep } from '../../api/starters.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import type { ChecklistDialog } from './checklist-dialogs.tsx'
import { useIsServerAdministrator, useStarters } from './use-checklist.ts'

type Props = {
  realm: string
  step: ChecklistStep
  /** Whether it is the next step. */
  isNext: boolean
  onOpen(dialog: ChecklistDialog): void
}

/** The one thing to do for a step. */
export function StepAction({ realm, step, isNext, onOpen }: Props) {
  const look: ButtonProps = { variant: isNext ? 'filled' : 'default', size: 'xs' }
  switch (step._id) {
    case 'address':
    case 'mail':
      return <ServerLink realm={realm} look={look} />
    case 'signIn':
      return <SignInAction realm={realm} step={step} look={look} onOpen={onOpen} />
    case 'check':
      return <StarterButton realm={realm} id="help-desk" look={look} onOpen={onOpen} text="Add help desk" />
    case 'organisation':
      return <OrganisationLink realm={realm} look={look} />
    case 'agent':
      return <OpenButton look={look} onOpen={() => onOpen({ kind: 'agent' })} text="Create an agent" />
    case 'caller':
      return <OpenButton look={look} onOpen={() => onOpen({ kind: 'person' })} text="Create a caller" />
    case 'verified':
      // The administrator is signed in, but only agents of the realm start checks.
      return (
        <Button
          {...look}
          component="a"
          href={freshSignInUrl(realm, `/desk/?${new URLSearchParams({ realm })}`)}
          target="_blank"
          rel="noreferrer"
        >
          Open the desk
        </Button>
      )
  }
}

type LookProps = { look: ButtonProps }

function OrganisationLink({ realm, look }: LookProps & { realm: string }) {
  return (
    <Button {...look} renderRoot={(props) => <Link {...props} to="/realm" search={{ realm }} />}>
      Enter the name
    </Button>
  )
}

function OpenButton({ look, onOpen, text }: LookProps & { onOpen(): void; text: string }) {
  return (
    <Button {...look} onClick={onOpen}>
      {text}
    </Button>
  )
}

type StarterProps = LookProps & Pick<Props, 'realm' | 'onOpen'> & { id: string; text: string }

/** Administrators who can't add the starter read whom to ask. */
function StarterButton({ realm, id, look, onOpen, text }: StarterProps) {
  const { data } = useStarters(realm)
  const refusal = data?.find(({ _id }) => _id === id)?.refusal ?? null
  if (refusal !== null) return <p className="ask note breaks">{refusal}</p>
  return <OpenButton look={look} onOpen={() => onOpen({ kind: 'starter', id })} text={text} />
}

/** The settings of the server are for its administrators. */
function ServerLink({ realm, look }: LookProps & { realm: string }) {
  if (!useIsServerAdministrator(realm))
    return <p className="ask note breaks">Ask the administrator of the server.</p>
  return (
    <Button {...look} renderRoot={(props) => <Link {...props} to="/server" search={{ realm }} />}>
      Open Server
    </Button>
  )
}

function SignInAction({ realm, step, look, onOpen }: Omit<Props, 'isNext'> & LookProps) {
  const { journey = '', problem, candidates = [] } = step
  const [only, ...others] = candidates
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: () =>
      problem === 'off' ? setJourneyEnabled(realm, journey, true) : makeDefaultJourney(realm, only ?? ''),
    onSuccess: () => queries.invalidateQueries(),
  })
  if (problem === 'faulty') {
    const open = (props: object) => (
      <Link {...props} to="/journeys/$name" params={{ name: journey }} search={{ realm }} />
    )
    return (
      <Button {...look} renderRoot={open}>
        Open “{journey}”
      </Button>
    )
  }
  if (problem === 'off' || (only !== undefined && others.length === 0)) {
    return (
      <>
        {change.error !== null && (
          <ErrorNotice title="The default journey was not changed" error={change.error} />
        )}
        <Button {...look} loading={change.isPending} onClick={() => change.mutate()}>
          {problem === 'off' ? `Turn on “${journey}”` : `Make “${only}” the default`}
        </Button>
      </>
    )
  }
  if (only === undefined) {
    return <StarterButton realm={realm} id="sign-in" look={look} onOpen={onOpen} text="Add sign-in" />
  }
  return (
    <Button {...look} renderRoot={(props) => <Link {...props} to="/realm" search={{ realm }} />}>
      Choose the default
    </Button>
  )
}
