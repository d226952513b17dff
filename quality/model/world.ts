import { Kysely } from 'kysely'
import type { ApprovalChange } from '../../src/help-desk/approvals/approval.ts'
import { Approvals } from '../../src/help-desk/approvals/approvals.ts'
import { Verifications } from '../../src/help-desk/checks/verifications.ts'
import { createLiveFeed } from '../../src/help-desk/transactions/live-feed.ts'
import { Transactions } from '../../src/help-desk/transactions/transactions.ts'
import type { Sealer } from '../../src/secrets/seal.ts'
import { approvalStore, changeApproval } from '../../src/store/approvals.ts'
import { singleServer } from '../../src/store/cluster.ts'
import type { Database, Row, UnitResult } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { isRefusing, type Statement } from '../../src/store/query.ts'
import { shortCodeStore } from '../../src/store/short-codes.ts'
import { type Connection, connect } from '../../src/store/sqlite/connection.ts'
import { migrationDialect } from '../../src/store/sqlite/migration-dialect.ts'
import { stepStore } from '../../src/store/steps.ts'
import { transactionStore } from '../../src/store/transactions.ts'
import { verificationStore } from '../../src/store/verifications.ts'
import { webhookStore } from '../../src/store/webhooks.ts'
import { type Content, contentReader } from './rows.ts'

/** What an operation wants from the database next. */
export type Request = { isWrite: boolean; unit: readonly Statement<string>[] }

/** What an operation has learned so far: times of the clock, and answers of the database. `text` names it in a state. */
export type Learned = { text: string; value: unknown; isTime?: boolean }

type Stop = { request: Request } | { answer: string }

/** Where an operation stands: what it has learned, and its next request or its answer. */
export type Progress = { learned: readonly Learned[]; rule: string | undefined } & Stop

/** Codes are known, so nothing is sealed. */
const openSealer: Sealer = { seal: (text) => text, open: (sealed) => sealed }

/** One run of an operation. It repeats what was learned earlier, and stops at the first new request. */
class Run {
  readonly learned: Learned[]
  /** The rule of the next write, if the operation said so. */
  rule: string | undefined
  readonly #now: number
  readonly #stop: (stop: Stop) => void
  #place = 0

  constructor(learned: readonly Learned[], now: number, stop: (stop: Stop) => void) {
    this.learned = [...learned]
    this.#now = now
    this.#stop = stop
  }

