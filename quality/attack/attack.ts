import type { Config } from '../../src/config.ts'
import type { startMailServer } from '../../test/support/mail-server.ts'
import type { OutsideServer } from '../../test/support/outside-server.ts'
import type { saveJourney } from '../../test/support/prepared-folder.ts'
import type { TestServer } from '../../test/support/start-server.ts'

type MailServer = Awaited<ReturnType<typeof startMailServer>>

type Stores = Parameters<typeof saveJourney>[0]

/** The environment of an attack: a server in this process on loopback, with the samples, and a service behind its fence. */
export type Scene = {
  server: TestServer
  url: string
  /** Sessions of the help-desk agent and of the administrator, who are honest. */
  agent: string
  administrator: string
  /** All emails that have arrived so far, at any address. */
  mailbox: Pick<MailServer, 'mails'>
  /** A service in the internal network, which clients must not reach. */
  inside: OutsideServer
}

/** An attempt of an attacker, and its check. */
export type Attack = {
  name: string
  /** The goal of the attacker. */
  goal: string
  /** The rule that stops it, and what its marker or patch says: without this defence, the attack must succeed. */
  defence: string
  /** Whether it measures times, so that it needs the real cost of password hashes. */
  measuresTime?: true
  /** Settings of the server besides the defaults. */
  settings?: Partial<Config>
  /** Saves what the attack needs, such as journeys, before the server starts. */
  prepare?(stores: Stores, inside: OutsideServer): Promise<void>
  /**
   * @returns one sentence about the protection that held.
   * @throws Breach with what the attacker got.
   */
  play(scene: Scene): Promise<string>
}

/** The attack succeeded. */
export class Breach extends Error {
  override readonly name = 'Breach'
}

/** @throws Breach if the condition is false. */
export function mustHold(holds: boolean, breach: string): asserts holds {
  if (!holds) throw new Breach(breach)
}
