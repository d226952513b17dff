import { get } from '../support/backchannel-client.ts'
import { agentSignsIn, caller, linkOf } from '../support/help-desk-play.ts'
import { requestOf, secondAgentApproves } from '../support/second-agent.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'
import { originOf } from './signed-in.ts'

/** A check that the agent of the samples has started. */
export type StartedCheck = {
  id: string
  reference: string
  /** Leads to the host name that browsers use in tests. */
  link: string
  /** The agent's session. */
  session: string
  /** The code that the agent reads out. */
  code(): Promise<string>
}

type About = {
  journey?: string
  mail?: string
  /** The agent's answers after the caller's email address, page by page. */
  more?: readonly (readonly unknown[])[]
}

/** Starts a check over the wire, signed in and with its purpose, as the desk does. */
export async function startedCheck(
  server: TestServer,
  { journey = 'VerifyWithCode', mail = caller.mail, more = [] }: About = {},
): Promise<StartedCheck> {
  const session = await agentSignsIn(server.url)
  const headers = { iplanetdirectorypro: session }
  const query = '&ForceAuth=true&action=Reset%20the%20password&ticket=INC-48213'
  let page = await startJourney(server.url, journey, { query, headers })
  for (const values of [[mail], ...more]) page = await answerStep(server.url, page, [...values], { headers })
  if (requestOf(page) !== '') page = await secondAgentApproves(server.url, page, headers)
  const { link, id, reference } = await linkOf(server.url, page)
  return {
    id,
    reference,
    session,
    link: link.replace(new URL(server.url).origin, originOf(server)),
    async code() {
      const { body } = await get(server.url, `help-desk/verifications/${reference}`, { session })
      return String((body.verification as { code: string | null }).code)
    },
  }
}

export function wrongCode(code: string): string {
  return code === '000000' ? '000001' : '000000'
}
