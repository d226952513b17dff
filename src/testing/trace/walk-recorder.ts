import type { PlayedEvent, PlayObserver } from '../play/observer.ts'
import type { SentMail } from '../world/mailbox.ts'
import type { MadeCall } from '../world/mocked-http.ts'
import type { World } from '../world/world.ts'

export type RecordedEvent = PlayedEvent & {
  /** Epoch milliseconds. */
  at: number
  mails: SentMail[]
  calls: MadeCall[]
}

/** Records what a walk does in its world, in the order of time. Nothing is masked yet. */
export class WalkRecorder implements PlayObserver {
  readonly events: RecordedEvent[] = []
  readonly startedAt: number
  readonly #world: Pick<World, 'time' | 'mailbox' | 'http'>
  #mails = 0
  #calls = 0

  constructor(world: Pick<World, 'time' | 'mailbox' | 'http'>) {
    this.#world = world
    this.startedAt = world.time.now()
  }

  note(event: PlayedEvent): void {
    this.events.push({ ...event, at: this.#world.time.now(), mails: [], calls: [] })
    this.settled()
  }

  /** New emails and calls belong to the newest event. */
  settled(): void {
    const { mailbox, http } = this.#world
    const event = this.events.at(-1)
    event?.mails.push(...mailbox.all.slice(this.#mails))
    event?.calls.push(...http.calls.slice(this.#calls))
    this.#mails = mailbox.all.length
    this.#calls = http.calls.length
  }
}
