import { randomUUID } from 'node:crypto'
import { randomToken } from '../../../src/secrets/digest.ts'
import { deskOpens } from '../../../test/support/help-desk-play.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { readCheck } from '../checks.ts'

/** How many guesses one address may make in ten minutes. */
const maxGuesses = 60

/** The attacker reports deliveries of messages that they never sent, without the token that only the gateway got. */
export const forgedReport: Attack = {
  name: 'forged delivery report',
  defence: 'S27: unknown delivery reports have no limit',
  goal: 'a check that looks answered, or the token of a message',
  async play(scene) {
    const { reference, id } = await deskOpens(scene.url, scene.agent)
    const names = [reference, id, randomUUID(), randomToken(), '%00', '..%2fstatus', "'or'1'='1"]
    for (const name of names) {
      for (const claim of ['delivered', 'approved', 'COMPLETED']) {
        const status = await report(scene, name, claim)
        mustHold(status >= 400 && status < 500, `a report with a guessed token got ${status}`)
      }
    }
    const answers: number[] = []
    for (let guess = 0; guess < 2 * maxGuesses; guess++) {
      answers.push(await report(scene, randomToken(), 'delivered'))
    }
    const checked = answers.filter((status) => status === 404).length
    mustHold(checked <= maxGuesses, `${checked} guesses from one address were checked`)
    mustHold(answers.at(-1) === 429, 'an address that guesses is never refused')
    const { state, result } = await readCheck(scene, reference)
    mustHold(state === 'CREATED' && result === 'UNKNOWN', `the check is ${state} and ${result}`)
    return `${checked} guesses were checked, and the check is as before`
  },
}

async function report({ url }: Scene, token: string, status: string): Promise<number> {
  const answer = await fetch(`${url}/messages/status/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status }),
  })
  return answer.status
}
