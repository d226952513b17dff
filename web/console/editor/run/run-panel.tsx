import './run-panel.css'
import { Button, Tabs } from '@mantine/core'
import { IconRefresh, IconSquare } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { saveNow } from '../saving/save-now.ts'
import { useChanges } from '../saving/use-changes.ts'
import { RecentRuns } from './recent-runs.tsx'
import { RunClient } from './run-client.tsx'
import { Steps } from './steps.tsx'
import { useHighlight } from './use-highlight.ts'
import { useRecording } from './use-recording.ts'
import { type ClientState, useRunClient } from './use-run-client.ts'
import { useRunKeys } from './use-run-keys.ts'

/** Runs the saved version of the journey next to its canvas. */
export function RunPanel() {
  const store = useEditorStore()
  const realm = useEditor(({ realm }) => realm)
  const name = useEditor(({ name }) => name)
  const onSignedOut = useCallback(() => store.getState().openDialog({ kind: 'signed-out' }), [store])
  const client = useRunClient(realm, name, { onSignedOut })
  useRecording(realm, client.watch, client.responseCount)
  useHighlight()
  useRunKeys()
  return (
    <section className="run-panel" aria-label="Run">
      <RunHead state={client.state} onStart={client.start} onStop={client.stop} />
      <NotSaved onSaved={client.start} />
      <RunClient
        realm={realm}
        journey={name}
        state={client.state}
        onAnswer={client.answer}
        onRetry={client.start}
      />
      <Tabs defaultValue="steps" keepMounted={false} className="tabs">
        <Tabs.List>
          <Tabs.Tab value="steps">Steps</Tabs.Tab>
          <Tabs.Tab value="recent">Recent runs</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps">
          <Steps />
        </Tabs.Panel>
        <Tabs.Panel value="recent">
          <RecentRuns journey={name} />
        </Tabs.Panel>
      </Tabs>
    </section>
  )
}

function wordsOf(state: ClientState): string {
  switch (state.kind) {
    case 'starting':
      return 'starting'
    case 'step':
      return state.isWaiting ? 'in progress' : waitOf(state)
    case 'success':
      return 'Success'
    case 'failure':
      return 'Failure'
    case 'stopped':
      return 'stopped'
    case 'broken':
      return 'error'
  }
}

function waitOf({ step }: Extract<ClientState, { kind: 'step' }>): string {
  const wait = step.callbacks.find(({ type }) => type === 'PollingWaitCallback')
  const time = Number(wait?.output.find(({ name }) => name === 'waitTime')?.value ?? Number.NaN)
  return Number.isFinite(time) ? `waiting ${Math.round(time / 1000)} s` : 'waiting for input'
}

type RunHeadProps = { state: ClientState; onStart(): void; onStop(): void }

function RunHead({ state, onStart, onStop }: RunHeadProps) {
  const isOver = state.kind !== 'step' && state.kind !== 'starting'
  return (
    <header>
      <h2>Run</h2>
      <span className="chip accent" role="status">
        {wordsOf(state)}
      </span>
      <span className="stretch" />
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
        onClick={onStart}
      >
        Start again
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        leftSection={<IconSquare size={14} stroke={1.75} aria-hidden />}
        disabled={isOver}
        onClick={onStop}
      >
        Stop
      </Button>
    </header>
  )
}

/** Tells that unsaved changes are not part of the run. */
function NotSaved({ onSaved }: { onSaved(): void }) {
  const store = useEditorStore()
  const { count } = useChanges()
  const saves = useEditor(({ saved }) => saved.saves)
  if (count === 0) return null
  const save = async () => {
    if (await saveNow(store)) onSaved()
  }
  return (
    <p className="not-saved">
      <span>
        This run uses version {saves}, without your {count === 1 ? 'change' : `${count} changes`}.
      </span>
      <Button variant="default" size="compact-xs" onClick={save}>
        Save and start again
      </Button>
    </p>
  )
}