  now(): number {
    const known = this.learned[this.#place]
    if (known === undefined) this.learned.push({ text: String(this.#now), value: this.#now, isTime: true })
    // The code is deterministic, so it asks for the same things in the same order.
    return this.learned[this.#place++]?.value as number
  }

  ask<Answer>(request: Request): Answer | Promise<Answer> {
    const known = this.learned[this.#place++]
    if (known !== undefined) return known.value as Answer
    this.#stop({ request })
    return new Promise(() => {})
  }
}

/** The help desk of a server, made of the product's own code. */
export type Desk = ReturnType<typeof deskOn>

function deskOn(database: Database, now: () => number, means: (rule: string) => void) {
  const transactions = new Transactions(transactionStore(database), createLiveFeed(), now)
  const verifications = new Verifications({
    store: verificationStore(database),
    transactions,
    sealer: openSealer,
    limits: { wait: async () => undefined },
    alarms: { noticed: () => undefined },
    now,
  })
  return {
    transactions,
    verifications,
    transactionStore: transactionStore(database),
    approvals: new Approvals(approvalStore(database), now),
    shortCodes: shortCodeStore(database),
    steps: stepStore(database),
    webhooks: webhookStore(database),
    /** Saves changes of requests to second agents, as a step of the front journey does. */
    save: (change: ApprovalChange) => database.write(changeApproval(change)),
    now,
    means,
  }
}

/** A database in memory, and servers whose every request to it waits for the scheduler. */
export class World {
  readonly connection: Connection
  readonly desk: Desk
  readonly #read: ReturnType<typeof contentReader>
  /** What the database has said since its start. */
  readonly #stack: Content[]
  #run: Run | undefined

  private constructor(connection: Connection) {
    this.connection = connection
    this.#read = contentReader(connection)
    this.#stack = [this.#read()]
    const current = () => {
      if (this.#run === undefined) throw new Error('no operation runs')
      return this.#run
    }
    this.desk = deskOn(
      {
        read: (statement) => current().ask<readonly Row[]>({ isWrite: false, unit: [statement] }),
        write: async (unit) => current().ask({ isWrite: true, unit }),
        writesTo: () => 0,
        memory: () => undefined,
        scrub: async () => undefined,
        bytes: async () => ({}),
        load: () => ({ used: 0, idle: 1, waiting: 0 }),
        cluster: { ...singleServer(() => current().now()), isShared: true },
        close: async () => undefined,
      },
      () => current().now(),
      (rule) => {
        current().rule = rule
      },
    )
  }

  static async create(): Promise<World> {
    const connection = connect(':memory:', { isReadOnly: false })
    await migrate(new Kysely({ dialect: migrationDialect(connection.raw) }))
    connection.raw.exec('begin')
    return new World(connection)
  }

  /** Runs an operation until its next request or its end. */
  advance(
    operation: (desk: Desk) => Promise<string>,
    learned: readonly Learned[],
    now: number,
  ): Promise<Progress> {
    return new Promise((resolve, reject) => {
      const run = new Run(learned, now, (stop) => resolve({ learned: run.learned, rule: run.rule, ...stop }))
      this.#run = run
      operation(this.desk).then((answer) => resolve({ learned: run.learned, rule: run.rule, answer }), reject)
    })
  }

  /** Answers a request. @returns the answer, and what the database says afterwards. */
  answer({ isWrite, unit }: Request, content: Content): { answer: Learned; content: Content } {
    this.#standAt(content)
    const [first] = unit
    const value = isWrite ? this.#commit(unit) : first === undefined ? [] : this.connection.run(first).rows
    return { answer: { value, text: JSON.stringify(value) }, content: this.content }
  }

  /** Runs an operation to its end, one request after the other. */
  async complete(operation: Parameters<World['advance']>[0], before: Content, now: number): Promise<Content> {
    let content = before
    let progress = await this.advance(operation, [], now)
    while ('request' in progress) {
      const done = this.answer(progress.request, content)
      content = done.content
      progress = await this.advance(operation, [...progress.learned, done.answer], now)
    }
    return content
  }

  /** What the database says at the moment. */
  get content(): Content {
    const last = this.#stack.at(-1)
    if (last === undefined) throw new Error('there is no content')
    return last
  }

  /** Takes units back and repeats others, until the database says this. Each content on the stack has a savepoint before it. */
  #standAt(content: Content): void {
    if (content === this.content) return
    const { from } = content
    const place = this.#stack.indexOf(content)
    if (place < 0 && from !== undefined) {
      this.#standAt(from.content)
      this.connection.raw.exec(`savepoint unit${this.#stack.length}`)
      for (const statement of from.unit) this.connection.run(statement)
      this.#stack.push(content)
    } else {
      this.#takeBack(place + 1)
      this.#stack.length = place + 1
    }
  }

  #takeBack(place: number): void {
    this.connection.raw.exec(`rollback to unit${place}; release unit${place}`)
  }

  /** Saves all or nothing, as `Database.write` promises. */
  #commit(unit: Request['unit']): UnitResult<string> {
    const before = this.content
    this.connection.raw.exec(`savepoint unit${this.#stack.length}`)
    const result = this.#runAll(unit)
    const after = result.kind === 'saved' ? this.#read({ content: before, unit }) : before
    if (this.#stack.includes(after)) {
      this.#takeBack(this.#stack.length)
      this.#standAt(after)
    } else this.#stack.push(after)
    return result
  }

  #runAll(unit: Request['unit']): UnitResult<string> {
    const results = []
    for (const statement of unit) {
      const result = resultOf(this.connection.run, statement)
      if (statement.guard !== undefined && isRefusing(statement, result?.affected))
        return { kind: 'refused', guard: statement.guard }
      if (result !== undefined) results.push(result)
    }
    return { kind: 'saved', results }
  }
}

/** Undefined if a guarded statement violated a unique index. */
function resultOf(run: Connection['run'], statement: Statement<string>) {
  try {
    return run(statement)
  } catch (error) {
    if (statement.guard !== undefined && error instanceof Error && /UNIQUE/.test(error.message))
      return undefined
    throw error
  }
}
