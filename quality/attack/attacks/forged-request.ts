import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { beginCheck, readCheck, send, victim } from '../checks.ts'

/** Content types that a page of another site can send with cookies and without a preflight. */
const kinds = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b']

/** The agent opens the attacker's page in another tab. It sends forms to the server with the agent's cookie. */
export const forgedRequest: Attack = {
  name: 'CSRF',
  defence: "R3: a form of another site can write with the reader's cookie",
  goal: 'an action with the session of an agent or an administrator',
  async play(scene) {
    const { reference } = await beginCheck(scene)
    const targets = [
      [scene.agent, `help-desk/verifications/${reference}?_action=cancel`],
      [scene.agent, `help-desk/verifications/${reference}?_action=use`],
      [scene.agent, 'sessions?_action=logout'],
      [scene.administrator, `help-desk/people/${victim.id}?_action=liftPause`],
      [scene.administrator, 'journeys?_action=import'],
      [scene.administrator, 'users?_action=create'],
    ] as const
    for (const [session, path] of targets) {
      for (const kind of kinds) {
        const { status, headers } = await send(scene, path, {
          body: '{}',
          headers: {
            'content-type': kind,
            cookie: `iPlanetDirectoryPro=${session}`,
            origin: 'https://evil.example',
            'sec-fetch-site': 'cross-site',
          },
        })
        mustHold(status >= 400, `${path} accepted a form: ${status}`)
        mustHold(headers.get('access-control-allow-origin') === null, `${path} can be read by another site`)
      }
    }
    for (const [session, path] of targets) {
      const { status } = await sentWithoutBody(scene, path, session)
      mustHold(status >= 400, `${path} accepted a request without a body: ${status}`)
    }
    mustHold((await readCheck(scene, reference)).state === 'CREATED', 'the check changed')
    const alive = await send(scene, 'sessions?_action=validate', { body: { tokenId: scene.agent } })
    mustHold(alive.body.valid === true, 'the agent was signed out')
    return `${targets.length * (kinds.length + 1)} forms of another site had no effect`
  },
}

/** A script of another site can also send a POST without body and content type, though it can't read the response. */
function sentWithoutBody({ url }: Scene, path: string, session: string): Promise<Response> {
  return fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method: 'POST',
    headers: { cookie: `iPlanetDirectoryPro=${session}`, origin: 'https://evil.example' },
  })
}
