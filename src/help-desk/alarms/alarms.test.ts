import { describe, expect, it } from 'vitest'
import { maxAttempts } from '../../base/contention.ts'
import { exampleTransaction, start } from '../../store/contract/examples.ts'
import { unknownOpener } from '../transactions/transaction.ts'
import type { Alarm } from './alarm.ts'
import { type AlarmSettings, involvedIn } from './alarm-rules.ts'
import type { AlarmStore } from './alarm-store.ts'
import { Alarms } from './alarms.ts'

const off = { count: 0, minutes: 60 }
const settings: AlarmSettings = {
  denials: { count: 2, minutes: 60 },
  failures: off,
  callerCheckedOften: { count: 2, minutes: 60 },
}
const dana = { id: 'id of dana', name: 'dana' }
const alex = { id: 'alex', name: 'alex', kind: 'user' as const }
const openedBy = { ...unknownOpener, agent: dana, isHelpDesk: true }
const check = exampleTransaction({ openedBy, subject: alex })

function watched({
  transaction = check,
  signs = [],
  newest,
  raises = [],
}: {
  transaction?: typeof check
  signs?: AlarmStore['signs'][]
  newest?: Partial<Alarm>
  /** Whether the store accepts what it is asked to save. */
  raises?: boolean[]
} = {}) {
  const raised: Alarm[] = []
  const failures: unknown[] = []
  let reads = 0
  const two = async () => [{ agentIds: [dana.id] }, { agentIds: [dana.id] }]
  const asked: number[] = []
  const extended: unknown[] = []
  const store: Pick<AlarmStore, 'signs' | 'newest' | 'raise' | 'extend'> = {
    signs(query) {
      asked.push(query.since)
      return (signs[reads++] ?? two)(query)
    },
    newest: async () => newest as Alarm | undefined,
    raise: async () => raises.shift() ?? true,
    async extend(_alarm, to) {
      extended.push(to)
      return raises.shift() ?? true
    },
  }
  const alarms = new Alarms({
    store: store as AlarmStore,
    transactions: { read: () => transaction },
    settingsOf: async () => settings,
    raised: (alarm) => raised.push(alarm),
    failed: (error) => failures.push(error),
    now: () => start,
  })
  return { alarms, raised, failures, asked, extended, readsOf: () => reads }
}

describe('an event of a check', () => {
  it('raises an alarm that names the person and those who are involved', async () => {
    const { alarms, raised } = watched()
    alarms.noticed('hash', 'callerCheckedOften')
    await alarms.settle()
    expect(raised).toMatchObject([
      { personId: 'alex', person: { name: 'alex' }, count: 2, involved: ['alex', dana.id], raisedAt: start },
    ])
  })

  it('raises none below the number, in a recent window, for a kind that is off, or for other transactions', async () => {
    const one = async () => [{ agentIds: [] }]
    for (const { kind = 'denials', ...given } of [
      { signs: [one] },
      { newest: { raisedAt: start - 1, count: 2, involved: ['alex', dana.id] } },
      { kind: 'failures' },
      { transaction: exampleTransaction({ subject: alex }) },
    ] as const) {
      const { alarms, raised } = watched(given as never)
      alarms.noticed('hash', kind)
      await alarms.settle()
      expect(raised).toEqual([])
    }
  })

  it('never fails with its alarm', async () => {
    const broken = () => Promise.reject(new Error('the database is gone'))
    const { alarms, raised, failures } = watched({ signs: [broken] })
    expect(() => alarms.noticed('hash', 'denials')).not.toThrow()
    await alarms.settle()
    expect(failures).toHaveLength(1)
    alarms.noticed('hash', 'denials')
    await alarms.settle()
    expect(raised).toHaveLength(1)
  })

  it('is counted by a count that runs already, once more for all of them', async () => {
    const none = async () => []
    const { alarms, raised, readsOf } = watched({ signs: [none, none] })
    for (let count = 0; count < 20; count++) alarms.noticed('hash', 'denials')
    await alarms.settle()
    expect(readsOf()).toBe(2)
    expect(raised).toEqual([])
  })
})

describe('an event after an alarm', () => {
  const minute = 60_000
  const newest = { personId: '', raisedAt: start - 9 * minute, count: 1, involved: ['noor'] }
  const noticed = async (given: Parameters<typeof watched>[0]) => {
    const watch = watched(given)
    watch.alarms.noticed('hash', 'denials')
    await watch.alarms.settle()
    return watch
  }

  it('makes its agents involved while nobody has read the alarm, and counts there', async () => {
    const { raised, extended } = await noticed({ newest })
    expect(raised).toEqual([])
    expect(extended).toEqual([{ count: 2, involved: ['noor', dana.id] }])
  })

  it('changes an alarm only if there is something to add', async () => {
    const known = { ...newest, count: 3, involved: [dana.id] }
    expect((await noticed({ newest: known })).extended).toEqual([])
    const huge = { ...newest, count: 1000 }
    expect((await noticed({ newest: huge })).readsOf()).toBe(0)
  })

  it('raises another one after a lead has acknowledged it, and only later events count for it', async () => {
    const read = { ...newest, acknowledgedAt: start - 5 * minute }
    const { raised, asked, extended } = await noticed({ newest: read })
    expect(raised).toMatchObject([{ count: 2, involved: [dana.id] }])
    expect(asked).toEqual([start - 5 * minute, start - 5 * minute])
    expect(extended).toEqual([])
    const early = await noticed({ newest: { ...read, acknowledgedAt: start - 90 * minute } })
    expect(early.asked[0]).toBe(start - 60 * minute)
  })

  it('is counted again if another server or a lead changed the alarm meanwhile', async () => {
    expect((await noticed({ newest, raises: [false, false] })).extended).toHaveLength(3)
    expect((await noticed({ raises: [false] })).raised).toHaveLength(1)
    const never = Array.from({ length: 2 * maxAttempts }, () => false)
    expect((await noticed({ newest, raises: never })).extended).toHaveLength(maxAttempts)
  })
})

describe('people of an alarm', () => {
  const earlier = { involved: [dana.id] }
  it('stay involved until a lead has acknowledged it', () => {
    expect(involvedIn([{ agentIds: ['noor'] }], '', earlier)).toEqual([dana.id, 'noor'])
    expect(involvedIn([{ agentIds: ['noor'] }], '', { ...earlier, acknowledgedAt: start })).toEqual(['noor'])
  })
})
