import { sessionCookie } from '../../../src/engine/server-cookies.ts'
import { saveRealm } from '../../../test/support/prepared-folder.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'

const origin = 'https://app.beta.example'

const targets: readonly [method: string, path: string, body?: object][] = [
  ['GET', 'global-config/server'],
  ['GET', 'global-config/realms?_queryFilter=true'],
  ['POST', 'global-config/realms?_action=create', { name: 'mine', parentPath: '/', active: true }],
  ['POST', 'global-config/keys?_action=rotate', {}],
  ['POST', 'node-designer/node-type?_action=create', { displayName: 'Mine' }],
  ['GET', 'metrics/prometheus'],
]

/** A page at an origin that the administrator of a realm lists, in the browser of an administrator of the server. */
export const foreignOrigin: Attack = {
  name: 'foreign origin',
  defence: 'R1: the origins of one realm reach routes of the whole server',
  goal: 'the rights of a server administrator, with the settings of one realm',
  prepare: async (stores) => void (await saveRealm(stores, '/beta', { corsOrigins: [origin] })),
  async play({ url, administrator }) {
    const headers = {
      origin,
      cookie: `${sessionCookie}=${administrator}`,
      'content-type': 'application/json',
    }
    const isOpen = (answer: Response) => answer.headers.get('access-control-allow-origin') === origin
    const own = await fetch(`${url}/json/beta/serverinfo/*`, { headers })
    mustHold(isOpen(own), 'the origin has no access to its own realm either')
    for (const [method, path, body] of targets) {
      const named = `${path}${path.includes('?') ? '&' : '?'}realm=/beta`
      const spellings = [`beta/${path}`, `realms/root/realms/beta/${path}`, named, `realms/root/${named}`]
      for (const at of spellings.map((spelling) => `${url}/json/${spelling}`)) {
        const asked = {
          'access-control-request-method': method,
          'access-control-request-headers': 'content-type',
        }
        const preflight = await fetch(at, { method: 'OPTIONS', headers: { origin, ...asked } })
        mustHold(!isOpen(preflight), `${method} ${at} is open to the origin of a realm`)
        const sent = body === undefined ? {} : { body: JSON.stringify(body) }
        const answer = await fetch(at, { method, headers, ...sent })
        mustHold(!isOpen(answer), `${at} is readable for the origin of a realm`)
        mustHold(answer.status === 400, `${at} takes the realm: ${answer.status}`)
      }
    }
    return `${targets.length} routes of the whole server are closed to origins of a realm, however it is named`
  },
}
