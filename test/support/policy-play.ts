import { backchannel, signInAsAdministrator } from './backchannel-client.ts'
import { agentSignsIn, callerOpens, deskOpens } from './help-desk-play.ts'
import { saveVariant } from './prepared-folder.ts'
import { startPrepared } from './prepared-server.ts'
import { asking } from './rest.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from './wire.ts'

const alpha = '/realms/root/realms/alpha'

/** The caller of the samples, and the manager of that person. */
export const alex = 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290'

export const unlock = 'Unlock the account'

/** A server whose policies change and whose time passes as a test wants. */
export async function playPolicies(prepare: Parameters<typeof startPrepared>[0] = async () => {}) {
  let aheadMs = 0
  const server = await startPrepared(
    async (stores) => {
      await saveVariant(stores, 'HelpDesk', 'Unlisted', {})
      await prepare(stores)
    },
    {},
    { now: () => Date.now() + aheadMs },
  )
  const { url } = server
  const ask = asking(url, await signInAsAdministrator(url))
  const agent = await agentSignsIn(url)
  const read = async (reference: string) =>
    (await ask(`${alpha}/help-desk/verifications/${reference}`, { as: agent })).body
  return {
    server,
    url,
    ask,
    agent,
    read,
    pass: (minutes: number) => {
      aheadMs += minutes * 60_000
    },
    passMs: (milliseconds: number) => {
      aheadMs += milliseconds
    },
    settings: (changes: object) => ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: changes }),
    policies: (...policies: object[]) =>
      ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: { policies } }),
    person: (id: string, changes: Record<string, unknown>) =>
      ask(`/openidm/managed/alpha_user/${id}`, {
        method: 'PATCH',
        body: Object.entries(changes).map(([field, value]) =>
          value === null ? { operation: 'remove', field } : { operation: 'replace', field, value },
        ),
      }),
    /** Starts a check as the desk does. @returns the answer to the page that asks for the caller. */
    async starts(journey: string, action = unlock, mail = 'alex@example.com'): Promise<WireAnswer> {
      const headers = { iplanetdirectorypro: agent }
      const query = `&ForceAuth=true&${new URLSearchParams(action === '' ? {} : { action })}`
      return answerStep(url, await startJourney(url, journey, { query, headers }), [mail], { headers })
    },
    /** A check that the caller completed with a code and a password. */
    async completed(action = unlock) {
      const { id, reference } = await deskOpens(url, agent, { journey: 'VerifyWithCode', what: { action } })
      const { code } = (await read(reference)).verification
      const asked = await answerStep(url, await callerOpens(url, id), [0])
      const signedIn = await answerStep(url, await answerStep(url, asked, [code]), ['Alex-Pass-2026'])
      if (signedIn.body.tokenId === undefined) throw new Error('the check was not completed')
      return { id, reference }
    },
    act: (reference: string, action: string, as = agent) =>
      ask(`${alpha}/help-desk/verifications/${reference}?_action=${action}`, {
        method: 'POST',
        body: {},
        as,
      }),
    reject: (transaction: string) => backchannel(url, 'reject', { transaction }),
    signIn: (userName: string, password: string) => signIn(url, userName, password),
    lead: async () => signInAsAdministrator(url),
    consume: (body: object, bearer: string) =>
      ask(`${alpha}/verification/grants?_action=consume`, {
        method: 'POST',
        body,
        as: '',
        headers: { authorization: `Bearer ${bearer}` },
      }),
  }
}
