import { describe, expect, test } from 'vitest'
import { realmSettingsSchema } from '../../../realms/realm.ts'
import { exampleTransaction } from '../../../store/contract/examples.ts'
import type { Call } from '../../route.ts'
import { type ShortLinkSources, shortLinkOf } from './short-link.ts'

const transaction = exampleTransaction()

function shortLink({
  id,
  shortUrl,
  settings = {},
}: {
  id: string | undefined
  shortUrl?: string
  settings?: object
}) {
  const links: string[] = []
  const from: ShortLinkSources = {
    authentication: { openedBySession: async () => undefined },
    transactions: { read: async () => transaction },
    shortCodes: {
      issue: async (_transaction, _channel, link) => {
        links.push(link)
        return 'XKKMMQRR'
      },
    },
    limits: { take: async () => ({ kind: 'taken', isLast: false, count: 1 }) },
    shortUrl,
    now: () => transaction.createdAt,
  }
  // The function reads nothing else of a call.
  const call = {
    realm: { path: '/alpha', isActive: true, aliases: [], settings: realmSettingsSchema.parse(settings) },
    callersUrl: 'https://sso.example.com/am',
  } as unknown as Call
  return shortLinkOf(from, call, { transaction, id, redirectUri: undefined }, 'message').then((made) => ({
    ...made,
    links,
  }))
}

describe('a short link', () => {
  test('is the page beside the sign-in page, with the code as a fragment', async () => {
    expect(await shortLink({ id: 'secret' })).toEqual({
      code: 'XKKM-MQRR',
      address: 'https://sso.example.com/c',
      link: 'https://sso.example.com/c#XKKM-MQRR',
      issuedAt: transaction.createdAt,
      expiresAt: transaction.expiresAt,
      links: [expect.stringContaining('authIndexValue=secret')],
    })
  })

  test('has the configured address', async () => {
    const { address, link } = await shortLink({ id: 'secret', shortUrl: 'https://go.example.com/c' })
    expect([address, link]).toEqual(['https://go.example.com/c', 'https://go.example.com/c#XKKM-MQRR'])
  })

  test('is on the host that the realm sets for its links', async () => {
    const settings = { linkBaseUrl: 'https://help.example.com', allowedHosts: ['help.example.com'] }
    expect((await shortLink({ id: 'secret', settings })).address).toBe('https://help.example.com/c')
  })

  test('needs the link of the transaction', async () => {
    await expect(shortLink({ id: undefined })).rejects.toMatchObject({
      status: 409,
      detail: { problem: 'linkUnknown' },
    })
  })
})
