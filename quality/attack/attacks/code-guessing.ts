import { answerStep } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { beginCheck, openLink, readCheck } from '../checks.ts'

const atOnce = 20

/** The attacker has the link but not the code: twenty browsers type twenty codes at once. */
export const codeGuessing: Attack = {
  name: 'code guessing',
  defence: 'H4: a code can be guessed without limit',
  goal: 'the six digits that the agent reads out to the caller',
  async play(scene) {
    const { id, code, reference } = await beginCheck(scene)
    const pages = await Promise.all(Array.from({ length: atOnce }, () => openLink(scene, id)))
    const guesses = Array.from({ length: atOnce + 1 }, (_, place) => String(100_000 + place * 7))
    const wrong = guesses.filter((guess) => guess !== code)
    const answers = await Promise.all(
      pages.map((page, place) => answerStep(scene.url, page, [wrong[place] ?? ''])),
    )
    const again = answers.filter(({ body }) => body.authId !== undefined)
    mustHold(again.length <= 2, `${again.length} of ${atOnce} guesses got another attempt`)
    const { result, ending } = await readCheck(scene, reference)
    mustHold(result === 'DENIED' && ending === 'wrongCode', 'the check is still open')
    return `of ${atOnce} concurrent guesses, three were checked and ended the check`
  },
}
