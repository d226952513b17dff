import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { ProcessSettings } from '../../test/support/server-process.ts'
import { Book } from './book.ts'
import { Later } from './later.ts'
import type { Fault, Place } from './place/place.ts'
import { openPostgres } from './place/postgres.ts'
import { openSqlite } from './place/sqlite.ts'
import { playCheck } from './plays/check.ts'
import { playDesk } from './plays/desk.ts'
import { playPages } from './plays/pages.ts'
import { playRegister } from './plays/registers.ts'
import { setStage } from './plays/set-stage.ts'
import type { Stage } from './plays/stage.ts'
import { type Problem, problem } from './record/problem.ts'

export type Options = {
  seconds: number
  /** Number of servers on PostgreSQL; 0 leaves PostgreSQL out. */
  servers: number
  isPlanted: boolean
  withFaults: boolean
  /** Concurrent plays at each place. */
  players: number
  /** Whether to stop early. */
  mustStop(book: Book): boolean
  /** Aborts the run. */
  signal?: AbortSignal
  /** Called from time to time. */
  onProgress?: (book: Book) => void
}

export type Report = {
  book: Book
  missing: readonly string[]
  logged: ReadonlyMap<string, number>
  seconds: number
}

/** Runs plays at all places while faults happen, and compares acknowledged changes with the state. */
export async function torture(options: Options): Promise<Report> {
  const book = new Book()
  const logged = new Map<string, number>()
  const settings = settingsOf(options, logged)
  const opening = [
    openSqlite(book, settings),
    ...(options.servers > 0 ? [openPostgres(book, options.servers, settings)] : []),
  ]
  const opened = await Promise.allSettled(opening)
  const places = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const abandon = () => {
    for (const { client } of places) client.abandon()
  }
  options.signal?.addEventListener('abort', abandon)
  try {
    // Reports errors of places that could not be opened.
    await Promise.all(opening)
    const startedAt = performance.now()
    const isOver = () => performance.now() - startedAt > options.seconds * 1000 || options.mustStop(book)
    const progress = setInterval(() => options.onProgress?.(book), 10_000)
    try {
      await Promise.all(places.map((place) => torturePlace(place, options, book, isOver)))
    } finally {
      clearInterval(progress)
    }
    if (!options.withFaults) book.found(refusals(book))
    const missing = options.withFaults ? places.flatMap((place) => place.missing) : []
    return { book, missing, logged, seconds: (performance.now() - startedAt) / 1000 }
  } finally {
    // Pending requests give up.
    abandon()
    await Promise.all(places.map((place) => place.close()))
  }
}

/** Without a fault, a server has no reason to refuse a request. Its log tells why it did. */
function refusals({ lost }: Book): Problem[] {
  const count = lost.get('503') ?? 0
  return count === 0 ? [] : [problem('an answer that is never allowed', `503 to ${count} requests`)]
}

function settingsOf({ isPlanted }: Options, logged: Map<string, number>): ProcessSettings {
  const plant = pathToFileURL(join(import.meta.dirname, 'plant.ts')).href
  return {
    environment: {
      SIDEGATE_SAMPLES: 'on',
      SIDEGATE_LOG_LEVEL: 'error',
      // Code compiled from sources with planted bugs must not be cached.
      ...(isPlanted ? { NODE_DISABLE_COMPILE_CACHE: '1' } : {}),
    },
    isFromSources: isPlanted,
    nodeOptions: ['--disable-warning=ExperimentalWarning', ...(isPlanted ? ['--import', plant] : [])],
    onLog(line) {
      const message = messageOf(line)
      logged.set(message, (logged.get(message) ?? 0) + 1)
    },
  }
}

/** Text and error of a log line. */
function messageOf(line: string): string {
  const [, message = line] = /"msg":"([^"]*)"/.exec(line) ?? []
  const [, error] = /"message":"([^"]*)"/.exec(line) ?? []
  return error === undefined ? message : `${message}: ${error}`
}

async function torturePlace(
  { client, faults }: Place,
  { withFaults, players }: Options,
  book: Book,
  isOver: () => boolean,
): Promise<void> {
  const later = new Later()
  const { stage, registers } = await setStage(client, { later: later.add, isOver })
  await Promise.all([
    ...Array.from({ length: players }, (_, number) => player(stage, number)),
    ...registers.map((register) => playRegister(stage, register)),
    later.keep(isOver),
    withFaults ? goWrong(faults, book, isOver) : undefined,
  ])
  await later.finish()
}

/** Pause between two plays of the example, in milliseconds: each password costs as much as fifty steps. */
const restMs = 6_000

/**
 * Plays over and over: one player in eight plays the example, two watch a transaction, and the others take steps, which are
 * cheap.
 */
async function player(stage: Stage, number: number): Promise<void> {
  while (!stage.isOver()) {
    if (number % 8 === 7) {
      await playDesk(stage)
      await after(restMs)
    } else if (number % 4 === 1) await playCheck(stage)
    else await playPages(stage)
  }
}

/** Pause between two faults at a place. If servers restarted every second, they would do little else. */
const pauseMs = () => 1_500 + Math.random() * 4_000

/** Makes one fault after another, each kind equally often. */
async function goWrong(faults: readonly Fault[], book: Book, isOver: () => boolean): Promise<void> {
  let left: Fault[] = []
  while (!isOver()) {
    if (left.length === 0) left = [...faults]
    const [fault] = left.splice(Math.floor(Math.random() * left.length), 1)
    if (fault === undefined) return
    await fault.make()
    book.fault(fault.kind)
    await after(pauseMs())
  }
}
