import { setTimeout as pause } from 'node:timers/promises'
import type { BrowserContext } from 'playwright-core'
import type { Ask } from '../../test/support/rest.ts'
import type { Keycloak } from './keycloak.ts'

export type Both = {
  keycloak: Keycloak
  /** Address of the server, with the context path. */
  server: string
  /** REST requests of the server's administrator. */
  ask: Ask
  /** A new browser. */
  context: BrowserContext
}

export type Case = { name: string; play(both: Both): Promise<void> }

export const alpha = '/realms/root/realms/alpha'

/** @throws Error if the server refuses the document. */
export async function put(ask: Ask, path: string, body: object): Promise<void> {
  const answer = await ask(`${alpha}/realm-config/${path}`, { method: 'PUT', body })
  if (answer.status >= 300) throw new Error(`PUT ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
}

/** Waits for something that the other side does by itself. */
export async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 60; looks++) {
    if (await isSo()) return
    await pause(250)
  }
  throw new Error(`not so within 15 seconds: ${what}`)
}
