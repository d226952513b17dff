import { useCallback, useEffect, useRef, useState } from 'react'
import { advanceJourney, type JourneyResponse, type Step } from '../../../api/authenticate.ts'
import { endSession, isSignedOut } from '../../../api/own-session.ts'
import { watchRun } from '../../../api/runs.ts'

export type ClientState =
  | { kind: 'starting' }
  | { kind: 'step'; step: Step; isWaiting: boolean }
  | { kind: 'success'; successUrl: string }
  | { kind: 'failure'; message: string }
  | { kind: 'stopped' }
  | { kind: 'broken'; error: Error }

type RunClientEvents = { onSignedOut(): void }

/**
 * Runs the saved journey as a client without a session, and records it with values. `responseCount` changes
 * with each response, so that the recording is read again.
 */
export function useRunClient(realm: string, journey: string, events: RunClientEvents) {
  const requests = useRequests(realm, events)
  const { begin, ask, end } = requests
  const [watch, setWatch] = useState<string>()
  const start = useCallback(() => {
    begin()
    setWatch(undefined)
    ask(async (signal) => {
      const { watch, key, header } = await watchRun(realm, journey)
      if (!signal.aborted) setWatch(watch)
      return advanceJourney({
        realm,
        query: { authIndexType: 'service', authIndexValue: journey },
        headers: { [header]: key },
        credentials: 'omit',
        signal,
      })
    })
  }, [realm, journey, begin, ask])
  useEffect(() => {
    start()
    return end
  }, [start, end])
  return { ...requests, watch, start }
}

/** Sends one request at a time and keeps the state after its response. */
function useRequests(realm: string, { onSignedOut }: RunClientEvents) {
  const [state, setState] = useState<ClientState>({ kind: 'starting' })
  const [responseCount, setResponseCount] = useState(0)
  const running = useRef(new AbortController())
  const ask = useCallback(
    async (what: (signal: AbortSignal) => Promise<JourneyResponse>) => {
      const { signal } = running.current
      try {
        const answer = await what(signal)
        leaveNobodySignedIn(realm, answer)
        if (signal.aborted) return
        setState(stateAfter(answer))
        setResponseCount((count) => count + 1)
      } catch (error) {
        if (signal.aborted) return
        if (isSignedOut(error)) onSignedOut()
        setState({ kind: 'broken', error: error instanceof Error ? error : new Error(String(error)) })
      }
    },
    [realm, onSignedOut],
  )
  const begin = useCallback(() => {
    running.current.abort()
    running.current = new AbortController()
    setState({ kind: 'starting' })
  }, [])
  const end = useCallback(() => running.current.abort(), [])
  const answer = (step: Step) => {
    setState({ kind: 'step', step, isWaiting: true })
    ask((signal) => advanceJourney({ realm, step, credentials: 'omit', signal }))
  }
  const stop = () => {
    end()
    setState({ kind: 'stopped' })
  }
  return { state, responseCount, ask, begin, end, answer, stop }
}

/** Ends the session of a test run. */
function leaveNobodySignedIn(realm: string, answer: JourneyResponse): void {
  if (answer.kind !== 'success' || answer.tokenId === undefined) return
  endSession(realm, answer.tokenId).catch(() => {})
}

function stateAfter(answer: JourneyResponse): ClientState {
  switch (answer.kind) {
    case 'step':
      return { kind: 'step', step: answer.step, isWaiting: false }
    case 'success':
      return { kind: 'success', successUrl: answer.successUrl }
    case 'failure':
      return { kind: 'failure', message: answer.message }
  }
}
