import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { checkBegins, checkNow, send, victim } from '../checks.ts'

/** All that a page of another site can send with a cookie and without a question of the browser. */
const kinds = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b']

/** The agent reads a page of the attacker's in another tab, which sends forms to us with their cookie. */
export const forgedRequest: Attack = {
  name: 'CSRF',
  wants: 'something done with the session of an agent or an administrator',
  async play(scene) {
    const { reference } = await checkBegins(scene)
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
        mustHold(status >= 400, `${path} took a form: ${status}`)
        mustHold(headers.get('access-control-allow-origin') === null, `${path} lets another site read`)
      }
    }
    for (const [session, path] of targets) {
      const { status } = await sentWithoutBody(scene, path, session)
      mustHold(status >= 400, `${path} took a request without a body: ${status}`)
    }
    mustHold((await checkNow(scene, reference)).state === 'CREATED', 'the check is not as it was')
    const alive = await send(scene, 'sessions?_action=validate', { body: { tokenId: scene.agent } })
    mustHold(alive.body.valid === true, 'the agent was signed out')
    return `${targets.length * (kinds.length + 1)} forms of another site, and none did anything`
  },
}

/** A script of another site may send a POST without a body and without a content type, too, though it can't read the answer. */
function sentWithoutBody({ url }: Scene, path: string, session: string): Promise<Response> {
  return fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method: 'POST',
    headers: { cookie: `iPlanetDirectoryPro=${session}`, origin: 'https://evil.example' },
  })
}
