import { readFileSync } from 'node:fs'
import type { OperationError } from '../../base/errors.ts'
import type { Json } from '../../base/json.ts'
import type { RecordedStep } from '../../engine/recorded-step.ts'
import { usualMessages, usualTexts } from '../../nodes/multi-factor/one-time-password-mail.ts'
import { emailTemplateKind } from '../../outbox/email-template.ts'
import type { HttpMock } from '../http-mock.ts'
import type { Mismatch } from '../play/mismatch.ts'
import type { PlayedRun } from '../play/player.ts'
import type { LoadedWalkFile } from '../project/walk-files.ts'
import type { World } from '../world/world.ts'
import { frozenConfiguration } from './frozen.ts'
import { KnownWords } from './known-words.ts'
import { maskedEvent } from './masked-events.ts'
import type { Trace, TraceDifference, TraceEvent } from './trace.ts'
import { TraceMask } from './trace-mask.ts'
import type { RecordedEvent, WalkRecorder } from './walk-recorder.ts'
import { withoutSubjects, wordsOfDifferences } from './without-subjects.ts'

/** A trace before it is written. */
export type BuiltTrace = Omit<Trace, 'format' | 'version' | 'sidegate'>

type Played = {
  loaded: LoadedWalkFile
  index: number
  /** The journey or script. */
  about: string
  recorder: WalkRecorder
  /** Path of the realm. */
  realm: string
  mocks: readonly HttpMock[]
  runs: readonly PlayedRun[]
  mismatches: readonly Mismatch[]
  /** Why the walk can't be played to its end. */
  broken: OperationError | undefined
  /** Index of the step that failed. */
  step: number | undefined
  /** Texts that must not be shown. */
  secrets: readonly string[]
}

/** Builds the trace of a walk while its world is open. */
export async function buildTrace(world: World, played: Played): Promise<BuiltTrace> {
  const { loaded, index, about, recorder, realm, mocks, runs, broken } = played
  const mask = new TraceMask([...played.secrets, ...secretsOf(recorder.events)])
  const lineOf = (step: number) => loaded.lineOf(index, step)
  const roots = runs.flatMap(({ journey, steps }) => journey ?? steps[0]?.journeys[0] ?? [])
  const frozen = await frozenConfiguration(world, { realm, journeys: [...new Set(roots)] }, mask)
  const source = walkSource(loaded, index).map(({ line, text }) => ({ line, text: mask.source(text) }))
  const words = await knownWords(world, { loaded, index, realm, frozen }, mask)
  const events = recorder.events.map((event) => maskedEvent(event, { mask, words, mocks, lineOf }))
  return {
    walk: {
      file: loaded.file,
      line: loaded.lineOf(index),
      about,
      it: mask.text(loaded.content.walks[index]?.it ?? ''),
      source,
    },
    status: broken !== undefined ? 'broken' : played.mismatches.length === 0 ? 'passed' : 'failed',
    ...(broken === undefined
      ? {}
      : { broken: { reason: mask.text(broken.message), line: loaded.lineOf(index, played.step) } }),
    startedAt: recorder.startedAt,
    endedAt: world.time.now(),
    frozen,
    runs: runs.map(({ party, journey, steps }) => ({
      party,
      ...(journey === undefined ? {} : { journey }),
      steps: steps.map((step) => maskedStep(step, mask)),
    })),
    events: withRequests(events, runs),
    differences: played.mismatches.map((each) => maskedDifference(each, { ...played, mask, words })),
  }
}

/** Words of the journeys, scripts and email templates, of what nodes send without settings, and of the walk. */
async function knownWords(
  world: Pick<World, 'parts'>,
  { loaded, index, realm, frozen }: Pick<Played, 'loaded' | 'index' | 'realm'> & Pick<BuiltTrace, 'frozen'>,
  mask: TraceMask,
): Promise<KnownWords> {
  const { people = {}, walks } = loaded.content
  const templates = await world.parts.stores.documents.all(realm, emailTemplateKind)
  // Functions of a walk in TypeScript have no words.
  const walk: Json = JSON.parse(JSON.stringify([people, walks[index] ?? {}]))
  const words = new KnownWords()
  words.add([
    wordsOfDifferences,
    frozen,
    usualTexts,
    usualMessages,
    mask.json(walk),
    templates.map(({ document }) => mask.json(document)),
  ])
  return words
}

