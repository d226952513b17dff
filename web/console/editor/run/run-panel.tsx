import './run-panel.css'
import { Button, Tabs } from '@mantine/core'
import { IconDownload, IconRefresh, IconSquare, IconUser } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { endSession } from '../../../api/own-session.ts'
import { type KeptRequest, keepAsTest, watchRun } from '../../../api/runs.ts'
import { download } from '../../../design/download.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { saveNow } from '../saving/save-now.ts'
import { useChanges } from '../saving/use-changes.ts'
import { CallersPanel } from './callers-panel.tsx'
import { RunAs } from './choices/run-as.tsx'
import { noChoices, type RunChoices, userAgentOf } from './choices/run-choices.ts'
import { useRunChoices } from './choices/use-run-choices.ts'
import { wordsOf } from './client-state-words.ts'
import { HeadButton } from './head-button.tsx'
import { OpenedTransaction } from './open-as-caller.tsx'
import { chipOf, RecentRuns } from './recent-runs.tsx'
import { RunAsCheck } from './run-as-check.tsx'
import { RunClient } from './run-client.tsx'
import { CallerProvider, useRun } from './run-context.tsx'
import { SignInFirst } from './sign-in-first.tsx'
import { Steps } from './steps.tsx'
import { useHighlight } from './use-highlight.ts'
import { useRecording } from './use-recording.ts'
import { type ClientState, useRunClient } from './use-run-client.ts'
import { useRunKeys } from './use-run-keys.ts'

type Session = ReturnType<typeof useRunSession>

/** Runs the stored draft, or else the published journey, next to its canvas, and the caller's side of a transaction that it opens. */
export function RunPanel() {
  const store = useEditorStore()
  const realm = useEditor(({ realm }) => realm)
  const onSignedOut = useCallback(() => store.getState().openDialog({ kind: 'signed-out' }), [store])
  const session = useRunSession(realm)
  const run = useRun(({ run }) => run?._id)
  const [continued, setContinued] = useState<string>()
  const { heard, hear } = useHeard()
  const isCallerOpen = run !== undefined && run === continued
  const open = run === undefined || isCallerOpen ? undefined : () => setContinued(run)
  return (
    <div className={isCallerOpen ? 'run-sides two stack shrink' : 'run-sides stack shrink'}>
      <CallerProvider onOpen={open}>
        <RunOfJourney
          realm={realm}
          session={session}
          heard={heard}
          onHeard={hear}
          onSignedOut={onSignedOut}
        />
      </CallerProvider>
      {isCallerOpen && (
        <CallersPanel
          key={run}
          realm={realm}
          agentsRun={run}
          onHeard={hear}
          onSignedOut={onSignedOut}
          onClose={() => setContinued(undefined)}
        />
      )}
    </div>
  )
}

/** The requests of both sides, and of the sign-in before them. */
function useHeard() {
  const heard = useRef<KeptRequest[]>([])
  const hear = useCallback((request: KeptRequest) => {
    heard.current = [...heard.current, request].slice(-maxHeard)
  }, [])
  return { heard, hear }
}

/** As many as the server takes. */
const maxHeard = 500

type RunOfJourneyProps = {
  realm: string
  session: Session
  heard: RefObject<KeptRequest[]>
  onHeard(heard: KeptRequest): void
  onSignedOut(): void
}

function RunOfJourney({ realm, session, heard, onHeard, onSignedOut }: RunOfJourneyProps) {
  const name = useEditor(({ name }) => name)
  const { token } = session
  const [choices, choose] = useRunChoices(realm, name, 'run')
  const begin = useBegin(realm, { token, choices })
  const client = useRunClient(realm, begin, { token, choices, onSignedOut, onHeard })
  const { state, responseCount } = client
  useRecording(realm, client.watch, responseCount)
  useHighlight()
  useRunKeys()
  return (
    <section className="run-panel flex shrink" aria-label="Run">
      <RunHead state={state} session={session} onStart={client.start} onStop={client.stop} />
      <RunAs realm={realm} choices={choices} onChoose={choose} />
      <NotSaved onSaved={client.start} />
      <RunAsCheck realm={realm} journey={name} />
      {session.isSigningIn ? (
        <SignInFirst
          realm={realm}
          choices={{ ...noChoices, language: choices.language }}
          onSession={session.take}
          onHeard={onHeard}
          onSignedOut={onSignedOut}
          onCancel={() => session.setSigningIn(false)}
        />
      ) : (
        <RunClient
          address={addressOf(realm, name, choices)}
          state={state}
          choices={choices}
          onAnswer={client.answer}
          onRetry={client.start}
          onSignIn={() => session.setSigningIn(true)}
        />
      )}
      <OpenedTransaction
        realm={realm}
        authId={state.kind === 'step' ? state.step.authId : undefined}
        responseCount={responseCount}
      />
      <KeepAsTest realm={realm} heard={heard} />
      <RunTabs journey={name} />
    </section>
  )
}

