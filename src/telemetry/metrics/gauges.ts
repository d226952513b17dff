import { Gauge, type Registry } from 'prom-client'

/** Database connections in use and idle, and units waiting for one. */
export type DatabaseLoad = { used: number; idle: number; waiting: number }

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
}

type Shared = {
  name: string
  help: string
  label: string
  read(): Promise<Readonly<Record<string, number>>>
}

/** Registers a gauge that is read from the database, so that every server reports the same value. */
function shared(registry: Registry, { name, help, label, read }: Shared): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    // All workers report the same value, so it must not be added up.
    aggregator: 'max',
    async collect() {
      this.reset()
      const counts = await read().catch(() => ({}))
      for (const [value, count] of Object.entries(counts)) this.set({ [label]: value }, count)
    },
  })
}
