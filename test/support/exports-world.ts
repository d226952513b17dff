import { vi } from 'vitest'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { startCompaniesHouse } from './companies-house.ts'
import { startOutside } from './outside-server.ts'
import { password, type World } from './sdk-journeys-server.ts'

/** Services and environment variables that scripts of exports use. */
export type Outside = {
  /** A bundle with addresses on this machine. */
  near(bundle: Bundle): Bundle
  stop(): Promise<void>
}

/** People that scripts read. */
const people = [
  { userName: 'kay@example.com', mail: 'kay@example.com', telephoneNumber: '07700900123' },
  {
    userName: 'notified',
    mail: 'notified@example.com',
    frUnindexedString2: 'a session elsewhere',
    frUnindexedString3: 'https://bye.example.com/',
  },
  { userName: 'brand', mail: 'brand@example.com' },
  { userName: 'policy', mail: 'policy@example.com' },
  { userName: 'bound', mail: 'bound@example.com' },
]

/** Starts the services around a world, and creates people in it. */
export async function startServicesOf({ administration, kept, provider }: World): Promise<Outside> {
  const [application, companiesHouse] = await Promise.all([startOutside(201), startCompaniesHouse(kept)])
  companiesHouse.managePeople(({ url = '', method = '' }, body) =>
    administration.managePeople(url, method, body),
  )
  kept.set('registration token', await companiesHouse.registrationToken('new@example.com'))
  for (const person of people) {
    const body = JSON.stringify({ ...person, givenName: 'Kay', sn: 'Fox', password })
    await administration.managePeople('/openidm/managed/alpha_user?_action=create', 'POST', body)
  }
  const variables = {
    ...companiesHouse.variables,
    ESV_COOKIE: 'iPlanetDirectoryPro',
    ESV_ADMIN_TOKEN: 'none',
    ESV_SIGNING_KEY: Buffer.alloc(32, 'k').toString('base64'),
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  const { authenticationIdKey: _id, uiConfig: _look, _type: _kind, ...ours } = provider.document
  return {
    near: (bundle) => ({
      ...bundle,
      scripts: bundle.scripts.map((script) => ({
        ...script,
        source: script.source
          .replace('https://jsonplaceholder.typicode.com', `http://${application.host}`)
          .replace('"https://" + HOST', '"http://" + HOST'),
      })),
      documents: bundle.documents.map((one) =>
        one.kind === 'socialIdentityProvider'
          ? { ...one, document: { ...one.document, ...ours, wellKnownEndpoint: null } }
          : one,
      ),
    }),
    async stop() {
      vi.unstubAllEnvs()
      await Promise.all([application.stop(), companiesHouse.stop()])
    },
  }
}
