import { answerStep, startJourney, type WireAnswer } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send } from '../checks.ts'

const rounds = 15

/** The attacker tries names, and compares texts and response times. */
export const userEnumeration: Attack = {
  name: 'user enumeration',
  defence: 'H9: an unknown name is rejected faster than a known one',
  measuresTime: true,
  goal: 'the names of employees',
  async play(scene) {
    const known: number[] = []
    const unknown: number[] = []
    const texts = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      // Alternates, so that a busy machine slows both.
      for (const [name, times] of [
        [`sam.one`, known],
        [`nobody.${round}`, unknown],
      ] as const) {
        const { ms, text } = await refused(scene, name)
        times.push(ms)
        texts.add(text)
      }
    }
    mustHold(texts.size === 1, `the answers differ: ${[...texts].join(' | ')}`)
    const slower = shareOfSlower(known, unknown)
    mustHold(
      slower > 0.15 && slower < 0.85,
      `a known name takes longer in ${Math.round(slower * 100)} % of all pairs`,
    )

    const links = ['none', '4f0f1a5e-0c3a-4a69-9b3c-0d5a6f6a3c11'].map(async (transaction) =>
      JSON.stringify(
        (await send(scene, 'authenticate/backchannel/describe', { body: { transaction } })).body,
      ),
    )
    mustHold(new Set(await Promise.all(links)).size === 1, 'a link reveals why it does not work')
    return `${rounds} known and ${rounds} unknown names: the same texts, and neither is slower (${Math.round(slower * 100)} % of pairs)`
  },
}

/** Sends a wrong password, then the right one so that nothing gets locked. */
async function refused({ url }: Scene, name: string): Promise<{ ms: number; text: string }> {
  const start = await startJourney(url, 'Login')
  const from = performance.now()
  const answer = await answerStep(url, start, [name, `wrong-${name}`])
  const ms = performance.now() - from
  await answerStep(url, answer, [name, 'Sam1-Pass-2026'])
  return { ms, text: wordsOf(answer) }
}

function wordsOf({ status, body }: WireAnswer): string {
  return JSON.stringify([status, body.message, body.header, body.description])
}

/** Share of pairs in which the first is slower: a half if the two are indistinguishable. */
function shareOfSlower(one: readonly number[], other: readonly number[]): number {
  const pairs = one.flatMap((a) => other.map((b) => (a > b ? 1 : 0)))
  return pairs.reduce<number>((sum, each) => sum + each, 0) / pairs.length
}