/** Changes with the session and the choices, which start a run each. */
function useBegin(realm: string, { token, choices }: { token: string | undefined; choices: RunChoices }) {
  const store = useEditorStore()
  const name = useEditor(({ name }) => name)
  return useCallback(async () => {
    const force = token === undefined ? {} : { ForceAuth: 'true' }
    const query = { authIndexType: 'service', authIndexValue: name, ...force }
    const draft = store.getState().saved.revision !== undefined
    const watch = await watchRun(realm, { journey: name, draft, userAgent: userAgentOf(choices) })
    return { watch, query }
  }, [store, realm, name, token, choices])
}

/** Of the sign-in page that starts the journey. */
function addressOf(realm: string, journey: string, { language }: RunChoices): string {
  const locale: Record<string, string> = language === '' ? {} : { locale: language }
  return `/am/XUI/?${new URLSearchParams({ realm, authIndexType: 'service', authIndexValue: journey, ...locale })}`
}

function RunTabs({ journey }: { journey: string }) {
  return (
    <Tabs defaultValue="steps" keepMounted={false} className="tabs">
      <Tabs.List>
        <Tabs.Tab value="steps">Steps</Tabs.Tab>
        <Tabs.Tab value="recent">Recent runs</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="steps">
        <Steps />
      </Tabs.Panel>
      <Tabs.Panel value="recent">
        <RecentRuns journey={journey} />
      </Tabs.Panel>
    </Tabs>
  )
}

type RunHeadProps = { state: ClientState; session: Session; onStart(): void; onStop(): void }

function RunHead({ state, session, onStart, onStop }: RunHeadProps) {
  const isOver = state.kind !== 'step' && state.kind !== 'starting'
  return (
    <header className="row wrap">
      <h2 className="heading-3 rigid">Run</h2>
      <span className={chipOf(state.kind)} role="status">
        {wordsOf(state)}
      </span>
      <span className="stretch flexible" />
      <SessionButton session={session} />
      <span className="row rigid">
        <IconButton label="Start again" tooltip="Start again" icon={IconRefresh} onClick={onStart} />
        <IconButton
          label="Stop"
          tooltip="Stop"
          icon={IconSquare}
          iconSize={14}
          disabled={isOver}
          onClick={onStop}
        />
      </span>
    </header>
  )
}

/** Starts runs under the session of a person, who signs in first, or without a session. */
function SessionButton({ session: { token, isSigningIn, setSigningIn, signOut } }: { session: Session }) {
  return (
    <HeadButton
      icon={IconUser}
      disabled={isSigningIn}
      onClick={() => (token === undefined ? setSigningIn(true) : signOut())}
    >
      {token === undefined ? 'Sign in first' : 'Sign out'}
    </HeadButton>
  )
}

/** Tells that unsaved changes are not part of the run. */
function NotSaved({ onSaved }: { onSaved(): void }) {
  const store = useEditorStore()
  const { count } = useChanges()
  const isDraft = useEditor(({ saved }) => saved.revision !== undefined)
  if (count === 0) return null
  const save = async () => {
    if (await saveNow(store)) onSaved()
  }
  return (
    <p className="not-saved row justify-between gap-6px text-small">
      <span>
        This run uses the {isDraft ? 'saved draft' : 'published journey'}, without your{' '}
        {count === 1 ? 'change' : `${count} changes`}.
      </span>
      <Button variant="default" size="compact-xs" onClick={save}>
        Save and start again
      </Button>
    </p>
  )
}

/** Downloads the run as a walk file, once it has ended. Passwords and codes are named in it, not written. */
function KeepAsTest({ realm, heard }: { realm: string; heard: RefObject<KeptRequest[]> }) {
  const run = useRun(({ run }) => run)
  const keeping = useMutation({
    mutationFn: (id: string) => keepAsTest(realm, id, heard.current),
    onSuccess: ({ file }) =>
      download(`${run?.journey ?? 'run'}.recorded.walk.yaml`, new Blob([file], { type: 'application/yaml' })),
  })
  if (run === undefined || run.outcome === 'underway') return null
  const { secrets = [] } = keeping.data ?? {}
  return (
    <div className="keep-as-test stack items-start gap-1">
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
        loading={keeping.isPending}
        onClick={() => keeping.mutate(run._id)}
      >
        Keep as test
      </Button>
      {secrets.length > 0 && (
        <p className="fine">
          Set {secrets.join(', ')} as environment variables: the test has their names, not their values.
        </p>
      )}
      {keeping.error !== null && <p role="alert">The test was not written. {errorMessage(keeping.error)}</p>}
    </div>
  )
}

/** The session that runs of this panel start under. It is kept only in memory, and ends with the panel. */
function useRunSession(realm: string) {
  const [token, setToken] = useState<string>()
  const [isSigningIn, setSigningIn] = useState(false)
  const latest = useRef(token)
  latest.current = token
  const end = useCallback(() => {
    if (latest.current !== undefined) endSession(realm, latest.current).catch(() => {})
  }, [realm])
  useEffect(() => end, [end])
  const take = useCallback((newToken: string) => {
    setToken(newToken)
    setSigningIn(false)
  }, [])
  const signOut = useCallback(() => {
    end()
    setToken(undefined)
  }, [end])
  return { token, isSigningIn, setSigningIn, take, signOut }
}
