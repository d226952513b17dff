import { Gauge, type Registry } from 'prom-client'

/** Database connections in use and idle, and units waiting for one. */
export type DatabaseLoad = { used: number; idle: number; waiting: number }

/** What an operator watches in the whole database. Times are epoch milliseconds. */
export type DatabaseFigures = {
  /** Bytes on disk: of the database, and of SQLite's write-ahead log. Empty in memory. */
  bytes: { database?: number; wal?: number }
  /** When the last backup was made with `sidegate backup`. */
  lastBackupAt: number | undefined
  /** When the oldest entry that waits in an outbox was made. */
  oldestUnsent: Record<'mails' | 'calls' | 'messages', number | undefined>
}

/** Values that are sampled when metrics are read. */
export type Gauges = {
  /** Clients connected to a live feed. */
  feedReaders(): number
  /** Passwords waiting to be hashed or verified. */
  waitingPasswords(): number
  /** Script runs waiting for a worker. */
  waitingScripts(): number
  database(): DatabaseLoad
  /** Rejects if the database can't save. */
  canSave(): Promise<void>
  /** Open backchannel transactions in the whole database, by state. Rejects if the database is unavailable. */
  openTransactions(): Promise<Readonly<Record<string, number>>>
  /** Entries in the outboxes of the whole database, by outbox. Rejects if the database is unavailable. */
  outboxes(): Promise<Readonly<Record<string, number>>>
  /** Audit entries that are not chained yet. Rejects if the database is unavailable. */
  waitingAudit(): Promise<number>
  /** Rejects if the database is unavailable. */
  figures(): Promise<DatabaseFigures>
  /** Epoch milliseconds. */
  now(): number
}

/** Registers the gauges. Database values that can't be read are left out of that response. */
export function addGauges(registry: Registry, gauges: Gauges): void {
  const registers = [registry]
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('sidegate_feed_readers', 'Clients connected to a live feed', gauges.feedReaders)
  gauge('sidegate_passwords_waiting', 'Passwords waiting to be hashed or verified', gauges.waitingPasswords)
  gauge('sidegate_scripts_waiting', 'Script runs waiting for a worker', gauges.waitingScripts)
  gauge(
    'sidegate_database_waiting',
    'Units waiting for a database connection; on SQLite, for the next commit',
    () => gauges.database().waiting,
  )
  new Gauge({
    name: 'sidegate_database_can_save',
    help: '1 if the database saves what this server sends, 0 otherwise, as health/ready sees it',
    registers,
    // One worker that can't save is enough for 0.
    aggregator: 'min',
    async collect() {
      this.set(
        await gauges.canSave().then(
          () => 1,
          () => 0,
        ),
      )
    },
  })
  new Gauge({
    name: 'sidegate_database_connections',
    help: 'Database connections by state',
    labelNames: ['state'],
    registers,
    collect() {
      const { used, idle } = gauges.database()
      this.set({ state: 'used' }, used)
      this.set({ state: 'idle' }, idle)
    },
  })
  shared(registry, {
    name: 'sidegate_outbox_items',
    help: 'Entries waiting to be sent, in the whole database',
    label: 'outbox',
    read: gauges.outboxes,
  })
  shared(registry, {
    name: 'sidegate_transactions_open',
    help: 'Open backchannel transactions, in the whole database',
    label: 'state',
    read: gauges.openTransactions,
  })
  shared(registry, {
    name: 'sidegate_audit_waiting',
    help: 'Audit entries that are not chained yet, in the whole database; counted up to 50,000',
    read: async () => ({ '': await gauges.waitingAudit() }),
  })
  addFigures(registry, gauges)
}

function addFigures(registry: Registry, gauges: Gauges): void {
  let reading: Promise<DatabaseFigures> | undefined
  // All gauges are read at once, and share one look at the database.
  const figures = () => {
    reading ??= gauges.figures().finally(() => {
      reading = undefined
    })
    return reading
  }
  const ageOf = (at: number | undefined) => (at === undefined ? 0 : Math.max(0, gauges.now() - at) / 1000)
  shared(registry, {
    name: 'sidegate_outbox_oldest_seconds',
    help: 'Age of the oldest entry that waits to be sent, in the whole database; 0 without one',
    label: 'outbox',
    async read() {
      const { mails, calls, messages } = (await figures()).oldestUnsent
      return { mails: ageOf(mails), calls: ageOf(calls), messages: ageOf(messages) }
    },
  })
  shared(registry, {
    name: 'sidegate_database_bytes',
    help: 'Bytes on disk of the database, and of the write-ahead log of SQLite',
    label: 'part',
    read: async () => ({ ...(await figures()).bytes }),
  })
  shared(registry, {
    name: 'sidegate_last_backup_timestamp_seconds',
    help: 'When sidegate backup last made a backup, in Unix time',
    async read() {
      const { lastBackupAt } = await figures()
      return lastBackupAt === undefined ? {} : { '': lastBackupAt / 1000 }
    },
  })
}

type Shared = {
  name: string
  help: string
  /** Without one, the only value has an empty name. */
  label?: string
  read(): Promise<Readonly<Record<string, number>>>
}

/** Registers a gauge that is read from the database, so that every server reports the same value. */
function shared(registry: Registry, { name, help, label, read }: Shared): void {
  new Gauge({
    name,
    help,
    labelNames: label === undefined ? [] : [label],
    registers: [registry],
    // All workers report the same value, so it must not be added up.
    aggregator: 'max',
    async collect() {
      // A gauge without labels would be reset to 0.
      if (label === undefined) this.remove()
      else this.reset()
      const counts = await read().catch(() => ({}))
      for (const [value, count] of Object.entries(counts)) {
        this.set(label === undefined ? {} : { [label]: value }, count)
      }
    },
  })
}
