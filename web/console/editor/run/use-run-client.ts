import { useCallback, useEffect, useRef, useState } from 'react'
import {
  advanceJourney,
  type JourneyRequest,
  type JourneyResponse,
  type Step,
} from '../../../api/authenticate.ts'
import { endSession, isSignedOut } from '../../../api/own-session.ts'
import type { KeptRequest, Watch } from '../../../api/runs.ts'
import { noChoices, type RunChoices } from './choices/run-choices.ts'
import { heardRequest } from './heard-request.ts'

export type ClientState =
  | { kind: 'starting' }
  | { kind: 'step'; step: Step; isWaiting: boolean }
  | { kind: 'success'; successUrl: string }
  | { kind: 'failure'; message: string; problem: unknown }
  | { kind: 'stopped' }
  | { kind: 'broken'; error: Error }

/** How a run starts: what records it, and the parameters that name its journey. */
export type RunStart = { watch?: Pick<Watch, 'watch' | 'key' | 'header'>; query: JourneyRequest['query'] }

export type RunClientOptions = {
  /** What the run is started as. Default: as this browser is. */
  choices?: RunChoices
  /** Token of the session that the journey runs under. Default: none, also not that of this browser. */
  token?: string | undefined
  onSignedOut(): void
  /** Called after each response. */
  onHeard?(heard: KeptRequest): void
  /** Takes the session of a success, which otherwise ends at once. */
  onSession?(token: string): void
}

/**
 * Runs a saved journey as a client, and records it with values. `responseCount` changes with each response, so that the
 * recording is read again.
 * @param begin must stay the same function for as long as the run goes on.
 */
export function useRunClient(realm: string, begin: () => Promise<RunStart>, options: RunClientOptions) {
  const requests = useRequests(realm, options)
  const { reset, ask, end } = requests
  const [watch, setWatch] = useState<string>()
  const start = useCallback(() => {
    reset()
    setWatch(undefined)
    ask(async (signal) => {
      const { watch, query } = await begin()
      if (!signal.aborted) setWatch(watch?.watch)
      return { query, headers: watch === undefined ? {} : { [watch.header]: watch.key } }
    })
  }, [begin, reset, ask])
  useEffect(() => {
    start()
    return end
  }, [start, end])
  return { ...requests, watch, start }
}

type Asked = Pick<JourneyRequest, 'query' | 'headers' | 'step'>

/** Sends one request at a time and keeps the state after its response. */
function useRequests(realm: string, options: RunClientOptions) {
  const [state, setState] = useState<ClientState>({ kind: 'starting' })
  const [responseCount, setResponseCount] = useState(0)
  const running = useRef(new AbortController())
  const latest = useRef(options)
  latest.current = options
  const ask = useCallback(
    async (what: (signal: AbortSignal) => Promise<Asked>) => {
      const { signal } = running.current
      try {
        const { headers, ...asked } = await what(signal)
        const { token, onHeard, choices = noChoices } = latest.current
        const own = { ...sessionHeader(token), ...languageHeader(choices) }
        const at = Date.now()
        const request = { realm, ...asked, credentials: 'omit', signal } as const
        const answer = await advanceJourney({ ...request, headers: { ...headers, ...own } })
        keepOrEndSession(realm, answer, signal.aborted ? undefined : latest.current.onSession)
        if (signal.aborted) return
        onHeard?.(heardRequest({ ...asked, at, token, choices }, answer))
        setState(stateAfter(answer))
        setResponseCount((count) => count + 1)
      } catch (error) {
        if (signal.aborted) return
        if (isSignedOut(error)) latest.current.onSignedOut()
        setState({ kind: 'broken', error: error instanceof Error ? error : new Error(String(error)) })
      }
    },
    [realm],
  )
  const reset = useCallback(() => {
    running.current.abort()
    running.current = new AbortController()
    setState({ kind: 'starting' })
  }, [])
  const end = useCallback(() => running.current.abort(), [])
  const answer = (step: Step) => {
    setState({ kind: 'step', step, isWaiting: true })
    ask(async () => ({ step }))
  }
  const stop = () => {
    end()
    setState({ kind: 'stopped' })
  }
  return { state, responseCount, ask, reset, end, answer, stop }
}

function sessionHeader(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { iplanetdirectorypro: token }
}

/** Sent with every request, as a browser does: each step chooses its texts by its own request. */
function languageHeader({ language }: RunChoices): Record<string, string> {
  return language === '' ? {} : { 'accept-language': language }
}

/** Nobody stays signed in by a test run. */
function keepOrEndSession(
  realm: string,
  answer: JourneyResponse,
  onSession: RunClientOptions['onSession'],
): void {
  if (answer.kind !== 'success' || !answer.tokenId) return
  if (onSession === undefined) endSession(realm, answer.tokenId).catch(() => {})
  else onSession(answer.tokenId)
}

function stateAfter(answer: JourneyResponse): ClientState {
  switch (answer.kind) {
    case 'step':
      return { kind: 'step', step: answer.step, isWaiting: false }
    case 'success':
      return { kind: 'success', successUrl: answer.successUrl }
    case 'failure':
      return { kind: 'failure', message: answer.message, problem: problemOf(answer.detail) }
  }
}

/** The cause of a refusal, by which a page offers what helps. */
function problemOf(detail: unknown): unknown {
  return typeof detail === 'object' && detail !== null && 'problem' in detail ? detail.problem : undefined
}
