import { IconRefresh, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { continueAsCaller, type KeptRequest } from '../../../api/runs.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { useEditor } from '../editor-context.tsx'
import { RunAs } from './choices/run-as.tsx'
import { userAgentOf } from './choices/run-choices.ts'
import { useRunChoices } from './choices/use-run-choices.ts'
import { wordsOf } from './client-state-words.ts'
import { HeadButton } from './head-button.tsx'
import { RunClient } from './run-client.tsx'
import { CallerProvider, RunProvider } from './run-context.tsx'
import { createRunStore } from './run-store.ts'
import { Steps } from './steps.tsx'
import { useRecording } from './use-recording.ts'
import { useRunClient } from './use-run-client.ts'

type Props = {
  realm: string
  /** Id of the agent's run. */
  agentsRun: string
  onHeard(heard: KeptRequest): void
  onSignedOut(): void
  onClose(): void
}

/** The caller's journey of the transaction that a run opened, with its own trace. */
export function CallersPanel(props: Props) {
  const [store] = useState(createRunStore)
  return (
    <RunProvider store={store}>
      <CallerProvider onOpen={undefined}>
        <CallersRun {...props} />
      </CallerProvider>
    </RunProvider>
  )
}

function CallersRun({ realm, agentsRun, onHeard, onSignedOut, onClose }: Props) {
  const [journey, setJourney] = useState<string>()
  const agentsJourney = useEditor(({ name }) => name)
  const [choices, choose] = useRunChoices(realm, agentsJourney, 'caller')
  const begin = useCallback(async () => {
    const { transaction, journey, ...watch } = await continueAsCaller(realm, agentsRun, userAgentOf(choices))
    setJourney(journey)
    return {
      watch,
      query: { authIndexType: 'transaction', authIndexValue: transaction, ForceAuth: 'true' },
    }
  }, [realm, agentsRun, choices])
  const client = useRunClient(realm, begin, { choices, onSignedOut, onHeard })
  useRecording(realm, client.watch, client.responseCount)
  return (
    <section className="run-panel flex shrink" aria-label="Caller">
      <header className="row wrap">
        <h2 className="heading-3 rigid">Caller</h2>
        {journey !== undefined && (
          <Link to="/journeys/$name" params={{ name: journey }} search={{ realm }} target="_blank">
            <bdi>{journey}</bdi>
          </Link>
        )}
        <span className="chip accent" role="status">
          {wordsOf(client.state)}
        </span>
        <span className="stretch flexible" />
        <HeadButton icon={IconRefresh} onClick={client.start}>
          Start again
        </HeadButton>
        <IconButton label="Close the caller’s side" icon={IconX} onClick={onClose} />
      </header>
      <RunAs realm={realm} choices={choices} onChoose={choose} />
      <RunClient state={client.state} choices={choices} onAnswer={client.answer} onRetry={client.start} />
      <Steps />
    </section>
  )
}
