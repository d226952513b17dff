import { request } from 'node:http'
import { wrongShortCodes } from '../../../src/help-desk/short-codes/short-codes.ts'
import { deskOpens } from '../../../test/support/help-desk-play.ts'
import { logLines } from '../../../test/support/prepared-server.ts'
import { signIn } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send } from '../checks.ts'

type Reply = { status: number; text: string }

/** The attacker knows the short address, tries codes that others have, and many that nobody has. */
export const shortCodeGuessing: Attack = {
  name: 'short-code guessing',
  defence: 'H21: a short code works more than once',
  goal: 'the link of a check, without the code that the agent reads out',
  async play(scene) {
    const { reference } = await deskOpens(scene.url, scene.agent)
    await asksAsSomebodyElse(scene, reference)
    const dead = await deadCodes(scene, reference)
    const unknown = await redeem(scene, 'CCCC-CCCC', '127.0.1.1')
    for (const [name, code] of Object.entries(dead)) {
      const answer = await redeem(scene, code, '127.0.1.2')
      mustHold(answer.status === 404, `a code that was ${name} led to the link`)
      mustHold(
        answer.text === unknown.text,
        `a code that was ${name} gets another answer than an unknown one`,
      )
    }
    const fromOne = await guesses(scene, '127.0.2.1', 3 * wrongShortCodes.perAddress)
    mustHold(fromOne === wrongShortCodes.perAddress, `${fromOne} guesses from one address were checked`)
    const checked = await guessesFromEverywhere(scene)
    mustHold(checked < wrongShortCodes.inTotal, `${checked} guesses from many addresses were checked`)
    const alarms = logLines(scene.server).filter(({ msg }) => msg === 'SIDEGATE-SHORT-CODES-ATTACKED')
    mustHold(alarms.length === 1, `the guessing raised ${alarms.length} alarms`)
    return `${fromOne} guesses from one address and ${checked} from many were checked, and one alarm was raised`
  },
}

const shortCodeOf = (reference: string) => `help-desk/verifications/${reference}?_action=shortCode`

async function newCode(scene: Scene, reference: string): Promise<string> {
  const { body } = await send(scene, shortCodeOf(reference), { session: scene.agent, body: {} })
  return String(body.code)
}

/** Another agent, an administrator, a caller and the agent in another realm. */
async function asksAsSomebodyElse(scene: Scene, reference: string): Promise<void> {
  const colleague = await signIn(scene.url, 'noor', 'Noor-Pass-2026')
  for (const session of [colleague, scene.administrator, await signIn(scene.url, 'alex', 'Alex-Pass-2026')]) {
    const { status } = await send(scene, shortCodeOf(reference), { session, body: {} })
    mustHold(status !== 200, 'a person other than the agent got a short code')
  }
  const elsewhere = await fetch(`${scene.url}/json/realms/root/${shortCodeOf(reference)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: scene.agent },
    body: '{}',
  })
  mustHold(!elsewhere.ok, 'another realm gave a short code')
}

/** Codes that worked once. Two of them race for one link. */
async function deadCodes(scene: Scene, reference: string) {
  const used = await newCode(scene, reference)
  const race = await Promise.all(Array.from({ length: 8 }, () => redeem(scene, used, '127.0.1.3')))
  const winners = race.filter(({ status }) => status === 200).length
  mustHold(winners === 1, `${winners} of 8 concurrent attempts got the link of one code`)
  const replaced = await newCode(scene, reference)
  await newCode(scene, reference)
  const other = await deskOpens(scene.url, scene.agent)
  const cancelled = await newCode(scene, other.reference)
  await send(scene, 'authenticate/backchannel/cancel', {
    session: scene.agent,
    body: { reference: other.reference },
  })
  return { used, replaced, cancelled }
}

/** @returns how many of the guesses were checked. */
async function guesses(scene: Scene, address: string, count: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, () => redeem(scene, 'CCCC-CCCC', address)))
  return answers.filter(({ status }) => status === 404).length
}

/** Twice as many guesses as the limit over all addresses. */
async function guessesFromEverywhere(scene: Scene): Promise<number> {
  const addresses = (2 * wrongShortCodes.inTotal) / wrongShortCodes.perAddress
  let checked = 0
  for (let place = 0; place < addresses; place++) {
    const address = `127.0.${3 + Math.floor(place / 200)}.${(place % 200) + 1}`
    checked += await guesses(scene, address, wrongShortCodes.perAddress)
  }
  return checked
}

/** Sends a code from one of the many addresses of this machine. */
function redeem({ url }: Scene, code: string, localAddress: string): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const options = { method: 'POST', localAddress, headers: { 'content-type': 'application/json' } }
  const sent = request(`${url}/json/short-codes?_action=redeem`, options, (answer) => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (part: string) => {
      text += part
    })
    answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
  })
  sent.on('error', reject)
  sent.end(JSON.stringify({ code }))
  return promise
}
