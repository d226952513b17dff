import { expect, test } from 'vitest'
import { withTotals } from './exposition.ts'
import type { DatabaseFigures } from './gauges.ts'
import { createMetrics } from './metrics.ts'

const login = { realm: '/alpha', journey: 'Login' }

function prepared() {
  const refused: string[] = []
  const figures: DatabaseFigures = {
    bytes: { database: 4096, wal: 512 },
    lastBackupAt: undefined,
    oldestUnsent: { mails: 40_000, calls: undefined, messages: 100_001 },
  }
  const looks = { count: 0 }
  let outboxes: Record<string, number> | undefined = { mails: 4, calls: 1 }
  const gauges = {
    feedReaders: () => 3,
    waitingPasswords: () => 2,
    waitingScripts: () => 5,
    canSave: async () => (outboxes === undefined ? Promise.reject(new Error('the disk is full')) : undefined),
    database: () => ({ used: 7, idle: 3, waiting: 11 }),
    openTransactions: async () =>
      outboxes === undefined ? Promise.reject(new Error('the database is away')) : { created: 6 },
    outboxes: async () => outboxes ?? Promise.reject(new Error('the database is away')),
    waitingAudit: async () =>
      outboxes === undefined ? Promise.reject(new Error('the database is away')) : 12,
    figures: async () => {
      looks.count++
      if (outboxes === undefined) throw new Error('the database is away')
      return figures
    },
    now: () => 100_000,
  }
  const metrics = createMetrics(gauges, (problem) => void refused.push(problem))
  /** The value of a series; undefined when there is none. */
  const value = async (series: string) => {
    const lines = (await metrics.read()).split('\n')
    return lines.find((line) => line.startsWith(`${series} `))?.slice(series.length + 1)
  }
  const loseDatabase = () => {
    outboxes = undefined
  }
  return { metrics, refused, value, loseDatabase, figures, looks }
}

test('counts journeys by name and outcome, and under AM’s metric name by outcome alone', async () => {
  const { metrics, value } = prepared()
  metrics.journeyStarted(login)
  metrics.journeyStarted(login)
  metrics.journeyEnded(login, 'success')
  metrics.journeyEnded({ realm: '/', journey: 'Login' }, 'failure')
  expect(await value('sidegate_journeys_started_total{realm="/alpha",journey="Login"}')).toBe('2')
  expect(await value('sidegate_journeys_ended_total{realm="/alpha",journey="Login",outcome="success"}')).toBe(
    '1',
  )
  expect(await value('am_authentication_count{outcome="success"}')).toBe('1')
  expect(await value('am_authentication_count{outcome="failure"}')).toBe('1')
})

test('measures nodes and scripts, and counts transactions by state change', async () => {
  const { metrics, value } = prepared()
  metrics.nodeRan('MessageNode', 0.002)
  metrics.scriptRan('ok', 0.002)
  metrics.scriptRan('timeout', 0.3)
  metrics.transaction('create')
  metrics.transaction('start')
  expect(await value('sidegate_node_seconds_bucket{le="0.001",type="MessageNode"}')).toBe('0')
  expect(await value('sidegate_node_seconds_bucket{le="0.005",type="MessageNode"}')).toBe('1')
  expect(await value('sidegate_script_seconds_count{result="timeout"}')).toBe('1')
  expect(await value('sidegate_script_seconds_sum{result="ok"}')).toBe('0.002')
  expect(await value('sidegate_transactions_total{moment="opened"}')).toBe('1')
})

test('samples gauges when metrics are read', async () => {
  const { value } = prepared()
  expect(await value('sidegate_feed_readers')).toBe('3')
  expect(await value('sidegate_passwords_waiting')).toBe('2')
  expect(await value('sidegate_scripts_waiting')).toBe('5')
  expect(await value('sidegate_database_connections{state="used"}')).toBe('7')
  expect(await value('sidegate_database_connections{state="idle"}')).toBe('3')
  expect(await value('sidegate_database_waiting')).toBe('11')
  expect(Number(await value('nodejs_eventloop_lag_seconds'))).toBeGreaterThanOrEqual(0)
  expect(Number(await value('process_start_time_seconds'))).toBeGreaterThan(0)
})

test('leaves out only database gauges while the database is unavailable', async () => {
  const { value, loseDatabase } = prepared()
  expect(await value('sidegate_outbox_items{outbox="mails"}')).toBe('4')
  expect(await value('sidegate_outbox_items{outbox="calls"}')).toBe('1')
  expect(await value('sidegate_transactions_open{state="created"}')).toBe('6')
  expect(await value('sidegate_database_can_save')).toBe('1')
  loseDatabase()
  expect(await value('sidegate_database_can_save')).toBe('0')
  expect(await value('sidegate_outbox_items{outbox="mails"}')).toBeUndefined()
  expect(await value('sidegate_transactions_open{state="created"}')).toBeUndefined()
  expect(await value('sidegate_feed_readers')).toBe('3')
})

