import { beforeEach, expect, test } from 'vitest'
import type { Subscriber } from '../store/cluster.ts'
import { subscribeToCluster } from './cluster-subscriptions.ts'

type Given = Parameters<typeof subscribeToCluster>

let calls: string[] = []
let subscriber: Subscriber | undefined

beforeEach(() => {
  calls = []
  const called = (name: string) => () => void calls.push(name)
  const stores = {
    forgetConfiguration: called('stores'),
    cluster: {
      subscribe(given: Subscriber) {
        subscriber = given
      },
    },
  }
  const caches = {
    feed: { wakeUp: (idHash = 'all') => called(`feed ${idHash}`)() },
    realms: { invalidateAll: called('realms') },
    signingKeys: { invalidateAll: called('signing keys') },
    esvs: { invalidate: called('variables') },
    auditBook: { refresh: async () => called('audit')() },
  }
  subscribeToCluster(stores as unknown as Given[0], caches as unknown as Given[1])
})

const configuration = ['stores', 'realms', 'signing keys', 'variables', 'audit']

test('what another server has configured is read again everywhere, from the database first', () => {
  subscriber?.wakeUp('configuration', '')
  expect(calls).toEqual(configuration)
})

test('a transaction that another server has changed wakes up its feed alone', () => {
  subscriber?.wakeUp('transaction', 'hash')
  expect(calls).toEqual(['feed hash'])
})

test('after a gap, all feeds and the configuration are read again', () => {
  subscriber?.lost()
  expect(calls).toEqual(['feed all', ...configuration])
})
