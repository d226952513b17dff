import { parentPort, workerData } from 'node:worker_threads'
import { MutantPlayer, type Mutated, type Verdict } from '../mutate/mutant-player.ts'
import type { Suggestion } from '../mutate/usual-examples.ts'
import type { WalkTask } from '../run-in-threads.ts'

export type MutantThreadData = { mutated: Mutated }

/** A mutant by its place in the list of all. `suggest` comes after it survived the walks. */
export type ToMutantThread = { kind: 'play' | 'suggest'; place: number; walks: readonly WalkTask[] }

export type FromMutantThread = { verdict: Verdict } | { suggestion: Suggestion }

/** Plays walks on mutants that the main thread names, one at a time. */
function serve(port: NonNullable<typeof parentPort>, { mutated }: MutantThreadData): void {
  const player = new MutantPlayer(mutated)

  async function answerTo({ kind, place, walks }: ToMutantThread): Promise<FromMutantThread> {
    return kind === 'play'
      ? { verdict: await player.play(place, walks) }
      : { suggestion: await player.suggest(place, walks) }
  }

  port.on('message', (message: ToMutantThread) => {
    answerTo(message).then(
      (answer) => port.postMessage(answer),
      // The main thread gets the error as an event, and ends.
      (error: unknown) =>
        setImmediate(() => {
          throw error
        }),
    )
  })
}

if (parentPort !== null) serve(parentPort, workerData)
