import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Conversation, Conversations, isOver, openerOf } from '../../walks/conversations.ts'
import { recordedText } from '../../walks/recorded-file.ts'
import { madeUpVariables } from '../explore/made-up-people.ts'
import { ObservingTester } from '../explore/observing-tester.ts'
import { type Project, shownPath } from '../project/project.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { type CompletedWalk, completedWalk } from './completed-walk.ts'
import { type HttpExchange, heardRequest } from './heard-request.ts'
import { freeFile } from './written-drafts.ts'

type RecorderOptions = {
  project: Project
  journey: string
  hosts: WorldHosts
  onWritten(written: { file: string; walk: CompletedWalk }): void
}

/** A conversation that starts the journey, and those that complete its transactions. */
type Group = { front: Conversation; turns: number; walk: CompletedWalk }

/** Requests that are not part of a walk. */
export type Unrecorded = { otherJourneys: string[]; otherRealms: number; unreadable: number; strays: number }

/** Writes the conversations of a journey into one walk file, each when it ends. */
export class Recorder {
  readonly file: string
  readonly #options: RecorderOptions
  readonly #heard = new Conversations()
  readonly #tester: ObservingTester
  readonly #groups: Group[] = []
  readonly #unrecorded = { otherRealms: 0, unreadable: 0 }
  #writing: Promise<void> = Promise.resolve()

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#tester = new ObservingTester(options.project, options.hosts)
    this.file = freeFile(options.project, options.journey)
  }

  hear(exchange: HttpExchange): void {
    const request = heardRequest(exchange, this.#options.project.realm)
    if (request === 'other') return
    if (request === 'other realm') this.#unrecorded.otherRealms++
    else if (request === 'unreadable') this.#unrecorded.unreadable++
    else {
      const conversation = this.#heard.add(request)
      if (conversation === undefined || !isOver(conversation) || !this.#isOfJourney(conversation)) return
      this.#writing = this.#writing.then(() => this.#write(conversation))
    }
  }

  /** Writes conversations that did not end. @returns the number of walks. */
  async finish(): Promise<number> {
    await this.#writing
    for (const front of this.#heard.all.filter((each) => this.#isOfJourney(each))) await this.#write(front)
    await this.#tester.close()
    return this.#groups.length
  }

  get unrecorded(): Unrecorded {
    const others = this.#heard.all.filter(
      (each) => !this.#isOfJourney(each) && this.#openerOf(each) === undefined,
    )
    const names = others.map(
      ({ journey, transaction }) => journey ?? (transaction ? 'a transaction' : 'the default journey'),
    )
    return { ...this.#unrecorded, strays: this.#heard.strays, otherJourneys: [...new Set(names)] }
  }

  #isOfJourney({ journey, transaction }: Conversation): boolean {
    if (transaction !== undefined) return false
    const { defaultJourney = 'Login' } = this.#options.project.settings.settings
    return (journey ?? defaultJourney) === this.#options.journey
  }

  #openerOf(conversation: Conversation): Conversation | undefined {
    const opener = openerOf(conversation, this.#heard.all)
    return opener !== undefined && this.#isOfJourney(opener) ? opener : undefined
  }

  async #write(front: Conversation): Promise<void> {
    const conversations = [front, ...this.#heard.all.filter((each) => this.#openerOf(each) === front)]
    const turns = conversations.reduce((sum, each) => sum + each.turns.length, 0)
    const existing = this.#groups.find((group) => group.front === front)
    if (!isWorthAWalk(front) || existing?.turns === turns) return
    const { project, journey } = this.#options
    const file = shownPath(this.file)
    const { all: known } = this.#heard
    const walk = await completedWalk(conversations, { project, tester: this.#tester, file, journey, known })
    if (existing === undefined) this.#groups.push({ front, turns, walk })
    else Object.assign(existing, { turns, walk })
    const esv = madeUpVariables(project.bundle, project.settings.esv)
    mkdirSync(dirname(this.file), { recursive: true })
    writeFileSync(
      this.file,
      recordedText(
        journey,
        this.#groups.map((group) => group.walk),
        esv,
      ),
    )
    this.#options.onWritten({ file: this.file, walk })
  }
}

/** A page that was only loaded, and a session that was still valid, are no use of a journey. */
function isWorthAWalk({ turns: [start, next] }: Conversation): boolean {
  if (start === undefined) return false
  if (next !== undefined) return true
  const hasCredentials = start.sent.headers['x-openam-username'] !== undefined
  return (
    start.shown.kind === 'failure' ||
    (start.shown.kind === 'success' && (hasCredentials || start.sent.cookies.length === 0))
  )
}
