import { pino } from 'pino'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { idpMetadata } from '../../../../test/support/saml-metadata.ts'
import type { JsonObject } from '../../../base/json.ts'
import { MetadataRefresh } from './metadata-address.ts'

const idp = 'https://idp.example.com'
const metadataUrl = `${idp}/metadata`
const minute = 60_000
const day = 24 * 60 * minute
const start = 1_700_000_000_000

let first: string
let second: string
let another: string
beforeAll(async () => {
  first = await idpMetadata(idp)
  second = await idpMetadata(idp)
  another = await idpMetadata('https://other.example.com')
})

let now: number
let stored: JsonObject | undefined
let published: { status: number; body: string }
let asked: { url: string; redirect?: string }[]
let duringRead: () => void
let refresh: MetadataRefresh['refresh']

const inStore = (xml: string): JsonObject => ({
  entityId: idp,
  base64EntityXML: Buffer.from(xml).toString('base64url'),
  metadataUrl,
  metadataReadAt: start,
})

beforeEach(() => {
  now = start
  stored = inStore(first)
  published = { status: 200, body: second }
  asked = []
  duringRead = () => {}
  const refreshes = new MetadataRefresh({
    documents: {
      read: async (_realm, kind, id) => (stored === undefined ? undefined : { kind, id, document: stored }),
      save: async (_realm, { document }) => {
        stored = document
      },
    },
    send: async (request) => {
      asked.push(request)
      duringRead()
      return { ...published, headers: {} }
    },
    log: pino({ level: 'silent' }),
    now: () => now,
  })
  refresh = (...sent) => refreshes.refresh(...sent)
})

const xmlInStore = () => Buffer.from(String(stored?.base64EntityXML), 'base64url').toString()

test('reads metadata again after a day, and keeps what the address has', async () => {
  now += day - 1
  expect(await refresh('/alpha', idp)).toBe(false)
  expect(asked).toEqual([])
  now += 1
  expect(await refresh('/alpha', idp)).toBe(true)
  expect(asked).toMatchObject([{ url: metadataUrl, redirect: 'manual' }])
  expect(xmlInStore()).toBe(second)
  expect(stored).toMatchObject({ metadataUrl, metadataReadAt: now })
  expect(await refresh('/alpha', idp)).toBe(false)
  expect(asked.length).toBe(1)
})

test('reads them after a minute if an answer does not fit them, and says whether that helps', async () => {
  now += minute - 1
  expect(await refresh('/alpha', idp, true)).toBe(false)
  now += 1
  expect(await refresh('/alpha', idp, true)).toBe(true)
  now += minute
  expect(await refresh('/alpha', idp, true)).toBe(false)
  expect(asked.length).toBe(2)
})

test.each<[string, () => void]>([
  ['the address fails', () => (published.status = 500)],
  ['the address leads elsewhere', () => (published.status = 302)],
  ['they describe another entity', () => (published.body = another)],
  ['they have no key', () => (published.body = second.replace(/<KeyDescriptor.*<\/KeyDescriptor>/, ''))],
  ['they have no address for sign-ins', () => (published.body = second.replace(/<SingleSignOn.*?>/, ''))],
  ['they are no XML', () => (published.body = '<')],
])('keeps the stored ones if %s, and tries again after an hour', async (_, change) => {
  change()
  now += day
  expect(await refresh('/alpha', idp)).toBe(false)
  expect(xmlInStore()).toBe(first)
  now += 60 * minute - 1
  await refresh('/alpha', idp)
  expect(asked.length).toBe(1)
  now += 1
  published = { status: 200, body: second }
  expect(await refresh('/alpha', idp)).toBe(true)
  expect(xmlInStore()).toBe(second)
})

test('reads nothing over plain http, and without an address', async () => {
  now += day
  for (const address of ['http://idp.example.com/metadata', 'metadata', undefined]) {
    stored = { ...inStore(first), metadataUrl: address ?? null }
    expect(await refresh('/alpha', idp)).toBe(false)
    expect(await refresh('/alpha', idp, true)).toBe(false)
  }
  stored = undefined
  expect(await refresh('/alpha', idp)).toBe(false)
  expect(asked).toEqual([])
})

test.each<[string, () => JsonObject | undefined]>([
  ['was removed', () => undefined],
  ['was changed', () => ({ ...inStore(first), metadataUrl: null })],
])('leaves a provider as it is that %s meanwhile', async (_, change) => {
  duringRead = () => {
    stored = change()
  }
  now += day
  expect(await refresh('/alpha', idp)).toBe(false)
  expect(stored).toEqual(change())
})

test('each realm and provider has its own times', async () => {
  now += day
  published.status = 500
  await refresh('/alpha', idp)
  await refresh('/bravo', idp)
  expect(asked.length).toBe(2)
})
