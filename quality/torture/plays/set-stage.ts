import type { JsonObject } from '../../../src/base/json.ts'
import { newBackchannelToken, signInAsAdministrator } from '../../../test/support/backchannel-client.ts'
import { letAnyoneStartChecks } from '../../../test/support/help-desk-play.ts'
import type { Client, Request } from '../client.ts'
import { journey, person, type Register } from './registers.ts'
import type { Stage } from './stage.ts'
import { asAdministrator, realm } from './wire.ts'

const people = '/openidm/managed/alpha_user'
const stranger = 'stranger'
const number = 12

/** Prepares the plays before the first fault: creates people, a client and resources to change, and lifts the limits. */
export async function setStage(
  client: Client,
  way: Pick<Stage, 'later' | 'isOver'>,
): Promise<{ stage: Stage; registers: readonly Register[] }> {
  const administrator = await signInAsAdministrator(client.url())
  const token = await newBackchannelToken(client.url())
  const ask = async (request: Request) => {
    const answer = await client.ask(asAdministrator(administrator, request))
    if (answer.status >= 300)
      throw new Error(`${request.path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer
  }
  await liftLimits(ask)
  // Plays use the same few people again and again, and some report "this is not me".
  const unlimited = { pauseMinutes: 0, maxOtherOpeningsPerPerson: 0, maxLinkMailsPerPerson: 0 }
  await letAnyoneStartChecks(client.url(), {
    ...{ checks: [], ...unlimited },
    ...{ maxChecksPerPerson: 0, maxChecksPerAgent: 0 },
  })
  const names = Array.from({ length: number }, (_, place) => `person-${place}`)
  for (const name of names) await ask(newPerson(name))
  await ask(newPerson(stranger, { password: 'Nobody-Knows-It-2026' }))
  const registers = [...names.slice(0, 4).map(person), ...[1, 2].map(journey)]
  for (const { read, change, operation } of registers) {
    const isNew = operation === 'journey saved'
    const headers: Record<string, string> = isNew ? { 'if-none-match': '*' } : {}
    await ask({ ...change('first'), path: read.path, headers })
  }
  return { stage: { client, administrator, token, people: names, stranger, ...way }, registers }
}

function newPerson(name: string, more: JsonObject = {}): Request {
  const body = {
    _id: name,
    userName: name,
    mail: `${name}@example.com`,
    givenName: 'Pat',
    sn: 'Person',
    ...more,
  }
  return { path: `${people}?_action=create`, body }
}

/** Lifts limits, because all requests come from one address and one client. */
async function liftLimits(ask: (request: Request) => Promise<{ body: JsonObject }>): Promise<void> {
  const path = `${realm}/realm-config/settings`
  const { body } = await ask({ method: 'GET', path })
  const { _id, _rev, _type, ...settings } = body
  const limits = { requestsPerAddress: 0, failuresPerAddress: 0, transactionsPerClient: 0 }
  await ask({ method: 'PUT', path, body: { ...settings, limits } })
}
