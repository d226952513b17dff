import { Gauge, type Registry } from 'prom-client'

/** Connections to the database, and what waits for one. */
export type DatabaseLoad = { used: number; idle: number; waiting: number }

/** What is looked at when somebody reads. */
export type Gauges = {
  /** Readers of live feeds. */
  feedReaders(): number
  /** Passwords that wait to be hashed or checked. */
  waitingPasswords(): number
  /** Runs of scripts that wait for a worker. */
  waitingScripts(): number
  database(): DatabaseLoad
  /** Backchannel transactions under way in the whole database, by state. Rejects while the database is away. */
  openTransactions(): Promise<Readonly<Record<string, number>>>
  /** What lies in the outboxes of the whole database, by what it is. Rejects while the database is away. */
  outboxes(): Promise<Readonly<Record<string, number>>>
}

/** Puts gauges into a registry. What cannot be read is left out for that time. */
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
  gauge('sidegate_feed_readers', 'Who reads a live feed or waits for one right now', gauges.feedReaders)
  gauge('sidegate_passwords_waiting', 'Passwords that wait to be hashed or checked', gauges.waitingPasswords)
  gauge('sidegate_scripts_waiting', 'Runs of scripts that wait for a worker', gauges.waitingScripts)
  gauge(
    'sidegate_database_waiting',
    'What waits for a connection to the database; on SQLite, for the next commit',
    () => gauges.database().waiting,
  )
  new Gauge({
    name: 'sidegate_database_connections',
    help: 'Connections to the database by what they do',
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
    help: 'What waits to be sent, of all servers of the database',
    label: 'outbox',
    read: gauges.outboxes,
  })
  shared(registry, {
    name: 'sidegate_transactions_open',
    help: 'Backchannel transactions under way, of all servers of the database',
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

/** What the database knows, and every server tells alike. */
function shared(registry: Registry, { name, help, label, read }: Shared): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    // Of workers that share a database, all tell the same.
    aggregator: 'max',
    async collect() {
      this.reset()
      const counts = await read().catch(() => ({}))
      for (const [value, count] of Object.entries(counts)) this.set({ [label]: value }, count)
    },
  })
}
