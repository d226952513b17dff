import { randomUUID } from 'node:crypto'
import { successId } from '../../src/engine/journey.ts'
import { type Ask, asking } from '../../test/support/rest.ts'
import { signIn } from '../../test/support/wire.ts'
import type { Scene } from './attack.ts'

/** Path of a realm in REST URLs. An empty name is the root realm. */
export const realmPath = (realm: string) => `/realms/root${realm === '' ? '' : `/realms/${realm}`}`

/** A person with roles who attacks. */
export type Rogue = { id: string; session: string; ask: Ask }

const password = 'Rogue-Pass-2026!'

/**
 * The administrator creates a person and assigns roles.
 * @returns the person, signed in.
 */
export async function createRogue(
  { url, administrator }: Scene,
  userName: string,
  roles: readonly string[],
  realm = 'alpha',
): Promise<Rogue> {
  const ask = asking(url, administrator)
  const people = `/openidm/managed/${realm}_user`
  const body = {
    _id: userName,
    userName,
    givenName: 'R',
    sn: 'Ogue',
    mail: `${userName}@example.com`,
    password,
  }
  const made = await ask(`${people}?_action=create`, { method: 'POST', body })
  if (made.status !== 201) throw new Error(`${userName} could not be created: ${made.status}`)
  const given = await ask(`${people}/${userName}?_action=setRoles`, { method: 'POST', body: { roles } })
  if (given.status !== 200) throw new Error(`${userName} got no roles: ${given.status}`)
  const session = await signIn(url, userName, password, realm)
  return { id: userName, session, ask: asking(url, session) }
}

/**
 * Saves a journey with one script.
 * @returns the first status that is an error, or undefined if all writes succeeded.
 */
export async function createJourney(
  { ask }: Pick<Rogue, 'ask'>,
  name: string,
  source: string,
  realm = 'alpha',
): Promise<number | undefined> {
  const at = realmPath(realm)
  const [script, node] = [randomUUID(), randomUUID()]
  const trees = `${at}/realm-config/authentication/authenticationtrees`
  const writes: [path: string, body: object][] = [
    [
      `${at}/scripts/${script}`,
      {
        name,
        script: Buffer.from(source).toString('base64'),
        context: 'AUTHENTICATION_TREE_DECISION_NODE',
        language: 'JAVASCRIPT',
        evaluatorVersion: '2.0',
      },
    ],
    [
      `${trees}/nodes/ScriptedDecisionNode/${node}`,
      { script, outcomes: ['out'], inputs: ['*'], outputs: ['*'] },
    ],
    [
      `${trees}/trees/${name}`,
      {
        entryNodeId: node,
        identityResource: `managed/${realm}_user`,
        nodes: {
          [node]: { nodeType: 'ScriptedDecisionNode', displayName: 'Run', connections: { out: successId } },
        },
      },
    ],
  ]
  for (const [path, body] of writes) {
    const { status } = await ask(path, { method: 'PUT', body })
    if (status >= 300) return status
  }
  return undefined
}
