import { describe, expect, it } from 'vitest'
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
}: {
  transaction?: typeof check
  signs?: AlarmStore['signs'][]
  newest?: Partial<Alarm>
} = {}) {
  const raised: Alarm[] = []
  const failures: unknown[] = []
  let reads = 0
  const two = async () => [{ agentIds: [dana.id] }, { agentIds: [dana.id] }]
  const store: Pick<AlarmStore, 'signs' | 'newest' | 'raise'> = {
    signs: (query) => (signs[reads++] ?? two)(query),
    newest: async () => newest as Alarm | undefined,
    raise: async () => true,
  }
  const alarms = new Alarms({
    store: store as AlarmStore,
    transactions: { read: () => transaction },
    settingsOf: async () => settings,
    raised: (alarm) => raised.push(alarm),
    failed: (error) => failures.push(error),
    now: () => start,
  })
  return { alarms, raised, failures, readsOf: () => reads }
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
      { newest: { raisedAt: start - 1 } },
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

describe('people of an alarm', () => {
  const earlier = { involved: [dana.id] }
  it('stay involved until a lead has acknowledged it', () => {
    expect(involvedIn([{ agentIds: ['noor'] }], '', earlier)).toEqual([dana.id, 'noor'])
    expect(involvedIn([{ agentIds: ['noor'] }], '', { ...earlier, acknowledgedAt: start })).toEqual(['noor'])
  })
})