test('shows what waits in the database, its size and its last backup, with one look at it', async () => {
  const { metrics, value, figures, looks, loseDatabase } = prepared()
  await metrics.read()
  expect(looks.count).toBe(1)
  expect(await value('sidegate_audit_waiting')).toBe('12')
  expect(await value('sidegate_outbox_oldest_seconds{outbox="mails"}')).toBe('60')
  expect(await value('sidegate_outbox_oldest_seconds{outbox="calls"}')).toBe('0')
  // Another server's clock may be ahead.
  expect(await value('sidegate_outbox_oldest_seconds{outbox="messages"}')).toBe('0')
  expect(await value('sidegate_database_bytes{part="database"}')).toBe('4096')
  expect(await value('sidegate_database_bytes{part="wal"}')).toBe('512')
  expect(await value('sidegate_last_backup_timestamp_seconds')).toBeUndefined()
  figures.lastBackupAt = 5000
  expect(await value('sidegate_last_backup_timestamp_seconds')).toBe('5')
  loseDatabase()
  for (const name of ['sidegate_audit_waiting', 'sidegate_last_backup_timestamp_seconds'])
    expect(await value(name)).toBeUndefined()
  expect(await value('sidegate_database_bytes{part="database"}')).toBeUndefined()
})

test('measures feed lag, and counts limits and overloads', async () => {
  const { metrics, value } = prepared()
  metrics.eventDelivered(0.02)
  // Small clock differences must not make the lag negative.
  metrics.eventDelivered(-0.01)
  metrics.limitReached('tooManyFromAddress')
  expect(await value('sidegate_feed_lag_seconds_bucket{le="0.01"}')).toBe('1')
  expect(await value('sidegate_feed_lag_seconds_bucket{le="0.025"}')).toBe('2')
  expect(await value('sidegate_limits_reached_total{limit="tooManyFromAddress"}')).toBe('1')
})

test('names meters and timers of journeys as AM does', async () => {
  const { metrics, value } = prepared()
  metrics.measured([
    { kind: 'count', key: 'custom.sign-ups' },
    { kind: 'count', key: 'custom.sign-ups' },
    { kind: 'time', key: 'calculated.time', seconds: 2 },
    { kind: 'time', key: 'calculated.time', seconds: 4 },
  ])
  expect(await value('am_custom_sign_ups_count')).toBe('2')
  expect(await value('am_custom_sign_ups_sum')).toBe('2')
  expect(await value('am_calculated_time_seconds_count')).toBe('2')
  expect(await value('am_calculated_time_seconds_sum')).toBe('6')
  expect(await value('am_calculated_time_seconds{quantile="0.999"}')).toBe('4')
})

test('ignores a key whose metric name is taken, and reports it once', async () => {
  const { metrics, refused, value } = prepared()
  for (const key of ['authentication', 'authentication', 'mine']) metrics.measured([{ kind: 'count', key }])
  expect(await value('am_authentication_count')).toBeUndefined()
  expect(await value('am_mine_count')).toBe('1')
  expect(refused).toEqual([
    'the metric name am_authentication is already taken: choose another key for the node',
  ])
})

test('bounds the number of series', async () => {
  const { metrics, refused, value } = prepared()
  for (let i = 0; i < 1000; i++) {
    metrics.journeyStarted({ realm: '/alpha', journey: `Journey ${i}` })
    metrics.nodeRan(`designer-${i}`, 1)
    metrics.measured([{ kind: 'count', key: `key.${i}` }])
  }
  const text = await metrics.read()
  expect(await value('sidegate_journeys_started_total{realm="other",journey="other"}')).toBe('700')
  expect(await value('sidegate_node_seconds_count{type="other"}')).toBe('750')
  expect(text.match(/^am_key_\d+_count /gm)).toHaveLength(500)
  expect(refused).toEqual(['journeys use more than 500 metric keys: further keys are not counted'])
})

test('converts AM’s sums to totals for its older endpoint, and no other metric', () => {
  const text = '# TYPE am_a_sum counter\nam_a_sum{x="am_b_sum"} 1\nam_a_count 1\nsidegate_s_sum 1\n'
  expect(withTotals(text)).toBe(
    '# TYPE am_a_total counter\nam_a_total{x="am_b_sum"} 1\nam_a_count 1\nsidegate_s_sum 1\n',
  )
})
