import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Frodo, type ServiceAccount } from '../support/frodo.ts'
import type { ExportedJourney } from '../support/frodo-journeys.ts'
import { asking } from '../support/rest.ts'
import { createAccount, newKeys } from '../support/service-accounts.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// The vendor's command line as it works with the vendor's cloud and with its own installations: by tokens.

let server: TestServer
let frodo: Frodo

beforeAll(async () => {
  server = await startServer()
  frodo = new Frodo(server.url)
  frodo.write('corporate.json', {
    theme: { corporate: { _id: 'corporate', name: 'Corporate', isDefault: false, primaryColor: '#123456' } },
  })
})
afterAll(async () => {
  frodo.close()
  await server.stop()
})

const done = (out: string) => ({ exit: 0, out: expect.stringContaining(out) })

type Templates = { emailTemplate: Record<string, { subject: object }> }
type Themes = { theme: Record<string, { name: string; primaryColor: string }> }

describe.each(['forgeops', 'cloud'] as const)('in the mode %s, the tool', (type) => {
  const run = (...words: string[]) => frodo.platform(type, ...words)

  test('lists, exports and imports journeys', { timeout: 60_000 }, async () => {
    expect(await run('journey', 'list')).toEqual(done('VerifyCaller'))
    const exported = async (file: string) => {
      expect(await run('journey', 'export', '-i', 'Login', '-f', file)).toMatchObject({ exit: 0 })
      const { tree, nodes, scripts } = frodo.read<ExportedJourney>(file)
      // In the mode forgeops, the tool renames the people of a journey.
      return { nodes, scripts, tree: { ...tree, identityResource: '' } }
    }
    const before = await exported('before.json')
    expect(await run('journey', 'import', '-i', 'Login', '-f', 'before.json')).toMatchObject({ exit: 0 })
    expect(await exported('after.json')).toEqual(before)
  })

  test('imports and exports themes', { timeout: 60_000 }, async () => {
    expect(await run('theme', 'import', '-a', '-f', 'corporate.json')).toEqual(done('imported 1 theme'))
    expect(await run('theme', 'list')).toEqual(done('Corporate'))
    expect(await run('theme', 'export', '-a', '-f', 'themes.json')).toMatchObject({ exit: 0 })
    expect(Object.values(frodo.read<Themes>('themes.json').theme)).toEqual([
      expect.objectContaining({ name: 'Corporate', primaryColor: '#123456' }),
    ])
  })

  test('exports and imports email templates', { timeout: 60_000 }, async () => {
    expect(await run('email', 'template', 'export', '-a', '-f', 'mails.json')).toMatchObject({ exit: 0 })
    const mails = frodo.read<Templates>('mails.json')
    const { welcome } = mails.emailTemplate
    expect(welcome).toBeDefined()
    frodo.write('mails.json', {
      ...mails,
      emailTemplate: { welcome: { ...welcome, subject: { en: `Hello ${type}` } } },
    })
    expect(await run('email', 'template', 'import', '-a', '-f', 'mails.json')).toMatchObject({ exit: 0 })
    expect(await run('email', 'template', 'export', '-i', 'welcome', '-f', 'mail.json')).toMatchObject({
      exit: 0,
    })
    expect(frodo.read<Templates>('mail.json').emailTemplate.welcome?.subject).toEqual({ en: `Hello ${type}` })
  })
})

describe('as a service account, the tool', () => {
  let account: ServiceAccount

  beforeAll(async () => {
    const ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
    const keys = await newKeys()
    account = { id: (await createAccount(ask, keys)).body._id, jwk: keys.privateKey }
  })
  const run = (...words: string[]) => frodo.serviceAccount(account, ...words)

  test('lists journeys, and exports themes and email templates', { timeout: 60_000 }, async () => {
    expect(await run('journey', 'list')).toEqual(done(`as service account pipeline [${account.id}]`))
    expect(await run('theme', 'export', '-a', '-f', 'themes.json')).toMatchObject({ exit: 0 })
    expect(await run('email', 'template', 'list')).toEqual(done('welcome'))
    expect(await run('journey', 'import', '-i', 'Login', '-f', 'before.json')).toMatchObject({ exit: 0 })
  })

  test('saves it in a connection', async () => {
    frodo.write('account.jwk', account.jwk)
    const words = ['conn', 'save', '--sa-id', account.id, '--sa-jwk-file', 'account.jwk', server.url]
    expect(await frodo.words(...words)).toEqual(
      done(`Validated and added service account with id ${account.id}`),
    )
  })
})

test('the tool makes a service account for a connection by itself', async () => {
  const ran = await frodo.words('conn', 'save', '--no-log-api', server.url, 'amadmin', adminPassword)
  expect(ran).toEqual(done('Created and added service account Frodo-SA-'))
})
