import { digest } from '../../../src/secrets/digest.ts'
import { saveJourney, scripted } from '../../../test/support/prepared-folder.ts'
import {
  answerStep,
  authenticate,
  output,
  signIn,
  startJourney,
  type WireAnswer,
} from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send, victim } from '../checks.ts'

type Stores = Parameters<typeof saveJourney>[0]

/**
 * Everything that a script can reach, as text: each global, and headers and cookies in every way to read them.
 */
const dump = `
  var seen = []
  var note = function (name, value) {
    try { seen.push(name + "=" + JSON.stringify(value) + String(value)) } catch (e) {}
  }
  Object.getOwnPropertyNames(globalThis).forEach(function (name) { note(name, globalThis[name]) })
  var names = ["cookie", "Cookie", "COOKIE", "authorization", "Authorization", cookieName, cookieName.toLowerCase()]
  names.forEach(function (name) {
    note("header " + name, requestHeaders.get(name))
    note("cookie " + name, requestCookies.get(name))
    note("parameter " + name, requestParameters.get(name))
  })
  if (typeof existingSession !== "undefined") {
    note("session", existingSession)
    ;["tokenId", "token", "tokenHash", "handle", "sessionHandle"].forEach(function (name) {
      note("session " + name, existingSession.get(name))
    })
  }
  ;["h1", "h2", "h3", "h4", "username", "password"].forEach(function (key) { note(key, nodeState.get(key)) })
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, seen.join(" "))
  else action.goTo("out")`

/** Journeys of a rogue author: they copy the request to state, and output everything that a script can read. */
async function saveHarvesters(stores: Stores): Promise<void> {
  const headers = { Cookie: 'h1', iPlanetDirectoryPro: 'h2', Authorization: 'h3', 'X-Sidegate-AuthId': 'h4' }
  const harvest = await scripted(stores, 'harvest', dump, { out: 'success' })
  const flags = { mustRun: true, noSession: true }
  await saveJourney(
    stores,
    'harvest',
    {
      headers: { type: 'RequestHeaderNode', config: { allowedHeaders: headers }, to: { outcome: 'zero' } },
      zero: {
        type: 'ZeroPageLoginNode',
        config: { usernameHeader: 'cookie', passwordHeader: 'iPlanetDirectoryPro' },
        to: { true: 'run', false: 'run' },
      },
      run: harvest,
    },
    flags,
  )
  const remember = { useSecureCookie: false }
  await saveJourney(
    stores,
    'remember me',
    {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
      password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
      check: { type: 'DataStoreDecisionNode', to: { true: 'remember', false: 'failure' } },
      remember: { type: 'SetPersistentCookieNode', config: remember, to: { outcome: 'success' } },
    },
    { noSession: false, mustRun: true },
  )
}

/** A journey author of one realm sends people a link to their own journey. */
export const sessionHarvest: Attack = {
  name: 'session-harvest',
  defence: 'S01: nodes and scripts read the session header and the header authorization',
  goal: 'the session of a person who opens a link to a journey',
  prepare: saveHarvesters,
  async play(scene) {
    const own = await signIn(scene.url, victim.userName, victim.password)
    const remembered = await rememberedCookie(scene)
    const other = await authenticate(scene.url, { query: '?authIndexType=service&authIndexValue=Login' })
    const authId = String(other.body.authId)
    for (const token of [scene.administrator, scene.agent, own]) {
      for (const headers of spellings(token, remembered, authId)) {
        const shown = shownBy(
          await startJourney(scene.url, 'harvest', { headers, query: `&iPlanetDirectoryPro=${token}` }),
        )
        for (const secret of [token, digest(token), remembered, authId]) {
          mustHold(
            !shown.includes(secret),
            `a journey read a credential of its client: ${Object.keys(headers)}`,
          )
        }
      }
    }
    const foreign = { headers: { iplanetdirectorypro: scene.administrator } }
    const shown = shownBy(await startJourney(scene.url, 'harvest', foreign))
    mustHold(!shown.includes('amadmin'), 'a journey saw the session of an administrator of another realm')
    const alive = await send(scene, 'sessions?_action=validate', { body: { tokenId: scene.administrator } })
    mustHold(alive.status === 200, "the administrator's session ended")
    return 'nodes and scripts saw no token under any name, and nothing of a session of another realm'
  },
}

/** How browsers, clients and proxies send a session. */
function spellings(token: string, remembered: string, authId: string): Record<string, string>[] {
  return [
    { cookie: `theme=dark; iPlanetDirectoryPro=${token}; session-jwt.%2Falpha=${remembered}` },
    { cookie: `session-jwt=${remembered}; theme=dark` },
    { cookie: `IPLANETDIRECTORYPRO=${token}; iPlanetDirectoryPro=${token}` },
    { cookie: `iPlanetDirectory%50ro=${token}; __Host-iPlanetDirectoryPro=${token}` },
    { cookie: `iPlanetDirectoryPro=${token}; copy=${token}`, 'x-copy': token },
    { iPlanetDirectoryPro: token, 'x-sidegate-authid': authId },
    { authorization: `Bearer ${token}`, 'x-forwarded-access-token': `Bearer ${token}` },
    { 'proxy-authorization': `Bearer ${token}`, dpop: token },
  ]
}

async function rememberedCookie(scene: Scene): Promise<string> {
  const name = await startJourney(scene.url, 'remember me')
  const password = await answerStep(scene.url, name, [victim.userName])
  const end = await answerStep(scene.url, password, [victim.password])
  const [, value = ''] = /session-jwt\.%2Falpha=([^;]+)/.exec(end.headers.get('set-cookie') ?? '') ?? []
  if (value === '') throw new Error(`no persistent cookie was set: ${end.status} ${JSON.stringify(end.body)}`)
  return value
}

/**
 * The output of the script.
 * @throws Error if it did not run.
 */
function shownBy(answer: WireAnswer): string {
  const shown = String(output(answer, 'message'))
  if (!shown.includes('requestHeaders')) throw new Error('the script of the attacker did not run')
  return shown
}
