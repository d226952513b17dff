import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import type { World } from '../../src/testing/world/world.ts'
import { startCompaniesHouse } from './companies-house.ts'
import { startIdentityProvider } from './identity-provider.ts'
import { startOutside } from './outside-server.ts'

// Real services on this machine that exported journeys call. They are started once for all walks of a test file.

type Services = Awaited<ReturnType<typeof start>>

let running: Services | undefined

/** Starts the services. Walk files in TypeScript then find them. */
export async function startExportServices(): Promise<Services> {
  running = await start()
  return running
}

/** @throws Error before {@link startExportServices}. */
export function exportServices(): Services {
  if (running === undefined) throw new Error('the services around the exports have not been started')
  return running
}

async function start() {
  const codes = new Map<string, string>()
  const [application, companiesHouse, provider] = await Promise.all([
    startOutside(201),
    startCompaniesHouse(codes),
    startIdentityProvider(),
  ])
  const { authenticationIdKey: _id, uiConfig: _look, _type: _kind, ...ours } = provider.document
  return {
    /** The last code that was sent to each email address or telephone number. */
    codes,
    /** A sealed code, as the first half of a registration sends it by email. */
    registrationToken: () => companiesHouse.registrationToken('new@example.com'),
    hosts: ['127.0.0.1'],
    /** Variables and secrets of the journeys, besides those of Companies House. */
    variables: {
      ...companiesHouse.variables,
      ESV_COOKIE: 'iPlanetDirectoryPro',
      ESV_ADMIN_TOKEN: 'none',
      ESV_SIGNING_KEY: Buffer.alloc(32, 'k').toString('base64'),
    },
    /** Companies House manages the people of this world. */
    enter(world: World): void {
      companiesHouse.managePeople(async ({ url: path = '', method = 'GET' }, body) => {
        const answer = await world.manage({ method: methodOf(method), path, body: body || undefined })
        return new Response(answer.body, { status: answer.status })
      })
    },
    /** A bundle with addresses on this machine. */
    near: (bundle: Bundle): Bundle => ({
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
      running = undefined
      await Promise.all([application.stop(), companiesHouse.stop(), provider.stop()])
    },
  }
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

function methodOf(name: string): (typeof methods)[number] {
  return methods.find((method) => method === name) ?? 'GET'
}
