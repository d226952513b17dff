import type { startMailServer } from '../../test/support/mail-server.ts'
import type { OutsideServer } from '../../test/support/outside-server.ts'
import type { saveJourney } from '../../test/support/prepared-folder.ts'
import type { TestServer } from '../../test/support/start-server.ts'

type MailServer = Awaited<ReturnType<typeof startMailServer>>

type Stores = Parameters<typeof saveJourney>[0]

/** Where attacks happen: a server of this process on loopback, with the samples, and something behind its fence. */
export type Scene = {
  server: TestServer
  url: string
  /** Sessions of the help-desk agent and of the administrator, who are not in league with the attacker. */
  agent: string
  administrator: string
  /** Mails that arrived at any address so far. */
  mailbox: Pick<MailServer, 'mails'>
  /** A service of the inner network, which nobody outside may reach. */
  inside: OutsideServer
}

/** What an attacker tries, and what has to come of it. */
export type Attack = {
  name: string
  /** What the attacker wants. */
  wants: string
  /** Saves what the attack needs, such as journeys, before the server of its scene starts. */
  prepare?(stores: Stores, inside: OutsideServer): Promise<void>
  /** @returns what held, in a sentence. @throws Breach with what the attacker got. */
  play(scene: Scene): Promise<string>
}

/** The attacker got something. */
export class Breach extends Error {
  override readonly name = 'Breach'
}

/** @throws Breach unless it held. */
export function mustHold(holds: boolean, breach: string): asserts holds {
  if (!holds) throw new Breach(breach)
}
