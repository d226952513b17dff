import type { BrowserContext } from 'playwright-core'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

/** Origin with a host name: browsers restrict cookies and passkeys on IP addresses. */
export function originOf(server: TestServer): string {
  return new URL(server.url).origin.replace('127.0.0.1', 'localhost')
}

type Person = { realm: string; journey: string; name: string; password: string }

/** Signs a person in over REST and stores the session cookie in a window. */
export async function signIn(context: BrowserContext, server: TestServer, person: Person): Promise<void> {
  const { realm, journey, name, password } = person
  const step = await startJourney(server.url, journey, { realm })
  const { body } = await answerStep(server.url, step, [name, password], { realm })
  if (typeof body.tokenId !== 'string') throw new Error(`${name} could not sign in: ${JSON.stringify(body)}`)
  await context.addCookies([
    { name: 'iPlanetDirectoryPro', value: body.tokenId, url: originOf(server), httpOnly: true },
  ])
}

export function signInAsAdministrator(context: BrowserContext, server: TestServer): Promise<void> {
  return signIn(context, server, { realm: '/', journey: 'Login', name: 'amadmin', password: adminPassword })
}