/** Cookies, tokens and transaction ids. */
function secretsOf(events: readonly RecordedEvent[]): string[] {
  return events.flatMap(({ browser, shown, query = {} }) => [
    ...(browser?.header ?? '').split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1)),
    ...(shown?.kind === 'page' ? [shown.page.authId] : []),
    ...(shown?.kind === 'success' && shown.token !== undefined ? [shown.token] : []),
    ...(query.authIndexType === 'transaction' ? [query.authIndexValue ?? ''] : []),
  ])
}

/** What the server has masked already, without the secrets that only the walk knows. */
function maskedStep(step: RecordedStep, mask: TraceMask): RecordedStep {
  const { displayName, outcome, reason, exception, reads, writes, log, ...others } = step
  const masked = (value: Json | undefined) => (value === undefined ? undefined : mask.json(value))
  return {
    ...others,
    displayName: mask.known(displayName),
    ...(outcome === undefined ? {} : { outcome: mask.known(outcome) }),
    ...(reason === undefined ? {} : { reason: mask.text(reason) }),
    ...(exception === undefined ? {} : { exception: maskedException(exception, mask) }),
    reads: reads.map(({ key, value, ...read }) => ({ ...read, key: mask.known(key), value: masked(value) })),
    writes: writes.map(({ key, before, after, ...write }) => ({
      ...write,
      key: mask.known(key),
      before: masked(before),
      after: masked(after),
    })),
    log: log.map(({ level, message }) => ({ level, message: mask.text(message) })),
  }
}

function maskedException(exception: NonNullable<RecordedStep['exception']>, mask: TraceMask) {
  const { message } = exception
  return { ...exception, ...(message === undefined ? {} : { message: mask.text(message) }) }
}

function maskedDifference(
  { subject, expected, got, more, step }: Mismatch,
  { recorder, runs, step: failed, mask, words }: Played & { mask: TraceMask; words: KnownWords },
): TraceDifference {
  const own = recorder.events.findLastIndex((event) => failed !== undefined && event.step === failed)
  const event = own < 0 ? recorder.events.length - 1 : own
  const node = step && placeOf(step, runs)
  const isSent = subject === 'mail' || subject === 'calls'
  const masked = (text: string) => (isSent ? mask.sent(text) : mask.text(text))
  const addresses = recorder.events.flatMap(({ mails }) => mails.flatMap(({ to }) => to))
  const seen = (text: string) =>
    subject === 'mail' ? withoutSubjects(masked(text), addresses, words) : masked(text)
  return {
    subject,
    expected: masked(expected),
    got: seen(got),
    more: more.map(seen),
    ...(event < 0 ? {} : { event }),
    ...(node === undefined ? {} : { node }),
  }
}

function placeOf(step: RecordedStep, runs: readonly PlayedRun[]): TraceDifference['node'] {
  const run = runs.findIndex(({ steps }) => steps.includes(step))
  return run < 0 ? undefined : { run, step: runs[run]?.steps.indexOf(step) ?? 0 }
}

/**
 * Finds the request of each event. Nodes of requests that changed nothing, such as polls, are not recorded, so that requests have
 * gaps; but each poll has a time of its own.
 */
function withRequests(events: readonly TraceEvent[], runs: readonly PlayedRun[]): TraceEvent[] {
  const taken = runs.map(() => 0)
  return events.map((event) => {
    if (event.run === undefined) return event
    const next = runs[event.run]?.steps.find(({ request }) => request > (taken[event.run ?? 0] ?? 0))
    if (next === undefined || next.at !== event.at) return event
    taken[event.run] = next.request
    return { ...event, request: next.request }
  })
}

/** Lines of a walk in YAML: the head of its file, and the walk. None of a walk in TypeScript. */
function walkSource({ file, content, lineOf }: LoadedWalkFile, index: number) {
  if (!/\.ya?ml$/.test(file)) return []
  const lines = readFileSync(file, 'utf8').split(/\r?\n/)
  const starts = content.walks.map((_, walk) => lineOf(walk))
  const from = starts[index] ?? 1
  const next = starts.find((line) => line > from) ?? lines.length + 1
  const head = Math.min(...starts)
  return lines
    .map((text, at) => ({ line: at + 1, text }))
    .filter(({ line, text }) => (line < head || (line >= from && line < next)) && text.trim() !== '')
}
