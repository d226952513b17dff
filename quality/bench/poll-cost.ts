import { answer, start, stepOf } from './authenticate.ts'
import { Client } from './client.ts'
import { inTurn, type Load, type Work } from './load.ts'
import { type Server, startPeer, startSidegate } from './servers.ts'

export const pollClients = 16

/** Polls of one check: one minute at three seconds each. */
const pollsEach = 20

export type PollCosts = Record<'peer' | 'plain' | 'scripted', Load[]>

/** Measures the agent's poll, and the token poll of `oidc-provider`. */
export async function measurePolls(folder: string): Promise<PollCosts> {
  const sidegate = await startSidegate(folder)
  const peer = await startPeer('oidc-provider')
  const client = new Client(pollClients)
  try {
    const works: Record<keyof PollCosts, Work> = {
      peer: cibaWork(client, peer),
      plain: checkWork(client, sidegate, 'BenchCheck'),
      scripted: checkWork(client, sidegate, 'BenchCheckScript'),
    }
    return await inTurn(works, { rounds: 9, milliseconds: 1000, warmUp: 2500 })
  } finally {
    client.close()
    await peer.stop()
    await sidegate.stop()
  }
}

/** Opens a check and polls it; no caller opens the link. */
export function checkWork(client: Client, { pid, url }: Server, journey: string): Work {
  return {
    pid,
    clients: pollClients,
    async once() {
      let step = await start(client, url, journey)
      for (let poll = 0; poll < pollsEach; poll++) step = stepOf(await answer(client, url, step))
      return 1 + pollsEach
    },
  }
}

function cibaWork(client: Client, { pid, url }: Server): Work {
  const headers = {
    authorization: `Basic ${Buffer.from('desk:Desk-Secret-2026').toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const post = async (path: string, form: Record<string, string>): Promise<Record<string, unknown>> =>
    JSON.parse((await client.post(`${url}${path}`, new URLSearchParams(form).toString(), headers)).text)
  return {
    pid,
    clients: pollClients,
    async once() {
      const asked = await post('/backchannel', { scope: 'openid', login_hint: 'alex' })
      const poll = {
        grant_type: 'urn:openid:params:grant-type:ciba',
        auth_req_id: String(asked.auth_req_id),
      }
      for (let count = 0; count < pollsEach; count++) {
        const { error } = await post('/token', poll)
        if (error !== 'authorization_pending') throw new Error(`oidc-provider answered ${error}`)
      }
      return 1 + pollsEach
    },
  }
}
