import { answerStep, startJourney } from '../../../test/support/wire.ts'
import type { Attack, Scene } from '../attack.ts'
import { mustHold } from '../attack.ts'
import { send } from '../checks.ts'

const atOnce = 12
const perPerson = 3
const names = 30
const perAddress = 10

/**
 * The attacker has an agent's session and floods a caller with links, and tries one common password with many
 * names.
 */
export const massStart: Attack = {
  name: 'mass start',
  defence: 'H10: one password can be tried with many names',
  goal: 'a caller who presses yes to be left alone, or a colleague who chose a common password',
  async play(scene) {
    await limited(scene)
    const starts = await Promise.all(Array.from({ length: atOnce }, () => checkStarts(scene)))
    const begun = starts.filter((status) => status === 200).length
    mustHold(begun <= perPerson, `${begun} checks of one person were opened`)
    mustHold(
      starts.every((status) => status === 200 || status === 429),
      `a start got another answer: ${starts.join(', ')}`,
    )

    const tried: number[] = []
    for (let name = 0; name < names; name++) tried.push(await sprays(scene, `name${name}`))
    const answered = tried.filter((status) => status !== 429).length
    mustHold(answered <= perAddress, `${answered} passwords were tried for one address`)
    const after = await sprays(scene, 'alex', 'Alex-Pass-2026')
    mustHold(after === 429, `a right password was found: ${after}`)
    return `of ${atOnce} checks ${begun} were opened, and of ${names} passwords ${answered} were tried`
  },
}

/** Sets the limits of a new realm; those of the sample realm are higher. */
async function limited(scene: Scene): Promise<void> {
  const { status } = await send(scene, 'realm-config/settings', {
    method: 'PUT',
    session: scene.administrator,
    body: {
      helpDesk: { maxChecksPerPerson: perPerson, maxChecksPerAgent: 10 },
      limits: { failuresPerAddress: perAddress },
    },
  })
  if (status !== 200) throw new Error(`the limits could not be set: ${status}`)
}

async function checkStarts({ url, agent }: Scene): Promise<number> {
  const headers = { iplanetdirectorypro: agent }
  const page = await startJourney(url, 'HelpDesk', { query: '&ForceAuth=true', headers })
  return (await answerStep(url, page, ['alex@example.com'], { headers })).status
}

async function sprays({ url }: Scene, name: string, password = 'Summer-2026!'): Promise<number> {
  return (await answerStep(url, await startJourney(url, 'Login'), [name, password])).status
}
