import { answerStep } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { checkBegins, checkNow, linkOpened } from '../checks.ts'

const atOnce = 20

/** The attacker has the link, but not the code: twenty browsers type twenty codes at the same moment. */
export const codeGuessing: Attack = {
  name: 'code guessing',
  wants: 'the six digits that the agent reads out to somebody else',
  async play(scene) {
    const { id, code, reference } = await checkBegins(scene)
    const pages = await Promise.all(Array.from({ length: atOnce }, () => linkOpened(scene, id)))
    const guesses = Array.from({ length: atOnce + 1 }, (_, place) => String(100_000 + place * 7))
    const wrong = guesses.filter((guess) => guess !== code)
    const answers = await Promise.all(
      pages.map((page, place) => answerStep(scene.url, page, [wrong[place] ?? ''])),
    )
    const again = answers.filter(({ body }) => body.authId !== undefined)
    mustHold(again.length <= 2, `${again.length} of ${atOnce} guesses were given another try`)
    const { result, ending } = await checkNow(scene, reference)
    mustHold(result === 'DENIED' && ending === 'wrongCode', 'the check is still open')
    return `of ${atOnce} guesses at once three counted, and the check was over`
  },
}
